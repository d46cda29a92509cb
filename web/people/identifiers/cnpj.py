"""CNPJ: the register number of organizations in Brazil, with letters since July 2026 (IN RFB 2.229/2024)."""

import re

from web.errors import Invalid
from web.text import plain_code

_SHAPE = re.compile(r"[0-9A-Z]{12}[0-9]{2}")
_NAME = re.compile(r"^cnpj[: ]+", re.IGNORECASE)
"""The word that is often pasted with the number."""
_WRITTEN = re.compile(
    r"(?<!\w)[0-9A-Z]{2}\.?[0-9A-Z]{3}\.?[0-9A-Z]{3}/?[0-9A-Z]{4}-?[0-9]{2}(?!\w)", re.IGNORECASE | re.ASCII
)
MASK = str.maketrans("", "", "./- ")


def parse(text: str) -> str:
    """The 14 characters without mask, in upper case. Raises `Invalid` for anything that is not a CNPJ."""
    text = _NAME.sub("", number_in(plain_code(text), _WRITTEN))
    cnpj = text.translate(MASK).upper()
    if not text.isascii() or not _SHAPE.fullmatch(cnpj) or len(set(cnpj)) == 1:
        raise Invalid("cnpj", "not_a_cnpj")
    if check_digits(cnpj[:12]) != cnpj[12:]:
        raise Invalid("cnpj", "wrong_check_digits")
    return cnpj


def number_in(text: str, written: re.Pattern[str]) -> str:
    """The one number of this form, if no other digit stands beside it; else the whole text."""
    found, beside = written.findall(text), written.sub("", text)
    return found[0] if len(found) == 1 and not any(map(str.isdecimal, beside)) else text


def check_digits(base: str) -> str:
    """The two digits that follow 12 positions: modulo 11 over each character's ASCII code less 48."""
    first = _digit(base)
    return first + _digit(base + first)


def root(cnpj: str) -> str:
    """The first eight positions: what a head office and its branches share."""
    return cnpj[:8]


def masked(cnpj: str) -> str:
    """As people write it: 12.ABC.345/01DE-35."""
    return f"{cnpj[:2]}.{cnpj[2:5]}.{cnpj[5:8]}/{cnpj[8:12]}-{cnpj[12:]}"


def _digit(positions: str) -> str:
    weights = [2 + place % 8 for place in range(len(positions))][::-1]
    rest = sum((ord(c) - 48) * weight for c, weight in zip(positions, weights, strict=True)) % 11
    return str(11 - rest if rest > 1 else 0)
