"""Credentials for these tests: a password for Ana, a sign-in, a link."""

from tests.cast import NOW
from web.people import actors, one_time_links, sessions, sign_in
from web.people.one_time_links import Purpose

SECRET = "girafa azul dorme cedo"
OTHER = "tucano verde canta tarde"


async def enter(identifier: str, password: str, *, network: str = "10.0.0.1"):
    person = await sign_in.with_password(identifier, password, network=network, at=NOW)
    return person, await sessions.start(person, network=network, browser="Firefox", at=NOW)


async def link(purpose: Purpose, address: str, *, person: int | None = None, name: str = "", cnpj: str = "") -> str:
    return await one_time_links.make(purpose, address, person=person, name=name, cnpj=cnpj, at=NOW)


async def session_of(token: str) -> int:
    found = await actors.behind_session(token, NOW)
    assert found is not None
    return found[1]
