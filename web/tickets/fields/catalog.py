"""The custom fields that leads defined, cached by each process and read again after a change."""

from collections.abc import Iterable
from dataclasses import dataclass

from web.database import fetch_as, fetch_column
from web.tickets.fields.field import Asks, Field
from web.tickets.fields.kinds import Kind


@dataclass(frozen=True)
class _Row:
    id: int
    category: int
    topic: int | None
    kind: str
    label: str
    help: str
    options: str
    requester_submission: str
    agent_submission: str
    agent_resolution: str
    is_public: bool
    is_active: bool
    version: int


@dataclass
class _Known:
    """The fields that this process has read, and the number of the last change among them."""

    newest: int
    fields: dict[int, Field]


_known = _Known(0, {})


async def renew(newest: int | None = None) -> None:
    """Reads the fields again if one was changed since.

    `newest` is the number of the last change, if the caller knows it.
    """
    if newest is None:
        newest = (await fetch_column(int, "SELECT COALESCE(max(version), 0) AS version FROM field"))[0]
    if newest != _known.newest:
        _known.fields = {each.id: each for each in await all_fields()} if newest else {}
        _known.newest = newest


async def all_fields() -> list[Field]:
    """All fields in the order of their forms, retired ones last."""
    return [_field(row) for row in await fetch_as(_Row, f"{_FIELDS} ORDER BY {ORDER}")]


def are_any() -> bool:
    """Whether any field exists. Without one, no statement about fields is sent."""
    return bool(_known.fields)


def of_category(category: int | None) -> list[Field]:
    """The fields of a category in their order, retired ones last."""
    return [each for each in _known.fields.values() if each.category == category]


def with_options() -> list[Field]:
    """The fields of all categories whose values are options."""
    return [each for each in _known.fields.values() if each.kind.has_options]


def find(number: int) -> Field | None:
    return _known.fields.get(number)


def named(name: str) -> Field | None:
    """Finds a field by the name of its control."""
    number = name.removeprefix("field-")
    return find(int(number)) if number != name and number.isdecimal() else None


def find_all(numbers: Iterable[int]) -> list[Field]:
    """The fields with these numbers that exist, in the order of their forms."""
    wanted = set(numbers)
    return [each for each in _known.fields.values() if each.id in wanted]


ORDER = "is_active DESC, position, label, id"

_FIELDS = """
SELECT id, category, topic, kind, label, help, options, requester_submission, agent_submission, agent_resolution,
       is_public, is_active, version FROM field
"""


def _field(row: _Row) -> Field:
    return Field(
        id=row.id,
        category=row.category,
        topic=row.topic,
        kind=Kind(row.kind),
        label=row.label,
        help=row.help,
        options=tuple(row.options.splitlines()),
        requester_submission=Asks(row.requester_submission),
        agent_submission=Asks(row.agent_submission),
        agent_resolution=Asks(row.agent_resolution),
        is_public=row.is_public,
        is_active=row.is_active,
        version=row.version,
    )
