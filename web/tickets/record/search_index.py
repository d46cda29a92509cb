"""The index that search reads: one document per ticket, on FTS5 or PostgreSQL.

A document has five parts: the words of the title, other words for whoever sees the ticket (what was said in public,
names of files and people), words for the desk alone (notes, addresses, CNPJ), the scope, and the status.

The scope holds one mark for each person, organization and team that may see the ticket, so that a search walks the
short list of what one may see and not the long one of a common word. It grants nothing: a list shows what its own
conditions let through. Marks of the people whose names are in the document tell what a new name changes.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from web.database import Row, dialect, execute, fetch, json_list
from web.people.permissions import Actor
from web.sql import Fragment
from web.text import terms
from web.tickets.life.states import Status

_MOST_TERMS = 5_000
"""Of one text; the rest of a longer one is not found by search."""
_FULL = 200_000
"""Characters past which a part takes no more words; PostgreSQL keeps no more than a megabyte of a document."""
_TSQUERY = re.compile("[0-9a-z@=/:*&|() ]+", re.ASCII)


@dataclass
class Document:
    """What search knows of a ticket."""

    number: int
    title: str = ""
    public: list[str] = field(default_factory=list)
    internal: list[str] = field(default_factory=list)
    scope: set[str] = field(default_factory=set)
    status: str = ""

    def row(self) -> tuple[int, str, str, str, str, str]:
        """Of the table, by `COLUMNS`; whole words of a title stand between spaces."""
        title, scope = f" {_words([self.title])} ", " ".join(sorted(self.scope))
        return self.number, title, _words(self.public), _words(self.internal), scope, self.status


_GROWING = ("body", "notes")
COLUMNS = ("rowid", "title", "body", "notes", "scope", "status")


async def index(number: int) -> None:
    """Makes the document anew, from what the ticket is now."""
    for document in await read(number, number):
        await write(document)


async def read(first: int, last: int) -> list[Document]:
    """The documents of the tickets with these numbers, as they should be."""
    texts = json_list(("text", "is_internal", "named", "reader"), _TEXTS)
    return [_document(row) for row in await fetch(f"SELECT {texts} AS texts, {_TICKETS}", first, last)]


async def write(document: Document) -> None:
    values = f"({', '.join(COLUMNS)}) VALUES ({', '.join('{}' for _ in COLUMNS)})"
    anew = ", ".join(f"{column} = excluded.{column}" for column in COLUMNS[1:])
    await fetch(
        dialect(
            sqlite=f"INSERT OR REPLACE INTO ticket_search {values}",
            postgres=f"INSERT INTO ticket_search {values} ON CONFLICT (rowid) DO UPDATE SET {anew}",
        ),
        *document.row(),
    )


async def remove(number: int) -> None:
    """Of a ticket that is no more."""
    await execute("DELETE FROM ticket_search WHERE rowid = {}", number)


async def add(
    number: int,
    *,
    public: Iterable[str] = (),
    internal: Iterable[str] = (),
    marks: Iterable[str] = (),
    status: Status | None = None,
) -> None:
    """Adds words, and marks of who may see the ticket or is named in it; the status is a new one where it is given."""
    more = [f"{part} = CASE WHEN length({part}) < {_FULL} THEN {part} || {{}} ELSE {part} END" for part in _GROWING]
    await fetch(
        f"UPDATE ticket_search SET {', '.join(more)}, scope = scope || {{}}, status = COALESCE({{}}, status) "
        "WHERE rowid = {}",
        f" {_words(public)}",
        f" {_words(internal)}",
        "".join(f" {mark}" for mark in marks),
        status,
        number,
    )


def matching(fts: str, tsquery: str) -> Fragment:
    """Number (`id`) and title of the documents that a query matches, written for FTS5 and for PostgreSQL.

    PostgreSQL reads the words in the text, to see how common they are: it looks rare ones up in its index, and for
    common ones reads the newest documents until enough have them. Raises `ValueError` for what is no query.
    """
    if not _TSQUERY.fullmatch(tsquery):
        raise ValueError(f"not a query of words: {tsquery!r}")
    found = "SELECT rowid AS id, title FROM ticket_search WHERE"
    postgres = Fragment(f"{found} document @@ CAST('{tsquery}' AS TSQUERY)")
    return dialect(sqlite=Fragment(f"{found} ticket_search MATCH {{}}", (fts,)), postgres=postgres)


def marks_of(person: Actor) -> list[str]:
    """The scope marks that this person may look under."""
    marks = [f"p{person.id}", *(f"o{organization}" for organization in sorted(person.sees | person.approves))]
    if person.is_agent:
        marks += ["desk", *(f"t{team}" for team in sorted(person.teams))]
    return marks


def _document(ticket: Row) -> Document:
    """What was never sent is its author's alone."""
    texts: list[Row] = json.loads(ticket["texts"])
    named = [name for name in ("requester", "primary_contact", "assignee") if ticket[name]]
    names = [*(ticket[f"{name}_name"] for name in named), ticket["organization_name"] or ""]
    document = Document(ticket["id"], ticket["title"], names, [ticket["cnpj"] or ""], status=ticket["status"])
    for each in texts:
        (document.internal if each["is_internal"] else document.public).append(each["text"])
    document.scope = {
        f"n{each}" for each in (*(ticket[name] for name in named), *(row["named"] for row in texts)) if each
    }
    document.scope |= {f"p{ticket['author']}"} | (_readers(ticket, texts) if ticket["is_sent"] else set())
    return document


def _readers(ticket: Row, texts: list[Row]) -> set[str]:
    people = {ticket["requester"], ticket["assignee"], *(each["reader"] for each in texts)} - {None}
    organization = {f"o{ticket['organization']}"} if ticket["organization"] else set()
    return (
        {f"p{each}" for each in people} | organization | {f"t{ticket['team']}" if ticket["is_confidential"] else "desk"}
    )


def _words(texts: Iterable[str]) -> str:
    """Each word once; what does not fit any more is left out."""
    words = dict.fromkeys(term for text in texts for term in terms(text)[:_MOST_TERMS])
    return " ".join(words)[:_FULL].rpartition(" ")[0] if sum(map(len, words)) > _FULL else " ".join(words)


_TICKETS = """ticket.id, ticket.title, ticket.status, ticket.submitted_at IS NOT NULL AS is_sent, ticket.author,
       ticket.requester, ticket.primary_contact, ticket.assignee, ticket.organization, ticket.team,
       requester.name AS requester_name, contact.name AS primary_contact_name, assignee.name AS assignee_name,
       organization.name AS organization_name, organization.cnpj,
       COALESCE(team.is_confidential, false) AS is_confidential
FROM ticket
JOIN person requester ON requester.id = ticket.requester
JOIN person contact ON contact.id = ticket.primary_contact
LEFT JOIN person assignee ON assignee.id = ticket.assignee
LEFT JOIN organization ON organization.id = ticket.organization
LEFT JOIN team ON team.id = ticket.team
WHERE ticket.id BETWEEN {} AND {} ORDER BY ticket.id
"""

_TEXTS = """
SELECT person.name || ' ' || message.body AS text, message.kind = 'note' AS is_internal, person.id AS named,
       CAST(NULL AS INTEGER) AS reader
FROM message JOIN person ON person.id = message.author WHERE message.ticket = ticket.id
UNION ALL
SELECT attachment.name, message.kind = 'note', NULL, NULL
FROM message JOIN attachment ON attachment.message = message.id WHERE message.ticket = ticket.id
UNION ALL
SELECT participant.address, false, NULL, participant.person FROM participant WHERE participant.ticket = ticket.id
UNION ALL
SELECT identity.value, true, NULL, NULL FROM identity WHERE identity.person = ticket.requester
"""
"""What is said, after the name of who says it; files; people in copy; the requester's addresses."""
