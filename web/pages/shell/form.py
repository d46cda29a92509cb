"""A form as it was sent: its values, its files, and a code for each wrong field."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from web.articles.personal_data import marks_in
from web.brand.embedding import read_origins
from web.errors import Invalid
from web.http.received import RefusedFile
from web.pages.shell.form_spec import NO_FORM, FormSpec
from web.pages.shell.paging import whole_number
from web.pages.words.formats import zone_told
from web.pages.words.refusals.values import MISSING
from web.pages.words.refusals.wording import refusal
from web.people.identifiers.addresses import read_addresses
from web.text import one_line
from web.tickets.actions.placeholders import open_placeholders, unknown_placeholders
from web.tickets.fields import catalog
from web.tickets.fields.dates import read_day, read_moment
from web.tickets.fields.kinds import Kind
from web.tickets.record.attachments import KeptFile

SECRET = ("_token", "password", "again", "current", "imap_password", "smtp_password")
"""Fields that are never stored."""
_SAYS_NOTHING = (*SECRET, "_key", "seen", "uploads", "ticket")
"""Fields that do not count as content. Files count by their contents instead of their numbers."""


@dataclass
class Form:
    """Values are as typed; `errors` holds a code for each field and `refused` the files that were refused."""

    values: dict[str, list[str]] = field(default_factory=dict)
    files: list[int] = field(default_factory=list)
    """Received attachments that belong to no message yet."""
    kept: list[KeptFile] = field(default_factory=list)
    """The same files, with names and sizes."""
    inputs: dict[int, str] = field(default_factory=dict)
    """The field in which each file was chosen, by the file's number."""
    in_fields: list[KeptFile] = field(default_factory=list)
    """Received attachments for custom fields that belong to no ticket yet."""
    refused: list[RefusedFile] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    is_cut: bool = False
    """Whether more was sent than is read; the rest was cut."""
    is_overtaken: bool = False
    """Whether others changed the ticket or the setting first."""
    news: list[str] = field(default_factory=list)
    """What they changed, in words."""
    spec: FormSpec = NO_FORM
    noun: str = ""
    """Its name on its page."""
    done: str = ""
    """The name of the form sent before it, if the page confirms that one."""

    def __bool__(self) -> bool:
        """Whether anything was sent."""
        return bool(self.values)

    def text(self, name: str) -> str:
        return self.values.get(name, [""])[0]

    def number(self, name: str) -> int | None:
        return whole_number(self.text(name), digits=9)

    def is_checked(self, name: str) -> bool:
        return name in self.values

    def line(self, name: str) -> str:
        """A single line, such as a name or a title."""
        return one_line(self.text(name))

    def day(self, name: str) -> date | None:
        """A date as browsers send it, or as people type it in browsers without a date field. Raises `Invalid`."""
        text = self.line(name)
        day = read_day(text)
        if text and day is None:
            raise Invalid(name, "not_a_date")
        return day

    def moment(self, name: str) -> datetime:
        """A date and time in the reader's zone. Raises `Invalid`."""
        moment = read_moment(self.text(name))
        if moment is None:
            raise Invalid(name, "not_a_moment")
        return moment.replace(tzinfo=zone_told())

    def days(self, name: str) -> int | None:
        """A number of days, if any. Raises `Invalid` for other text."""
        if self.text(name).strip() and self.number(name) is None:
            raise Invalid(name, "wrong_days")
        return self.number(name)

    def addresses(self, name: str) -> list[str]:
        """The addresses in the field, and any other text in it, which the action refuses."""
        found = read_addresses(self.text(name))
        return found.addresses + found.left_over

    def of(self, noun: str) -> "Form":
        """Returns this form if it has that noun, else an empty one, because a page has many forms."""
        return self if self.noun == noun else Form()

    def label(self, name: str) -> str:
        """The label of a custom field."""
        defined = catalog.named(name)
        return defined.label if defined else self.spec.label(name)

    @property
    def asked(self) -> dict[int, list[str]]:
        """The values of custom fields, by their numbers."""
        found = {name: catalog.named(name) for name in self.values}
        return {field.id: self.values[name] for name, field in found.items() if field}

    def refusal(self, name: str) -> str:
        """Why the field was refused, with the part of its text that is wrong."""
        code = self.errors[name]
        if code == "missing" and name in MISSING:
            return MISSING[name]
        return refusal(code, about=_ABOUT[code](self.text(name)) if code in _ABOUT else ())

    @property
    def typed(self) -> list[tuple[str, str]]:
        """All values, to be sent again."""
        return [(name, each) for name, some in self.values.items() for each in some if not name.startswith("_")]

    @property
    def written(self) -> str:
        """All text that somebody composed in it."""
        return "\n\n".join(text for name in self.spec.written if (text := self.text(name)).strip())

    @property
    def is_composed(self) -> bool:
        """Whether somebody composed text in it or chose files."""
        return bool(self.written or self.kept)

    @property
    def uploads(self) -> list[int]:
        """Attachments of an earlier submission of it."""
        return self.numbers("uploads")

    def numbers(self, name: str) -> list[int]:
        """The numbers of the checked boxes."""
        return [number for text in self.values.get(name, []) if (number := whole_number(text, digits=18)) is not None]

    @property
    def key(self) -> str | None:
        """The form's one-time key together with a hash of its content.

        Somebody who goes back and sends other content with the same form means to send it.
        """
        key = self.text("_key")
        if not (8 <= len(key) <= 64 and key.isascii()):
            return None
        says = sorted((name, self._said(name)) for name in self.values if name not in _SAYS_NOTHING)
        contents = sorted((file.name, file.sha256) for file in self.kept)
        return hashlib.sha256(repr((key, says, contents)).encode()).hexdigest()[:40]

    def _said(self, name: str) -> list[str]:
        """The values of a field.

        A file counts by its contents, because it gets another number each time it is uploaded.
        """
        known = {f"{file.id} {file.name}": file.sha256 for file in self.in_fields}
        return [known.get(each, each) for each in self.values[name]]

    @property
    def numbers_in_fields(self) -> list[int]:
        """Attachments in custom fields for files."""
        texts = [text for name, texts in self.values.items() if is_file_field(name) for text in texts]
        found = (whole_number(text.partition(" ")[0], digits=18) for text in texts)
        return [number for number in found if number is not None]

    @property
    def asks_before_repeat(self) -> bool:
        """Whether its sender must confirm once that they send the same content again."""
        return not self.is_checked("repeat")

    def wrong(self, error: Invalid) -> "Form":
        self.errors |= error.fields
        return self

    @property
    def status(self) -> int:
        """The status of the answer that shows the form again."""
        return 413 if self.is_cut or any(file.code == "too_large" for file in self.refused) else 422


def is_file_field(name: str) -> bool:
    """Whether the name is that of a custom field for files."""
    defined = catalog.named(name)
    return defined is not None and defined.kind is Kind.FILE


_ABOUT: dict[str, Callable[[str], Sequence[str]]] = {
    "not_origins": lambda text: read_origins(text)[1],
    "not_addresses": lambda text: read_addresses(text).left_over,
    "open_placeholders": open_placeholders,
    "unknown_placeholders": unknown_placeholders,
    "table_open_quotes": lambda text: [text],
    "marks_left": marks_in,
}
"""By the code of a refusal, the parts of a text that it is about."""
