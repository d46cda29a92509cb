"""Full-text search in a list: the newest tickets with every word, the most relevant first."""

from collections.abc import Sequence
from dataclasses import dataclass

from web.database import fetch_column
from web.people.permissions import Actor
from web.sql import Condition, Fragment, all_of, any_of
from web.text import singular, sought
from web.tickets.life.states import Status
from web.tickets.pagination import LATEST_FIRST, PAGE, Listing, Order, Place, R
from web.tickets.record import search_index
from web.tickets.visibility import visible_to

MOST_FOUND = 200
"""If more tickets match, only the newest by number are ranked, counted and shown; the list says so."""
_MOST_WORDS = 8

Words = Sequence[Sequence[str]]
"""The search words, each with the forms that match it: itself, and words that it may be a piece of."""


@dataclass(frozen=True)
class Search:
    """Search words in a list."""

    text: str
    walks: Sequence[Condition]
    """The contents of the list: a ticket meets one of these conditions."""
    narrowed: Condition
    """The filters of the list."""
    by: Actor
    statuses: frozenset[Status] = frozenset()
    """The statuses that the index is restricted to; empty for all statuses."""
    title: str = ""
    """The words that the title must contain."""

    @property
    def words(self) -> Words:
        return sought(self.text)[:_MOST_WORDS]


def results(search: Search, *, order: Order, start: int, limit: int = PAGE + 1) -> Fragment:
    """Tables of a statement: `hits`, and the `page` of them (id, place) that begins at `start`.

    "Newest activity first" sorts by relevance and then by number; any other order is kept. Whole words are searched
    first; if they match no more than a page, beginnings of words count as well.
    """
    words, rank, way = search.words, "rank, " if order == LATEST_FIRST else "", order.way
    left = max(MOST_FOUND - int(start), 0)
    places = {"start": int(start), "page": PAGE, "limit": min(int(limit), left), "words": len(words)}
    return Fragment(
        _RESULTS.format(key=order.key, way=way, rank=rank, most=MOST_FOUND + 1, **places),
        (
            _matches(search, begun=False, way=way),
            _matches(search, begun=True, way=way),
            _missing_from_title(words, begun=False),
            _missing_from_title(words, begun=True),
        ),
    )


_RESULTS = """
whole (id, title, sorted) AS MATERIALIZED (SELECT match.id, match.title, {key} {{}}
    LIMIT {most}),
begun (id, title, sorted) AS MATERIALIZED (SELECT match.id, match.title, {key} {{}}
    LIMIT (SELECT CASE WHEN count(*) > {page} THEN 0 ELSE {most} END FROM whole)),
hits (id, rank, sorted) AS MATERIALIZED (SELECT id, {{}}, sorted FROM whole UNION ALL
    SELECT id, {words} + 1 + {{}}, sorted FROM begun WHERE id NOT IN (SELECT id FROM whole)),
page (id, place) AS MATERIALIZED (
    SELECT id, row_number() OVER (ORDER BY {rank}sorted {way}, id {way}) FROM hits
    ORDER BY 2 LIMIT {limit} OFFSET {start})
"""

HITS = Fragment("(SELECT count(*) FROM hits)")
"""How many tickets matched."""


def worth_asking(statuses: frozenset[Status]) -> frozenset[Status]:
    """The statuses to restrict the index to. Most tickets are closed, so excluding a few others would not help."""
    return frozenset() if Status.CLOSED in statuses else statuses


def start_of(after: Place | None) -> int:
    """The row of the results at which a page begins."""
    return after if isinstance(after, int) else 0


def listing(rows: list[R], *, start: int) -> Listing[R]:
    """Builds the page from these rows, one more than it shows if another page follows."""
    total = rows[0].total if rows else 0
    is_whole, goes_on = total <= MOST_FOUND, len(rows) > PAGE
    return Listing(
        rows=rows[:PAGE],
        total=total if is_whole else None,
        next=start + PAGE if goes_on else None,
        bound=MOST_FOUND,
        is_cut=not is_whole and not goes_on,
    )


async def sees_number(number: int, walks: Sequence[Condition], by: Actor) -> bool | None:
    """Whether other tickets of a list mention the number in their texts; None when no visible ticket has it."""
    others = Condition("ticket.id <> {}", (number,))
    found = await fetch_column(
        bool,
        "SELECT EXISTS (SELECT 1 {}) AS is_in_texts FROM ticket WHERE ticket.id = {} AND {}",
        _matches(Search(str(number), walks, others, by), begun=False),
        number,
        visible_to(by),
    )
    return bool(found[0]) if found else None


def _matches(search: Search, *, begun: bool, way: str = "DESC") -> Fragment:
    """The matching tickets by number, as the text after SELECT, so that a LIMIT ends the scan early."""
    if not search.words or not search.walks:
        return Fragment("FROM (SELECT 0 AS id, '' AS title) match CROSS JOIN ticket WHERE 1 = 0")
    return Fragment(
        f"FROM ({{}}) match CROSS JOIN ticket WHERE ticket.id = match.id AND {{}} ORDER BY match.id {way}",
        (
            search_index.matching(_fts(search, begun=begun), _tsquery(search, begun=begun)),
            any_of(search.walks) & search.narrowed & _titled(search),
        ),
    )


def _titled(search: Search) -> Condition:
    """The title contains the words that it must contain."""
    words = [[f"% {form}%" for form, _ in each] for each in _forms(sought(search.title), begun=True)]
    return all_of(any_of(Condition("match.title LIKE {}", (pattern,)) for pattern in each) for each in words)


def _fts(search: Search, *, begun: bool) -> str:
    """The query in the syntax of FTS5."""
    columns = "title body notes" if search.by.is_agent else "title body"
    forms = [[word + "*" * is_begun for word, is_begun in each] for each in _forms(search.words, begun=begun)]
    words = " AND ".join(f"({' OR '.join(each)})" for each in forms)
    scope = f"scope : ({' OR '.join(search_index.marks_of(search.by))})"
    statuses = f" AND status : ({' OR '.join(sorted(search.statuses))})" if search.statuses else ""
    return f"{{{columns}}} : ({words}) AND {scope}{statuses}"


def _tsquery(search: Search, *, begun: bool) -> str:
    """The query in the syntax of PostgreSQL, where a label on each word names its part of the document."""
    parts = ("", "/") if search.by.is_agent else ("",)
    forms = [
        [f"{part}{word}{':*' * is_begun}" for word, is_begun in each for part in parts]
        for each in _forms(search.words, begun=begun)
    ]
    words = " & ".join(f"({' | '.join(each)})" for each in forms)
    scope = " | ".join(f"@{mark}" for mark in search_index.marks_of(search.by))
    statuses = " | ".join(f"={status}" for status in sorted(search.statuses))
    return f"{words} & ({scope})" + (f" & ({statuses})" if statuses else "")


def _missing_from_title(words: Words, *, begun: bool) -> Fragment:
    """How many of the words are missing from the title."""
    forms = _forms(words, begun=begun)
    patterns = [[f"% {word}%" if is_begun else f"% {word} %" for word, is_begun in each] for each in forms]
    cases = [f"CASE WHEN {' OR '.join('title LIKE {}' for _ in each)} THEN 0 ELSE 1 END" for each in patterns]
    return Fragment(" + ".join(cases) or "0", tuple(pattern for each in patterns for pattern in each))


def _forms(words: Words, *, begun: bool) -> list[list[tuple[str, bool]]]:
    """The forms that match each word, and whether as a prefix. A single letter is a prefix only as the last word."""
    return [
        [
            *((singular(form), False) for form in each),
            *((form, True) for form in each if begun and (len(form) > 1 or each == words[-1])),
        ]
        for each in words
    ]
