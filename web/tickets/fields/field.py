"""A field as leads define it, and what is asked of whom, and when."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from web.errors import Invalid, refuse
from web.people.permissions import Actor
from web.text import is_blank
from web.tickets.fields.kinds import Kind, parse

MOST_CHOSEN = 100
"""Options of one field on one ticket."""


class Asks(StrEnum):
    """Whether a field is asked at a stage."""

    NO = "no"
    OPTIONAL = "optional"
    REQUIRED = "required"


class Stage(StrEnum):
    """When a field may be asked."""

    SUBMISSION = "submission"
    RESOLUTION = "resolution"


@dataclass(frozen=True)
class Field:
    """Something that is asked about the tickets of a category, or of one topic of it."""

    id: int
    category: int
    topic: int | None
    kind: Kind
    label: str
    help: str
    options: tuple[str, ...]
    requester_submission: Asks
    agent_submission: Asks
    agent_resolution: Asks
    is_public: bool
    is_active: bool
    version: int

    @property
    def name(self) -> str:
        """Of its control in a form, and of it in a refusal."""
        return f"field-{self.id}"

    @property
    def is_required(self) -> bool:
        """Of somebody, at some stage."""
        return Asks.REQUIRED in (self.requester_submission, self.agent_submission, self.agent_resolution)

    def fits(self, topic: int | None) -> bool:
        return self.is_active and self.topic in (None, topic)

    def asks(self, stage: Stage, by: Actor) -> Asks:
        """What the requester may not read is not asked of them either; only agents resolve."""
        if stage is Stage.RESOLUTION:
            return self.agent_resolution if by.is_agent else Asks.NO
        if by.is_agent:
            return self.agent_submission
        return self.requester_submission if self.is_public else Asks.NO


Typed = Mapping[int, Sequence[str]]
"""By the number of a field, what was typed in it, or what was chosen."""
Values = dict[int, tuple[str, ...]]
"""By the number of a field, its canonical value, or the options chosen; empty where it was left blank."""


def asked(fields: Iterable[Field], stages: Collection[Stage], *, topic: int | None, by: Actor) -> dict[Field, bool]:
    """The fields to be asked of a person at these stages, and whether each must be filled in."""
    found = {each: {each.asks(stage, by) for stage in stages} for each in fields if each.fits(topic)}
    return {each: Asks.REQUIRED in asks for each, asks in found.items() if asks - {Asks.NO}}


def read(wanted: Mapping[Field, bool], typed: Typed, *, kept: Values | None = None) -> Values:
    """The values of these fields, of which nothing else that was typed counts.

    A field that is not in `typed` is left as it is `kept`. Raises `Invalid`, by the names of the fields, for what is
    wrong and for what must be filled in and is not. An option that is no longer offered may stay where it is.
    """
    values, kept, wrong = Values(), kept or {}, dict[str, str | None]()
    for field, is_required in wanted.items():
        try:
            found = _values(field, typed[field.id], kept.get(field.id, ())) if field.id in typed else kept.get(field.id)
        except Invalid as error:
            wrong[field.name] = error.code
            continue
        if is_required and not found:
            wrong[field.name] = "missing"
        if found is not None and field.id in typed:
            values[field.id] = found
    refuse(wrong)
    return values


def _values(field: Field, typed: Sequence[str], kept: Sequence[str]) -> tuple[str, ...]:
    chosen = [text for text in typed if not is_blank(text)]
    if len(chosen) > (MOST_CHOSEN if field.kind is Kind.SEVERAL else 1):
        raise Invalid("value", "too_many_options")
    found = (parse(field.kind, text, options=(*field.options, *kept)) for text in chosen)
    return tuple(dict.fromkeys(filter(None, found)))
