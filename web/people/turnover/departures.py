"""People who go: an account is shut, or a role or a team is taken away."""

from datetime import datetime

from web import audit
from web.database import execute, transaction
from web.people.permissions import Role


async def shut(person: int, *, at: datetime) -> None:
    """Nobody signs in as this person from here on, nor by a key or a link of theirs."""
    async with transaction():
        await execute("UPDATE person SET is_active = {} WHERE id = {}", False, person)
        await execute("UPDATE api_key SET revoked_at = {} WHERE person = {} AND revoked_at IS NULL", at, person)
        await execute("UPDATE one_time_link SET token_hash = NULL WHERE person = {}", person)
        await execute("DELETE FROM session WHERE person = {}", person)
        await execute("DELETE FROM known_browser WHERE person = {}", person)
    audit.note("deactivation", person=None, to=person)


async def leave_desk(person: int) -> None:
    """The person stays as a requester."""
    async with transaction():
        await execute("UPDATE person SET role = {} WHERE id = {}", Role.REQUESTER.value, person)
        await execute("DELETE FROM team_member WHERE person = {}", person)
    audit.note("role", person=None, to=person, role=Role.REQUESTER)


async def leave_team(person: int, team: int) -> None:
    await execute("DELETE FROM team_member WHERE person = {} AND team = {}", person, team)
    audit.note("team_left", person=None, to=person, team=team)
