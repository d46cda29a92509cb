"""Configuration of Piccolo's migration tool: migrations and tables."""

from piccolo.conf.apps import AppConfig, table_finder

from web.settings import ROOT

TABLES = table_finder(
    [
        "web.settings_log.tables",
        "web.people.tables",
        "web.people.agents.tables",
        "web.people.merging.tables",
        "web.people.privacy.tables",
        "web.people.onboarding.tables",
        "web.place.tables",
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
    ],
    exclude_imported=True,
)

APP_CONFIG = AppConfig(app_name="web", migrations_folder_path=str(ROOT / "migrations"), table_classes=TABLES)
