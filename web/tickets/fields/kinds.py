"""The kinds of custom fields: how a text becomes a canonical value, and how that is shown, searched and sorted."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from web.errors import Invalid, refuse
from web.people.identifiers import cnpj, cpf, phones
from web.people.identifiers.addresses import address_in, is_address
from web.text import clean_text, fold, is_blank, one_line, plain_code, too_long
from web.tickets.fields.dates import read_day

LONGEST_LINE, LONGEST_TEXT = 500, 20_000
SORTED_BY = 100
"""How many letters of a value are used for sorting."""


class Kind(StrEnum):
    """Kinds of fields."""

    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    SEVERAL = "several"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"
    CNPJ = "cnpj"
    CPF = "cpf"
    PHONE = "phone"
    EMAIL = "email"
    FILE = "file"

    @property
    def has_options(self) -> bool:
        return self in (Kind.CHOICE, Kind.SEVERAL)

    @property
    def has_range(self) -> bool:
        """Whether a filter "from" and "until" makes sense for it."""
        return self in (Kind.DATE, Kind.NUMBER, Kind.MONEY)


def parse(kind: Kind, text: str, *, options: Sequence[str] = ()) -> str:
    """Returns the canonical value, empty for a blank text. Raises `Invalid` with the code of the error.

    A canonical value, or one as shown, is parsed to the same value again.
    """
    if is_blank(text):
        return ""
    refuse({"value": too_long(text.strip(), LONGEST_TEXT if kind is Kind.LONG else LONGEST_LINE)})
    if kind.has_options:
        return _option(text, options)
    return _KINDS[kind].parse(clean_text(text))


def show(kind: Kind, value: str) -> str:
    """The value as people in Brazil write it."""
    return _KINDS[kind].show(value)


def words(kind: Kind, value: str) -> str:
    """The text by which search finds the value."""
    shown = show(kind, value)
    return shown if shown == value or kind is Kind.FILE else f"{shown} {value}"


def sort_key(kind: Kind, value: str) -> str:
    """A text that sorts values of the kind, in any collation. For an option it is the option itself."""
    return _KINDS[kind].sort_key(value)


def _option(text: str, options: Sequence[str]) -> str:
    chosen = one_line(text)
    if chosen not in options:
        raise Invalid("value", "unknown")
    return chosen


def _date(text: str) -> str:
    day = read_day(text)
    if day is None or not 1900 <= day.year < 2200:
        raise Invalid("value", "not_a_date")
    return day.isoformat()


def _show_date(value: str) -> str:
    return f"{value[8:]}/{value[5:7]}/{value[:4]}"


_GROUPED = re.compile(r"(?P<sign>-?)(?P<whole>\d{1,3}(?:\.\d{3})+|\d{1,15})(?:,(?P<rest>\d{1,6}))?", re.ASCII)
"""A number as written in Brazil: dots between thousands, a comma before the decimals."""
_POINTED = re.compile(r"(?P<sign>-?)(?P<whole>\d{1,15})\.(?P<rest>\d{1,6})", re.ASCII)
"""A number as programs write it."""


def _decimal(text: str) -> Decimal | None:
    plain = plain_code(text).replace(" ", "")
    found = _GROUPED.fullmatch(plain) or _POINTED.fullmatch(plain)
    if found is None or len(whole := found["whole"].replace(".", "")) > 15:
        return None
    return Decimal(f"{found['sign']}{whole}.{found['rest'] or '0'}")


def _number(text: str) -> str:
    """A canonical number as a text. After three decimals a zero follows, because 1.234 would read as a thousand."""
    number = _decimal(text)
    if number is None:
        raise Invalid("value", "not_a_quantity")
    whole, _, rest = f"{number:f}".partition(".")
    rest = rest.rstrip("0")
    value = f"{whole}.{rest}{'0' * (len(rest) == 3)}" if rest else whole
    return value.removeprefix("-") if not number else value


def _show_number(value: str) -> str:
    whole, _, rest = value.partition(".")
    shown = f"{int(whole.removeprefix('-')):,}".replace(",", ".")
    return "-" * value.startswith("-") + (f"{shown},{rest}" if rest else shown)


def _money(text: str) -> str:
    plain = plain_code(text)
    amount = _decimal(plain[2:] if plain[:2].upper() == "R$" else plain)
    if amount is None or amount < 0 or amount != round(amount, 2):
        raise Invalid("value", "not_money")
    return f"{amount:.2f}"


def _show_money(value: str) -> str:
    return f"R$ {_show_number(value)}"


def _by_size(value: str) -> str:
    """A sort key made of digits. Those of a negative number are complements, so that the larger number comes first."""
    number = Decimal(value)
    digits = f"{abs(number):023.6f}".replace(".", "")
    if number >= 0:
        return f"1{digits}"
    return "0" + "".join(str(9 - int(digit)) for digit in digits)


def _email(text: str) -> str:
    address = address_in(text)
    if not is_address(address):
        raise Invalid("value", "not_an_address")
    return address


_FILE = re.compile(r"(?P<number>\d{1,18})(?: .*)?", re.ASCII)
"""The number of an attachment, and its name."""


def _file(text: str) -> str:
    line = one_line(text)
    if not _FILE.fullmatch(line):
        raise Invalid("value", "not_a_file")
    return line


def file_number(value: str) -> int:
    return int(value.partition(" ")[0])


def _show_file(value: str) -> str:
    return value.partition(" ")[2]


def _same(text: str) -> str:
    return text


def _begins(text: str) -> str:
    return fold(text)[:SORTED_BY]


@dataclass(frozen=True)
class _KindOf:
    parse: Callable[[str], str]
    show: Callable[[str], str] = _same
    sort_key: Callable[[str], str] = _begins


_KINDS = {
    Kind.TEXT: _KindOf(one_line),
    Kind.LONG: _KindOf(str.strip),
    Kind.CHOICE: _KindOf(_same, sort_key=_same),
    Kind.SEVERAL: _KindOf(_same, sort_key=_same),
    Kind.DATE: _KindOf(_date, _show_date, _same),
    Kind.NUMBER: _KindOf(_number, _show_number, _by_size),
    Kind.MONEY: _KindOf(_money, _show_money, _by_size),
    Kind.CNPJ: _KindOf(cnpj.parse, cnpj.masked, _same),
    Kind.CPF: _KindOf(cpf.parse, cpf.masked, _same),
    Kind.PHONE: _KindOf(phones.parse, phones.shown, _same),
    Kind.EMAIL: _KindOf(_email),
    Kind.FILE: _KindOf(_file, _show_file, lambda value: _begins(_show_file(value))),
}
"""How each kind is parsed, shown and sorted. Options are checked against the field's own list."""
