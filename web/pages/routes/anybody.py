"""Addresses for everybody, signed in or not."""

from web.http.routing import Router
from web.pages import api_docs, live
from web.pages import brand as brand_files
from web.pages.access import answer_links, domains, joining, link_requests, one_time_links, sign_in, unsubscribing
from web.pages.help import crawlers, feedback, reading
from web.pages.portal import home

ANYBODY = Router(
    "/",
    route_handlers=[
        home.home,
        sign_in.show,
        sign_in.create,
        sign_in.destroy,
        link_requests.show,
        link_requests.create,
        link_requests.sent,
        joining.show,
        joining.create,
        domains.show,
        domains.confirm,
        one_time_links.show,
        one_time_links.create,
        answer_links.show,
        *answer_links.ANSWERING,
        *(answer_links.show_file, answer_links.show_small),
        *(unsubscribing.show, unsubscribing.create),
        api_docs.show,
        live.follow,
        brand_files.show,
        crawlers.robots,
        crawlers.sitemap,
        crawlers.feed,
        reading.index,
        reading.section,
        reading.channels,
        reading.accessibility,
        reading.article,
        reading.article_of_zendesk,
        reading.article_of_movidesk,
        reading.file,
        feedback.vote,
        feedback.comment,
    ],
)
