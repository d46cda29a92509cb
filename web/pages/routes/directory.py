"""Addresses of people and organizations, as agents see them."""

from litestar import Router

from web.pages.people import organizations, people

DIRECTORY = Router(
    "/",
    route_handlers=[
        people.index,
        people.show,
        people.remark,
        organizations.index,
        organizations.show,
        organizations.remark,
    ],
)
