"""Front matter of Markdown files: between `---` as in Jekyll, or `+++` as in Hugo."""

import re
import tomllib

from web.errors import Unreadable

Values = dict[str, str]

_OPEN = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\n")
_LINE = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*))?")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")


def parted(text: str) -> tuple[Values, str, int]:
    """The values by names in lower case, the text below, and how many lines precede it.

    Lists are joined by commas. Raises `Unreadable` with the line.
    """
    opening = _OPEN.match(text)
    if not opening:
        return {}, text, 0
    end = re.compile(rf"^{re.escape(opening[1])}[ \t]*$\n?", re.MULTILINE).search(text, opening.end())
    if not end:
        raise Unreadable("open_front_matter", line=1)
    head, below = text[opening.end() : end.start()], text[end.end() :]
    values = _plain(head) if opening[1] == "---" else _toml(head)
    return values, below, text.count("\n", 0, end.end())


def _plain(head: str) -> Values:
    """Names with texts or lists of texts; deeper values are ignored."""
    found: Values = {}
    name = ""
    for number, line in enumerate(head.split("\n"), 2):
        said, item = _LINE.fullmatch(line.rstrip()), _ITEM.fullmatch(line)
        if said:
            name = said[1].lower()
            found[name] = _value(said[2] or "")
        elif item and name:
            found[name] = ", ".join(filter(None, (found[name], _value(item[1]))))
        elif line.strip() and not line.startswith((" ", "\t", "#")):
            raise Unreadable("bad_front_matter", line=number)
    return found


def _value(text: str) -> str:
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        return ", ".join(filter(None, (_value(each) for each in text[1:-1].split(","))))
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text


def _toml(head: str) -> Values:
    try:
        found = tomllib.loads(head)
    except tomllib.TOMLDecodeError:
        raise Unreadable("bad_front_matter", line=1) from None
    return {name.lower(): _told(value) for name, value in found.items() if not isinstance(value, dict)}


def _told(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_told, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
