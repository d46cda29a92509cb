"""Inlines the styles of a mail template once when it is loaded, because few mail programs use style sheets."""

import re

_CLASS = re.compile(r'\bclass="([\w -]+)"')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
_TOKEN = re.compile(r"var\(--([\w-]+)\)")


def inlined(source: str, css: str) -> str:
    """Replaces classes by declarations, and tokens by values of the template.

    Raises `KeyError` for a class without a rule.
    """
    rules = {name: _declarations(body) for name, body in _RULE.findall(_COMMENT.sub("", css))}
    return _CLASS.sub(lambda found: f'style="{"".join(rules[each] for each in found[1].split())}"', source)


def _declarations(body: str) -> str:
    squeezed = re.sub(r"\s*([:;])\s*", r"\1", body.strip())
    return _TOKEN.sub(lambda found: f"{{{{ {found[1].replace('-', '_')} }}}}", squeezed)
