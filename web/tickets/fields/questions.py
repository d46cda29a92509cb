"""The fields that a request asks for: which ones, errors in them, and the values to keep."""

from collections.abc import Collection
from dataclasses import dataclass

from web.people.permissions import Actor
from web.tickets.fields import catalog
from web.tickets.fields.field import Field, Stage, Typed, Values, Wrong, asked, read


@dataclass(frozen=True)
class About:
    """The subject of a request, and its author."""

    category: int | None
    topic: int | None
    by: Actor

    def asks(self, *stages: Stage) -> dict[Field, bool]:
        """The fields to ask at these stages, and whether each must be filled in."""
        return asked(catalog.of_category(self.category), stages, topic=self.topic, by=self.by)

    def unasked(self, typed: Typed, *stages: Stage) -> Wrong:
        """The fields that the form had not asked for yet at these stages."""
        asked = {each: needed for each, needed in self.asks(*stages).items() if each.id not in typed}
        return {each.name: "needed_now" if needed else "asked_now" for each, needed in asked.items()}

    def answers(self, typed: Typed) -> Values:
        """The values to keep. A field that `by` is never asked for is ignored."""
        return read(dict.fromkeys(self.asks(*Stage), False), typed)[0]

    def wrong(self, typed: Typed, required_at: Collection[Stage] = ()) -> Wrong:
        required = self.asks(*required_at)
        return read({each: required.get(each, False) for each in self.asks(*Stage)}, typed)[1]
