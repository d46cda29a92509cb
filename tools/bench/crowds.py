"""People who are signed in, and chats that are open, for measuring open pages."""

import os
import subprocess
import sys

from tests.servers import ROOT

SESSIONS = """
import asyncio, sys
from web import clock, database
from web.people import sessions
async def begin():
    async with database.opened():
        order = "(name IN ('Ana Prado', 'Bia Nunes')) DESC, name, id"
        people = f"SELECT id FROM person WHERE is_active AND role <> 'system' ORDER BY {order}"
        ids = await database.fetch_column(int, people)
        for each in ids[: int(sys.argv[1])]:
            print(await sessions.start(each, network="", browser="", at=clock.now()))
asyncio.run(begin())
"""

CHATS = """
import asyncio, sys
from web import clock, database
from web.people import actors, sessions
from web.brand import place
from web.tickets.requests import chats
from web.tickets.settings.chats import choices, choose
async def begin():
    async with database.opened():
        await place.renew()
        [admin] = await database.fetch_column(int, "SELECT min(id) FROM person WHERE role = 'admin'")
        by, attended = await actors.of_person(admin), await choices()
        await choose(attended[0].id, seen=place.known().version, by=by, at=clock.now())
        people = "SELECT id FROM person WHERE is_active AND role = 'requester' ORDER BY name DESC, id"
        for each in (await database.fetch_column(int, people))[: int(sys.argv[1])]:
            made = await chats.say("Bom dia!", by=await actors.of_person(each), at=clock.now())
            print(await sessions.start(each, network="", browser="", at=clock.now()), made.ticket)
asyncio.run(begin())
"""


def ran(arguments: list[str], env: dict[str, str]) -> str:
    """What Python prints in an installation with these settings."""
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **env}, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    return done.stdout
