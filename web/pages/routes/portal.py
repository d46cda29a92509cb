"""Addresses of the portal, for everybody who is signed in."""

from litestar import Router
from litestar.di import Provide

from web.pages.portal import account, attachments, deadlines, log, moves, organization, replies, requests, tickets
from web.pages.portal import addresses as portal_addresses
from web.pages.portal import lists as portal_lists
from web.pages.portal import notices as portal_notices
from web.pages.shell.form_intake import signed_in
from web.pages.shell.scoping import ticket_in_sight

PORTAL = Router(
    "/",
    guards=[signed_in],
    route_handlers=[
        portal_lists.index,
        requests.new,
        requests.topics,
        requests.create,
        attachments.show,
        portal_notices.index,
        portal_notices.read,
        account.show,
        account.rename,
        account.change_password,
        account.choose_zone,
        account.choose_mail,
        account.join,
        account.end_session,
        account.sign_out_everywhere,
        portal_addresses.add,
        portal_addresses.remove,
        portal_addresses.show,
        portal_addresses.confirm,
        organization.show,
        organization.grant,
        organization.ask,
        organization.remove,
        organization.bring_back,
        organization.hand_over,
        organization.invite,
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
                moves.discard,
                moves.duplicate,
                moves.follow_up,
                moves.copy_in,
                moves.remove_copy,
            ],
        ),
    ],
)
