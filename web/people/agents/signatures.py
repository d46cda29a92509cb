"""Signatures of agents below replies by mail, in plain text."""

import re
from datetime import datetime

from web.database import fetch_column, transaction
from web.errors import NotPermitted, refuse
from web.people.permissions import Actor
from web.people.tables import Person
from web.settings_log.personal import Personal
from web.settings_log.recording import Kind, record_change
from web.text import too_long

LONGEST = 500


async def signature_of(person: int) -> str:
    return (await fetch_column(str, "SELECT signature FROM person WHERE id = {}", person))[0]


async def choose(text: str, *, by: Actor, at: datetime) -> None:
    """Raises `Invalid`, also for placeholders, which nothing would fill, and `NotPermitted` unless `by` is an agent."""
    if not by.is_agent:
        raise NotPermitted("signature")
    text = text.strip()
    has_places = re.search(r"\{[^{}]*\}", text)
    refuse({"signature": too_long(text, LONGEST) or ("no_places" if has_places else None)})
    async with transaction():
        before = await signature_of(by.id)
        await Person.update({Person.signature: text}).where(Person.id == by.id)
        old, new = ({"signature": Personal(each, by.id)} for each in (before, text))
        await record_change(Kind.PERSON, by.id, Personal(by.name, by.id), old, new, by=by.id, at=at)
