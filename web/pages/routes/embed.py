"""Addresses of pages for frames of other sites, and of the script that creates the frames."""

from web.http.routing import Router
from web.pages.embed import following, help, opening, script
from web.pages.embed.frame import framed

EMBED = Router(
    "/",
    route_handlers=[
        *(script.script, script.wear),
        Router(
            "/",
            guards=[framed],
            route_handlers=[
                *(help.index, help.section, help.article),
                *(opening.show, opening.create, opening.show_chat, opening.begin_chat, opening.enter),
                *(following.ask, following.check, following.show, following.end, following.act),
                *(following.show_news, following.follow, following.write),
                *(following.show_file, following.show_small),
            ],
        ),
    ],
)
