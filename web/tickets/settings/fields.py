"""Custom field settings for leads. A field can be retired, but not deleted once a ticket has a value in it."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from web.database import fetch_column, transaction, within
from web.errors import NotFound, NotPermitted, refuse
from web.people.permissions import Actor
from web.settings_log.listing import latest, refuse_overtaken
from web.settings_log.recording import Kind as Setting
from web.settings_log.recording import Values, record_change
from web.sql import Condition, bounded_count
from web.text import one_line, too_long, wrong_name
from web.tickets.fields import catalog
from web.tickets.fields.field import Asks, Field
from web.tickets.fields.kinds import Kind
from web.tickets.fields.tables import Field as FieldRow
from web.tickets.pagination import COUNTED
from web.tickets.record import reindexing
from web.tickets.settings import ordering
from web.tickets.settings.categories import CategoryShown, category
from web.tickets.settings.ordering import Where
from web.tickets.settings.topics import topics
from web.tickets.sla import settings_queries

LONGEST_LABEL, LONGEST_HELP, LONGEST_OPTION = 100, 300, 100
MOST_FIELDS, MOST_OPTIONS = 50, 1_000


@dataclass(frozen=True)
class FieldInput:
    """A field as a lead enters it; None where an unknown choice was sent."""

    label: str
    kind: Kind | None
    help: str = ""
    topic: int | None = None
    options: tuple[str, ...] = ()
    requester_submission: Asks | None = Asks.NO
    agent_submission: Asks | None = Asks.NO
    agent_resolution: Asks | None = Asks.NO
    is_public: bool = True
    is_active: bool = True

    @property
    def is_required(self) -> bool:
        return Asks.REQUIRED in (self.requester_submission, self.agent_submission, self.agent_resolution)


def read_options(text: str) -> tuple[str, ...]:
    """Reads one option a line, without blank lines and duplicates."""
    return tuple(dict.fromkeys(filter(None, map(one_line, text.splitlines()))))


async def fields(of: int) -> list[Field]:
    """The fields of a category in their order, retired ones last."""
    return [each for each in await catalog.all_fields() if each.category == of]


async def field(number: int, *, of: int) -> Field:
    """Returns the field. Raises `NotFound`."""
    for each in await fields(of):
        if each.id == number:
            return each
    raise NotFound("field")


async def lacking(wanted: FieldInput, *, of: int, number: int | None) -> int:
    """How many open tickets lack a value in a field that becomes required; the count is bounded.

    Raises `Invalid` as saving would.
    """
    before = await field(number, of=of) if number is not None else None
    refuse(await _wrong(wanted, of, before))
    was_asked = before and before.is_required and before.is_active and before.topic in (None, wanted.topic)
    if was_asked or not (wanted.is_required and wanted.is_active):
        return 0
    about = Condition("ticket.category = {}", (of,))
    if wanted.topic is not None:
        about &= Condition("ticket.topic = {}", (wanted.topic,))
    counted = await fetch_column(int, _LACKING, about, number or 0)
    return counted[0]


_OPEN_WITHOUT = (
    "ticket WHERE {} AND ticket.status IN ('approval', 'new', 'open', 'waiting') "
    "AND NOT EXISTS (SELECT 1 FROM field_value WHERE field_value.ticket = ticket.id AND field_value.field = {})"
)
_LACKING = f"SELECT {bounded_count(_OPEN_WITHOUT, COUNTED)} AS tickets"


async def save_field(
    wanted: FieldInput, *, of: int, number: int | None = None, seen: int | None = None, by: Actor, at: datetime
) -> int:
    """Creates a field of a category, or changes number `number` of it. Returns its number.

    Tickets keep their values. Raises `Overtaken` when the log of the field is newer than `seen`.
    """
    _check_lead(by)
    async with within():
        await settings_queries.lock()
        home = await category(of)
        before = await field(number, of=of) if number is not None else None
        if before:
            await refuse_overtaken(Setting.FIELD, before.id, seen)
        refuse(await _wrong(wanted, of, before))
        number = await _write(wanted, of, number)
        after = await field(number, of=of)
        told = _told(before, await _topic_name(before)) if before else None
        if before and before.is_public != after.is_public:
            await reindexing.start()
        await _record(home, after, told, _told(after, await _topic_name(after)), by=by, at=at)
        return number


async def move(number: int, *, of: int, to: Where, by: Actor, at: datetime) -> None:
    """Moves the field within its category."""
    _check_lead(by)
    async with transaction():
        await settings_queries.lock()
        found, home = await field(number, of=of), await category(of)
        if places := await ordering.move("field", number, to=to, of=f"category = {of}", name="label"):
            await _record(home, found, *places, by=by, at=at)


def _check_lead(by: Actor) -> None:
    if not by.is_lead:
        raise NotPermitted("settings")


async def _record(
    home: CategoryShown, found: Field, before: Values | None, after: Values, *, by: Actor, at: datetime
) -> None:
    """Records the change in the log. Its number becomes the field's version, by which every process notices it."""
    name = f"{home.name} / {found.label}"
    await record_change(Setting.FIELD, found.id, name, before, after, by=by.id, at=at)
    newest = await latest(Setting.FIELD, found.id)
    await FieldRow.update({FieldRow.version: newest}).where(FieldRow.id == found.id)


async def _write(wanted: FieldInput, of: int, number: int | None) -> int:
    values = asdict(replace(wanted, options=wanted.options if wanted.kind and wanted.kind.has_options else ()))
    values["options"] = "\n".join(values["options"])
    if number is None:
        row = FieldRow(**values, category=of, position=await ordering.last("field", f"category = {of}"))
        await row.save()
        return int(row.id)
    await FieldRow.update({getattr(FieldRow, name): value for name, value in values.items()}).where(
        FieldRow.id == number
    )
    return number


async def _wrong(wanted: FieldInput, of: int, before: Field | None) -> dict[str, str | None]:
    others = [each for each in await fields(of) if before is None or each.id != before.id]
    taken = any(each.label.casefold() == wanted.label.casefold() for each in others)
    return {
        "label": wrong_name(wanted.label, longest=LONGEST_LABEL) or ("in_use" if taken else None),
        "kind": await _wrong_kind(wanted, others, before),
        "help": too_long(wanted.help, LONGEST_HELP),
        "topic": None if wanted.topic in await _topics(of) else "not_of_category",
        "options": _wrong_options(wanted),
        **{name: None if getattr(wanted, name) else "unknown" for name in _STAGES},
        **({"requester_submission": "asked_but_hidden"} if _is_hidden(wanted) else {}),
    }


_STAGES = ("requester_submission", "agent_submission", "agent_resolution")


def _is_hidden(wanted: FieldInput) -> bool:
    return not wanted.is_public and wanted.requester_submission not in (None, Asks.NO)


async def _wrong_kind(wanted: FieldInput, others: list[Field], before: Field | None) -> str | None:
    if wanted.kind is None:
        return "unknown"
    if before is None:
        return "too_many_fields" if len(others) >= MOST_FIELDS else None
    used = "SELECT 1 AS one FROM field_value WHERE field = {} LIMIT 1"
    if wanted.kind is not before.kind and await fetch_column(int, used, before.id):
        return "kind_in_use"
    return None


def _wrong_options(wanted: FieldInput) -> str | None:
    if wanted.kind is None or not wanted.kind.has_options:
        return None
    if not wanted.options:
        return "missing"
    if len(wanted.options) > MOST_OPTIONS or any(len(each) > LONGEST_OPTION for each in wanted.options):
        return "too_many_options_offered"
    return None


async def _topics(of: int) -> set[int | None]:
    return {None, *(each.id for each in await topics(of))}


async def _topic_name(found: Field) -> str | None:
    return next((each.name for each in await topics(found.category) if each.id == found.topic), None)


def _told(found: Field, topic: str | None) -> Values:
    return {
        "label": found.label,
        "kind": found.kind,
        "help": found.help,
        "topic": topic,
        "options": list(found.options),
        "requester_submission": found.requester_submission,
        "agent_submission": found.agent_submission,
        "agent_resolution": found.agent_resolution,
        "is_public": found.is_public,
        "is_active": found.is_active,
    }
