"""Values that robots send for the fields that leads defined."""

from typing import Annotated

from msgspec import Meta

from web.errors import refuse
from web.text import clean_text
from web.tickets.fields import catalog
from web.tickets.fields.field import MOST_CHOSEN, Typed

Short = Annotated[int, Meta(ge=1, le=2**31 - 1)]
"""The number of a setting: of a category, say."""
Number = Annotated[int, Meta(ge=1, le=2**63 - 1)]
FieldTexts = Annotated[dict[str, Annotated[list[str], Meta(max_length=MOST_CHOSEN)]], Meta(max_length=100)]
"""By the number of a field."""


def typed(texts: FieldTexts) -> Typed:
    """Raises `Invalid` for a number that no field has."""
    known = {number: catalog.named(f"field-{number}") for number in texts}
    refuse({f"fields.{number}": "unknown" for number, field in known.items() if field is None})
    return {field.id: list(map(clean_text, texts[number])) for number, field in known.items() if field}
