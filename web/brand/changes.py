"""Changes of the brand by administrators."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from types import MappingProxyType

from web import audit
from web.brand import accent, embedding
from web.brand.accent import LIGHT
from web.brand.brand import Brand, BrandInput, read, renew
from web.brand.contact import MOST, Refusals, channel_refusals, help_refusal, link_refusals
from web.brand.pictures import Picture
from web.database import execute, fetch_column, transaction, within
from web.encryption import seal
from web.errors import NotPermitted, Overtaken, refuse
from web.people import tokens
from web.people.permissions import Actor
from web.settings_log.recording import Kind, Values, record_change
from web.text import is_blank, too_long

PICTURES = ("logo", "icon")
LISTS = ("", "bar", "lists", "tabs")
"""Layouts of the ticket list: a filter bar, several lists with counts, and lists in tabs inside the portal."""
HELP = ("category_help", "topic_help")
Pictures = Mapping[str, Picture | None]
"""The picture for each of `PICTURES`; None for no picture."""
_NONE: Pictures = MappingProxyType({})
Row = Mapping[str, str | int | bool | None]
_LONGEST = {"name": 80, "title": 120, "text": 1_000}


async def describe(wanted: BrandInput, pictures: Pictures = _NONE, *, seen: int, by: Actor, at: datetime) -> None:
    """Saves the brand, with any pictures. Raises `Invalid`, and `Overtaken` when it is newer than version `seen`."""
    _check_admin(by)
    refuse(refusals(wanted))
    async with transaction():
        before = await read()
        await _write(before, {**_row(wanted), **await _stored(pictures)}, seen=seen, by=by, at=at)
        await _delete_replaced(before, pictures)
    await renew()


async def save_pictures(pictures: Pictures, *, by: Actor, at: datetime) -> None:
    """Sets the logo and the icon; None removes one."""
    _check_admin(by)
    async with transaction():
        before = await read()
        await _write(before, await _stored(pictures), seen=before.version, by=by, at=at)
        await _delete_replaced(before, pictures)
    await renew()


async def _stored(pictures: Pictures) -> dict[str, str | None]:
    return {noun: await _kept(picture) for noun, picture in pictures.items()}


async def _delete_replaced(before: Brand, pictures: Pictures) -> None:
    """Deletes the earlier pictures of these places."""
    for noun, gone in _pictures(before):
        if gone is not None and noun in pictures:
            await execute(_DELETE_UNUSED, gone.sha256)


_DELETE_UNUSED = (
    "DELETE FROM place_picture WHERE sha256 = {} AND NOT EXISTS "
    "(SELECT 1 FROM place WHERE id = 1 AND place_picture.sha256 IN (logo, icon))"
)


async def attend_chats(category: int | None, *, ceiling: int | None = None, seen: int, by: Actor, at: datetime) -> None:
    """Sets the category of chats (None for no chat) and how many an agent attends; the caller has checked both."""
    _check_admin(by)
    async with within():
        await _write(await read(), {"chat": category, "chat_ceiling": ceiling}, seen=seen, by=by, at=at)
    await renew()


async def allow_origins(typed: str, *, makes: bool = False, seen: int, by: Actor, at: datetime) -> None:
    """Sets the sites, one a line, that may embed pages, and whether accounts are created for people they vouch for.

    Raises as `describe` does.
    """
    _check_admin(by)
    origins, wrong = embedding.read_origins(typed)
    refuse({"origins": "not_origins" if wrong else "too_many_rows" if len(origins) > embedding.MOST else None})
    async with transaction():
        await _write(await read(), {"origins": json.dumps(origins), "vouching_makes": makes}, seen=seen, by=by, at=at)
    await renew()


async def new_vouching_key(*, by: Actor, at: datetime) -> str:
    """Creates the key with which other sites sign who somebody is; an earlier one becomes invalid.

    It is never shown again.
    """
    key = tokens.new()
    await _vouch_by(seal(key), by=by, at=at)
    return key


async def drop_vouching_key(*, by: Actor, at: datetime) -> None:
    await _vouch_by("", by=by, at=at)


async def _vouch_by(sealed: str, *, by: Actor, at: datetime) -> None:
    _check_admin(by)
    async with transaction():
        before = await read()
        await _write(before, {"vouching_key": sealed}, seen=before.version, by=by, at=at)
    await renew()
    audit.note("vouching_key" if sealed else "vouching_key_dropped", person=by.id)


def refusals(wanted: BrandInput) -> Refusals:
    """The code of each wrong field. Channels and links are counted from 1."""
    texts = {name: too_long(getattr(wanted, name), most) for name, most in _LONGEST.items()}
    return {
        **texts,
        "name": "missing" if is_blank(wanted.name) else texts["name"],
        "lists": None if wanted.lists in LISTS else "unknown",
        "accent": _accent_refusal(wanted.accent),
        **{name: help_refusal(getattr(wanted, name)) for name in HELP},
        "channels": "too_many_rows" if len(wanted.channels) > MOST else None,
        "links": "too_many_rows" if len(wanted.links) > MOST else None,
        **_by_row(map(channel_refusals, wanted.channels)),
        **_by_row(map(link_refusals, wanted.links)),
    }


def _by_row(refusals: Iterable[Refusals]) -> Refusals:
    return {f"{name}{at}": code for at, row in enumerate(refusals, start=1) for name, code in row.items()}


def _accent_refusal(colour: str) -> str | None:
    """The accent must be readable in the light scheme. The dark scheme uses the nearest readable colour."""
    if not colour:
        return None
    if not accent.is_colour(colour):
        return "not_a_colour"
    return None if accent.holds(colour, LIGHT) else "unreadable"


def _row(wanted: BrandInput) -> dict[str, str]:
    return {**asdict(wanted), "channels": json.dumps(wanted.channels), "links": json.dumps(wanted.links)}


async def _kept(picture: Picture | None) -> str | None:
    if picture is None:
        return None
    await execute(
        "INSERT INTO place_picture (sha256, kind, width, height, content) VALUES ({}, {}, {}, {}, {}) "
        "ON CONFLICT (sha256) DO NOTHING",
        *(picture.sha256, picture.kind, picture.width, picture.height, picture.content),
    )
    return picture.sha256


async def _write(before: Brand, changed: Row, *, seen: int, by: Actor, at: datetime) -> None:
    """Saves the changes. The first one creates the row. Raises `Overtaken` if the version is no longer `seen`."""
    if not await (_changed(changed, seen) if before.version else _made({**_row(BrandInput()), **changed}, seen)):
        raise Overtaken("place")
    after = await read()
    await record_change(Kind.BRAND, 1, after.name, _told(before), _told(after), by=by.id, at=at)


def _told(brand: Brand) -> Values:
    """The values for the log of settings."""
    return {
        **{name: getattr(brand, name) for name in ("name", "title", "text", "accent", "lists", *HELP)},
        **{name: [", ".join(filter(None, row)) for row in getattr(brand, name)] for name in ("channels", "links")},
        "chat": brand.chat_name,
        "chat_ceiling": brand.chat_ceiling,
        "origins": list(brand.origins),
        "vouching_key": hashlib.sha256(brand.vouching_key.encode()).hexdigest()[:8] if brand.vouching_key else "",
        "vouching_makes": brand.vouching_makes,
        **{noun: picture and f"{picture.sha256[:8]}.{picture.kind}" for noun, picture in _pictures(brand)},
    }


def _pictures(brand: Brand) -> list[tuple[str, Picture | None]]:
    return [(noun, getattr(brand, noun)) for noun in PICTURES]


async def _made(row: Row, seen: int) -> bool:
    places = ", ".join("{}" for _ in row)
    return seen == 0 and bool(
        await fetch_column(
            int,
            f"INSERT INTO place (id, version, {', '.join(row)}) VALUES (1, 1, {places}) "
            "ON CONFLICT (id) DO NOTHING RETURNING version",
            *row.values(),
        )
    )


async def _changed(row: Row, seen: int) -> bool:
    sets = ", ".join(f"{name} = {{}}" for name in row)
    return bool(
        await fetch_column(
            int,
            f"UPDATE place SET version = version + 1, {sets} WHERE id = 1 AND version = {{}} RETURNING version",
            *row.values(),
            seen,
        )
    )


def _check_admin(by: Actor) -> None:
    if not by.is_admin:
        raise NotPermitted("place")
