"""The index that search reads: one document per ticket, kept by the actions, on FTS5 or PostgreSQL.

A document has four parts: title, public words, words of internal notes, and the scope. The scope holds one mark for
each person, organization and team that may see the ticket, so that a search walks the short list of what one may see
and not the long one of a common word.
"""

from collections.abc import Iterable

from piccolo.querystring import QueryString

from web.database import dialect, fetch
from web.people.permissions import Actor
from web.text import terms

_WORDS_AT_ONCE = 5_000
"""Of one message; the rest of a longer one is not found by search."""
_FULL = 400_000
"""Size past which a document takes no more words."""
_WORDS_ASKED = 8
NEWEST = 2_000
"""Matches that a list looks at, by number, newest first."""


async def index(number: int, *, title: str, body: str, scope: Iterable[str], notes: str = "") -> None:
    """The whole document anew."""
    parts = (_text(title), _text(body), _text(notes), " ".join(sorted(scope)))
    await fetch(
        dialect(
            sqlite="INSERT OR REPLACE INTO ticket_search (rowid, title, body, notes, scope) "
            "VALUES ({}, {}, {}, {}, {})",
            postgres="INSERT INTO ticket_search (ticket, document) VALUES ({}, "
            "setweight(to_tsvector('simple', {}), 'A') || setweight(to_tsvector('simple', {}), 'B') || "
            "setweight(to_tsvector('simple', {}), 'C') || to_tsvector('simple', {})) "
            "ON CONFLICT (ticket) DO UPDATE SET document = excluded.document",
        ),
        number,
        *parts,
    )


async def add_words(number: int, text: str, *, internal: bool) -> None:
    """What was said since."""
    column, weight = ("notes", "C") if internal else ("body", "B")
    await fetch(
        dialect(
            sqlite=f"UPDATE ticket_search SET {column} = {column} || ' ' || {{}} "
            f"WHERE rowid = {{}} AND length({column}) < {_FULL}",
            postgres="UPDATE ticket_search SET document = document || "
            f"setweight(to_tsvector('simple', {{}}), '{weight}') WHERE ticket = {{}} "
            f"AND pg_column_size(document) < {_FULL}",
        ),
        _text(text),
        number,
    )


async def add_scope(number: int, *marks: str) -> None:
    """Who may see it since."""
    await fetch(
        dialect(
            sqlite="UPDATE ticket_search SET scope = scope || ' ' || {} WHERE rowid = {}",
            postgres="UPDATE ticket_search SET document = document || to_tsvector('simple', {}) WHERE ticket = {}",
        ),
        " ".join(marks),
        number,
    )


async def rescope(number: int) -> None:
    """Who may see it now, after somebody no longer may."""
    await fetch(
        dialect(
            sqlite="UPDATE ticket_search SET scope = {} WHERE rowid = {}",
            postgres="UPDATE ticket_search SET document = ts_filter(document, ARRAY['a', 'b', 'c']::\"char\"[]) "
            "|| to_tsvector('simple', {}) WHERE ticket = {}",
        ),
        " ".join(await scope_of(number)),
        number,
    )


async def scope_of(number: int) -> list[str]:
    """Who may find the ticket by its words, as marks of the index."""
    ticket = (
        await fetch(
            "SELECT ticket.author, ticket.requester, ticket.assignee, ticket.organization, ticket.team, "
            "COALESCE(team.is_confidential, false) AS is_confidential FROM ticket "
            "LEFT JOIN team ON team.id = ticket.team WHERE ticket.id = {}",
            number,
        )
    )[0]
    copied = await fetch("SELECT person FROM participant WHERE ticket = {}", number)
    people = {ticket["author"], ticket["requester"], ticket["assignee"], *(row["person"] for row in copied)} - {None}
    marks = [f"p{person}" for person in sorted(people)]
    marks.append(f"t{ticket['team']}" if ticket["is_confidential"] else "desk")
    if ticket["organization"] is not None:
        marks.append(f"o{ticket['organization']}")
    return marks


async def names_of(number: int) -> str:
    """Whose ticket it is, which the desk finds it by: the requester's name and addresses, the organization and CNPJ."""
    rows = await fetch(
        "SELECT person.name, identity.value, organization.name AS organization, organization.cnpj FROM ticket "
        "JOIN person ON person.id = ticket.requester LEFT JOIN identity ON identity.person = person.id "
        "LEFT JOIN organization ON organization.id = ticket.organization WHERE ticket.id = {}",
        number,
    )
    return " ".join(sorted({str(value) for row in rows for value in row.values() if value}))


def matching(text: str, *, by: Actor, begun: bool = False) -> QueryString:
    """The newest tickets with every word, among what `by` may see; `begun`: the last word may go on.

    Whole words are looked up by skipping along their lists; a beginning has to gather the lists of many words.
    """
    words = list(dict.fromkeys(terms(text)))[:_WORDS_ASKED]
    if not words:
        return QueryString("SELECT 0 WHERE 1 = 0")
    return QueryString(
        dialect(
            sqlite=f"SELECT rowid FROM ticket_search WHERE ticket_search MATCH {{}} ORDER BY rowid DESC LIMIT {NEWEST}",
            postgres="SELECT match.ticket FROM ticket_search match WHERE match.document @@ "
            f"to_tsquery('simple', {{}}) ORDER BY match.ticket DESC LIMIT {NEWEST}",
        ),
        dialect(sqlite=_fts(words, by, begun=begun), postgres=_ts(words, by, begun=begun)),
    )


def marks_of(person: Actor) -> list[str]:
    """The scope marks that this person may look under."""
    marks = [f"p{person.id}", *(f"o{organization}" for organization in sorted(person.sees))]
    if person.is_agent:
        marks += ["desk", *(f"t{team}" for team in sorted(person.teams))]
    return marks


def _fts(words: list[str], by: Actor, *, begun: bool) -> str:
    columns = f"{{title body{' notes' if by.is_agent else ''}}}"
    asked = " AND ".join(f"{columns} : {word}" for word in words) + ("*" if begun else "")
    return f"({asked}) AND scope : ({' OR '.join(marks_of(by))})"


def _ts(words: list[str], by: Actor, *, begun: bool) -> str:
    weights = "ABC" if by.is_agent else "AB"
    last = f"{words[-1]}:{'*' if begun else ''}{weights}"
    marks = " | ".join(f"{mark}:D" for mark in marks_of(by))
    return " & ".join([*(f"{word}:{weights}" for word in words[:-1]), last, f"({marks})"])


def _text(text: str) -> str:
    return " ".join(terms(text)[:_WORDS_AT_ONCE])
