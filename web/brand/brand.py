"""The brand as every page shows it: kept in each process, and renewed within two seconds of a change elsewhere."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from web.brand.contact import Channel, Link
from web.brand.pictures import Picture
from web.database import FAILURES, columns_of, fetch_as, fetch_column
from web.people.permissions import SYSTEM

RENEWED_EVERY = timedelta(seconds=1)


@dataclass(frozen=True)
class BrandInput:
    """What an administrator writes about the brand. What is left empty stays as the house style has it."""

    name: str = SYSTEM.name
    title: str = ""
    text: str = ""
    accent: str = ""
    channels: tuple[Channel, ...] = ()
    links: tuple[Link, ...] = ()
    category_help: str = ""
    """Beside the category of a new request; the next beside its topic."""
    topic_help: str = ""
    lists: str = ""
    """How the list of tickets is laid out: `bar`, `lists` or `tabs`; empty for the way of the preset."""


@dataclass(frozen=True)
class Brand(BrandInput):
    """All that is known of it."""

    version: int = 0
    chat: int | None = None
    """The category of chats; None where there is no chat."""
    chat_ceiling: int | None = None
    """How many chats an agent attends at a time, at most; None for any number."""
    chat_name: str = ""
    origins: tuple[str, ...] = ()
    """Of the other sites that may show pages of ours in a frame."""
    vouching_key: str = ""
    """By which other sites sign who somebody in a frame is, sealed; empty for none."""
    vouching_makes: bool = False
    """Whether somebody whom they vouch for and nobody knows is made."""
    logo: Picture | None = None
    icon: Picture | None = None


@dataclass(frozen=True)
class _Row:
    version: int
    name: str
    title: str
    text: str
    accent: str
    channels: str
    links: str
    category_help: str
    topic_help: str
    lists: str
    chat: int | None
    chat_ceiling: int | None
    chat_name: str
    origins: str
    vouching_key: str
    vouching_makes: bool
    logo: str | None
    icon: str | None


@dataclass
class _Known:
    """The brand as this process knows it."""

    brand: Brand = field(default_factory=Brand)


_known = _Known()


def known() -> Brand:
    """The brand as this process knows it: no statement is made."""
    return _known.brand


async def renew(at: datetime | None = None) -> None:
    """Reads the brand again if it has changed. While the database does not answer, the known one holds."""
    try:
        found = await fetch_column(int, "SELECT version FROM place WHERE id = 1")
        if (found or [0])[0] != known().version:
            _known.brand = await read()
    except FAILURES:
        return


async def read() -> Brand:
    """The brand as it is in the database now."""
    rows = await fetch_as(_Row, _BRAND)
    if not rows:
        return Brand()
    row = rows[0]
    shown = await fetch_as(
        Picture, f"SELECT {_PICTURE} FROM place_picture WHERE sha256 IN ({{}}, {{}})", row.logo or "", row.icon or ""
    )
    pictures = {each.sha256: each for each in shown}
    return Brand(
        name=row.name,
        title=row.title,
        text=row.text,
        accent=row.accent,
        channels=tuple(Channel(*each) for each in json.loads(row.channels)),
        links=tuple(Link(*each) for each in json.loads(row.links)),
        category_help=row.category_help,
        topic_help=row.topic_help,
        lists=row.lists,
        version=row.version,
        chat=row.chat,
        chat_ceiling=row.chat_ceiling,
        chat_name=row.chat_name,
        origins=tuple(json.loads(row.origins)),
        vouching_key=row.vouching_key,
        vouching_makes=row.vouching_makes,
        logo=pictures.get(row.logo or ""),
        icon=pictures.get(row.icon or ""),
    )


_CHAT_NAME = "COALESCE((SELECT category.name FROM category WHERE category.id = place.chat), '') AS chat_name"
_BRAND = f"SELECT {', '.join(columns_of(_Row))} FROM place WHERE id = 1".replace("chat_name", _CHAT_NAME)
_PICTURE = ", ".join(columns_of(Picture))
