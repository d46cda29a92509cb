"""Validates each line of a table by itself and the lines above it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from web.errors import Invalid
from web.imports.people.columns import Columns, meaning
from web.people import accounts, names, organizations
from web.people.identifiers import cnpj as cnpjs
from web.people.identifiers import phones
from web.people.identifiers.addresses import is_address
from web.people.identifiers.logins import wrong_login
from web.people.permissions import Sees
from web.text import fold, one_line, plain_code, wrong_name

Reason = tuple[str, str]
"""A code, and the part of the line that it is about."""

_FORMULA = ("=", "+", "-", "@", "\t")
_AS_NUMBER = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
"""Long numbers as spreadsheets show them: 1.2E+13."""
_PARTS = re.compile(r"[,;/+|]|\s+e\s+")


class Rights(NamedTuple):
    """The rights of a membership; None leaves a right as it is."""

    sees: Sees | None = None
    approves: bool | None = None
    manages: bool | None = None


UNSAID = Rights()


@dataclass(frozen=True)
class Line:
    """A line of the file with its number; valid unless it has reasons. Without a name it is an organization."""

    number: int
    name: str = ""
    identifiers: tuple[str, ...] = ()
    phone: str = ""
    cnpj: str = ""
    organization: str = ""
    rights: Rights = UNSAID
    reasons: tuple[Reason, ...] = ()
    is_mended: bool = False
    """Whether zeros that its CNPJ had lost were restored."""
    is_again: bool = False
    """Whether a line above is about the same person in another organization."""


@dataclass
class _Reading:
    """A line while it is read."""

    cells: dict[str, str]
    reasons: list[Reason] = field(default_factory=list)

    def text(self, name: str) -> str:
        return self.cells.get(name, "")

    def tried(self, read: Callable[[str], str], text: str) -> str:
        """Reads a value. If it is refused, adds a reason and returns nothing."""
        try:
            return read(text) if text else ""
        except Invalid as refused:
            self.reasons.append((str(refused.code), text))
            return ""


def lines(rows: Sequence[Sequence[str]], columns: Columns, header: int) -> list[Line]:
    """Every line below the header that is not blank."""
    numbered = enumerate(rows[header:], start=header + 1)
    read = (_line(number, _cells(row, columns)) for number, row in numbered if any(row))
    return list(_once_each(read))


def new_organizations(wanted: Sequence[Line]) -> dict[str, str]:
    """The organizations of valid lines by CNPJ, with the first name given to each."""
    found: dict[str, str] = {}
    for line in wanted:
        if line.cnpj and not line.reasons and not found.get(line.cnpj):
            found[line.cnpj] = line.organization
    return found


def _cells(row: Sequence[str], columns: Columns) -> dict[str, str]:
    return {name: one_line(row[place]) if place < len(row) else "" for name, place in columns.items()}


def _line(number: int, cells: dict[str, str]) -> Line:
    reading = _Reading(cells)
    formulas = [text for name, text in cells.items() if text.startswith(_FORMULA[: 1 if name == "phone" else None])]
    if formulas:
        return Line(number, cells.get("name", ""), reasons=(("formula", formulas[0]),))
    cnpj, is_mended = _cnpj(reading)
    found = Line(
        number,
        phone=reading.tried(phones.parse, reading.text("phone")),
        cnpj=cnpj,
        organization=_organization(reading),
        rights=_rights(reading),
        is_mended=is_mended,
    )
    about_people = any(reading.text(name) for name in ("name", "email", "login", "phone"))
    if about_people:
        found = replace(found, name=_name(reading), identifiers=_identifiers(reading))
    elif not reading.text("cnpj") and not reading.text("organization"):
        reading.reasons.append(("nothing", ""))
    return replace(found, reasons=tuple(reading.reasons))


def _name(reading: _Reading) -> str:
    text = reading.text("name")
    if not text:
        reading.reasons.append(("no_name", ""))
    elif not any(map(str.isalpha, text)):
        reading.reasons.append(("not_a_name", text))
    return reading.tried(names.checked_name, text) or text


def _identifiers(reading: _Reading) -> tuple[str, ...]:
    found = [reading.tried(_address, reading.text("email")), reading.tried(_identifier, reading.text("login"))]
    if not reading.text("email") and not reading.text("login"):
        reading.reasons.append(("no_address", ""))
    return tuple(dict.fromkeys(filter(None, found)))


def _address(text: str) -> str:
    if "@" not in text:
        raise Invalid("identifier", "not_an_address")
    return _identifier(text)


def _identifier(text: str) -> str:
    value = accounts.normal(text)
    if accounts.is_the_desks(value):
        raise Invalid("identifier", "desks_address")
    if "@" in value and not is_address(value):
        raise Invalid("identifier", "not_an_address")
    if "@" not in value and (code := wrong_login(value)):
        raise Invalid("identifier", code)
    return value


def _cnpj(reading: _Reading) -> tuple[str, bool]:
    """Spreadsheets drop leading zeros, which are restored if the check digits are then right."""
    text = plain_code(reading.text("cnpj"))
    if _AS_NUMBER.fullmatch(text):
        reading.reasons.append(("cnpj_as_number", text))
        return "", False
    if text.isdigit() and 11 <= len(text) < 14 and cnpjs.check_digits(text.zfill(14)[:12]) == text[-2:]:
        return text.zfill(14), True
    return reading.tried(cnpjs.parse, text), False


def _organization(reading: _Reading) -> str:
    text = reading.text("organization")
    if code := wrong_name(text, longest=organizations.LONGEST_NAME) if text else None:
        reading.reasons.append((str(code), text))
    elif text and not reading.text("cnpj"):
        reading.reasons.append(("organization_without_cnpj", text))
    return text


def _rights(reading: _Reading) -> Rights:
    role, sees = _role(reading), _answer(reading, "sees")
    approves, manages = _answer(reading, "approves"), _answer(reading, "manages")
    rights = Rights(
        role.sees if sees is None else Sees.ORGANIZATION if sees else Sees.OWN,
        role.approves if approves is None else approves,
        role.manages if manages is None else manages,
    )
    if (rights.sees == Sees.ORGANIZATION or rights.approves or rights.manages) and not reading.text("cnpj"):
        reading.reasons.append(("rights_without_cnpj", ""))
    return rights


def _role(reading: _Reading) -> Rights:
    text = reading.text("role")
    parts = [each for each in map(str.strip, _PARTS.split(text)) if each]
    if not parts:
        return UNSAID
    known = {meaning(each, "roles"): each for each in parts}
    for wrong, code in (("desk", "role_of_desk"), ("group", "too_wide"), ("", "unknown_role")):
        if wrong in known:
            reading.reasons.append((code, known[wrong]))
    return Rights(Sees.ORGANIZATION if "sees" in known else Sees.OWN, "approves" in known, "manages" in known)


def _answer(reading: _Reading, name: str) -> bool | None:
    text = reading.text(name)
    said = meaning(text, "answers")
    if text and not said:
        reading.reasons.append(("neither_yes_nor_no", text))
    return said == "yes" if said else None


def _once_each(read: Iterator[Line]) -> Iterator[Line]:
    """Refuses a second line about the same person, except in another organization."""
    first: dict[str, list[Line]] = {}
    for line in read:
        above = next((first[each] for each in line.identifiers if each in first), None)
        if line.reasons or not line.identifiers:
            yield line
        elif above is None:
            alone = [line]
            first |= dict.fromkeys(line.identifiers, alone)
            yield line
        elif _is_elsewhere(line, above):
            above.append(line)
            yield replace(line, is_again=True)
        else:
            yield replace(line, reasons=(("doubled", str(above[0].number)),))


def _is_elsewhere(line: Line, above: Sequence[Line]) -> bool:
    is_same = (fold(line.name), set(line.identifiers)) == (fold(above[0].name), set(above[0].identifiers))
    return is_same and line.cnpj != "" and all(each.cnpj not in ("", line.cnpj) for each in above)
