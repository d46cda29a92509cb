"""Sections of the help centre in two levels, managed by leads."""

from dataclasses import asdict, dataclass
from datetime import datetime

from web.articles import slugs
from web.articles.tables import HelpSection
from web.database import fetch_as, fetch_column, within
from web.errors import NotFound, NotPermitted, refuse
from web.people.permissions import Actor
from web.settings_log.listing import refuse_overtaken
from web.settings_log.recording import Kind, Values, record_change
from web.text import too_long, wrong_name
from web.tickets.settings import ordering
from web.tickets.settings.ordering import Where
from web.tickets.sla import settings_queries

LONGEST_NAME = 100
LONGEST_TEXT = 300


@dataclass(frozen=True)
class SectionInput:
    """A section as a lead enters it; without a slug it gets one from its name."""

    name: str
    text: str = ""
    parent: int | None = None
    slug: str = ""


@dataclass(frozen=True)
class Section:
    """A section with the name of its parent."""

    id: int
    name: str
    slug: str
    text: str
    parent: int | None
    parent_name: str | None
    parent_slug: str | None
    position: int
    is_active: bool


async def sections(*, retired: bool = False) -> list[Section]:
    """All sections in order, each parent before its children; retired ones last, if requested."""
    of = "" if retired else "WHERE s.is_active "
    rows = await fetch_as(Section, f"{_SECTIONS} {of}ORDER BY s.is_active DESC, s.position, s.name, s.id")
    below: dict[int | None, list[Section]] = {}
    for each in rows:
        below.setdefault(each.parent, []).append(each)
    known = {each.id for each in rows}
    tops = [each for each in rows if each.parent is None or each.parent not in known]
    return [one for top in tops for one in (top, *below.get(top.id, ()))]


async def section(number: int) -> Section:
    """Returns the section. Raises `NotFound`."""
    return _found(await fetch_as(Section, f"{_SECTIONS} WHERE s.id = {{}}", number))


async def section_at(slug: str) -> Section:
    """The active section with this slug. Raises `NotFound`."""
    return _found(await fetch_as(Section, f"{_SECTIONS} WHERE s.slug = {{}} AND s.is_active", slug))


async def save_section(
    wanted: SectionInput, *, number: int | None = None, seen: int | None = None, by: Actor, at: datetime
) -> int:
    """Creates a section, or changes number `number`. Raises `Overtaken` when its log is newer than `seen`."""
    _check_lead(by)
    async with within():
        await settings_queries.lock()
        before = await section(number) if number is not None else None
        if before:
            await refuse_overtaken(Kind.SECTION, before.id, seen)
        refuse(await _wrong(wanted, number))
        kept = await _write(wanted, before)
        told, after = _told(before) if before else None, await section(kept)
        await record_change(Kind.SECTION, kept, after.name, told, _told(after), by=by.id, at=at)
    return kept


async def move_section(number: int, *, to: Where, by: Actor, at: datetime) -> None:
    """Moves the section within its level."""
    _check_lead(by)
    async with within():
        await settings_queries.lock()
        found = await section(number)
        of = "parent IS NULL" if found.parent is None else f"parent = {found.parent}"
        moved = await ordering.move("help_section", number, to=to, of=of)
        if moved:
            await record_change(Kind.SECTION, number, found.name, *moved, by=by.id, at=at)


async def set_active(number: int, *, is_active: bool, by: Actor, at: datetime) -> None:
    """Retires or restores the section. Raises `Invalid` while it contains published articles."""
    _check_lead(by)
    async with within():
        await settings_queries.lock()
        found = await section(number)
        if not is_active:
            refuse({"section": await _tie(number)})
        await HelpSection.update({HelpSection.is_active: is_active}).where(HelpSection.id == number)
        told = {"is_active": found.is_active}, {"is_active": is_active}
        await record_change(Kind.SECTION, number, found.name, *told, by=by.id, at=at)


async def _write(wanted: SectionInput, before: Section | None) -> int:
    slug = wanted.slug or (before.slug if before else await slugs.free_slug("help_section", wanted.name))
    columns = {**asdict(wanted), "slug": slug}
    if before:
        await HelpSection.update({getattr(HelpSection, name): value for name, value in columns.items()}).where(
            HelpSection.id == before.id
        )
        return before.id
    level = "parent IS NULL" if wanted.parent is None else f"parent = {wanted.parent}"
    row = HelpSection(**columns, position=await ordering.last("help_section", level))
    await row.save()
    return int(row.id)


async def _wrong(wanted: SectionInput, number: int | None) -> dict[str, str | None]:
    twin = "SELECT id FROM help_section WHERE name = {} AND COALESCE(parent, 0) = {} AND id <> {}"
    taken = await fetch_column(int, twin, wanted.name, wanted.parent or 0, number or 0)
    if wanted.slug:
        await slugs.refuse_taken("help_section", wanted.slug, of=number or 0)
    return {
        "name": wrong_name(wanted.name, longest=LONGEST_NAME) or ("in_use" if taken else None),
        "text": too_long(wanted.text, LONGEST_TEXT),
        "parent": await _wrong_parent(wanted.parent, number),
    }


async def _wrong_parent(parent: int | None, number: int | None) -> str | None:
    """The code of an error in the parent. There are only two levels."""
    if parent is None:
        return None
    fits = "SELECT id FROM help_section WHERE id = {} AND parent IS NULL AND is_active AND id <> {}"
    if not await fetch_column(int, fits, parent, number or 0):
        return "unknown"
    children = "SELECT id FROM help_section WHERE parent = {} LIMIT 1"
    return "has_children" if number and await fetch_column(int, children, number) else None


async def _tie(number: int) -> str | None:
    articles = "SELECT id FROM article WHERE section = {} AND state <> 'retired' LIMIT 1"
    if await fetch_column(int, articles, number):
        return "section_has_articles"
    children = "SELECT id FROM help_section WHERE parent = {} AND is_active LIMIT 1"
    return "has_children" if await fetch_column(int, children, number) else None


def _told(found: Section) -> Values:
    return {"name": found.name, "slug": found.slug, "text": found.text, "parent": found.parent_name}


def _check_lead(by: Actor) -> None:
    if not (by.is_lead or by.is_system):
        raise NotPermitted("section")


def _found(rows: list[Section]) -> Section:
    if not rows:
        raise NotFound("section")
    return rows[0]


_SECTIONS = (
    "SELECT s.id, s.name, s.slug, s.text, s.parent, up.name AS parent_name, up.slug AS parent_slug, s.position, "
    "s.is_active FROM help_section s LEFT JOIN help_section up ON up.id = s.parent"
)
