"""Paper invitations: a code that makes its holder a member with sight of their own tickets. It is valid once."""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from web import audit
from web.database import fetch_as, fetch_column, transaction
from web.errors import Invalid, NotFound
from web.people import tokens
from web.people.identifiers import cnpj
from web.people.onboarding import joining
from web.people.permissions import Actor
from web.people.tables import PaperInvitation
from web.settings import settings
from web.sql import literals
from web.text import plain_code

LASTS = timedelta(days=7)
MOST = 50
"""The most valid invitations of one organization."""

_CODE = re.compile(r"[A-Z2-7]{12}")
"""60 bits, without 0, 1, 8 and 9, which look like letters."""


@dataclass(frozen=True)
class Paper:
    """A valid invitation."""

    id: int
    organization: int
    organization_name: str
    salt: str
    ends_at: datetime

    @property
    def code(self) -> str:
        """The code as it is printed: ABCD-EFGH-IJKL."""
        code = _code(self.salt)
        return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def is_code(text: str) -> bool:
    """Whether it has the form of a code without hyphens."""
    return bool(_CODE.fullmatch(text))


def code_in(text: str) -> str:
    """The typed code without hyphens; empty for any other text."""
    return plain if is_code(plain := _plain(text)) else ""


def code_or_cnpj(text: str) -> str:
    """The normalized code or CNPJ of somebody who signs up; empty for no text. Raises `Invalid` for any other text."""
    plain = _plain(text)
    return plain if not plain or is_code(plain) else cnpj.parse(text)


async def make(organization: int, *, by: Actor, at: datetime, form_key: str | None = None) -> int:
    """Creates an invitation. Returns its id, which is the same if the form is sent twice.

    Raises `NotFound`, `Invalid`.
    """
    if not by.manages:
        raise NotFound("organization")
    if organization not in by.manages or organization not in by.organizations:
        raise Invalid("organization", "unknown")
    async with transaction():
        same = "SELECT id FROM paper_invitation WHERE form_key = {} AND made_by = {}"
        if form_key and (known := await fetch_column(int, same, form_key, by.id)):
            return known[0]
        if len(await live({organization}, at=at)) >= MOST:
            raise Invalid("organization", "too_many_papers")
        salt = secrets.token_hex(16)
        made = PaperInvitation(
            organization=organization,
            salt=salt,
            code_hash=tokens.hash_of(_code(salt)),
            form_key=form_key,
            made_by=by.id,
            made_at=at,
            ends_at=at + LASTS,
        )
        await made.save()
    audit.note("paper_invitation", person=by.id, organization=organization)
    return int(made.id)


async def live(organizations: set[int] | frozenset[int], *, at: datetime) -> list[Paper]:
    """The valid invitations of these organizations, by expiry."""
    if not organizations:
        return []
    of_them = f"i.organization IN ({literals(organizations)})"
    return await fetch_as(Paper, f"{_LIVE} AND {of_them} ORDER BY i.ends_at, i.id LIMIT 500", at)


async def one(number: int, *, by: Actor, at: datetime) -> Paper:
    """An invitation to print, for a manager of its organization. Raises `NotFound`."""
    found = [each for each in await live(by.manages, at=at) if each.id == number]
    if not found:
        raise NotFound("invitation")
    return found[0]


async def cancel(number: int, *, by: Actor, at: datetime) -> None:
    """Cancels an invitation. Raises `NotFound`."""
    found = await one(number, by=by, at=at)
    await PaperInvitation.update({PaperInvitation.ends_at: at}).where(PaperInvitation.id == number)
    audit.note("paper_cancelled", person=by.id, organization=found.organization)


async def by_code(text: str, *, at: datetime) -> Paper | None:
    """The valid invitation with this code."""
    found = await fetch_as(Paper, f"{_LIVE} AND i.code_hash = {{}}", at, tokens.hash_of(_plain(text)))
    return found[0] if found else None


async def accept(text: str, *, by: Actor, at: datetime) -> list[int]:
    """Joins the organization. Returns the membership; a member already does not use up the code.

    Raises `NotFound` for an invalid code.
    """
    found = await by_code(text, at=at)
    if found is None:
        raise NotFound("invitation")
    if found.organization in by.organizations:
        return []
    async with transaction():
        return await take(_plain(text), by.id, at=at)


async def take(code: str, person: int, *, at: datetime) -> list[int]:
    """Redeems a code. Returns the membership. Raises `Invalid` for an invalid code."""
    taken = await fetch_column(int, _TAKEN, person, at, tokens.hash_of(code), at)
    if not taken:
        raise Invalid("cnpj", "dead_invitation")
    audit.note("paper_taken", person=person, organization=taken[0])
    return await joining.admit(person, taken[0], even_removed=True, at=at)


_TAKEN = (
    "UPDATE paper_invitation SET taken_by = {}, taken_at = {} "
    "WHERE code_hash = {} AND taken_at IS NULL AND ends_at > {} "
    "AND EXISTS (SELECT 1 FROM organization o WHERE o.id = paper_invitation.organization AND o.is_active) "
    "RETURNING organization"
)


def _plain(text: str) -> str:
    return re.sub(r"[\s-]", "", plain_code(text)).upper()


def _code(salt: str) -> str:
    """The code, derived from our secret, so that a copy of the database does not reveal it."""
    made = hmac.new(settings().secret.encode(), f"paper:{salt}".encode(), hashlib.sha256).digest()
    return base64.b32encode(made).decode()[:12]


_LIVE = (
    "SELECT i.id, i.organization, o.name AS organization_name, i.salt, i.ends_at FROM paper_invitation i "
    "JOIN organization o ON o.id = i.organization AND o.is_active WHERE i.taken_at IS NULL AND i.ends_at > {}"
)
