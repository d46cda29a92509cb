"""The brand as every page shows it, cached in each process and refreshed within two seconds of a change."""

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
    """What administrators enter about the brand. Empty values mean the defaults."""

    name: str = SYSTEM.name
    title: str = ""
    text: str = ""
    accent: str = ""
    channels: tuple[Channel, ...] = ()
    links: tuple[Link, ...] = ()
    category_help: str = ""
    """The help link beside the category of a new request; `topic_help` is beside its topic."""
    topic_help: str = ""
    lists: str = ""
    """The layout of the ticket list: `bar`, `lists` or `tabs`; empty for that of the preset."""


@dataclass(frozen=True)
class Brand(BrandInput):
    """The whole brand."""

    version: int = 0
    chat: int | None = None
    """The category of chats; None when there is no chat."""
    chat_ceiling: int | None = None
    """The most chats that an agent attends at a time; None for any number."""
    chat_name: str = ""
    origins: tuple[str, ...] = ()
    """Other sites that may embed pages."""
    vouching_key: str = ""
    """The key with which other sites sign who somebody in a frame is, encrypted; empty for none."""
    vouching_makes: bool = False
    """Whether an account is created for an unknown person whom such a site vouches for."""
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
    """The brand that this process has cached."""

    brand: Brand = field(default_factory=Brand)


_known = _Known()


def known() -> Brand:
    """The cached brand. Makes no statement."""
    return _known.brand


async def renew(at: datetime | None = None) -> None:
    """Reads the brand again if it has changed. While the database does not answer, the cached one is kept."""
    try:
        found = await fetch_column(int, "SELECT version FROM place WHERE id = 1")
        if (found or [0])[0] != known().version:
            _known.brand = await read()
    except FAILURES:
        return


async def read() -> Brand:
    """Reads the brand from the database."""
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
