"""Cleans typed text, and normalizes words for search: without case, accents, punctuation and Portuguese plurals."""

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator
from typing import Self

from web.normalization.numbers import Piece, spellings, within
from web.normalization.words import also, in_full, joined

_WORD = re.compile(r"[0-9a-z]+")

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
_SIGNS = str.maketrans(dict.fromkeys("’‘‛ʼʹ′`´＇", "'")) | _DASHES
"""Apostrophes and hyphens in all their forms."""

_COMPOUND = re.compile(r"(?<![0-9a-z])[0-9a-z]++(?:['-][0-9a-z]++)+")
"""E-mail, d'água."""
_ABBREVIATION = re.compile(r"(?<![0-9a-z])[a-z](?:[./][a-z])+(?![0-9a-z])")
"""S.A., s/a."""
_CODE = re.compile(r"(?<![0-9a-z])(?:[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-z]++(?:[./-][0-9a-z]++)+)")
"""12.ABC.345/01DE-35, 00:1a:2b:3c:4d:5e; a code has at least one digit."""
_CLASS = re.compile(r"(?<![0-9a-z])([0-9]{1,2})[ao]? ?(?:(?:ano|serie) ?['\"(-]? ?)?([a-z])(?![0-9a-z])")
"""5A, 5 A, 5º A, 5ºA, 5º ano A: a class of a school."""
_SMALL, _CAPITAL = r"[a-z\u00df-\u00f6\u00f8-\u00ff]", r"[A-Z\u00c0-\u00d6\u00d8-\u00de]"
_HUMP = re.compile(f"(?<={_SMALL}){_CAPITAL}{_SMALL}++")
"""The boundary inside BoletoNovembro, as in file names."""
_DEGREE = re.compile("(?<=[0-9nN])°(?! ?[CF]\\b)")
"""A degree sign typed instead of º."""
_ORDINAL = re.compile(r"(?<=[0-9])([ºª])(?=[^\W\d_])")
"""9ºano."""
_NUMERO = re.compile(r"(?<![0-9a-z])n\.?o(?=[0-9])")
"""nº4521, n.º4521."""
_UNSAID = re.compile(
    r"(?<![0-9a-z])(?:(?:(?:cnpj|cpf)(?:/mf)?|cep|tel(?:efone)?|fone|cel(?:ular)?|whatsapp)[.:]*"
    r"(?= ?[(+]?[0-9]| n[o.: ]*[0-9])"
    r"|e-?mails?: ?(?=[^ @]+@)|(?:r\$ ?|(?:n|no|n\.o|nr|nro|num|numero)(?:[.:] ?| ))(?=#? ?[0-9])"
    r"|https?://(?:www\.)?|mailto:)"
)
"""Optional words before a number or an address."""
_NUMBER = re.compile(r"(?<![0-9a-z])[0-9]++(?:(?: ?[-/] ?|[ .,:]|\) ?| ?\()[0-9]++)+(?![0-9a-z])")
"""Digits in groups: 1.234,56 and 12.345.678/0001-95 and +55 (11) 98765-4321."""

_ENDINGS = (
    ("oes", "ao"),
    ("aes", "ao"),
    ("aos", "ao"),
    ("ais", "al"),
    ("eis", "el"),
    ("ois", "ol"),
    ("uis", "ul"),
    ("ils", "el"),
    ("is", "el"),
    ("il", "el"),
    ("ns", "m"),
    ("n", "m"),
    ("eses", "e"),
    ("ese", "e"),
    ("s", ""),
)
"""Endings of folded words and their replacements, the first that fits; `-il` and `-el` share their plurals.

A Snowball stemmer was tried first, but it needs the accents that people leave out when they search (instalação and
instalacoes get different stems). Plurals are therefore folded here, on words without accents.
"""

_MUTE = re.compile(r"(?<=[rlzsn])e$")
"""Endings of a plural (professores) or of words that end so anyway (bimestre)."""

_ALIKE = {"pais": "pai", "paises": "pai", "meses": "mes"} | {each: each for each in ("mais", "dois", "seis", "depois")}

_LONGEST = 100
"""The most letters of a word."""
_MOST_DIGITS = 48
"""The most digits of a grouped number: as many as below the bar code of a boleto."""


class _Shapes(dict[int, int | None]):
    """Reduces each character: removes accents and invisible marks."""

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        is_lost = unicodedata.combining(character) or unicodedata.category(character) == "Cf"
        self[code] = None if is_lost else code
        return self[code]


_SHAPES = _Shapes()


_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
"""Invisible letters and marks that their category does not reveal."""
_PICTURE = "[\u2194\u2195\u2600-\u27bf\u2b1b\U0001f000-\U0001faff]"
_EMOJI = re.compile(f"({_PICTURE}+(?:\u200d{_PICTURE}+)*)")
"""Emoji, also several joined to one, and those that are newer than the character data of Python."""


def clean_text(text: str) -> str:
    """Cleans typed text: NFC, LF, and no control characters other than tabs."""
    text = _CONTROLS.sub("", text.replace("\r\n", "\n"))
    if unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", "".join(_stream_safe(text)))


def _stream_safe(text: str) -> Iterator[str]:
    """Limits marks on a letter to 30 (UAX #15), because normalizing takes quadratic time in their number."""
    row = 0
    for char in text:
        row = row + 1 if unicodedata.category(char).startswith("M") else 0
        if row <= 30:
            yield char


def fold(text: str) -> str:
    """Lower case, without accents and invisible marks: Instalação -> instalacao."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text.casefold()).lower().translate(_SHAPES)


def is_blank(text: str) -> bool:
    """Whether a reader would see nothing: only spaces and invisible marks."""
    return all(unicodedata.category(c)[0] in "ZCM" for c in _EMOJI.sub("x", _BLANK.sub("", text)))


def one_line(text: str) -> str:
    """The text in one line, without invisible characters such as marks that change the direction of writing."""
    parts = _EMOJI.split(_BLANK.sub("", text))
    parts[::2] = ["".join(c if c.isprintable() else " " * c.isspace() for c in between) for between in parts[::2]]
    return " ".join("".join(parts).split())


class TooLong(str):
    """The code of a text that is too long, which knows how many characters it has and may have."""

    length: int
    longest: int

    def __new__(cls, length: int, longest: int) -> Self:
        code = super().__new__(cls, "too_long")
        code.length, code.longest = length, longest
        return code


def wrong_name(name: str, *, longest: int) -> str | None:
    """The code of the error in a name."""
    return "missing" if is_blank(name) else too_long(name, longest)


def too_long(text: str, longest: int) -> str | None:
    """The code of the error in a text with more characters than it may have."""
    return TooLong(len(text), longest) if len(text) > longest else None


def plain_code(text: str) -> str:
    """A pasted number, date, address or code in one line, with hyphens for dashes."""
    return one_line(text).translate(_DASHES)


def terms(text: str) -> list[str]:
    """The distinct words of a text for the index, then compounds written apart as one word too."""
    plain = _plain(text)
    words = list(_words(plain))
    pieces = [*words, *_joined(plain), *in_full(plain), *(each for spelt in spellings(plain) for each in spelt)]
    humps = _WORD.findall(fold(" ".join(_HUMP.findall(text))))
    known = [*(each.word for each in pieces), *humps]
    found = (*known, *within(plain, words), *(other for word in known for other in also(word)))
    return list(dict.fromkeys(term for word in found for term in _terms(word)))


def sought(text: str) -> list[tuple[str, ...]]:
    """The words of a query, each with longer ones that it may be part of: `wi fi` is `wi` or `wifi`, `fi` or `wifi`."""
    return list(_sought(text))


@functools.lru_cache(maxsize=100)
def _sought(text: str) -> tuple[tuple[str, ...], ...]:
    """A statement of a search needs them several times."""
    plain = _UNSAID.sub("", _plain(text))
    words = list(_words(plain))
    pairs = (Piece(a.start, b.end, a.word + b.word) for a, b in itertools.pairwise(words))
    longer = [*_joined(plain), *in_full(plain), *pairs, *(spelt[0] for spelt in spellings(plain))]
    forms = [
        tuple(form for whole in (each, *longer) if _is_within(each, whole) for form in (whole.word, *also(whole.word)))
        for each in words
    ]
    return tuple(dict.fromkeys(tuple(dict.fromkeys(each)) for each in forms))


def _is_within(part: Piece, whole: Piece) -> bool:
    return whole.start <= part.start and part.end <= whole.end


@functools.lru_cache(maxsize=50_000)
def singular(word: str) -> str:
    """The stem that a folded word shares with its plural; short words and numbers stay."""
    if word in _ALIKE:
        return _ALIKE[word]
    if len(word) < 4 or word.isdecimal():
        return word
    for ending, common in _ENDINGS:
        if word.endswith(ending):
            word = word[: -len(ending)] + common
            break
    return _MUTE.sub("", word)


def _plain(text: str) -> str:
    """Folded text, with one form of each apostrophe, hyphen and ordinal."""
    return _NUMERO.sub("no ", fold(_ORDINAL.sub(r"\1 ", _DEGREE.sub("º", text.translate(_SIGNS)))))


def _terms(word: str) -> tuple[str, ...]:
    """The stem, and the word itself unless it begins with the stem."""
    common = singular(word)
    return (common,) if word.startswith(common) else (common, word)


def _words(plain: str) -> Iterator[Piece]:
    return (Piece(*found.span(), found[0]) for found in _WORD.finditer(plain) if len(found[0]) <= _LONGEST)


def _joined(plain: str) -> Iterator[Piece]:
    """Compounds written apart as one word; numbers from each of their groups on."""
    yield from (Piece(*found.span(), "".join(found.groups())) for found in _CLASS.finditer(plain))
    yield from (each for each in joined(plain) if len(each.word) <= _LONGEST)
    for pattern in (_COMPOUND, _ABBREVIATION, _CODE):
        for found in pattern.finditer(plain):
            word = "".join(_WORD.findall(found[0]))
            if len(word) <= _LONGEST and (pattern is not _CODE or not word.isalpha()):
                yield Piece(*found.span(), word)
    for found in _NUMBER.finditer(plain):
        yield from _from_each_group(list(_WORD.finditer(plain, *found.span())))


def _from_each_group(groups: list[re.Match[str]]) -> Iterator[Piece]:
    digits = "".join(each[0] for each in groups)
    ends = list(itertools.accumulate(len(each[0]) for each in groups))
    last = 0
    for place in range(len(groups) - 1):
        begin = ends[place] - len(groups[place][0])
        while last + 1 < len(groups) and ends[last + 1] - begin <= _MOST_DIGITS:
            last += 1
        if last > place:
            yield Piece(groups[place].start(), groups[last].end(), digits[begin : ends[last]])
