"""Addresses of people and organizations, as agents see them."""

from web.http.routing import Router
from web.pages.people import (
    absence,
    access,
    contacts,
    details,
    invitations,
    memberships,
    merging,
    new_person,
    organizations,
    people,
    unmerging,
)
from web.pages.settings import organizations as organization_settings
from web.pages.shell.guards import admins_only, leads_only

DIRECTORY = Router(
    "/",
    route_handlers=[
        people.index,
        people.show,
        people.remark,
        absence.create,
        absence.remove,
        new_person.new,
        new_person.create,
        details.show,
        details.save,
        contacts.add_identity,
        contacts.remove_identity,
        contacts.add_phone,
        contacts.remove_phone,
        invitations.create,
        memberships.add,
        memberships.show,
        memberships.update,
        memberships.remove,
        access.ask,
        access.deactivate,
        access.reactivate,
        Router("/", guards=[admins_only], route_handlers=[access.give_role]),
        Router("/", guards=[leads_only], route_handlers=[merging.show, merging.merge, unmerging.create]),
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
