"""Opens a ticket at a kiosk or in a frame, for a person created for this visit."""

import textwrap
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from web.database import within
from web.errors import Invalid, refuse
from web.kiosks import claims, codes, visits
from web.kiosks.settings import KioskShown
from web.kiosks.visits import Visit
from web.notifications.outbox import Letter
from web.people import accounts, throttle
from web.people.identifiers import phones
from web.people.identifiers.addresses import is_address
from web.people.names import wrong_name
from web.people.permissions import Actor, Role
from web.people.throttle import Limit
from web.text import is_blank, one_line, too_long
from web.tickets.life.states import Channel
from web.tickets.life.timeline import EventData
from web.tickets.record.messages import LONGEST_MESSAGE
from web.tickets.requests import chats, submission
from web.tickets.requests.categories import CategoryName, open_to_all
from web.tickets.requests.drafts import Request

LONGEST_TITLE = 80
"""The most characters of the title, which is made from the first words."""


@dataclass(frozen=True)
class Asked:
    """What was typed at a kiosk or in a frame. `address`, `phone` and `organization` are unverified."""

    name: str
    body: str
    category: int | None
    address: str = ""
    phone: str = ""
    organization: str = ""
    files: Sequence[int] = ()

    def intake(self, where: "RequestPlace") -> EventData:
        """Where it was typed and what nobody proved, for agents."""
        told = {"organization": self.organization, "address": self.address}
        return {**where.name, **{name: value for name, value in told.items() if value}}


@dataclass(frozen=True)
class RequestPlace:
    """Where somebody without an account asks: the ticket's organization, team and categories (none named: all)."""

    channel: Channel
    organization: int | None = None
    team: int | None = None
    categories: Collection[int] = ()
    name: EventData = field(default_factory=dict)
    """The kiosk or the site, for agents."""


def where_of(kiosk: KioskShown) -> RequestPlace:
    return RequestPlace(Channel.KIOSK, kiosk.organization, kiosk.team, kiosk.categories, {"kiosk": kiosk.name})


IN_FRAME = RequestPlace(Channel.EMBED)
FRAMED_FROM_ONE = Limit("embed-tickets", tries=20, seconds=60)
"""By network: tickets and chats started in frames, and files uploaded for them."""


@dataclass(frozen=True)
class Framed:
    """A form in a frame: the visit's token, the network, the person if known, and the site."""

    token: str
    network: str
    called: str
    """The name of the person until they type one."""
    person: int | None = None
    site: str = ""
    is_vouched: bool = False
    """Whether the site vouches for the person."""

    @property
    def place(self) -> RequestPlace:
        return replace(IN_FRAME, name={"site": self.site, "is_vouched": self.is_vouched})


async def offered(where: RequestPlace) -> list[CategoryName]:
    """The categories that are offered there now."""
    known, chosen = await open_to_all(), where.categories
    return [each for each in known if not chosen or each.id in chosen]


async def open_ticket(
    asked: Asked,
    where: RequestPlace,
    visit: Visit,
    *,
    letter: Letter,
    by: Actor,
    at: datetime,
    key: str | None,
) -> int:
    """Opens the ticket. Returns its number; a visit opens one.

    Nobody learns whose address was typed; its owner gets a link to claim the ticket. Raises `Invalid`.
    """
    await _check(asked, where)
    request = Request(
        title=textwrap.shorten(one_line(asked.body), LONGEST_TITLE, placeholder="…"),
        description=asked.body.strip(),
        category=asked.category,
        vouched=where.organization,
        team=where.team,
        channel=where.channel,
        files=asked.files,
        intake=asked.intake(where),
    )
    async with within():
        if opened := await visits.opened_in(visit):
            return opened
        await accounts.name_newcomer(by.id, one_line(asked.name))
        if asked.phone:
            await phones.add(by.id, asked.phone, by=by, at=at)
        made = await submission.open_ticket(request, by=by, at=at, key=key)
        if not made.is_repeat:
            await visits.note_opened(visit, made.ticket, await codes.make(made.ticket, by.id))
            await claims.offer(made.ticket, accounts.normal(asked.address), letter=letter, at=at)
    return made.ticket


async def open_framed(asked: Asked, framed: Framed, *, letter: Letter, at: datetime) -> None:
    """Like `open_ticket`, in a frame. The visit begins with the form. Raises `Invalid` and `Throttled`."""
    await _check(asked, IN_FRAME)
    async with begun(framed, at=at) as (visit, by):
        await open_ticket(asked, framed.place, visit, letter=letter, by=by, at=at, key=framed.token)


async def chat_framed(asked: Asked, framed: Framed, *, letter: Letter, at: datetime) -> None:
    """Starts a chat in a frame, or adds to the open one. Raises as `open_framed` does."""
    refuse(_wrong(asked, may_be_files=True))
    async with begun(framed, at=at) as (visit, by):
        if await visits.opened_in(visit):
            return
        await accounts.name_newcomer(by.id, one_line(asked.name))
        intake = asked.intake(framed.place)
        made = await chats.say(asked.body, intake=intake, files=asked.files, by=by, at=at, key=framed.token)
        is_new = not made.is_repeat and await codes.is_unknown(made.ticket)
        await visits.note_opened(visit, made.ticket, await codes.make(made.ticket, by.id) if is_new else "")
        await claims.offer(made.ticket, accounts.normal(asked.address) if is_new else "", letter=letter, at=at)


@asynccontextmanager
async def begun(framed: Framed, *, at: datetime) -> AsyncIterator[tuple[Visit, Actor]]:
    """The visit of the form, within a transaction; created by its first submission. Raises `Throttled`."""
    if await visits.behind(framed.token, at=at) is None:
        await throttle.spend(FRAMED_FROM_ONE, framed.network, at=at)
    async with within():
        yield await visits.begin_once(framed.token, called=framed.called, person=framed.person, at=at)


async def _check(asked: Asked, where: RequestPlace) -> None:
    is_offered = asked.category in [each.id for each in await offered(where)]
    refuse({**_wrong(asked), "category": None if is_offered else "unknown"})


def _wrong(asked: Asked, *, may_be_files: bool = False) -> dict[str, str | None]:
    body = "missing" if is_blank(asked.body) and not (may_be_files and asked.files) else None
    return {
        "name": wrong_name(asked.name, role=Role.REQUESTER),
        "body": body or too_long(asked.body, LONGEST_MESSAGE),
        "address": _wrong_address(accounts.normal(asked.address)),
        "phone": _wrong_phone(asked.phone),
    }


def _wrong_address(address: str) -> str | None:
    if not address:
        return None
    if not is_address(address):
        return "not_an_address"
    return "desks_address" if accounts.is_the_desks(address) else None


def _wrong_phone(phone: str) -> str | None:
    try:
        return phones.parse(phone) and None if phone else None
    except Invalid as error:
        return error.code
