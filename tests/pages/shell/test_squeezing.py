"""What helps only those who read the sources is not served."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.client import portal
from web.pages.shell.assets.squeezing import squeezed

pytestmark = pytest.mark.anywhere


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


def test_what_a_person_typed_keeps_its_own_indentation():
    typed = "  duas casas\n    quatro"
    page = rendered('{% from "shared/forms.html" import written %}{{ written("it", typed) }}', typed=typed)
    assert LexborHTMLParser(page).css_first("textarea").text() == typed


def rendered(source, **context):
    return portal().state.environment.from_string(source).render(context)
