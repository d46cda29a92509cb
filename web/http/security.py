"""Headers of every answer, and checks of every request: Host and origin."""

import ipaddress
from urllib.parse import urlsplit

from litestar import Request
from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from web.brand.brand import known
from web.brand.embedding import is_listed
from web.errors import NotFound
from web.settings import ROOT, settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)

FRAMING = f"{POLICY}; frame-src 'self'"
"""Of a page that frames another of ours."""
PICTURING = POLICY.replace("img-src 'self' data:", "img-src 'self' data: https:")
"""Of a page that shows pictures of others, because its reader asked for them."""
FRAMED = "default-src 'none'; style-src-attr 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'; sandbox"
"""Of a letter in the frame: it styles its elements, and can do nothing else."""

EMBEDDED = "/embed/"
"""Below it stand the pages that are made for frames of other sites."""

PROVEN = f"{EMBEDDED}person/"
"""Below it a site says who comes from it, by a token that it signed; no cookie has a say there."""

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}

_OF_FILES = {"X-Content-Type-Options": "nosniff"}
"""Of styles and scripts: they are no page, and what pages allow means nothing to them."""

_OF_NOTHING = {"Cache-Control": "no-store"}
"""Of answers without a body: open pages get many, when nothing is new."""

WRONG_HOST = (ROOT / "templates" / "errors" / "wrong_host.html").read_bytes()

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class CrossSite(HTTPException):
    """A form of another site's page, or a page that hides where it is from."""

    status_code = 403


class Shield:
    """Around the whole application, so that no answer leaves without the headers and no foreign Host gets in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
        elif _is_ours(scope):
            await self._app(_as_get(scope), receive, _with_headers(send, scope["path"]))
        else:
            await _turn_away(_with_headers(send, ""))


async def check(request: Request) -> None:  # type: ignore[type-arg]
    """Run before every handler; what is not async would be handed to a thread, and back, for each request."""
    check_origin(request)
    check_numbers(request)


def check_origin(request: Request) -> None:  # type: ignore[type-arg]
    """Writes are let in from our own pages only, and what proves itself from listed sites. Raises `CrossSite`."""
    origin = request.headers.get("origin")
    if request.method in ("GET", "HEAD") or (request.scope["path"].startswith(PROVEN) and is_listed(origin)):
        return
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise CrossSite
    scheme = urlsplit(settings().base_url).scheme
    if origin is not None and origin.lower() not in [f"{scheme}://{host}" for host in our_hosts()]:
        raise CrossSite


def check_numbers(request: Request) -> None:  # type: ignore[type-arg]
    """A number in the address that no row can have is not found."""
    if any(isinstance(value, int) and value >= 2**31 for value in request.path_params.values()):
        raise NotFound("number")


def our_hosts() -> tuple[str, ...]:
    """The configured host; on this very machine, by each of its names."""
    own = urlsplit(settings().base_url)
    if f"[{own.hostname}]" in _LOOPBACK or own.hostname in _LOOPBACK:
        return tuple(f"{name}:{own.port}" if own.port else name for name in _LOOPBACK)
    return (own.netloc,)


def network_of(request: Request) -> str:  # type: ignore[type-arg]
    """The address asking, by the socket; by `X-Forwarded-For` only when the socket is a listed proxy's."""
    peer = request.client.host if request.client else ""
    forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    while forwarded and _is_proxy(peer):
        peer = forwarded.pop()
    return _prefix(peer)


def _is_ours(scope: HTTPScope) -> bool:
    """One Host header, and it names us (RFC 9112, section 3.2)."""
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    return len(hosts) == 1 and hosts[0].decode("latin-1").lower() in our_hosts()


def _as_get(scope: Scope) -> Scope:
    """Wherever there is a GET there is a HEAD, whose body the server keeps back (RFC 9110, section 9.3.2).

    But for streams, which would have no end that anybody sees.
    """
    if scope["method"] != "HEAD" or scope["path"].startswith(("/attachments/", "/live")):  # type: ignore[typeddict-item]
        return scope
    return {**scope, "method": "GET"}  # type: ignore[return-value]


async def _turn_away(send: Send) -> None:
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(WRONG_HOST)).encode())]
    await send({"type": "http.response.start", "status": 400, "headers": headers})
    await send({"type": "http.response.body", "body": WRONG_HOST, "more_body": False})


def _is_proxy(peer: str) -> bool:
    address = _address(peer)
    return address is not None and any(address in network for network in settings().proxies)


def _prefix(peer: str) -> str:
    """An IPv6 customer is given a /48 at most; an IPv4 address stands for itself."""
    address = _address(peer)
    if address is None:
        return "unknown"
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address.packed, 48), strict=False).network_address)


def _address(peer: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An IPv4 address in IPv6 clothes (::ffff:192.0.2.1) is the IPv4 address."""
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _with_headers(send: Send, path: str) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            message.setdefault("headers", [])
            headers = MutableScopeHeaders.from_message(message)
            for name, value in _fitting(message["status"], headers, path).items():
                headers.setdefault(name, value)
        await send(message)

    return guarded


def _fitting(status: int, headers: MutableScopeHeaders, path: str) -> dict[str, str]:
    if status == 204:
        return _OF_NOTHING
    secure = {"Strict-Transport-Security": "max-age=31536000"} if settings().is_secure else {}
    if _is_loaded_by_pages(headers):
        return _OF_FILES | secure
    return {"Content-Security-Policy": policy_of(path), **_HEADERS, **secure}


def policy_of(path: str) -> str:
    """Who may frame a page: nobody; those made for it, the listed sites, and ourselves where it is tried out."""
    if not path.startswith(EMBEDDED):
        return POLICY
    return POLICY.replace("frame-ancestors 'none'", " ".join(("frame-ancestors 'self'", *known().origins)))


def _is_loaded_by_pages(headers: MutableScopeHeaders) -> bool:
    return str(headers.get("content-type", "")).startswith(("text/css", "text/javascript"))
