"""Deactivates and reactivates accounts."""

from datetime import datetime

from web import audit
from web.database import dialect, execute, fetch_column, within
from web.errors import Invalid, NotPermitted
from web.people import keys, sessions
from web.people.directory.changing import changing
from web.people.permissions import Actor
from web.people.tables import KnownBrowser, LinkRequest, OneTimeLink, Person


async def deactivate(person: int, *, by: Actor, at: datetime) -> None:
    """Deactivates an account, with its keys and links. Nobody can deactivate their own.

    Raises `NotFound`, `NotPermitted`, and `Invalid` for the last administrator.
    """
    async with within():
        await refuse_oneself(person, by)
        await refuse_last_admin(person)
        async with changing(person, by=by, at=at):
            await revoke_access(person)
            await keys.revoke_all(person, by=by, at=at)
    audit.note("deactivation", person=by.id, to=person)


async def revoke_access(person: int) -> None:
    """Ends all sessions, links and keys of the person. The caller has locked them."""
    await _set_active(person, is_active=False)
    await OneTimeLink.update({OneTimeLink.token_hash: None}).where(OneTimeLink.person == person)
    await LinkRequest.delete().where(LinkRequest.person == person)
    await sessions.end_all(person)
    await KnownBrowser.delete().where(KnownBrowser.person == person)
    await execute("DELETE FROM kiosk_visit WHERE person = {}", person)
    await execute("DELETE FROM follow_code WHERE person = {}", person)


async def reactivate(person: int, *, by: Actor, at: datetime) -> None:
    """Reactivates an account in the same role. Keys and links stay invalid."""
    async with changing(person, by=by, at=at):
        await _set_active(person, is_active=True)
    audit.note("reactivation", person=by.id, to=person)


async def _set_active(person: int, *, is_active: bool) -> None:
    await Person.update({Person.is_active: is_active}).where(Person.id == person)


async def refuse_oneself(person: int, by: Actor) -> None:
    if person == by.id:
        raise NotPermitted("person")


async def refuse_last_admin(person: int) -> None:
    """Raises `Invalid` for the last administrator.

    Such changes run one at a time, so that not both of two leave at once.
    """
    await execute("SELECT id FROM person WHERE id = 1" + dialect(sqlite="", postgres=" FOR NO KEY UPDATE"))
    admins = "SELECT id FROM person WHERE role = 'admin' AND is_active AND NOT is_robot ORDER BY id LIMIT 2"
    if await fetch_column(int, admins) == [person]:
        raise Invalid("role", "last_admin")
