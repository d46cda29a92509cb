"""The session of a request: its cookie, its person, and the cookie of the response."""

import logging
from datetime import timedelta

from litestar import Request
from litestar.datastructures import Cookie, State
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.response.base import Response
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from web.clock import now
from web.database import FAILURES
from web.http.security import network_of
from web.kiosks import visits
from web.pages.words import access, formats
from web.people import actors, sessions, tokens
from web.people.permissions import Actor
from web.settings import settings
from web.tickets.fields import catalog
from web.tickets.settings import workflows

log = logging.getLogger("guiche.pages")

SEEN_EVERY = timedelta(minutes=30)
"""How often the last visit is stored; reading a page writes nothing otherwise."""

_BROWSERS = (("Edge", "Edg/"), ("Chrome", "Chrome/"), ("Firefox", "Firefox/"), ("Safari", "Safari/"), ("w3m", "w3m"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("Windows", "Windows"),
    ("macOS", "Mac OS X"),
    ("Linux", "Linux"),
)

PageRequest = Request[Actor | None, int, State]


def cookie_name() -> str:
    """The cookie's name, with the `__Host-` prefix where the portal is served over TLS."""
    return "__Host-guiche" if settings().is_secure else "guiche"


def browser_cookie_name() -> str:
    return f"{cookie_name()}-browser"


KIOSK_MODE = "kiosk-mode"
"""The cookie that says whether a kiosk shows large letters."""


def device_cookie_name() -> str:
    """The cookie of a kiosk's device."""
    return f"{cookie_name()}-kiosk"


def kiosk_context(request: PageRequest) -> dict[str, object]:
    """What a page shows of the kiosk that it stands at; `of_kiosk` is also set on its errors anywhere else.

    Where no guard looked for one, because the address does not exist or the database is away, the cookie tells.
    The page after a visit forgets the letters of that visit.
    """
    path, mode = request.url.path, "" if "over" in request.query_params else request.cookies.get(KIOSK_MODE, "")
    has_cookie = path.startswith(("/kiosk", "/follow")) and device_cookie_name() in request.cookies
    found = getattr(request.state, "kiosk", None)
    at_kiosk = found is not None if hasattr(request.state, "kiosk") else has_cookie
    return {
        "at_kiosk": at_kiosk,
        "untouched": int(visits.UNTOUCHED.total_seconds()),
        "unscripted": int(visits.UNSCRIPTED.total_seconds()),
        "of_kiosk": at_kiosk or path.startswith("/kiosk"),
        "kiosk_name": found.kiosk.name if found else "",
        "is_big": mode == "big" or (mode != "plain" and found is not None and found.kiosk.is_accessible),
    }


def browser_token(request: PageRequest) -> str:
    """The token of this browser, shared by everybody who signs in with it; a new one if there is none.

    Empty in a frame of another site, where no cookie is kept.
    """
    if not hasattr(request.state, "browser"):
        request.state.browser = request.cookies.get(browser_cookie_name()) or tokens.new()
    token: str = request.state.browser
    return token


def name_browser(request: PageRequest, response: Response[str]) -> None:
    """Sets the cookie with the browser's token, from the first form that it is shown."""
    if browser_token(request) and browser_cookie_name() not in request.cookies:
        response.set_cookie(_cookie(browser_token(request), name=browser_cookie_name(), lasts=sessions.BROWSER_LASTS))


def keep_cookie(response: Response[str], name: str, value: str) -> None:
    """Sets a cookie that lasts as long as a session."""
    response.set_cookie(_cookie(value, name=name))


class SessionMiddleware(ASGIMiddleware):
    """Sets `request.user` to the person and `request.auth` to the session's id; None and 0 without a session."""

    scopes = (ScopeType.HTTP,)

    @staticmethod
    def should_bypass_for_scope(scope: Scope) -> bool:
        """Skips the API: robots authenticate by a key, and cookies are ignored there."""
        return scope["path"].startswith("/api/v1/")

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        scope["user"], scope["auth"] = None, 0
        request = PageRequest(scope)
        request.state.receive = receive  # for a form that is read after a failure
        token = request.cookies.get(cookie_name())
        found = await actors.behind_session(token, now()) if token else None
        if found is None:
            await next_app(scope, receive, send)
            return
        scope["user"], scope["auth"], seen = found
        await workflows.renew(found[0].newest_workflow)
        await catalog.renew(found[0].newest_field)
        if now() - seen > SEEN_EVERY:
            try:
                await sessions.note_seen(found[1], at=now())
            except FAILURES:
                log.exception("a visit could not be noted")  # reading goes on when nothing can be written
            send = _renewing(send, token or "")
        with formats.told_in(formats.zone_of(found[0].zone)):
            await next_app(scope, receive, send)


def opened(response: Response[str], token: str) -> Response[str]:
    """The response that signs the browser in."""
    response.set_cookie(_cookie(token))
    return response


def closed(response: Response[str]) -> Response[str]:
    """The response that signs it out and clears its cached pages."""
    response.set_cookie(_cookie("", lasts=timedelta(0)))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


async def start(request: PageRequest, person: int) -> str:
    """Creates a session in this browser. Returns its token."""
    return await sessions.start(
        person,
        network=network_of(request),
        browser=browser_label(request),
        browser_token=browser_token(request),
        at=now(),
    )


async def end_this(request: PageRequest) -> None:
    """Ends the session of this browser, if any."""
    token = request.cookies.get(cookie_name())
    if token:
        await sessions.end_by_token(token)


def browser_label(request: PageRequest) -> str:
    """The browser and system from the user agent, for the list of sessions."""
    agent = request.headers.get("user-agent", "")
    browser = next((name for name, sign in _BROWSERS if sign in agent), "")
    system = next((name for name, sign in _SYSTEMS if sign in agent), "")
    return access.ON.join(part for part in (browser, system) if part)


def _cookie(token: str, *, name: str = "", lasts: timedelta = sessions.LASTS) -> Cookie:
    return Cookie(
        key=name or cookie_name(),
        value=token,
        max_age=int(lasts.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings().is_secure,
    )


def _renewing(send: Send, token: str) -> Send:
    """Sends the cookie again, so that it lasts as long as the session."""

    async def renew(message: Message) -> None:
        if message["type"] == "http.response.start":
            header = (b"set-cookie", _cookie(token).to_header(header="").encode("latin-1"))
            message["headers"] = [*message["headers"], header]
        await send(message)

    return renew
