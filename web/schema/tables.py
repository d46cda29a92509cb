"""All tables, imported from their modules."""

from importlib import import_module

from piccolo.table import Table

_MODULES = (
    "web.settings_log.tables",
    "web.people.tables",
    "web.people.agents.tables",
    "web.people.merging.tables",
    "web.people.privacy.tables",
    "web.people.onboarding.tables",
    "web.brand.tables",
    "web.thumbnails.tables",
    "web.tickets.tables",
    "web.tickets.record.tables",
    "web.tickets.fields.tables",
    "web.tickets.sla.tables",
    "web.tickets.lists.tables",
    "web.tickets.settings.tables",
    "web.notifications.tables",
    "web.mail.tables",
    "web.articles.tables",
    "web.webhooks.tables",
    "web.imports.tables",
    "web.kiosks.tables",
    "web.schema.heartbeat",
    "web.schema.secret",
)


def _tables_of(module: str) -> list[type[Table]]:
    found = vars(import_module(module)).values()
    return [each for each in found if isinstance(each, type) and issubclass(each, Table) and each.__module__ == module]


TABLES = [table for module in _MODULES for table in _tables_of(module)]
