"""The index that search reads: one document per ticket, on FTS5 or PostgreSQL.

A document has five parts: the words of the title, other words for everybody who sees the ticket (public messages,
names of files and people), words for the desk alone (notes, addresses, CNPJ), the scope, and the status.

The scope holds a mark for each person, organization and team that may see the ticket. A search then reads the short
list of tickets that one may see instead of the long list of a common word. The scope grants nothing: a list shows only
what its own conditions allow. It also marks the people named in the document, which a new name changes.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from web.database import columns_of, dialect, execute, fetch_as, json_list, read_json
from web.people.permissions import Actor
from web.sql import Fragment
from web.text import terms
from web.tickets.fields import catalog, kinds
from web.tickets.life.states import Status

_MOST_TERMS = 5_000
"""The most distinct words of one text that are indexed."""
_FULL = 200_000
"""The most characters of a part. PostgreSQL stores at most a megabyte a document."""
_TSQUERY = re.compile("[0-9a-z@=/:*&|() ]+", re.ASCII)


@dataclass
class Document:
    """The document of a ticket."""

    number: int
    title: str = ""
    public: list[str] = field(default_factory=list)
    internal: list[str] = field(default_factory=list)
    scope: set[str] = field(default_factory=set)
    status: str = ""

    def row(self) -> tuple[int, str, str, str, str, str]:
        """The row of the table, by `COLUMNS`. Spaces around the title let search match its whole words."""
        title, scope = f" {_words([self.title])} ", " ".join(sorted(self.scope))
        return self.number, title, _words(self.public), _words(self.internal), scope, self.status


_GROWING = ("body", "notes")
COLUMNS = ("rowid", "title", "body", "notes", "scope", "status")


async def index(number: int) -> None:
    """Rebuilds the document from the ticket as it is now."""
    for document in await read(number, number):
        await write(document)


async def read(first: int, last: int) -> list[Document]:
    """Builds the documents of the tickets with numbers from `first` to `last`."""
    texts = json_list(columns_of(_Text), _TEXTS + _IN_FIELDS * catalog.are_any())
    return [_document(row) for row in await fetch_as(_Source, f"SELECT {texts} AS texts, {_TICKETS}", first, last)]


async def write(document: Document) -> None:
    values = f"({', '.join(COLUMNS)}) VALUES ({', '.join('{}' for _ in COLUMNS)})"
    anew = ", ".join(f"{column} = excluded.{column}" for column in COLUMNS[1:])
    await execute(
        dialect(
            sqlite=f"INSERT OR REPLACE INTO ticket_search {values}",
            postgres=f"INSERT INTO ticket_search {values} ON CONFLICT (rowid) DO UPDATE SET {anew}",
        ),
        *document.row(),
    )


async def remove(number: int) -> None:
    """Removes the document of a deleted ticket."""
    await execute("DELETE FROM ticket_search WHERE rowid = {}", number)


def addition(
    number: int,
    *,
    public: Iterable[str] = (),
    internal: Iterable[str] = (),
    marks: Iterable[str] = (),
    status: Status | None = None,
) -> Fragment:
    """Adds words, and marks of people who may see the ticket or are named in it. Replaces the status if given."""
    more = [f"{part} = CASE WHEN length({part}) < {_FULL} THEN {part} || {{}} ELSE {part} END" for part in _GROWING]
    changed = f"{', '.join(more)}, scope = scope || {{}}, status = COALESCE({{}}, status)"
    added = (f" {_words(public)}", f" {_words(internal)}", "".join(f" {mark}" for mark in marks), status, number)
    return Fragment(f"UPDATE ticket_search SET {changed} WHERE rowid = {{}}", added)


def matching(fts: str, tsquery: str) -> Fragment:
    """Number (`id`) and title of the documents that match a query, given in the syntax of each database.

    PostgreSQL reads the words in the text, to see how common they are: it looks rare ones up in its index, and for
    common ones reads the newest documents until enough have them. Raises `ValueError` for what is no query.
    """
    if not _TSQUERY.fullmatch(tsquery):
        raise ValueError(f"not a query of words: {tsquery!r}")
    found = "SELECT rowid AS id, title FROM ticket_search WHERE"
    postgres = Fragment(f"{found} document @@ CAST('{tsquery}' AS TSQUERY)")
    return dialect(sqlite=Fragment(f"{found} ticket_search MATCH {{}}", (fts,)), postgres=postgres)


def marks_of(person: Actor) -> list[str]:
    """The scope marks that this person may search."""
    marks = [f"p{person.id}", *(f"o{organization}" for organization in sorted(person.sees | person.approves))]
    if person.is_agent:
        marks += ["desk", *(f"t{team}" for team in sorted(person.teams))]
    return marks


@dataclass(frozen=True)
class _Source:
    """The sources of a ticket's document. `texts` is JSON."""

    texts: str
    id: int
    title: str
    status: str
    is_sent: bool
    author: int
    requester: int
    primary_contact: int
    assignee: int | None
    organization: int | None
    team: int | None
    requester_name: str
    primary_contact_name: str
    assignee_name: str | None
    organization_name: str | None
    cnpj: str | None
    is_confidential: bool


@dataclass(frozen=True)
class _Text:
    """A text of a ticket. It may name a person, or let one read the ticket."""

    text: str
    is_internal: bool
    named: int | None
    reader: int | None
    kind: str | None
    """The kind of the field that holds it, or `intake` for the data of such an event in JSON."""

    @property
    def words(self) -> str:
        if self.kind == "intake":
            return " ".join(value for value in json.loads(self.text).values() if isinstance(value, str))
        return kinds.words(kinds.Kind(self.kind), self.text) if self.kind else self.text


def _document(ticket: _Source) -> Document:
    """Builds the document. A ticket that was never sent is found by its author only."""
    texts = read_json(_Text, ticket.texts)
    return Document(
        number=ticket.id,
        title=ticket.title,
        public=[*_names(ticket), *(each.words for each in texts if not each.is_internal)],
        internal=[ticket.cnpj or "", *(each.words for each in texts if each.is_internal)],
        scope={f"p{ticket.author}"} | _named(ticket, texts) | (_readers(ticket, texts) if ticket.is_sent else set()),
        status=ticket.status,
    )


def _names(ticket: _Source) -> list[str]:
    names = (ticket.requester_name, ticket.primary_contact_name, ticket.assignee_name, ticket.organization_name)
    return [name for name in names if name]


def _named(ticket: _Source, texts: list[_Text]) -> set[str]:
    people = (ticket.requester, ticket.primary_contact, ticket.assignee, *(each.named for each in texts))
    return {f"n{each}" for each in people if each}


def _readers(ticket: _Source, texts: list[_Text]) -> set[str]:
    people = (ticket.requester, ticket.assignee, *(each.reader for each in texts))
    groups = {f"t{ticket.team}" if ticket.is_confidential else "desk"}
    groups |= {f"o{ticket.organization}"} if ticket.organization else set()
    return groups | {f"p{each}" for each in people if each}


def _words(texts: Iterable[str]) -> str:
    """The distinct words of the texts. Words beyond the limit are left out."""
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
SELECT person.name || '. ' || message.body AS text, message.kind = 'note' AS is_internal, person.id AS named,
       CAST(NULL AS INTEGER) AS reader, CAST(NULL AS TEXT) AS kind
FROM message JOIN person ON person.id = message.author WHERE message.ticket = ticket.id
UNION ALL
SELECT attachment.name, message.kind = 'note', NULL, NULL, NULL
FROM message JOIN attachment ON attachment.message = message.id WHERE message.ticket = ticket.id
UNION ALL
SELECT participant.address, false, NULL, participant.person, NULL FROM participant WHERE participant.ticket = ticket.id
UNION ALL
SELECT identity.value, true, NULL, NULL, NULL FROM identity WHERE identity.person = ticket.requester
UNION ALL
SELECT event.data, true, NULL, NULL, event.kind FROM event WHERE event.ticket = ticket.id AND event.kind = 'intake'
"""
"""Messages with the names of their authors, names of files, people in copy, the requester's addresses, and what a
visitor left at a kiosk or in a frame."""

_IN_FIELDS = """
UNION ALL
SELECT field_value.value, NOT field.is_public, NULL, NULL, field.kind
FROM field_value JOIN field ON field.id = field_value.field WHERE field_value.ticket = ticket.id
"""
"""Values of custom fields. Those that only agents read are found by agents only."""
