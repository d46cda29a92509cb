"""Minifies templates, scripts and styles once when they are loaded, and inlines the styles of mail templates."""

import re
from collections.abc import Iterator
from pathlib import Path

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from rjsmin import jsmin

from web.mail.outgoing.inlining import inlined

_INDENT = re.compile(r"^ +", re.MULTILINE)
_HTMX = re.compile(r"(?<=[\s}])hx-(?=[a-z])")
"""The prefixes of htmx attributes in its documentation; valid HTML needs `data-` before them."""

_BLOCKS = (
    "article|aside|body|br|caption|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|form|h[1-6]|head|header|html|"
    "legend|li|link|main|meta|nav|ol|optgroup|option|p|rect|script|section|summary|table|tbody|td|th|thead|title|tr|ul"
)
"""Elements around which white space is not rendered."""

_LOOSE = re.compile(rf"\n+(?=</?(?:{_BLOCKS})\b|</button>)|(</?(?:{_BLOCKS})\b[^<>]*>|<button\b[^<>]*>)\n+")
"""Elements inside which white space at the edges is not rendered; a button stands in a line."""
_BREAK = re.compile(r"\n+")
_BEGUN = re.compile(r"<[^<>]*\Z")

_SPARE = re.compile(r'(?P<string>"[^"]*")|/\*.*?\*/\s*|\s*(?P<mark>[{};,])\s*|(?P<colon>:)\s+|\s+', re.DOTALL)


class MinifyingExtension(Extension):
    """Minifies templates to one line of valid HTML. A line break that must stay is written as an expression."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _INDENT.sub("", _HTMX.sub("data-hx-", source))

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        tag = ""  # begun before this token, which is what there is between two expressions
        for token in stream:
            if token.type != "data":
                yield token
                continue
            text = _BREAK.sub(" ", _LOOSE.sub(r"\1", tag + token.value))
            yield Token(token.lineno, token.type, text[len(tag) :])
            begun = _BEGUN.search(text)
            tag = begun[0] if begun else ""


class Inlined(Extension):
    """Inlines the stylesheet of the same name into a mail template."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        sheet = Path(filename or "").with_suffix(".css")
        if not (name or "").endswith(".html") or not sheet.is_file():
            return source
        return inlined(source, sheet.read_text())


def squeezed_script(script: str) -> str:
    """Minifies a script by removing comments, and white space that means nothing."""
    return str(jsmin(script))


def squeezed(css: str) -> str:
    """Minifies a stylesheet. Strings match first, and stay as they are."""
    return _SPARE.sub(_kept, css)


def _kept(match: re.Match[str]) -> str:
    if match[0].startswith("/*"):
        return ""
    return match["string"] or match["mark"] or match["colon"] or " "
