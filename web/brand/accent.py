"""The accent colour: its contrast by WCAG 2.2, the nearest readable colour, and its stylesheet."""

import colorsys
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

READABLE = 4.5
"""The contrast that text needs (WCAG 2.2, 1.4.3)."""
HOUSE = "#0f5c5c"
"""The default accent."""

_SHAPE = re.compile(r"#[0-9a-f]{6}", re.ASCII)
_STEPS = 200


class Scheme(NamedTuple):
    """The colours of a colour scheme around the accent, as in `20-tokens.css`."""

    paper: str
    grounds: tuple[str, ...]
    """The backgrounds of text in the accent."""
    ink: str
    """The colour of text on the accent."""
    texts: tuple[str, ...]
    """The colours of text on the accent's wash."""
    wash: float
    """The share of the accent in the wash, and in the line."""
    line: float
    stronger: Callable[[float], float]
    """The lightness of the accent on hover, from that of the accent."""


LIGHT = Scheme(
    "#ffffff",
    ("#ffffff", "#f5f5f1", "#e9ebe8"),
    "#ffffff",
    ("#1b232e", "#535d6b"),
    0.1,
    0.27,
    lambda light: light * 0.75,
)
DARK = Scheme(
    "#1c222a",
    ("#13171c", "#1c222a", "#2a313a"),
    "#13171c",
    ("#e6e9ed", "#a9b2bd"),
    0.14,
    0.3,
    lambda light: light + (1 - light) * 0.35,
)


def is_colour(text: str) -> bool:
    return bool(_SHAPE.fullmatch(text))


def contrast(one: str, other: str) -> float:
    """From 1 for equal colours to 21 for black and white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def holds(accent: str, scheme: Scheme) -> bool:
    """Whether the accent is readable on every ground of the scheme, and text on the accent and on its wash too."""
    wash = mixed(accent, scheme.paper, scheme.wash)
    pairs = [*((accent, ground) for ground in scheme.grounds), (scheme.ink, accent), (accent, wash)]
    pairs += [(text, wash) for text in scheme.texts]
    return all(contrast(*pair) >= READABLE for pair in pairs)


@cache
def nearest(accent: str, scheme: Scheme) -> str:
    """The readable colour of the same hue with the nearest lightness."""
    hue, light, saturation = _hls(accent)
    tried = sorted((each / _STEPS for each in range(_STEPS + 1)), key=lambda each: abs(each - light))
    found = (_colour(hue, each, saturation) for each in tried)
    return accent if holds(accent, scheme) else next(each for each in found if holds(each, scheme))


@cache
def stylesheet(accent: str) -> str:
    """The stylesheet of an accent: the accent itself, or the nearest readable one, in each scheme."""
    return (
        f"@layer tokens{{:root{{{_tokens(accent, LIGHT)}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_tokens(accent, DARK)}}}}}}}"
    )


def mixed(accent: str, paper: str, share: float) -> str:
    """The paper mixed with this share of the accent."""
    return _hex(a * share + p * (1 - share) for a, p in zip(_channels(accent), _channels(paper), strict=True))


def _tokens(accent: str, scheme: Scheme) -> str:
    own = nearest(accent, scheme)
    hue, light, saturation = _hls(own)
    tokens = {
        "accent": own,
        "accent-strong": _colour(hue, scheme.stronger(light), saturation),
        "accent-ink": scheme.ink,
        "accent-wash": mixed(own, scheme.paper, scheme.wash),
        "accent-line": mixed(own, scheme.paper, scheme.line),
    }
    return ";".join(f"--{name}:{value}" for name, value in tokens.items())


def _luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hls(colour: str) -> tuple[float, float, float]:
    return colorsys.rgb_to_hls(*_channels(colour))


def _colour(hue: float, light: float, saturation: float) -> str:
    return _hex(colorsys.hls_to_rgb(hue, light, saturation))


def _hex(channels: Iterable[float]) -> str:
    return "#" + "".join(f"{round(each * 255):02x}" for each in channels)
