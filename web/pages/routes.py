"""The site map: every address, who it is for, and what it finds before its handler runs."""

from typing import Any

from litestar import Router
from litestar.di import Provide

from web.pages import documentation, operators
from web.pages.access import claims, links, sign_in
from web.pages.desk import reports
from web.pages.desk.guards import leads_only
from web.pages.forms import signed_in
from web.pages.portal import (
    account,
    attachments,
    deadlines,
    home,
    log,
    moves,
    organization,
    replies,
    requests,
    tickets,
)
from web.pages.scoping import ticket_in_sight

ANYBODY = Router(
    "/",
    route_handlers=[
        home.home,
        sign_in.show,
        sign_in.create,
        sign_in.destroy,
        links.show,
        links.create,
        links.sent,
        claims.show,
        claims.create,
        documentation.show,
    ],
)

PORTAL = Router(
    "/",
    guards=[signed_in],
    route_handlers=[
        tickets.index,
        requests.new,
        requests.topics,
        requests.create,
        attachments.show,
        account.show,
        account.rename,
        account.change_password,
        account.end_session,
        account.sign_out_everywhere,
        organization.show,
        organization.grant,
        organization.remove,
        Router(
            "/",
            dependencies={"ticket": Provide(ticket_in_sight)},
            route_handlers=[
                tickets.show,
                deadlines.show,
                log.show,
                requests.submit,
                replies.create,
                moves.confirm,
                moves.object_to,
                moves.rate,
                moves.cancel,
                moves.approve,
                moves.disapprove,
                moves.duplicate,
                moves.follow_up,
                moves.copy_in,
                moves.remove_copy,
            ],
        ),
    ],
)

LEADS = Router("/desk", guards=[signed_in, leads_only], route_handlers=[reports.show, reports.download])

OPERATORS = Router("/", route_handlers=[operators.health, operators.ready])

ROUTES: list[Any] = [ANYBODY, PORTAL, LEADS, OPERATORS, operators.nowhere]
