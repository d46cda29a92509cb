"""A first start: tables brought up to date, and the demonstration on an empty database."""

from web import database
from web.clock import now
from web.database import fetch
from web.demo import cast
from web.demo.sign_ins import PEOPLE, is_demonstration
from web.people import passwords
from web.schema import migration
from web.settings import settings


async def first_start() -> None:
    """Says at each start who can sign in and with which password: the one set, or a new one."""
    password = cast.password_for(settings().demo_password)
    async with database.opened():
        await migration.migrate()
        if not await fetch("SELECT 1 AS found FROM category LIMIT 1"):
            people = await cast.enrol(password, at=now())
            await cast.promise()
            await cast.play(people, at=now())
        elif await is_demonstration():
            await _set_password(password)
        else:
            return
    lines = [f"  {address:23} {who}" for address, who in PEOPLE.items()]
    print("Demonstração. Entre com um destes e-mails:", *lines, f"Senha de todos: {password}", sep="\n", flush=True)  # noqa: T201


async def _set_password(password: str) -> None:
    kept = await passwords.hashed(password)
    for address in PEOPLE:
        await fetch(
            "UPDATE person SET password = {} WHERE id = (SELECT person FROM identity WHERE value = {})", kept, address
        )
