"""Compiles each template once in a process, because tests have applications of six presets and forked servers."""

from types import CodeType

from jinja2 import Environment

_compile = Environment.compile
_compiled: dict[tuple[type[Environment] | str | None, ...], CodeType] = {}
"""By the environment's class and extensions, the source and the name; those of one class have the same filters here."""


def compile_once() -> None:
    Environment.compile = _compiled_once


def compile_beforehand(templates: Environment, *, folder: str = "") -> None:
    for name in templates.list_templates():
        if name.startswith(folder):
            templates.get_template(name)


def _compiled_once(made: Environment, source: str, name: str | None = None, filename: str | None = None) -> CodeType:
    key = (type(made), *made.extensions, source, name, filename)
    if key not in _compiled:
        _compiled[key] = _compile(made, source, name, filename)
    return _compiled[key]
