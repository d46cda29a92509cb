"""Team settings for leads: creation, change, retirement of teams without open tickets, and reactivation."""

from dataclasses import dataclass
from datetime import datetime

from web.database import execute, existing, fetch_as, fetch_column, within
from web.errors import Invalid, NotPermitted, refuse
from web.people.permissions import Actor, Role
from web.people.tables import Team, TeamMember
from web.settings_log.listing import refuse_overtaken
from web.settings_log.personal import Personal
from web.settings_log.recording import Kind, Values, record_change
from web.sorting import by_name
from web.sql import NEVER, Condition, bounded_count
from web.text import wrong_name
from web.tickets.actions import assignment
from web.tickets.pagination import COUNTED
from web.tickets.record import reindexing
from web.tickets.record.ticket import find_ticket
from web.tickets.sla import settings_queries
from web.tickets.visibility import visible_to

LONGEST_NAME = 100
TIERS = (1, 2)
MOVED_AT_ONCE = 100
MOST_NAMED = 20
"""The most organizations that are named on the page of the team that takes their tickets."""

_OPEN = "ticket.status IN ('approval', 'new', 'open', 'waiting')"


@dataclass(frozen=True)
class TeamInput:
    """A team as a lead enters it; without a calendar the first one applies."""

    name: str
    tier: int | None
    is_confidential: bool
    calendar: int | None
    members: frozenset[int]


@dataclass(frozen=True)
class TeamShown:
    """A team and the number of its members. `is_led` says whether a confidential one has a lead or admin."""

    id: int
    name: str
    tier: int
    is_confidential: bool
    is_active: bool
    calendar: int
    calendar_name: str
    members: int
    is_led: bool

    def may_be_changed(self, by: Actor) -> bool:
        """Whether `by` may change it: members with the role of a lead; an administrator, if no member may."""
        is_orphan = not self.is_led and by.role is Role.ADMIN
        return by.is_lead and (not self.is_confidential or self.id in by.teams or is_orphan)


@dataclass(frozen=True)
class Candidate:
    """An agent who can become a member."""

    id: int
    name: str
    is_member: bool


@dataclass(frozen=True)
class RetirementBlockers:
    """What prevents a team from being retired: open tickets (at most `COUNTED` + 1), and settings that name it."""

    tickets: int
    categories: list[str]
    canned: list[str]
    organizations: list[str]
    """At most `MOST_NAMED` names."""

    @property
    def code(self) -> str | None:
        if self.tickets:
            return "team_has_tickets"
        if self.categories:
            return "team_has_categories"
        return "team_has_canned" if self.canned else "team_has_organizations" if self.organizations else None


async def teams() -> list[TeamShown]:
    """All teams, active ones first."""
    found = await fetch_as(TeamShown, f"{_TEAMS} ORDER BY team.id")
    return sorted(found, key=lambda each: (not each.is_active, each.tier, by_name(each.name)))


async def team(number: int) -> TeamShown:
    """Returns the team. Raises `NotFound`."""
    return existing(await fetch_as(TeamShown, f"{_TEAMS} WHERE team.id = {{}}", number), "team")


async def candidates(number: int | None) -> list[Candidate]:
    """The active agents, and whether each is in this team."""
    return await fetch_as(
        Candidate,
        "SELECT person.id, person.name, member.id IS NOT NULL AS is_member FROM person "
        "LEFT JOIN team_member member ON member.person = person.id AND member.team = {} "
        "WHERE person.role IN ('agent', 'lead', 'admin') AND person.is_active ORDER BY person.sort_name, person.id",
        number or 0,
    )


async def ties(number: int) -> RetirementBlockers:
    counted = bounded_count(f"ticket WHERE team = {{}} AND {_OPEN}", COUNTED)
    served = f"SELECT name FROM organization WHERE team = {{}} ORDER BY sort_name LIMIT {MOST_NAMED}"
    found = await fetch_column(int, f"SELECT {counted} AS n", number)
    return RetirementBlockers(
        found[0],
        await fetch_column(str, _TIES, number, number),
        await fetch_column(str, "SELECT name FROM canned WHERE {} IN (team, readers) ORDER BY name", number),
        await fetch_column(str, served, number),
    )


_TIES = (
    "SELECT name FROM category WHERE is_active AND (team = {} OR EXISTS "
    "(SELECT 1 FROM topic WHERE topic.category = category.id AND topic.is_active AND topic.team = {})) "
    "ORDER BY position, name"
)


async def save_team(
    wanted: TeamInput, *, number: int | None = None, seen: int | None = None, by: Actor, at: datetime
) -> Condition:
    """Creates a team, or changes number `number`. It is a `Change` whose impact can be previewed.

    Raises `Overtaken` when the log of the team is newer than `seen`.
    """
    await settings_queries.lock()
    found = await _changeable(number, by=by) if number is not None else None
    if found:
        await refuse_overtaken(Kind.TEAM, found.id, seen)
    if number is None and await _is_there(wanted):
        return NEVER  # sent twice
    names = {each.id: each.name for each in await candidates(None)}
    refuse(await _wrong(wanted, number, names))
    before = await _told(found) if found else None
    kept = await _write(wanted, number)
    after = await team(kept)
    await record_change(Kind.TEAM, kept, wanted.name, before, await _told(after), by=by.id, at=at)
    if found and found.is_confidential != wanted.is_confidential:
        await reindexing.start()
    return Condition("ticket.team = {}", (kept,)) if found and found.calendar != after.calendar else NEVER


async def retire(number: int, *, by: Actor, at: datetime) -> None:
    """Retires a team, which its old tickets keep. Raises `Invalid` while something uses it."""
    await _set_active(number, is_active=False, by=by, at=at)


async def take_back(number: int, *, by: Actor, at: datetime) -> None:
    """Reactivates a retired team."""
    await _set_active(number, is_active=True, by=by, at=at)


async def move_tickets(number: int, to: int | None, *, by: Actor, at: datetime) -> int:
    """Moves open tickets to another team, a batch at a time. Returns how many are left."""
    await _changeable(number, by=by)
    if to is None or to == number:
        raise Invalid("to", "missing")
    some = f"SELECT id FROM ticket WHERE team = {{}} AND {_OPEN} AND {{}} ORDER BY id LIMIT {MOVED_AT_ONCE}"
    for each in await fetch_column(int, some, number, visible_to(by)):
        try:
            await assignment.assign(await find_ticket(each, by=by), team=to, person=None, by=by, at=at)
        except Invalid:
            raise Invalid("to", "unknown") from None
    return (await ties(number)).tickets


async def _set_active(number: int, *, is_active: bool, by: Actor, at: datetime) -> None:
    async with within():
        await settings_queries.lock()
        found = await _changeable(number, by=by)
        if not is_active:
            refuse({"team": (await ties(number)).code})
        await Team.update({Team.is_active: is_active}).where(Team.id == number)
        old, new = {"is_active": found.is_active}, {"is_active": is_active}
        await record_change(Kind.TEAM, number, found.name, old, new, by=by.id, at=at)


async def _changeable(number: int, *, by: Actor) -> TeamShown:
    found = await team(number)
    if not found.may_be_changed(by):
        raise NotPermitted("team")
    return found


async def _write(wanted: TeamInput, number: int | None) -> int:
    columns = (wanted.name, wanted.tier, wanted.is_confidential, wanted.calendar)
    if number is None:
        made = "INSERT INTO team (name, tier, is_confidential, calendar) VALUES ({}, {}, {}, {}) RETURNING id"
        number = (await fetch_column(int, made, *columns))[0]
    else:
        changed = "UPDATE team SET name = {}, tier = {}, is_confidential = {}, calendar = {} WHERE id = {}"
        await execute(changed, *columns, number)
    await TeamMember.delete().where(TeamMember.team == number)
    if wanted.members:
        await TeamMember.insert(*(TeamMember(team=number, person=person) for person in sorted(wanted.members)))
    return number


async def _is_there(wanted: TeamInput) -> bool:
    """Whether a team with exactly these values exists."""
    same = (wanted.tier, wanted.is_confidential, wanted.calendar, wanted.members)
    for each in await teams():
        if each.name == wanted.name:
            members = frozenset(one.id for one in await candidates(each.id) if one.is_member)
            return same == (each.tier, each.is_confidential, each.calendar, members)
    return False


async def _wrong(wanted: TeamInput, number: int | None, names: dict[int, str]) -> dict[str, str | None]:
    taken = await fetch_column(int, "SELECT id FROM team WHERE name = {} AND id <> {}", wanted.name, number or 0)
    known = {each.id for each in await settings_queries.calendars()}
    return {
        "name": wrong_name(wanted.name, longest=LONGEST_NAME) or ("in_use" if taken else None),
        "tier": None if wanted.tier in TIERS else "unknown",
        "calendar": None if wanted.calendar in known else "unknown",
        "members": None if wanted.members <= names.keys() else "unknown",
    }


async def _told(found: TeamShown) -> Values:
    return {
        "name": found.name,
        "tier": found.tier,
        "is_confidential": found.is_confidential,
        "calendar": found.calendar_name,
        "members": [Personal(each.name, each.id) for each in await candidates(found.id) if each.is_member],
    }


_TEAMS = f"""
SELECT team.id, team.name, team.tier, team.is_confidential, team.is_active, calendar.id AS calendar,
       calendar.name AS calendar_name,
       (SELECT count(*) FROM team_member WHERE team_member.team = team.id) AS members,
       EXISTS (SELECT 1 FROM team_member JOIN person ON person.id = team_member.person
               WHERE team_member.team = team.id AND person.is_active AND person.role IN ('lead', 'admin')) AS is_led
FROM team JOIN calendar ON calendar.id = COALESCE(team.calendar, {settings_queries.FIRST})
"""
