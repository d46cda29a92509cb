"""Addresses of the portal, for everybody who is signed in."""

from litestar.di import Provide

from web.http.routing import Router
from web.pages.access import joining
from web.pages.help import feedback as help_feedback
from web.pages.portal import attachments, deadlines, log, moves, replies, requests, suggestions, tickets
from web.pages.portal import lists as portal_lists
from web.pages.portal import notices as portal_notices
from web.pages.portal import privacy as own_data
from web.pages.portal.account import absence, addresses, contact, organizations
from web.pages.portal.account import page as account
from web.pages.portal.chat import start, talk
from web.pages.portal.colleagues import members, onboarding
from web.pages.shell.dependencies import ticket_in_sight
from web.pages.shell.form_intake import signed_in

PORTAL = Router(
    "/",
    guards=[signed_in],
    route_handlers=[
        portal_lists.index,
        portal_lists.download,
        portal_lists.show_arrived,
        requests.new,
        requests.topics,
        suggestions.show,
        help_feedback.solved,
        requests.create,
        start.show,
        start.begin,
        attachments.show,
        attachments.show_small,
        portal_notices.index,
        portal_notices.read,
        portal_notices.unread,
        account.show,
        account.rename,
        account.change_password,
        account.choose_zone,
        account.choose_mail,
        account.choose_alerts,
        account.join,
        account.end_session,
        account.sign_out_everywhere,
        addresses.add,
        addresses.remove,
        addresses.show,
        addresses.confirm,
        contact.add_phone,
        contact.remove_phone,
        contact.choose_signature,
        contact.choose_sending,
        organizations.show,
        organizations.leave,
        absence.create,
        absence.remove,
        members.show,
        members.grant,
        members.ask,
        members.remove,
        members.bring_back,
        members.hand_over,
        onboarding.invite,
        onboarding.print_one,
        onboarding.show,
        onboarding.cancel,
        onboarding.ask_proof,
        onboarding.turn_on,
        onboarding.turn_off,
        joining.join,
        own_data.show,
        own_data.ask_export,
        own_data.download_export,
        own_data.show_erasure,
        own_data.ask_erasure,
        own_data.withdraw_erasure,
        Router(
            "/",
            dependencies={"ticket": Provide(ticket_in_sight)},
            route_handlers=[
                tickets.show,
                tickets.show_news,
                deadlines.show,
                log.show,
                requests.submit,
                replies.create,
                *moves.ANSWERING,
                moves.cancel,
                moves.approve,
                moves.disapprove,
                moves.discard,
                moves.duplicate,
                moves.follow_up,
                moves.copy_in,
                moves.remove_copy,
                *(talk.show, talk.show_news, talk.write, *talk.ANSWERING),
            ],
        ),
    ],
)
