"""Compares two accounts: what each has, whether they may be merged, and what both have."""

from dataclasses import dataclass

from web.database import fetch_as
from web.errors import Invalid, NotFound
from web.people.directory.changing import NOBODYS
from web.people.permissions import Actor, Role
from web.sql import bounded_count, literals

COUNTED = 1000
"""Counts stop here."""


@dataclass(frozen=True)
class Account:
    """An account that may be merged; a count above `COUNTED` means more."""

    id: int
    name: str
    role: str
    is_robot: bool
    is_active: bool
    is_nobodys: bool
    """Whether the account was merged into another one, or the person was erased."""
    in_closed_team: bool
    """Whether the account is in a confidential team that the reader is not in."""
    has_password: bool
    identity: str | None
    identities: int
    phones: int
    memberships: int
    requested: int
    contact: int
    copies: int
    drafts: int
    remarks: int
    notices: int


@dataclass(frozen=True)
class SharedOrganization:
    """An organization that both accounts belong to."""

    name: str


@dataclass(frozen=True)
class Comparison:
    """Two accounts, in the order given."""

    accounts: tuple[Account, Account]
    shared: list[SharedOrganization]

    @property
    def have_passwords(self) -> bool:
        return all(each.has_password for each in self.accounts)


async def compare(one: int, other: int | None, *, by: Actor) -> Comparison:
    """Compares the accounts. Raises `NotFound` if `one` does not exist, `Invalid` if they may not be merged."""
    accounts = await _accounts([one, other or 0], by)
    if one not in accounts:
        raise NotFound("person")
    if other not in accounts:
        raise Invalid("account", "unknown_account")
    if refusal := why_not(accounts[one], accounts[other], by):
        raise Invalid("account", refusal)
    shared = await fetch_as(SharedOrganization, _SHARED, one, other)
    return Comparison((accounts[one], accounts[other]), shared)


async def candidates(one: int, found: list[int], *, by: Actor) -> list[Account]:
    """Those of the accounts found that may be merged with this one, in their order."""
    accounts = await _accounts([one, *found], by)
    if one not in accounts:
        raise NotFound("person")
    return [accounts[each] for each in found if each in accounts and not why_not(accounts[one], accounts[each], by)]


def why_not(one: Account, other: Account, by: Actor) -> str | None:
    """The code of why the accounts may not be merged."""
    both = (one, other)
    if one.id == other.id:
        return "same_account"
    if by.id in (one.id, other.id):
        return "own_account"
    if any(each.is_robot for each in both) or one.role != other.role:
        return "other_role"
    if any(each.is_nobodys for each in both):
        return "nobodys_account"
    if any(each.in_closed_team for each in both) or (one.role == Role.ADMIN and not by.is_admin):
        return "others_account"
    return None if any(each.is_active for each in both) else "both_inactive"


async def _accounts(numbers: list[int], by: Actor) -> dict[int, Account]:
    teams = literals(sorted(by.teams)) or "0"
    sought = f"{_ACCOUNTS.format(teams=teams)} AND p.id IN ({literals(numbers)})"
    return {each.id: each for each in await fetch_as(Account, sought)}


def _count(table: str, which: str) -> str:
    return bounded_count(f"{table} WHERE {which}", COUNTED)


_OF_THEM = ("identity", "phone", "membership", "participant", "kept_form", "remark", "notice")
_COUNTS = {each: _count(each, f"{each}.person = p.id") for each in _OF_THEM} | {
    "requested": _count("ticket", "ticket.requester = p.id"),
    "contact": _count("ticket", "ticket.primary_contact = p.id AND ticket.primary_contact <> ticket.requester"),
    "draft": _count("ticket", "ticket.author = p.id AND ticket.status = 'draft'"),
}
_ACCOUNTS = (
    "SELECT p.id, p.name, p.role, p.is_robot, p.is_active, "
    f"{NOBODYS} AS is_nobodys, "
    "EXISTS (SELECT 1 FROM team_member tm JOIN team t ON t.id = tm.team AND t.is_confidential "
    "WHERE tm.person = p.id AND t.id NOT IN ({teams})) AS in_closed_team, "
    "p.password IS NOT NULL AS has_password, "
    "(SELECT min(i.value) FROM identity i WHERE i.person = p.id) AS identity, "
    f"{_COUNTS['identity']} AS identities, {_COUNTS['phone']} AS phones, {_COUNTS['membership']} AS memberships, "
    f"{_COUNTS['requested']} AS requested, {_COUNTS['contact']} AS contact, {_COUNTS['participant']} AS copies, "
    f"{_COUNTS['draft']} + {_COUNTS['kept_form']} AS drafts, {_COUNTS['remark']} AS remarks, "
    f"{_COUNTS['notice']} AS notices FROM person p WHERE p.role <> 'system'"
)
_SHARED = (
    "SELECT o.name FROM membership one JOIN membership other ON other.organization = one.organization "
    "JOIN organization o ON o.id = one.organization WHERE one.person = {} AND other.person = {} "
    "ORDER BY o.sort_name, o.id"
)
