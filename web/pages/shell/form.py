"""A form as it came: what was typed, which files arrived, and a code for each wrong field."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from web.articles.personal_data import marks_in
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
"""Fields that are kept nowhere."""
_SAYS_NOTHING = (*SECRET, "_key", "seen", "uploads", "ticket")
"""Who sends it, what they had seen, and files by their numbers: their contents count instead."""


@dataclass
class Form:
    """Values are as typed; `errors` holds a code per field and `refused` the files that were turned away."""

    values: dict[str, list[str]] = field(default_factory=dict)
    files: list[int] = field(default_factory=list)
    """Attachments received and not yet sent, ours to give to a message."""
    kept: list[KeptFile] = field(default_factory=list)
    """The same files, with names and sizes, to show."""
    in_fields: list[KeptFile] = field(default_factory=list)
    """Those received for fields that leads defined, and not sent yet."""
    refused: list[RefusedFile] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    is_cut: bool = False
    """More was sent than is read; what came before is here."""
    is_overtaken: bool = False
    """Others changed the ticket or the setting first."""
    news: list[str] = field(default_factory=list)
    """What they did, in words."""
    spec: FormSpec = NO_FORM
    noun: str = ""
    """Its name on its page."""
    done: str = ""
    """The name of the one that was sent before it, where its page says what that did."""

    def __bool__(self) -> bool:
        """Whether anything came."""
        return bool(self.values)

    def text(self, name: str) -> str:
        return self.values.get(name, [""])[0]

    def number(self, name: str) -> int | None:
        return whole_number(self.text(name), digits=9)

    def is_checked(self, name: str) -> bool:
        return name in self.values

    def line(self, name: str) -> str:
        """A name or a title."""
        return one_line(self.text(name))

    def day(self, name: str) -> date | None:
        """A date as browsers send it, or as people type it where the browser has no date field. Raises `Invalid`."""
        text = self.line(name)
        day = read_day(text)
        if text and day is None:
            raise Invalid(name, "not_a_date")
        return day

    def moment(self, name: str) -> datetime:
        """A date and time, as the reader's clocks show them. Raises `Invalid`."""
        moment = read_moment(self.text(name))
        if moment is None:
            raise Invalid(name, "not_a_moment")
        return moment.replace(tzinfo=zone_told())

    def days(self, name: str) -> int | None:
        """How many days, if any. Raises `Invalid` for what is no number."""
        if self.text(name).strip() and self.number(name) is None:
            raise Invalid(name, "wrong_days")
        return self.number(name)

    def addresses(self, name: str) -> list[str]:
        """The addresses in the field, and what else is in it, which the action refuses."""
        found = read_addresses(self.text(name))
        return found.addresses + found.left_over

    def of(self, noun: str) -> "Form":
        """This form if it is the one of that noun, an empty one otherwise: a page has many."""
        return self if self.noun == noun else Form()

    def label(self, name: str) -> str:
        """Of a field that leads defined, the label they gave it."""
        defined = catalog.named(name)
        return defined.label if defined else self.spec.label(name)

    @property
    def asked(self) -> dict[int, list[str]]:
        """What came in fields that leads defined, by their numbers."""
        found = {name: catalog.named(name) for name in self.values}
        return {field.id: self.values[name] for name, field in found.items() if field}

    def refusal(self, name: str) -> str:
        """Why the field was refused, with what of its text the refusal is about."""
        code = self.errors[name]
        if code == "missing" and name in MISSING:
            return MISSING[name]
        return refusal(code, about=_ABOUT[code](self.text(name)) if code in _ABOUT else ())

    @property
    def typed(self) -> list[tuple[str, str]]:
        """All that came in it, to be sent once more."""
        return [(name, each) for name, some in self.values.items() for each in some if not name.startswith("_")]

    @property
    def written(self) -> str:
        """All that somebody wrote in it."""
        return "\n\n".join(text for name in self.spec.written if (text := self.text(name)).strip())

    @property
    def uploads(self) -> list[int]:
        """Attachments that came with an earlier sending of it."""
        return self.numbers("uploads")

    def numbers(self, name: str) -> list[int]:
        """Those of the boxes that are checked."""
        return [number for text in self.values.get(name, []) if (number := whole_number(text, digits=18)) is not None]

    @property
    def key(self) -> str | None:
        """What counts once: the form's one-time key with what it says.

        Somebody who goes back and says something else with the same form means it.
        """
        key = self.text("_key")
        if not (8 <= len(key) <= 64 and key.isascii()):
            return None
        says = sorted((name, self._said(name)) for name in self.values if name not in _SAYS_NOTHING)
        contents = sorted((file.name, file.sha256) for file in self.kept)
        return hashlib.sha256(repr((key, says, contents)).encode()).hexdigest()[:40]

    def _said(self, name: str) -> list[str]:
        """Of a file, its contents: it has another number each time it comes."""
        known = {f"{file.id} {file.name}": file.sha256 for file in self.in_fields}
        return [known.get(each, each) for each in self.values[name]]

    @property
    def numbers_in_fields(self) -> list[int]:
        """Attachments named in fields of files."""
        texts = [text for name, texts in self.values.items() if is_file_field(name) for text in texts]
        found = (whole_number(text.partition(" ")[0], digits=18) for text in texts)
        return [number for number in found if number is not None]

    @property
    def asks_before_repeat(self) -> bool:
        """Whether its sender is asked, once, when they sent the same content minutes ago."""
        return not self.is_checked("repeat")

    def wrong(self, error: Invalid) -> "Form":
        self.errors |= error.fields
        return self

    @property
    def status(self) -> int:
        """Of the answer that shows the form again."""
        return 413 if self.is_cut or any(file.code == "too_large" for file in self.refused) else 422


def is_file_field(name: str) -> bool:
    """Whether leads defined it, and for a file."""
    defined = catalog.named(name)
    return defined is not None and defined.kind is Kind.FILE


_ABOUT: dict[str, Callable[[str], Sequence[str]]] = {
    "not_addresses": lambda text: read_addresses(text).left_over,
    "open_placeholders": open_placeholders,
    "unknown_placeholders": unknown_placeholders,
    "table_open_quotes": lambda text: [text],
    "marks_left": marks_in,
}
"""By the code of a refusal, what of a text it is about."""
