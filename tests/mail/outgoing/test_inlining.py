"""Styles of mail, written at its elements."""

import pytest

from web.mail.outgoing.inlining import inlined

CSS = """
/* The .faint are read last. */
.text {
  margin: 0 0 16px;
  line-height: 1.5;
}

.said { border-left: 4px solid var(--accent); }
"""


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('<p class="text">Olá</p>', '<p style="margin:0 0 16px;line-height:1.5;">Olá</p>'),
        ('<b class="said" id="a">', '<b style="border-left:4px solid {{ accent }};" id="a">'),
        ('<b class="text said">', '<b style="margin:0 0 16px;line-height:1.5;border-left:4px solid {{ accent }};">'),
        ("<p>{{ body }}</p>", "<p>{{ body }}</p>"),
    ],
)
def test_each_class_becomes_its_declarations(source: str, found: str) -> None:
    assert inlined(source, CSS) == found


def test_a_class_without_a_rule_is_no_letter() -> None:
    with pytest.raises(KeyError, match="lost"):
        inlined('<p class="text lost">', CSS)
