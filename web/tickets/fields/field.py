"""A custom field as leads define it: what it asks, of whom, and at which stage."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from web.errors import Invalid
from web.people.permissions import Actor
from web.text import is_blank
from web.tickets.fields.kinds import Kind, parse, show

MOST_CHOSEN = 100
"""The most options of one field on one ticket."""


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
        """The name of its control in a form, which refusals use too."""
        return f"field-{self.id}"

    @property
    def is_required(self) -> bool:
        """Whether anybody must fill it in at some stage."""
        return Asks.REQUIRED in (self.requester_submission, self.agent_submission, self.agent_resolution)

    def offered(self, kept: Sequence[str]) -> list[tuple[str, str]]:
        """Its options as a form lists them: those offered, and those that the ticket has although they were retired."""
        return [(each, each) for each in dict.fromkeys((*self.options, *kept))]

    def shown(self, kept: Sequence[str]) -> str:
        """The value in one line."""
        return ", ".join(show(self.kind, value) for value in kept)

    def is_read_by(self, by: Actor) -> bool:
        return self.is_public or by.is_agent

    def fits(self, topic: int | None) -> bool:
        return self.is_active and self.topic in (None, topic)

    def asks(self, stage: Stage, by: Actor) -> Asks:
        """Whether the field is asked of `by` at this stage.

        The requester is not asked for what they may not read; only agents resolve. A field required at submission is
        required at resolution too.
        """
        if stage is Stage.RESOLUTION and by.is_agent:
            return Asks.REQUIRED if self.is_required else self.agent_resolution
        if stage is Stage.RESOLUTION:
            return Asks.NO
        if by.is_agent:
            return self.agent_submission
        return self.requester_submission if self.is_public else Asks.NO


Typed = Mapping[int, Sequence[str]]
"""What was typed or chosen in each field, by the number of the field."""
Values = dict[int, tuple[str, ...]]
"""The canonical value or the chosen options of each field, by its number; empty where it was left blank."""


def asked(fields: Iterable[Field], stages: Collection[Stage], *, topic: int | None, by: Actor) -> dict[Field, bool]:
    """The fields to ask a person for at these stages, and whether each is required."""
    found = {each: {each.asks(stage, by) for stage in stages} for each in fields if each.fits(topic)}
    return {each: Asks.REQUIRED in asks for each, asks in found.items() if asks - {Asks.NO}}


def due(fields: Iterable[Field], kept: Values, *, topic: int | None, by: Actor) -> dict[Field, bool]:
    """The fields to ask for when a ticket with these values is resolved, and whether each is required."""
    found = asked(fields, [Stage.RESOLUTION], topic=topic, by=by)
    return {
        each: is_required
        for each, is_required in found.items()
        if each.agent_resolution is not Asks.NO or not kept.get(each.id)
    }


Wrong = dict[str, str | None]
"""The code of each error, by the name of the field."""


def read(wanted: Mapping[Field, bool], typed: Typed, *, kept: Values | None = None) -> tuple[Values, Wrong]:
    """Returns the values of these fields, and the errors. Anything else that was typed is ignored.

    A field that is not in `typed` keeps its value in `kept`. A retired option may stay where it is.
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
