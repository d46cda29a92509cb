"""The site map: every address, its audience, and the dependencies of its handler."""

from typing import Any

from litestar import Router
from litestar.di import Provide

from web.pages import api_docs, health
from web.pages import place as place_files
from web.pages.access import answers, claims, links, sign_in
from web.pages.desk import approvals, bulk, contacts, corrections, lists, reports, saved_views
from web.pages.desk import links as desk_links
from web.pages.desk import moves as desk_moves
from web.pages.desk import resolution as desk_resolution
from web.pages.desk import tickets as desk_tickets
from web.pages.people import organizations, people
from web.pages.portal import account, attachments, deadlines, home, log, moves, organization, replies, requests, tickets
from web.pages.portal import addresses as portal_addresses
from web.pages.portal import lists as portal_lists
from web.pages.portal import notices as portal_notices
from web.pages.settings import calendars, canned_replies, categories, closures, targets, teams, topics, workflows
from web.pages.settings import first_steps as settings_first_steps
from web.pages.settings import index as settings_index
from web.pages.settings import log as settings_log
from web.pages.settings import mail as mail_settings
from web.pages.settings import place as place_settings
from web.pages.settings.integrations import keys, webhooks
from web.pages.shell.form_intake import signed_in
from web.pages.shell.guards import admins_only, agents_only, leads_only
from web.pages.shell.scoping import ticket_in_sight

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
        answers.show,
        answers.confirm,
        answers.object_to,
        answers.rate,
        api_docs.show,
        place_files.show,
    ],
)

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

SETTINGS = Router(
    "/",
    guards=[leads_only],
    route_handlers=[
        settings_index.show,
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
        settings_log.index,
        settings_log.download,
        Router(
            "/",
            guards=[admins_only],
            route_handlers=[
                settings_first_steps.use,
                settings_first_steps.pass_over,
                place_settings.show,
                place_settings.update,
                place_settings.hang,
                place_settings.take_down,
                *(mail_settings.index, mail_settings.original, mail_settings.retry, mail_settings.discard),
                *(webhooks.index, webhooks.create, webhooks.show),
                *(webhooks.update, webhooks.test, webhooks.repeat),
            ],
        ),
    ],
)

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

DESK = Router(
    "/",
    guards=[signed_in, agents_only],
    route_handlers=[
        lists.index,
        bulk.create,
        contacts.new,
        contacts.create,
        saved_views.create,
        saved_views.remove,
        Router(
            "/",
            guards=[leads_only],
            route_handlers=[canned_replies.index, canned_replies.create, canned_replies.update, canned_replies.remove],
        ),
        Router("/desk", guards=[leads_only], route_handlers=[reports.show, reports.download]),
        DIRECTORY,
        SETTINGS,
        Router(
            "/",
            dependencies={"ticket": Provide(ticket_in_sight)},
            route_handlers=[
                desk_tickets.show,
                desk_tickets.presence,
                desk_tickets.reply,
                Router(
                    "/desk/tickets/{number:int}",
                    route_handlers=[
                        desk_moves.reply,
                        desk_moves.note,
                        desk_moves.ask,
                        desk_moves.take,
                        desk_moves.release,
                        desk_moves.assign,
                        desk_moves.classify,
                        desk_moves.tag,
                        desk_moves.wait,
                        approvals.ask_approval,
                        approvals.overrule,
                        approvals.withdraw,
                        corrections.create,
                        desk_moves.macro,
                        desk_moves.remark,
                        desk_moves.resume,
                        desk_resolution.solve,
                        desk_resolution.reopen,
                        desk_moves.keep,
                        desk_moves.discard,
                        desk_links.merge,
                        desk_links.unmerge,
                        desk_links.split,
                        desk_links.case,
                        desk_links.hand_over,
                        desk_links.link,
                    ],
                ),
            ],
        ),
    ],
)

OPERATORS = Router("/", route_handlers=[health.health, health.ready])

ROUTES: list[Any] = [ANYBODY, PORTAL, DESK, OPERATORS, health.nowhere]
