"""A field as leads define it, and what is asked of whom, and when."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from web.errors import Invalid
from web.people.permissions import Actor
from web.text import is_blank
from web.tickets.fields.kinds import Kind, parse, show

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

    def offered(self, kept: Sequence[str]) -> list[tuple[str, str]]:
        """Its options, and the ones that a ticket has and that are not offered any more, as a form lists them."""
        return [(each, each) for each in dict.fromkeys((*self.options, *kept))]

    def shown(self, kept: Sequence[str]) -> str:
        """The value in one line."""
        return ", ".join(show(self.kind, value) for value in kept)

    def is_read_by(self, by: Actor) -> bool:
        return self.is_public or by.is_agent

    def fits(self, topic: int | None) -> bool:
        return self.is_active and self.topic in (None, topic)

    def asks(self, stage: Stage, by: Actor) -> Asks:
        """What the requester may not read is not asked of them either; only agents resolve.

        What is required at submission is required at resolution too.
        """
        if stage is Stage.RESOLUTION and by.is_agent:
            return Asks.REQUIRED if self.is_required else self.agent_resolution
        if stage is Stage.RESOLUTION:
            return Asks.NO
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


def due(fields: Iterable[Field], kept: Values, *, topic: int | None, by: Actor) -> dict[Field, bool]:
    """What is asked at the resolution of a ticket that has these values, and whether each must be filled in."""
    found = asked(fields, [Stage.RESOLUTION], topic=topic, by=by)
    return {
        each: is_required
        for each, is_required in found.items()
        if each.agent_resolution is not Asks.NO or not kept.get(each.id)
    }


Wrong = dict[str, str | None]
"""By the name of a field, the code of what is wrong in it."""


def read(wanted: Mapping[Field, bool], typed: Typed, *, kept: Values | None = None) -> tuple[Values, Wrong]:
    """The values of these fields, of which nothing else that was typed counts, and what is wrong in them.

    A field that is not in `typed` is left as it is `kept`. An option that is no longer offered may stay where it is.
    """
    values, kept, wrong = Values(), kept or {}, Wrong()
    for field, is_required in wanted.items():
        before = kept.get(field.id, ())
        try:
            found = _values(field, typed[field.id], before) if field.id in typed else before
        except Invalid as error:
            wrong[field.name] = error.code
            continue
        if is_required and not found:
            wrong[field.name] = "missing"
        elif found != before:
            values[field.id] = found
    return values, wrong


def _values(field: Field, typed: Sequence[str], kept: Sequence[str]) -> tuple[str, ...]:
    chosen = [text for text in typed if not is_blank(text)]
    if len(chosen) > (MOST_CHOSEN if field.kind is Kind.SEVERAL else 1):
        raise Invalid("value", "too_many_options")
    offered = (*field.options, *kept)
    found = dict.fromkeys(filter(None, (parse(field.kind, text, options=offered) for text in chosen)))
    return tuple(sorted(found, key=offered.index) if field.kind.has_options else found)
