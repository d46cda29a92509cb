"""Phones of people, several each, stored in E.164 and shown in Brazilian notation."""

import re
from dataclasses import dataclass
from datetime import datetime

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from web.database import execute, fetch_as
from web.errors import Invalid, NotFound
from web.people.directory.changing import changing
from web.people.permissions import Actor
from web.people.tables import Phone
from web.text import plain_code

HOME = "BR"
MOST = 10


@dataclass(frozen=True)
class PhoneShown:
    """A phone of a person; `number` is E.164."""

    id: int
    number: str


_ABROAD = re.compile(r"^\W*00(?=[1-9])")
"""0055, as it is dialled from another country."""
_AROUND = re.compile(r"[\s(,;/-]+[^\W\d_][^\d]*$")
"""Words behind the number: (11) 98765-4321 cel."""


def parse(text: str) -> str:
    """The number in E.164, in Brazil unless it begins with +. Raises `Invalid` for an impossible number."""
    try:
        number = phonenumbers.parse(_AROUND.sub("", _ABROAD.sub("+", plain_code(text))), HOME)
    except NumberParseException:
        raise Invalid("phone", "not_a_phone") from None
    if not phonenumbers.is_valid_number(number) or number.extension:
        raise Invalid("phone", "not_a_phone")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def shown(number: str) -> str:
    """The number in Brazilian notation: (11) 98765-4321; with the country code for another country."""
    parsed = phonenumbers.parse(number)
    is_ours = parsed.country_code == phonenumbers.country_code_for_region(HOME)
    form = PhoneNumberFormat.NATIONAL if is_ours else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)


async def phones(person: int) -> list[PhoneShown]:
    """The phones of a person in the order in which they were added."""
    return await fetch_as(PhoneShown, "SELECT id, number FROM phone WHERE person = {} ORDER BY id", person)


@dataclass(frozen=True)
class Caller:
    """A person with this number; `identifier` is one of their addresses or logins."""

    name: str
    identifier: str
    organization: str


async def callers(number: str) -> list[Caller]:
    """The people with this number (E.164) who can open tickets, by name."""
    return await fetch_as(Caller, _CALLERS, number)


_CALLERS = f"""
SELECT person.name, (SELECT min(identity.value) FROM identity WHERE identity.person = person.id) AS identifier,
       COALESCE((SELECT min(organization.name) FROM membership
                 JOIN organization ON organization.id = membership.organization
                 WHERE membership.person = person.id AND membership.confirmed_at IS NOT NULL), '') AS organization
FROM phone JOIN person ON person.id = phone.person AND person.is_active
WHERE phone.number = {{}} AND EXISTS (SELECT 1 FROM identity WHERE identity.person = person.id)
ORDER BY person.sort_name, person.id LIMIT {MOST}
"""


async def add(person: int, text: str, *, by: Actor, at: datetime) -> bool:
    """Adds a phone. Returns whether it is new to the person. Raises `Invalid`, `NotFound`, `NotPermitted`."""
    number = parse(text)
    async with changing(person, own=True, by=by, at=at):
        known = {each.number for each in await phones(person)}
        if number not in known and len(known) >= MOST:
            raise Invalid("phone", "too_many_phones")
        await execute("INSERT INTO phone (person, number) VALUES ({}, {}) ON CONFLICT DO NOTHING", person, number)
    return number not in known


async def remove(person: int, phone: int, *, by: Actor, at: datetime) -> None:
    """Removes a phone. Raises `NotFound` if the person does not have it, `NotPermitted`."""
    async with changing(person, own=True, by=by, at=at):
        own = (Phone.id == phone) & (Phone.person == person)
        if not await Phone.delete().where(own).returning(Phone.id):
            raise NotFound("phone")
