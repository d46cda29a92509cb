"""CPF: the register number of people in Brazil, eleven digits of which the last two check the others."""

import re

from web.errors import Invalid
from web.people.identifiers.cnpj import number_in
from web.text import plain_code

_SHAPE = re.compile(r"[0-9]{11}", re.ASCII)
_NAME = re.compile(r"^cpf[: ]+", re.IGNORECASE)
"""The word that is often pasted with the number."""
_WRITTEN = re.compile(r"(?<!\w)[0-9]{3}\.?[0-9]{3}\.?[0-9]{3}-?[0-9]{2}(?!\w)", re.IGNORECASE | re.ASCII)
_MASK = str.maketrans("", "", "./- ")


def parse(text: str) -> str:
    """The eleven digits without mask. Raises `Invalid` for anything that is not a CPF."""
    cpf = _NAME.sub("", number_in(plain_code(text), _WRITTEN)).translate(_MASK)
    if not _SHAPE.fullmatch(cpf) or len(set(cpf)) == 1:
        raise Invalid("cpf", "not_a_cpf")
    if check_digits(cpf[:9]) != cpf[9:]:
        raise Invalid("cpf", "wrong_cpf_digits")
    return cpf


def check_digits(base: str) -> str:
    """The two digits that follow nine: modulo 11."""
    first = _digit(base)
    return first + _digit(base + first)


def masked(cpf: str) -> str:
    """As people write it: 111.444.777-35."""
    return f"{cpf[:3]}.{cpf[3:6]}.{cpf[6:9]}-{cpf[9:]}"


def _digit(digits: str) -> str:
    rest = sum(int(digit) * weight for digit, weight in zip(digits, range(len(digits) + 1, 1, -1), strict=True)) % 11
    return str(11 - rest if rest > 1 else 0)
