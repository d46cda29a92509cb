"""Security headers of every response, and checks of every request: Host and origin."""

import functools
import ipaddress
from urllib.parse import urlsplit

from litestar import Request
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
"""The policy of a page that frames another of ours."""
PICTURING = POLICY.replace("img-src 'self' data:", "img-src 'self' data: https:")
"""The policy of a page that shows external pictures at its reader's request."""
FRAMED = "default-src 'none'; style-src-attr 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'; sandbox"
"""The policy of a framed message: inline styles, and nothing else."""

EMBEDDED = "/embed/"
"""The prefix of pages for frames of other sites."""

PROVEN = f"{EMBEDDED}person/"
"""The prefix of addresses where a site's signed token authenticates; cookies are ignored there."""

_Header = tuple[bytes, bytes]
"""The name in lower case, and the value."""

_CSP = b"content-security-policy"
_SECURE = (b"strict-transport-security", b"max-age=31536000")

_OF_FILES = ((b"x-content-type-options", b"nosniff"),)
"""The headers of styles and scripts, without those for pages."""

_OF_NOTHING = ((b"cache-control", b"no-store"),)
"""The headers of responses without a body: open pages get many of them when nothing is new."""

_HEADERS = (
    *_OF_FILES,
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    *_OF_NOTHING,
)

WRONG_HOST = (ROOT / "templates" / "errors" / "wrong_host.html").read_bytes()

PROBES = ("/health", "/ready")
"""Answered under any Host, because what watches a node asks at the node's own address."""

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class CrossSite(HTTPException):
    """A form of another site's page, or of a page that hides its origin."""

    status_code = 403


class Shield:
    """Wraps the whole application, so that every response has the headers and no page is served to a foreign Host."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
        elif _is_ours(scope) or scope["path"] in PROBES:
            await self._app(_as_get(scope), receive, _with_headers(send, scope["path"]))
        else:
            await _turn_away(_with_headers(send, ""))


async def check(request: Request) -> None:  # type: ignore[type-arg]
    """Runs before every handler. It is async, because a plain function would be run in a thread for each request."""
    check_origin(request)
    check_numbers(request)


def check_origin(request: Request) -> None:  # type: ignore[type-arg]
    """Accepts writes from our own pages only, and authenticated ones from listed sites. Raises `CrossSite`."""
    origin = request.headers.get("origin")
    if request.method in ("GET", "HEAD") or (request.scope["path"].startswith(PROVEN) and is_listed(origin)):
        return
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise CrossSite
    scheme = urlsplit(settings().base_url).scheme
    if origin is not None and origin.lower() not in [f"{scheme}://{host}" for host in our_hosts()]:
        raise CrossSite


def check_numbers(request: Request) -> None:  # type: ignore[type-arg]
    """Raises `NotFound` for a number in the address that no row can have."""
    if any(isinstance(value, int) and value >= 2**31 for value in request.path_params.values()):
        raise NotFound("number")


def our_hosts() -> tuple[str, ...]:
    """The configured host; on localhost each of its names."""
    return _hosts_of(settings().base_url)


@functools.cache
def _hosts_of(address: str) -> tuple[str, ...]:
    own = urlsplit(address)
    if f"[{own.hostname}]" in _LOOPBACK or own.hostname in _LOOPBACK:
        return tuple(f"{name}:{own.port}" if own.port else name for name in _LOOPBACK)
    return (own.netloc,)


def network_of(request: Request) -> str:  # type: ignore[type-arg]
    """The network of the client: the socket's, or by `X-Forwarded-For` if the socket's is a trusted proxy."""
    peer = request.client.host if request.client else ""
    forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    while forwarded and _is_proxy(peer):
        peer = forwarded.pop()
    return _prefix(peer)


def _is_ours(scope: HTTPScope) -> bool:
    """Whether there is exactly one Host header and it is ours (RFC 9112, section 3.2)."""
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    return len(hosts) == 1 and hosts[0].decode("latin-1").lower() in our_hosts()


def _as_get(scope: Scope) -> Scope:
    """Answers HEAD wherever there is GET; the server omits the body (RFC 9110, section 9.3.2).

    Streams are excluded, because they would never end.
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
    """The network prefix: /48 for IPv6, the most that a customer gets; the address itself for IPv4."""
    address = _address(peer)
    if address is None:
        return "unknown"
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address.packed, 48), strict=False).network_address)


def _address(peer: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address; an IPv4 address in IPv6 notation (::ffff:192.0.2.1) counts as IPv4."""
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _with_headers(send: Send, path: str) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = {name.lower(): value for name, value in message.get("headers", ())}
            missing = [each for each in _fitting(message["status"], headers, path) if each[0] not in headers]
            message["headers"] = [*message.get("headers", ()), *missing]
        await send(message)

    return guarded


def _fitting(status: int, headers: dict[bytes, bytes], path: str) -> tuple[_Header, ...]:
    if status == 204:
        return _OF_NOTHING
    kind = _OF_FILES if _is_loaded_by_pages(headers) else (*_HEADERS, (_CSP, policy_of(path).encode()))
    return (*kind, _SECURE) if settings().is_secure else kind


def policy_of(path: str) -> str:
    """Who may frame a page: nobody; for embeddable pages the listed sites, and ourselves for the preview."""
    if not path.startswith(EMBEDDED):
        return POLICY
    return POLICY.replace("frame-ancestors 'none'", " ".join(("frame-ancestors 'self'", *known().origins)))


def _is_loaded_by_pages(headers: dict[bytes, bytes]) -> bool:
    return headers.get(b"content-type", b"").startswith((b"text/css", b"text/javascript"))
