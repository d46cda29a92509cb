"""Comments and indentation of the sources are not served."""

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.client import portal
from web.pages.shell.assets.minifying import squeezed, squeezed_script

pytestmark = pytest.mark.anywhere

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_TAG = re.compile(r"""<[a-z](?:\{[{%].*?[}%]\}|"[^"]*"|[^<>"{])*>""", re.DOTALL)
_GLUED = re.compile(r"""\S\{%[^%]*[^+-]%\}\n\s*(?!\{%|\{\{-|>)\S+""")


def test_a_page_is_served_without_indentation_and_without_breaks_that_nobody_sees():
    assert (
        rendered(
            """
<ul>
  {% for each in "ab" %}
    <li>
      {{ each }}
    </li>
  {% endfor %}
</ul>
"""
        )
        == "<ul><li>a</li><li>b</li></ul>"
    )


def test_between_words_links_and_controls_a_space_stays():
    source = "<p{% if true %} id=x{% endif %}>\n  De\n  <a>Ana</a>\n  <a\n    id=y>Rui</a>\n</p>"
    assert rendered(source) == "<p id=x>De <a>Ana</a> <a id=y>Rui</a></p>"


def test_a_button_keeps_no_space_that_would_push_its_words_aside():
    source = "<p>\n  Ou\n  <button class=x>\n    Revogar<span>: a de Ana</span>\n  </button>\n  já\n</p>"
    assert rendered(source) == "<p>Ou <button class=x>Revogar<span>: a de Ana</span></button> já</p>"


def test_no_attribute_of_a_template_runs_into_the_next_one():
    """The break after a block tag is taken away: `+%}` keeps it; `{{-` is what brings a space of its own."""
    joined = {
        f"{path.name}: {glued[0]}"
        for path in Path("templates").rglob("*.html")
        for tag in _TAG.finditer(_COMMENT.sub("", path.read_text()))
        for glued in _GLUED.finditer(tag[0])
    }
    assert joined == set()


def test_a_stylesheet_is_served_without_comments_and_loose_spaces_and_with_its_strings():
    source = """
/* About dates. */
.date, .time:is(a , b) > p {
  margin: 0 calc(1px + 2px);
}

.date::after { content: " (" attr(title) "; " }  /* In print. */
"""
    assert squeezed(source).strip() == (
        '.date,.time:is(a,b) > p{margin:0 calc(1px + 2px);}.date::after{content:" (" attr(title) "; "}'
    )


def test_a_script_is_served_without_comments_and_loose_spaces_and_with_its_strings_and_expressions():
    source = """
/* About dates. */
function date(a, b) {
  var date = /^(\\d+) , (.*)$/.exec(a ? "de, { " + a : b);
  return date
    && date[1];
}
"""
    assert squeezed_script(source).strip() == (
        'function date(a,b){var date=/^(\\d+) , (.*)$/.exec(a?"de, { "+a:b);return date&&date[1];}'
    )


def test_what_a_person_typed_keeps_its_own_indentation():
    typed = "  duas casas\n    quatro"
    page = rendered('{% from "shared/forms.html" import written %}{{ written("it", typed) }}', typed=typed)
    assert LexborHTMLParser(page).css_first("textarea").text() == typed


def rendered(source, **context):
    return portal().state.environment.from_string(source).render(context)


def test_htmx_has_its_attributes_under_the_names_that_html_gives_room_for():
    assert rendered('<a hx-get="/x" data-a="hx-get">hx-get</a>') == '<a data-hx-get="/x" data-a="hx-get">hx-get</a>'
    assert rendered('<a\n  {{- " " }}hx-get="/x">') == '<a data-hx-get="/x">'
