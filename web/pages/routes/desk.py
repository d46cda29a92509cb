"""Addresses of the desk, for agents."""

from litestar.di import Provide

from web.http.routing import Router
from web.pages.desk import contacts, palette, reports
from web.pages.desk import news as desk_news
from web.pages.desk.articles import from_tickets
from web.pages.desk.lists import bulk, collapsed_navigation, column_settings, exports, peek, saved_views
from web.pages.desk.lists import show as lists
from web.pages.desk.ticket import approvals, articles, corrections, held, originals, properties
from web.pages.desk.ticket import links as desk_links
from web.pages.desk.ticket import moves as desk_moves
from web.pages.desk.ticket import page as desk_tickets
from web.pages.desk.ticket import resolution as desk_resolution
from web.pages.routes.articles import ARTICLES
from web.pages.routes.directory import DIRECTORY
from web.pages.routes.settings import SETTINGS
from web.pages.settings import canned_replies
from web.pages.shell.dependencies import ticket_in_sight
from web.pages.shell.form_intake import signed_in
from web.pages.shell.guards import agents_only, leads_only

DESK = Router(
    "/",
    guards=[signed_in, agents_only],
    route_handlers=[
        lists.index,
        held.index,
        desk_news.show_arrived,
        desk_news.show_navigation,
        collapsed_navigation.fold,
        desk_news.show_calling,
        exports.download,
        bulk.create,
        palette.show,
        contacts.new,
        contacts.create,
        saved_views.create,
        column_settings.create,
        saved_views.remove,
        canned_replies.own_index,
        canned_replies.own_create,
        canned_replies.own_update,
        canned_replies.own_remove,
        Router(
            "/",
            guards=[leads_only],
            route_handlers=[canned_replies.index, canned_replies.create, canned_replies.update, canned_replies.remove],
        ),
        Router("/desk", guards=[leads_only], route_handlers=[reports.show, reports.download]),
        ARTICLES,
        DIRECTORY,
        SETTINGS,
        Router(
            "/",
            dependencies={"ticket": Provide(ticket_in_sight)},
            route_handlers=[
                desk_tickets.show,
                desk_news.show,
                peek.show,
                articles.show,
                desk_tickets.reply,
                held.show,
                originals.show,
                originals.whole,
                Router(
                    "/desk/tickets/{number:int}",
                    route_handlers=[
                        desk_moves.reply,
                        desk_moves.note,
                        desk_moves.ask,
                        desk_moves.copy_in,
                        desk_moves.take,
                        desk_moves.release,
                        properties.set_properties,
                        properties.undo,
                        desk_moves.fill,
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
                        desk_moves.keep_unsent,
                        desk_moves.discard,
                        held.take_back,
                        held.send_now,
                        desk_links.merge,
                        desk_links.unmerge,
                        desk_links.split,
                        desk_links.case,
                        desk_links.hand_over,
                        desk_links.link,
                        from_tickets.create,
                    ],
                ),
            ],
        ),
    ],
)
