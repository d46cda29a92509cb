"""Choices of the desk's forms and filters, and of the column beside its lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_as
from web.people.accounts import TOLD_APART
from web.people.agents.absence_rules import Absence
from web.people.permissions import Actor
from web.sorting import by_name
from web.sql import values
from web.tickets.lists.desk_views import DeskFilter
from web.tickets.record.tables import MOVES_OF_CANNED, usable_by
from web.tickets.visibility import visible_to

VISITED = 10


@dataclass(frozen=True)
class Choice:
    """A choice of a list on the page. The columns depend on its kind."""

    kind: str
    id: int
    name: str
    of: int
    """The category of a topic, the tier of a team, or the stand-in during an absence.

    For a canned reply, 1 if it has no text for the requester: a note, or moves alone.
    """
    place: int
    """For a saved view, 0 if it is one's own and 1 if it is a team's. For a list look, 1 if its rows are roomy."""
    more: str
    """A canned reply's actions, a saved view's query, a list look's columns, or an absence's end."""
    folder: str
    """The folder of a canned reply, or the beginning of an absence."""


Folders = dict[str, list[tuple[int, str]]]


def folders(choices: Iterable[Choice]) -> Folders:
    """The canned replies by folder; those without a folder come first."""
    found: Folders = {}
    for each in choices:
        if each.kind == "canned":
            found.setdefault(each.folder, []).append((each.id, each.name))
    return found


def away(choices: Iterable[Choice], at: datetime) -> list[Absence]:
    """The absences that are under way."""
    found = (
        Absence(each.id, datetime.fromisoformat(each.folder), datetime.fromisoformat(each.more), each.of, each.name)
        for each in choices
        if each.kind == "absence"
    )
    return [each for each in found if each.is_on(at)]


async def form_choices(by: Actor) -> list[Choice]:
    """Categories with their topics, teams, agents and their absences, and the canned replies that `by` may use."""
    return _in_order(await fetch_as(Choice, _COMMON, usable_by(by)))


async def filter_choices(by: Actor, chosen: DeskFilter | None = None) -> list[Choice]:
    """The form's choices, and what else the filter has chosen, saved views, and recently visited tickets."""
    chosen = chosen or DeskFilter()
    found = await fetch_as(
        Choice,
        f"{_COMMON} {_OF_LISTS}",
        usable_by(by),
        *(chosen.category or 0, chosen.topic or 0, chosen.team or 0, chosen.assignee or 0),
        *(chosen.organization or 0, chosen.requester or 0, chosen.requester or 0),
        *(by.id, by.id, values(sorted(by.teams))),
        *(by.id, by.id, visible_to(by)),
    )
    return _in_order(found)


def _in_order(choices: Iterable[Choice]) -> list[Choice]:
    return sorted(choices, key=lambda each: (each.kind, each.place, by_name(each.folder), by_name(each.name), each.id))


_ATTENDS = "role IN ('agent', 'lead', 'admin') AND is_active AND NOT is_robot"

_COMMON = f"""
SELECT 'category' AS kind, id, name, 0 AS of, position AS place, '' AS more, '' AS folder FROM category WHERE is_active
UNION ALL SELECT 'topic', id, name, category, position, '', '' FROM topic WHERE is_active
UNION ALL SELECT 'team', id, name, tier, 0, '', '' FROM team WHERE is_active
UNION ALL SELECT 'agent', id, {TOLD_APART}, 0, 0, '', '' FROM person WHERE {_ATTENDS}
UNION ALL SELECT 'absence', absence.person, {TOLD_APART}, absence.stand_in, 0, CAST(absence.ends_at AS text),
    CAST(absence.begins_at AS text) FROM absence JOIN person ON person.id = absence.stand_in AND person.is_active
UNION ALL SELECT 'canned', id, name, CASE WHEN is_note OR trim(body) = '' THEN 1 ELSE 0 END, 0,
    {MOVES_OF_CANNED}, folder FROM canned WHERE {{}}
"""

_OF_LISTS = f"""
UNION ALL SELECT 'past_category', id, name, 0, position, '', '' FROM category WHERE id = {{}} AND NOT is_active
UNION ALL SELECT 'past_topic', id, name, category, position, '', '' FROM topic WHERE id = {{}} AND NOT is_active
UNION ALL SELECT 'past_team', id, name, tier, 0, '', '' FROM team WHERE id = {{}} AND NOT is_active
UNION ALL SELECT 'past_agent', id, {TOLD_APART}, 0, 0, '', '' FROM person WHERE id = {{}} AND NOT ({_ATTENDS})
UNION ALL SELECT 'organization', id, name, 0, 0, '', '' FROM organization WHERE id = {{}}
    OR id IN (SELECT organization FROM membership WHERE person = {{}} AND confirmed_at IS NOT NULL)
UNION ALL SELECT 'requester', id, {TOLD_APART}, 0, 0, '', '' FROM person WHERE id = {{}}
UNION ALL SELECT 'view', id, name, 0, CASE WHEN person = {{}} THEN 0 ELSE 1 END, query, '' FROM saved_view
    WHERE (person = {{}} OR team IN ({{}}))
UNION ALL SELECT 'look', id, list, 0, CASE WHEN is_roomy THEN 1 ELSE 0 END, columns, '' FROM list_look
    WHERE person = {{}}
UNION ALL SELECT 'visited', ticket.id, ticket.title, 0, place, '', '' FROM (
    SELECT visit.ticket, row_number() OVER (ORDER BY visit.at DESC) AS place FROM visit WHERE person = {{}}
    ORDER BY visit.at DESC LIMIT {VISITED}) seen
    JOIN ticket ON ticket.id = seen.ticket WHERE {{}}
"""
"""What the filter has chosen and nobody can choose any more has the kind `past_category`, and so on."""
