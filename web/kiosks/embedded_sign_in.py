"""Signs in a person whom the embedding site vouches for, by a signed token (RFC 7519), for one visit."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from web import audit
from web.brand.brand import known
from web.database import within
from web.encryption import unseal
from web.errors import Invalid, Throttled
from web.kiosks import visits
from web.people import accounts, actors, throttle
from web.people.identifiers.addresses import is_address
from web.people.names import wrong_name
from web.people.permissions import Actor, Role
from web.people.throttle import Limit
from web.settings import settings
from web.text import one_line

ALGORITHM = "HS256"
"""The only accepted algorithm, whatever a token claims."""
LASTS = timedelta(minutes=5)
"""How long a token is valid after `iat`."""
AHEAD = timedelta(minutes=1)
"""How far the clock of the site may be ahead."""
LONGEST = 2_000
TRIES_FROM_ONE = Limit("vouching-network", tries=60, seconds=2)
ONCE = Limit("vouching", tries=1, seconds=86_400)
"""The time in which a token can be used once; longer than it is valid."""


@dataclass(frozen=True)
class Vouched:
    """The claims of a valid token: `sub`, an e-mail address, and `name`."""

    address: str
    name: str


async def enter(token: str, *, network: str, at: datetime) -> str:
    """Starts a visit of the person. Returns its token. Raises `Invalid` and `Throttled`."""
    await throttle.spend(TRIES_FROM_ONE, network, at=at)
    try:
        vouched = _read(token, at)
        await throttle.spend(ONCE, hashlib.sha256(token.encode()).hexdigest(), at=at)
    except Throttled as error:
        raise Invalid("site", "vouched_before") from error
    async with within():
        me = await _person(vouched, at=at)
        audit.note("vouched", person=me.id)
        return await visits.of_vouched(me.id, at=at)


def _read(token: str, at: datetime) -> Vouched:
    said = _claims(token)
    if said.get("aud") != settings().base_url:
        raise Invalid("site", "vouched_elsewhere")
    if not _is_fresh(said.get("iat"), said.get("exp"), at):
        raise Invalid("site", "vouched_too_old")
    address, name = accounts.normal(str(said.get("sub", ""))), one_line(str(said.get("name", "")))
    if not is_address(address) or accounts.is_the_desks(address):
        raise Invalid("site", "vouched_for_nobody")
    return Vouched(address, name)


def _is_fresh(signed: object, ends: object, at: datetime) -> bool:
    """Whether it was signed recently and has not expired."""
    if not isinstance(signed, int) or not -AHEAD <= at - _moment(signed, at) <= LASTS:
        return False
    return ends is None or (isinstance(ends, int) and _moment(ends, at) > at)


def _claims(token: str) -> dict[str, object]:
    """The claims of a token that was signed with our key. Raises `Invalid`."""
    from joserfc import jwt  # noqa: PLC0415 - few portals need it, and none before the first token
    from joserfc.errors import JoseError  # noqa: PLC0415
    from joserfc.jwk import OctKey  # noqa: PLC0415

    key = unseal(known().vouching_key) if known().vouching_key else None
    if key is None or len(token) > LONGEST:
        raise Invalid("site", "vouched_by_nobody")
    try:
        return dict(jwt.decode(token, OctKey.import_key(key), algorithms=[ALGORITHM]).claims)
    except (JoseError, ValueError) as error:
        raise Invalid("site", "vouched_by_nobody") from error


def _moment(seconds: int, at: datetime) -> datetime:
    """Parses `iat` or `exp`; an impossible value counts as long ago."""
    try:
        return datetime.fromtimestamp(seconds, at.tzinfo)
    except (OverflowError, OSError, ValueError):
        return datetime.min.replace(tzinfo=at.tzinfo)


async def _person(vouched: Vouched, *, at: datetime) -> Actor:
    """The person, created if the setting allows that; never an agent, for whom no site can vouch."""
    found = await accounts.find(vouched.address)
    if found is None and (not known().vouching_makes or await accounts.is_known(vouched.address)):
        raise Invalid("site", "vouched_unknown")
    if found is None and wrong_name(vouched.name, role=Role.REQUESTER):
        raise Invalid("site", "vouched_for_nobody")
    number = found.id if found else await accounts.find_or_create(vouched.address, at=at)
    if found is None:
        await accounts.name_newcomer(number, vouched.name)
    me = await actors.of_person(number)
    if me is None or me.role is not Role.REQUESTER:
        raise Invalid("site", "vouched_unknown")
    return me
