"""Addresses of kiosks, and of pages to follow one ticket by its code."""

from web.http.routing import Router
from web.pages.kiosk import claims, files, following, help, home, opening
from web.pages.kiosk.device import at_kiosk, look_for_kiosk

KIOSK = Router(
    "/",
    route_handlers=[
        *(home.show, home.ask_binding, home.bind),
        Router(
            "/",
            guards=[at_kiosk],
            route_handlers=[
                *(home.set_mode, home.call),
                *(opening.choose, opening.begin, opening.show, opening.create, opening.receipt),
                *(help.index, help.article),
            ],
        ),
    ],
)

FOLLOWED = Router(
    "/",
    guards=[look_for_kiosk],
    route_handlers=[
        *(following.ask, following.check, following.show),
        *(following.show_news, following.follow, following.write),
        *(files.show, files.show_small),
        *following.ACTING,
        *(home.end, claims.show, claims.take),
    ],
)
