"""The device that a kiosk is bound to. Its token is rotated, so that a copy of it is noticed."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from web import audit
from web.database import execute, existing, fetch_as, fetch_column, transaction
from web.kiosks import settings as kiosk_settings
from web.kiosks import visits
from web.kiosks.settings import KioskShown
from web.kiosks.tables import Kiosk
from web.notifications import alerts
from web.notifications.alerts import Alert
from web.notifications.outbox import Letter
from web.people import tokens
from web.settings import settings
from web.text import one_line

TURNS = timedelta(hours=1)
"""How often the token is rotated."""
SETTLES = timedelta(minutes=2)
"""How long the old token stays valid: browsers save cookies within half a minute, and a terminal may lose power."""
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class AtKiosk:
    """The kiosk of a request. If there is a new `token`, the device must save it."""

    kiosk: KioskShown
    token: str = ""


@dataclass(frozen=True)
class _Device:
    """The stored device of a kiosk."""

    id: int
    binding: int
    token_hash: str | None
    next_hash: str | None
    turned_at: datetime | None
    seen_at: datetime | None


_DEVICE = "SELECT id, binding, token_hash, next_hash, turned_at, seen_at FROM kiosk WHERE "


async def to_bind(link: str, *, at: datetime) -> KioskShown:
    """The kiosk that a link binds. Raises `NotFound` for a redeemed, replaced or expired link."""
    sought = "SELECT id FROM kiosk WHERE link_hash = {} AND link_ends_at > {} AND retired_at IS NULL"
    found = existing(await fetch_column(int, sought, tokens.hash_of(one_line(link)), at), "link")
    return await kiosk_settings.kiosk(found)


async def bind(link: str, *, at: datetime) -> AtKiosk:
    """Binds this device to the kiosk, and unbinds the previous one. Raises as `to_bind` does."""
    found = await to_bind(link, at=at)
    async with transaction():
        binding = existing(await fetch_column(int, _COUNTED, found.id, tokens.hash_of(one_line(link))), "link")
        token = _new(found.id, binding)
        await execute(_BOUND, tokens.hash_of(token), at, at, found.id)
        await visits.end_all(found.id, at=at)
    audit.note("kiosk_bound", person=None, kiosk=found.id)
    return AtKiosk(found, token)


_COUNTED = (
    "UPDATE kiosk SET binding = binding + 1, link_hash = NULL, link_ends_at = NULL "
    "WHERE id = {} AND link_hash = {} RETURNING binding"
)
_BOUND = "UPDATE kiosk SET token_hash = {}, next_hash = NULL, turned_at = {}, seen_at = {} WHERE id = {}"


async def kiosk_of(token: str, *, letter: Letter, at: datetime) -> AtKiosk | None:
    """The kiosk whose device has this token.

    An old token of ours means that two devices have it. Then both are unbound, and the administrators are notified.
    """
    told = _read(token)
    rows = await fetch_as(_Device, _DEVICE + "id = {} AND retired_at IS NULL", told[0]) if told else []
    if told is None or not rows or rows[0].binding != told[1] or rows[0].token_hash is None:
        return None
    device, hashed = rows[0], tokens.hash_of(token)
    found = await kiosk_settings.kiosk(device.id)
    if hashed not in (device.token_hash, device.next_hash):
        await _end(found, letter=letter, at=at)
        return None
    return AtKiosk(found, await _turned(device, hashed, at))


async def _turned(device: _Device, hashed: str, at: datetime) -> str:
    """A rotated token, if it is due. Of two simultaneous requests one gets it."""
    since = at - (device.turned_at or at)
    if hashed == device.next_hash:
        if since >= SETTLES:
            await execute(_SETTLED, at, device.id, hashed)
    elif since >= (SETTLES if device.next_hash else TURNS):
        token = _new(device.id, device.binding)
        turned = "UPDATE kiosk SET next_hash = {}, turned_at = {}, seen_at = {} WHERE id = {} AND turned_at = {} "
        values = (tokens.hash_of(token), at, at, device.id, device.turned_at)
        return token if await fetch_column(int, turned + "RETURNING id", *values) else ""
    if device.seen_at is None or at - device.seen_at > NOTED_EVERY:
        await Kiosk.update({Kiosk.seen_at: at}).where(Kiosk.id == device.id)
    return ""


_SETTLED = "UPDATE kiosk SET token_hash = next_hash, next_hash = NULL, turned_at = {} WHERE id = {} AND next_hash = {}"


async def _end(found: KioskShown, *, letter: Letter, at: datetime) -> None:
    async with transaction():
        ended = "UPDATE kiosk SET token_hash = NULL, next_hash = NULL WHERE id = {} AND token_hash IS NOT NULL "
        if not await fetch_column(int, ended + "RETURNING id", found.id):
            return
        await visits.end_all(found.id, at=at)
        link = f"{settings().base_url}/desk/settings/kiosks/{found.id}"
        told = "\n\n".join(letter("kiosk_copied", name=found.name, link=link))
        await alerts.tell(Alert.KIOSK_COPIED, found.id, found.name, letter=told, at=at)
    audit.note("kiosk_copied", person=None, kiosk=found.id)


def _new(kiosk: int, binding: int) -> str:
    """A signed token, so that an old one of ours is told from an invented one."""
    said = f"{kiosk}.{binding}.{tokens.new()}"
    return f"{said}.{_mark(said)}"


def _read(token: str) -> tuple[int, int] | None:
    """The kiosk and its binding; None for a token that we did not sign."""
    said, _, mark = token.rpartition(".")
    if not hmac.compare_digest(_mark(said).encode(), mark.encode("utf-8", "surrogatepass")):
        return None
    kiosk, binding, _ = said.split(".", 2)
    return int(kiosk), int(binding)


def _mark(said: str) -> str:
    signed = f"kiosk:{said}".encode("utf-8", "surrogatepass")
    return hmac.new(settings().secret.encode(), signed, hashlib.sha256).hexdigest()[:32]
