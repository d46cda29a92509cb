"""Our compiler of templates gives the same output as Jinja's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, TemplateSyntaxError, UndefinedError
from markupsafe import Markup, escape

from web.pages.shell.assets.compiling import Calling, JoiningCodeGenerator, escaped


class Ours(Environment):
    code_generator_class, context_class = JoiningCodeGenerator, Calling
    escaped = staticmethod(escaped)


TEMPLATES = {
    "base": "<h1>{% block head %}{{ text }}{% endblock %}</h1>{% block main %}{% endblock %}<p>{{ n }}</p>",
    "part": "({{ each }}{% if text %}, {{ text }}{% endif %})",
    "macros": "{% macro strong(x) %}<b>{{ x }}{{ caller() if caller is defined }}</b>{% endmacro %}",
    "page": "{% extends 'base' %}{% from 'macros' import strong %}"
    "{% block head %}{{ super() }} of {{ safe }}{% endblock %}"
    "{% block main %}{{ strong(text) }}{% for each in (1, '<', text) %}{% include 'part' %}"
    "{% block inner scoped %}{% set kept %}{{ each }}{% endset %}{{ kept }}{{ kept | length }}{% endblock %}"
    "{% else %}none{% endfor %}{% call strong(n) %}{{ text }}{% endcall %}{% endblock %}",
}


def environment(kind: type[Environment], **more: str) -> Environment:
    return kind(loader=DictLoader(TEMPLATES | more), autoescape=True, undefined=StrictUndefined)


@given(st.text(alphabet="a &<>'\"é"), st.one_of(st.integers(), st.booleans(), st.none(), st.floats()))
def test_a_page_is_what_jinja_would_make_of_it(text, n):
    values = {"text": text, "n": n, "safe": Markup("<i>")}
    made, meant = (environment(kind).get_template("page").render(values) for kind in (Ours, Environment))
    assert made == meant


class Shown:
    def __html__(self) -> str:
        return "<hr>"


@pytest.mark.parametrize("value", ["", "a", '<a href="x">\'&', Markup("<b>"), 7, True, None, 1.5, Shown(), ["<"]])
def test_whatever_is_escaped_is_escaped_as_ever(value):
    assert escaped(value) == escape(value)


def test_what_is_not_known_is_never_empty():
    with pytest.raises(UndefinedError):
        environment(Ours).get_template("page").render(text="")


def test_no_part_can_stand_before_its_place():
    with pytest.raises(TemplateSyntaxError, match="without context"):
        environment(Ours, wrong="a{% include 'part' without context %}").get_template("wrong")
