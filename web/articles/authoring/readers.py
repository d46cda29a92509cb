"""The organizations that may read an article, typed one a line by CNPJ or by name."""

import re
from dataclasses import dataclass

from web.database import fetch_as
from web.errors import Invalid
from web.people.directory.search_words import sort_name
from web.people.identifiers.cnpj import MASK, masked
from web.sql import values
from web.text import one_line, plain_code

_CNPJ = re.compile(r"[0-9A-Z]{12}[0-9]{2}")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")
MOST = 200


@dataclass(frozen=True)
class _Known:
    id: int
    name: str
    sort_name: str
    cnpj: str


async def parse(text: str) -> frozenset[int]:
    """Parses the lines. Raises `Invalid` for a line that matches no organization or several."""
    keys = [_key(line) for line in map(one_line, text.splitlines()) if line]
    if len(keys) > MOST:
        raise Invalid("organizations", "too_many_organizations")
    known = await fetch_as(
        _Known,
        "SELECT id, name, sort_name, cnpj FROM organization WHERE is_active AND (cnpj IN ({}) OR sort_name IN ({}))",
        *(values(keys), values(keys)),
    )
    meant = [{each.id for each in known if key in (each.cnpj, each.sort_name)} for key in keys]
    if any(len(each) != 1 for each in meant):
        raise Invalid("organizations", "unknown_organization")
    return frozenset(number for each in meant for number in each)


async def written(article: int) -> str:
    """The names of the organizations that read an article, one a line."""
    rows = await fetch_as(
        _Known,
        "SELECT o.id, o.name, o.sort_name, o.cnpj FROM article_organization ao "
        "JOIN organization o ON o.id = ao.organization WHERE ao.article = {} ORDER BY o.sort_name, o.id",
        article,
    )
    return "\n".join(f"{each.name} ({masked(each.cnpj)})" for each in rows)


def _key(line: str) -> str:
    """The CNPJ of a line, also in brackets at its end; else the name as sorted."""
    bracketed = _IN_BRACKETS.search(line)
    for text in (bracketed[1] if bracketed else "", line):
        bare = plain_code(text).translate(MASK).upper()
        if _CNPJ.fullmatch(bare):
            return bare
    return sort_name(line)
