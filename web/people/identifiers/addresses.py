"""E-mail addresses: their syntax, and parsing lists as mail programs copy them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from web.text import one_line, plain_code

_LOCAL = re.compile(r"[^@ ,;:<>()\[\]{}\"\\]+")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?", re.IGNORECASE)

_PIECE = re.compile(r'(?:"[^"\n]*+"|<[^<>]*+>|[^,;\n\t])++')
"""Text up to a separator that is not part of a quoted name."""
_IN_BRACKETS = re.compile(r"<[^<>]*>")
"""Ana Prado <ana@aurora.example>."""
_WITH_AT = re.compile(r"(?<!\S)([^\s@]*+@\S*)")
_QUOTED = re.compile(r'"[^"\n]*+"')
_BESIDE = re.compile(r"(?<=\s)\([^()@\n]*\)")
"""ana@aurora.example (Ana Prado), as RFC 822 had it."""
_UNQUOTED = re.compile(
    r"(^|[,;\n\t])[ ]*"
    r'((?:(?:d[aeo]s? |e |di |v[ao]n )?[A-Z\u00c0-\u00de][^@,;<>"\n\t]{0,60},[ ]*){1,2}[^@,;<>"\n\t]{1,60}?)'
    r"[ ]*(?=<[^<>\s@]{1,64}@[^<>\s@]{1,190}>)"
)
"""Silva, Maria <m@aurora.example>: the first comma is part of the name."""
_LABELS = re.compile(
    r"(^|[,;\n\t])[ ]*(?:(?:cco?|bcc|para|to|de|from|e-?mails?|com c[oó]pia)[ ]*:|[0-9]{1,3}[.)](?=[ ]))", re.IGNORECASE
)
"""What mail programs and lists write before addresses: "Cc:", "2."."""
_MARKDOWN = re.compile(r"\[([^\]\s]{1,254})\]\(mailto:[^)\s]*\)", re.IGNORECASE)
_ALSO_TO = re.compile(r"[?&](?:to|b?cc)=", re.IGNORECASE)
_BY_THE_WAY = re.compile(r"[?&](?:subject|body)=[^\s,;>]*", re.IGNORECASE)
"""What a link may say besides addresses."""
_LONGEST = 20_000
"""The most characters; longer addresses are not parsed."""
_QUOTES = "'\"`´‘’“”«»()[]"


class AddressList(NamedTuple):
    """The addresses of a text without duplicates, and any other text in it except punctuation."""

    addresses: list[str]
    left_over: list[str]


def is_address(text: str) -> bool:
    """Whether it has the syntax of an e-mail address. Only a message can prove that it exists."""
    local, _, host = text.partition("@")
    plain = text.isascii() and text.isprintable() and "=?" not in text and len(text) <= 254
    labels = host.split(".")
    return bool(plain and _LOCAL.fullmatch(local) and len(labels) > 1 and all(map(_LABEL.fullmatch, labels)))


def read_addresses(text: str) -> AddressList:
    """Parses addresses separated by commas, semicolons, spaces or line breaks, with or without names."""
    if len(text) > _LONGEST:
        return AddressList([], [text])
    addresses: dict[str, str] = {}
    left_over = []
    for piece in _PIECE.findall(with_quoted_names(_without_wrapping(text))):
        for word in _words(piece):
            address = _bare(word)
            if is_address(address):
                addresses.setdefault(address.casefold(), address)
            elif any(map(str.isalnum, word)) and word != "e":
                left_over.append(word)
    return AddressList(list(addresses.values()), left_over)


def _without_wrapping(text: str) -> str:
    """The text with plain signs, without labels before addresses and without the rest of links."""
    text = _MARKDOWN.sub(r"\1", _LABELS.sub(r"\1", text.replace("\r", "\n").replace("＠", "@")))
    return _ALSO_TO.sub(",", _BY_THE_WAY.sub("", text)) if "mailto:" in text.casefold() else text


def with_quoted_names(text: str) -> str:
    """Quotes names in the order "surname, first name", as RFC 5322 demands and few people do."""
    return _UNQUOTED.sub(r'\1"\2" ', text)


def address_in(text: str) -> str:
    """The one address that was typed or pasted; any other text in one line."""
    if len(text) > _LONGEST:
        return text
    found = read_addresses(text)
    return found.addresses[0] if len(found.addresses) == 1 and not found.left_over else plain_code(text)


def _words(piece: str) -> Iterator[str]:
    """The words of a piece that must be addresses: all except the name before an address in angle brackets."""
    end = 0
    for found in _IN_BRACKETS.finditer(piece):
        yield from (word for word in _QUOTED.sub(" ", piece[end : found.start()]).split() if "@" in word)
        yield found[0]
        end = found.end()
    rest = _BESIDE.sub("", piece[end:]) if "@" in piece else piece[end:]
    yield from filter(None, map(str.strip, _WITH_AT.split(one_line(rest))))


def _bare(word: str) -> str:
    """The word without quotes, brackets and `mailto:`."""
    address = plain_code(word.removeprefix("<").removesuffix(">")).strip(_QUOTES).rstrip(".")
    return address[7:].partition("?")[0] if address[:7].casefold() == "mailto:" else address
