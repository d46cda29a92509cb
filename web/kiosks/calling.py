"""Calls a member of the team to a kiosk, by a notice and by mail."""

from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_as, transaction
from web.kiosks.settings import KioskShown
from web.notifications import alerts, outbox
from web.notifications.alerts import Alert
from web.notifications.outbox import Letter
from web.people import throttle
from web.people.throttle import Limit
from web.settings import settings

CALLS = Limit("kiosk-calls", tries=1, seconds=120)
"""The rate limit of a kiosk, so that an impatient visitor does not call twice."""


@dataclass(frozen=True)
class _Called:
    """A notified agent and their address."""

    id: int
    address: str | None


_AGENTS = (
    "SELECT p.id, (SELECT min(value) FROM identity WHERE identity.person = p.id AND kind = 'email') AS address "
    "FROM person p WHERE p.is_active AND NOT p.is_robot AND "
)
_OF_TEAM = "p.role <> 'requester' AND p.id IN (SELECT person FROM team_member WHERE team = {})"
_LEADS = "p.role IN ('lead', 'admin')"


async def call(kiosk: KioskShown, *, letter: Letter, at: datetime) -> None:
    """Notifies the agents of its team, or else the leads. Raises `Throttled`."""
    await throttle.spend(CALLS, str(kiosk.id), at=at)
    called = await fetch_as(_Called, _AGENTS + _OF_TEAM, kiosk.team) if kiosk.team else []
    called = called or await fetch_as(_Called, _AGENTS + _LEADS)
    subject, body = letter("kiosk_call", name=kiosk.name, link=f"{settings().base_url}/desk")
    async with transaction():
        await alerts.tell_people([each.id for each in called], Alert.KIOSK_CALLED, kiosk.id, kiosk.name, at=at)
        await outbox.write_to_all([each.address for each in called if each.address], subject, body, at=at)
