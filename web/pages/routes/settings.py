"""Addresses of the settings: for leads, and some for administrators alone."""

from web.http.routing import Router
from web.pages.settings import brand as brand_settings
from web.pages.settings import categories, chats, fields, permissions, teams, topics, workflows
from web.pages.settings import first_steps as settings_first_steps
from web.pages.settings import imports as people_imports
from web.pages.settings import index as settings_index
from web.pages.settings import log as settings_log
from web.pages.settings import privacy as privacy_requests
from web.pages.settings.integrations import embedding, keys, kiosks, webhooks
from web.pages.settings.mail import mailboxes, preview, quarantine
from web.pages.settings.time import calendars, closures, targets
from web.pages.shell.guards import admins_only, leads_only

SETTINGS = Router(
    "/",
    guards=[leads_only],
    route_handlers=[
        settings_index.show,
        permissions.show,
        teams.index,
        teams.create,
        teams.show,
        teams.update,
        teams.remove,
        teams.restore,
        teams.move_tickets,
        categories.index,
        categories.create,
        categories.show,
        categories.update,
        categories.remove,
        categories.move,
        categories.choose,
        workflows.show,
        workflows.update,
        workflows.dates,
        topics.create,
        topics.update,
        topics.remove,
        topics.move,
        *(fields.create, fields.update, fields.move),
        calendars.index,
        calendars.create,
        calendars.show,
        calendars.update,
        calendars.use,
        calendars.read_by,
        calendars.close,
        closures.index,
        closures.create,
        closures.show,
        closures.remove,
        targets.index,
        targets.create,
        targets.show,
        targets.update,
        targets.remove,
        keys.index,
        keys.create,
        keys.remove,
        *(people_imports.index, people_imports.create, people_imports.show),
        *(people_imports.match, people_imports.begin, people_imports.discard, people_imports.report),
        settings_log.index,
        settings_log.download,
        Router(
            "/",
            guards=[admins_only],
            route_handlers=[
                settings_first_steps.use,
                settings_first_steps.pass_over,
                *(chats.show, chats.update),
                brand_settings.show,
                brand_settings.update,
                brand_settings.send_picture,
                brand_settings.remove_picture,
                *(quarantine.original, quarantine.retry, quarantine.discard),
                *(preview.show, preview.html),
                *(mailboxes.index, mailboxes.create, mailboxes.show, mailboxes.update, mailboxes.test),
                *(kiosks.index, kiosks.create, kiosks.show, kiosks.update),
                *(embedding.show, embedding.update, embedding.make_key, embedding.drop_key),
                *(kiosks.give_link, kiosks.retire, kiosks.restore),
                *(privacy_requests.index, privacy_requests.show, privacy_requests.erase),
                *(webhooks.index, webhooks.create, webhooks.show),
                *(webhooks.update, webhooks.test, webhooks.repeat, webhooks.ask_removal, webhooks.remove),
            ],
        ),
    ],
)
