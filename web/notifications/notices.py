"""The notices of a person about tickets that they may see, newest first, read and unread."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from web.database import execute, fetch_as, fetch_column
from web.people.permissions import Actor
from web.sql import ALWAYS, NEVER, Condition, any_of, values
from web.tickets.visibility import visible_to

PAGE = 25
KEPT = timedelta(days=365)
SWEPT_AT_ONCE = 1000


@dataclass(frozen=True)
class NoticeRow:
    """A notice as its page shows it: `actor` did it, by an event of this kind. One about a setting has no ticket."""

    id: int
    ticket: int | None
    title: str | None
    setting: int | None
    name: str
    occasion: str
    kind: str | None
    at: datetime
    read_at: datetime | None
    actor: str | None


async def page(by: Actor, *, before: int | None = None) -> tuple[list[NoticeRow], bool]:
    """The notices older than notice `before`, and whether more follow, without tickets that `by` may no longer see."""
    older = Condition("notice.id < {}", (before,)) if before is not None else ALWAYS
    rows = await fetch_as(NoticeRow, _PAGE, by.id, older, any_of(_settings(by)), visible_to(by))
    return rows[:PAGE], len(rows) > PAGE


def _settings(by: Actor) -> list[Condition]:
    """The notices about settings, and about people who ask to join, that concern the reader."""
    asked = Condition("notice.occasion = 'join_asked' AND notice.setting IN ({})", (values(sorted(by.manages)),))
    about = _SETTINGS if by.is_admin else _CALLS if by.is_agent else NEVER
    return [about, asked] if by.manages else [about]


_SETTINGS = Condition("notice.ticket IS NULL AND notice.occasion <> 'join_asked'")
_CALLS = Condition("notice.occasion = 'kiosk_called'")
_PAGE = f"""
SELECT notice.id, notice.ticket, ticket.title, notice.setting, notice.name, notice.occasion, event.kind,
       notice.at, notice.read_at, person.name AS actor
FROM notice LEFT JOIN ticket ON ticket.id = notice.ticket
LEFT JOIN event ON event.id = notice.event LEFT JOIN person ON person.id = event.actor
WHERE notice.person = {{}} AND {{}} AND ({{}} OR {{}}) ORDER BY notice.id DESC LIMIT {PAGE + 1}
"""


async def read_all(by: Actor, *, until: int, at: datetime) -> None:
    """Marks all notices up to `until` as read. Those that came since the page was shown stay unread."""
    await execute("UPDATE notice SET read_at = {} WHERE person = {} AND read_at IS NULL AND id <= {}", at, by.id, until)


async def read_of(ticket: int, *, by: Actor, at: datetime) -> Actor:
    """Marks the notices of a ticket as read that the person has open. Returns the person with the new unread count.

    It makes no statement if there are no unread notices.
    """
    if not by.unread:
        return by
    read = "UPDATE notice SET read_at = {} WHERE person = {} AND ticket = {} AND read_at IS NULL RETURNING id"
    return replace(by, unread=max(0, by.unread - len(await fetch_column(int, read, at, by.id, ticket))))


async def sweep(at: datetime) -> None:
    """Deletes notices that are more than a year old, a batch at a time."""
    oldest = "DELETE FROM notice WHERE id < (SELECT min(id) FROM notice) + {} AND at < {}"
    await execute(oldest, SWEPT_AT_ONCE, at - KEPT)
