"""Authentication of robots: the key, its scope, and the request's one-time key."""

import hashlib
from typing import Annotated, cast

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.params import FromPath, HeaderParameter

from web.api.v1.problems import NoKey, OutOfScope, Unsupported
from web.clock import now
from web.errors import Invalid, NotFound
from web.people import actors, keys, throttle
from web.people.agents.teams import TeamName, teams_in_sight
from web.people.permissions import Actor, Key, Scope
from web.people.throttle import Limit
from web.tickets.fields import catalog
from web.tickets.record import events
from web.tickets.record import ticket as tickets
from web.tickets.record.ticket import TicketDetails
from web.tickets.settings import workflows

Keyed = Request[Actor, Key, State]
Connection = ASGIConnection[BaseRouteHandler, Actor, Key, State]

REQUESTS = Limit("api-key", tries=120, seconds=0.5)
"""The rate limit of a key: two requests a second, with bursts."""


async def keyed(connection: Connection, handler: BaseRouteHandler) -> None:
    """A guard for every address: admits the robot of a valid key with the right scope. Cookies are ignored."""
    found = await actors.behind_key(_token(connection), now())
    if found is None:
        raise NoKey("key_unknown")
    connection.scope["user"], connection.scope["auth"] = found
    await workflows.renew(found[0].newest_workflow)
    await catalog.renew(found[0].newest_field)
    key = found[1]
    await throttle.spend(REQUESTS, str(key.id), at=now())
    await keys.note_used(key, at=now())
    if handler.opt.get("scope", Scope.READ) not in key.scopes:
        raise OutOfScope


def _token(connection: Connection) -> str:
    kind, _, token = connection.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise NoKey("key_missing")
    return token.strip()


def speaks_json(connection: Connection, handler: BaseRouteHandler) -> None:
    """A guard for operations with a JSON body."""
    kind = connection.headers.get("content-type", "").partition(";")[0].strip().lower()
    if cast("HTTPRouteHandler", handler).parsed_data_field is not None and kind != "application/json":
        raise Unsupported


async def ticket_in_sight(request: Keyed, number: FromPath[int]) -> TicketDetails:
    return await tickets.find_ticket(number, by=request.user)


async def team_in_sight(request: Keyed, team: FromPath[int]) -> TeamName:
    """The team whose queue the address names. Raises `NotFound`."""
    for row in await teams_in_sight(request.user):
        if row.id == team:
            return row
    raise NotFound("team")


async def one_time_key(
    request: Keyed,
    idempotency_key: Annotated[str | None, HeaderParameter(name="Idempotency-Key")] = None,
) -> str | None:
    """The one-time key.

    Repeating a request with it makes one event; raises `Invalid` for another request with the same key.
    """
    if idempotency_key is None:
        return None
    key = _checked(idempotency_key.strip('"'))
    named, asks = _digest(key.encode()), _digest(request.url.path.encode() + b"\n" + await request.body())
    if await events.has_other_key(request.user, begins=named, key=named + asks):
        raise Invalid("Idempotency-Key", "in_use")
    return named + asks


def _checked(key: str) -> str:
    if not (8 <= len(key) <= 64 and key.isascii() and key.isprintable()):
        raise Invalid("Idempotency-Key", "not_8_to_64_characters")
    return key


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
