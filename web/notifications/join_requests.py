"""Tells managers who asks to join their organization, and tells that person the answer."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_as, fetch_column, transaction, within
from web.errors import Throttled
from web.notifications import alerts, outbox
from web.notifications.alerts import Alert
from web.notifications.outbox import Letter
from web.notifications.preferences import Wanted
from web.people import throttle
from web.people.memberships import Colleague
from web.people.throttle import Limit
from web.settings import settings

MAILS = Limit("join-mails", tries=5, seconds=3600)
"""By organization; past it managers get notices only, because anybody can sign up with its CNPJ."""


@dataclass(frozen=True)
class _Asked:
    """A request to join."""

    name: str
    organization: int
    organization_name: str


@dataclass(frozen=True)
class _Manager:
    """A manager of the organization, with an address if they want mail."""

    id: int
    address: str | None


_ADDRESS = (
    "(SELECT min(value) FROM identity WHERE identity.person = person.id AND kind = 'email' "
    f"AND person.mail <> '{Wanted.NONE}')"
)
_ASKED = (
    "SELECT person.name, organization.id AS organization, organization.name AS organization_name "
    "FROM membership JOIN person ON person.id = membership.person "
    "JOIN organization ON organization.id = membership.organization "
    "WHERE membership.person = {} AND asked_at = {} AND confirmed_at IS NULL AND removed_at IS NULL"
)
_MANAGERS = (
    f"SELECT person.id, {_ADDRESS} AS address FROM membership JOIN person ON person.id = membership.person "
    "WHERE membership.organization = {} AND manages AND confirmed_at IS NOT NULL AND person.is_active "
    "ORDER BY person.id"
)


async def tell_managers(person: int, *, letter: Letter, at: datetime) -> None:
    """Notifies the managers of the organization that the person asked to join at this instant, if any.

    What is kept for long, the notice and the subject, does not name the person.
    """
    for asked in await fetch_as(_Asked, _ASKED, person, at):
        managers = await fetch_as(_Manager, _MANAGERS, asked.organization)
        addresses = [each.address for each in managers if each.address]
        subject, body = letter("join_asked", **vars(asked), link=f"{settings().base_url}/organization")
        async with transaction():
            told = [each.id for each in managers]
            await alerts.tell_people(told, Alert.JOIN_ASKED, asked.organization, asked.organization_name, at=at)
            if addresses and await _may_write(asked.organization, at):
                await outbox.write_to_all(addresses, subject, body, at=at)


@contextlib.asynccontextmanager
async def telling_newcomer(before: Colleague, *, is_in: bool, letter: Letter, at: datetime) -> AsyncIterator[None]:
    """A transaction that lets in or declines somebody who asked to join, and writes that to them.

    `before` is the membership until then. A refusal names neither the organization nor who decided.
    """
    async with within():
        yield
        await _tell_newcomer(before, is_in=is_in, letter=letter, at=at)


async def _tell_newcomer(before: Colleague, *, is_in: bool, letter: Letter, at: datetime) -> None:
    if before.confirmed_at or before.removed_at or before.invited_at:
        return
    home = settings().base_url
    values = {"organization_name": before.organization_name, "home": home} if is_in else {"home": home}
    subject, body = letter("join_accepted" if is_in else "join_declined", **values)
    found = await fetch_column(str, f"SELECT {_ADDRESS} AS address FROM person WHERE id = {{}}", before.person)
    await outbox.write_to_all([each for each in found if each], subject, body, at=at)


async def _may_write(organization: int, at: datetime) -> bool:
    try:
        await throttle.spend(MAILS, str(organization), at=at)
    except Throttled:
        return False
    return True
