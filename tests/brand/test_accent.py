"""The accent has enough contrast on every page in both colour schemes, whatever colour was chosen."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.brand import accent
from web.brand.accent import DARK, LIGHT, READABLE, Scheme
from web.settings import ROOT

pytestmark = pytest.mark.anywhere

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_computed_as_wcag_defines_it(one: str, other: str, ratio: float) -> None:
    assert round(accent.contrast(one, other), 2) == round(accent.contrast(other, one), 2) == ratio


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
@given(colour=COLOURS)
def test_the_nearest_of_any_colour_is_read_on_every_ground_of_the_scheme(scheme: Scheme, colour: str) -> None:
    shown = accent.nearest(colour, scheme)
    least = min(accent.contrast(shown, ground) for ground in scheme.grounds)
    assert least >= READABLE
    assert accent.contrast(scheme.ink, shown) >= READABLE


@given(colour=COLOURS)
def test_all_colours_of_the_stylesheet_can_be_read_together(colour: str) -> None:
    schemes = re.findall(r":root\{([^}]*)\}", accent.stylesheet(colour))
    for scheme, tokens in zip((LIGHT, DARK), schemes, strict=True):
        told = dict(each.removeprefix("--").split(":") for each in tokens.split(";"))
        assert list(told) == ["accent", "accent-strong", "accent-ink", "accent-wash", "accent-line"]
        pairs = [("accent-ink", "accent"), ("accent-ink", "accent-strong"), ("accent", "accent-wash")]
        assert [pair for pair in pairs if accent.contrast(told[pair[0]], told[pair[1]]) < READABLE] == []
        assert min(accent.contrast(text, told["accent-wash"]) for text in scheme.texts) >= READABLE


@given(colour=COLOURS)
def test_a_colour_that_holds_is_left_as_it_is(colour: str) -> None:
    for scheme in (LIGHT, DARK):
        if accent.holds(colour, scheme):
            assert accent.nearest(colour, scheme) == colour


def test_the_nearest_keeps_the_hue() -> None:
    assert accent.nearest("#ffd400", LIGHT) == "#7d6800"
    assert accent.nearest("#0f5c5c", LIGHT) == "#0f5c5c"


def test_the_grounds_are_those_of_the_stylesheet() -> None:
    css = (ROOT / "static" / "css" / "20-tokens.css").read_text()
    light, dark = css.split("prefers-color-scheme: dark")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))
    for scheme, text in ((LIGHT, light), (DARK, dark)):
        told = {name: colours.get(value) for name, value in re.findall(r"--([\w-]+): var\(--([\w-]+)\);", text)}
        assert scheme.paper == told["paper"]
        assert set(scheme.grounds) == {told["paper"], told["ground"], told["hover"]}
        assert scheme.texts == (told["ink"], told["ink-soft"])
