"""Addresses of people and organizations, as agents see them."""

from litestar import Router

from web.pages.people import absence, organizations, people
from web.pages.settings import organizations as organization_settings
from web.pages.shell.guards import leads_only

DIRECTORY = Router(
    "/",
    route_handlers=[
        people.index,
        people.show,
        people.remark,
        absence.create,
        absence.remove,
        organizations.index,
        organizations.show,
        organizations.remark,
        Router(
            "/",
            guards=[leads_only],
            route_handlers=[
                organization_settings.new,
                organization_settings.create,
                organization_settings.edit,
                organization_settings.update,
                organization_settings.retire,
                organization_settings.restore,
                organization_settings.turn_off,
            ],
        ),
    ],
)
