"""Values that robots send for custom fields."""

from typing import Annotated

from msgspec import Meta

from web.errors import refuse
from web.text import clean_text
from web.tickets.fields import catalog
from web.tickets.fields.field import MOST_CHOSEN, Typed

Short = Annotated[int, Meta(ge=1, le=2**31 - 1)]
"""The number of a setting, such as a category."""
Number = Annotated[int, Meta(ge=1, le=2**63 - 1)]
FieldTexts = Annotated[dict[str, Annotated[list[str], Meta(max_length=MOST_CHOSEN)]], Meta(max_length=100)]
"""Values by the number of the field."""


def typed(texts: FieldTexts) -> Typed:
    """Converts the values. Raises `Invalid` for the number of an unknown field."""
    known = {number: catalog.named(f"field-{number}") for number in texts}
    refuse({f"fields.{number}": "unknown" for number, field in known.items() if field is None})
    return {field.id: list(map(clean_text, texts[number])) for number, field in known.items() if field}
