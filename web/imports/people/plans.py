"""Plans the changes that some lines ask for. Writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from web.imports.people.lines import Line, Reason, Rights
from web.imports.people.lookup import ImportedMembership, ImportedPerson, Known
from web.people.identifiers import adding, phones
from web.people.permissions import Role, Sees
from web.settings_log.recording import Values

CREATED, CHANGED, SAME, REFUSED, ORGANIZATION = "created", "changed", "same", "refused", "organization"


@dataclass(frozen=True)
class Outcome:
    """The result of a line, with reasons or remarks."""

    line: Line
    outcome: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Joined:
    """A membership that was created, confirmed or changed."""

    somebody: ImportedPerson
    cnpj: str
    before: ImportedMembership | None
    after: ImportedMembership


@dataclass
class Plan:
    """Everything to write, in the order of the file."""

    outcomes: list[Outcome] = field(default_factory=list)
    people: list[ImportedPerson] = field(default_factory=list)
    touched: dict[int, tuple[ImportedPerson, Values]] = field(default_factory=dict)
    """Existing people by id, with their values for the log before the change."""
    identities: list[tuple[ImportedPerson, str]] = field(default_factory=list)
    phones: list[tuple[ImportedPerson, str]] = field(default_factory=list)
    joined: dict[tuple[int, str], Joined] = field(default_factory=dict)
    """Memberships by the person's identity in memory and the CNPJ."""

    @property
    def counts(self) -> dict[str, int]:
        told = [each.outcome for each in self.outcomes]
        return {each: told.count(each) for each in (CREATED, CHANGED, SAME, REFUSED)}


def plan(lines: Sequence[Line], known: Known, coming: set[str]) -> Plan:
    """Plans the lines. `coming` are the CNPJs of organizations that the same file creates."""
    made = Plan()
    for line in lines:
        made.outcomes.append(_outcome(line, known, coming, made))
    return made


def _outcome(line: Line, known: Known, coming: set[str], made: Plan) -> Outcome:
    if line.reasons:
        return Outcome(line, REFUSED, line.reasons)
    owners = {id(each): each for value in line.identifiers if (each := known.people.get(value))}
    somebody = next(iter(owners.values()), None)
    if reason := _refusal(line, list(owners.values()), known, coming):
        return Outcome(line, REFUSED, (reason,))
    remark = (("cnpj_mended", line.cnpj),) if line.is_mended else ()
    if not line.identifiers:
        return Outcome(line, ORGANIZATION, remark)
    if somebody is None:
        somebody = ImportedPerson(0, line.name)
        made.people.append(somebody)
        _complete(somebody, line, known, made)
        return Outcome(line, CHANGED if line.is_again else CREATED, remark)
    is_changed = not line.is_again and _rename(somebody, line.name, made)
    is_changed |= _complete(somebody, line, known, made)
    return Outcome(line, CHANGED if is_changed else SAME, remark)


def _refusal(line: Line, owners: Sequence[ImportedPerson], known: Known, coming: set[str]) -> Reason | None:
    if line.cnpj and line.cnpj not in known.organizations and line.cnpj not in coming:
        return "no_organization_name", line.cnpj
    organization = known.organizations.get(line.cnpj)
    if organization and not organization.is_active and not any(line.cnpj in each.memberships for each in owners):
        return "retired_organization", line.cnpj
    if len(owners) > 1:
        return "somebody_elses", line.identifiers[-1]
    for somebody in owners:
        if somebody.role != Role.REQUESTER:
            return "of_the_desk", ""
        if not somebody.is_active:
            return "inactive", ""
        if new := [each for each in line.identifiers if "@" in each and each not in somebody.identities]:
            return "new_address", new[0]
        if len(somebody.identities.union(line.identifiers)) > adding.MOST:
            return "too_many_addresses", ""
        if len(somebody.phones | {line.phone}) > phones.MOST:
            return "too_many_phones", ""
    return None


def _touch(somebody: ImportedPerson, made: Plan) -> None:
    if somebody.id:
        made.touched.setdefault(somebody.id, (somebody, somebody.told))


def _rename(somebody: ImportedPerson, name: str, made: Plan) -> bool:
    if somebody.name == name:
        return False
    _touch(somebody, made)
    somebody.name = name
    return True


def _complete(somebody: ImportedPerson, line: Line, known: Known, made: Plan) -> bool:
    """Adds what the line gives and the person lacks. Returns whether that changed anything."""
    new = [each for each in line.identifiers if each not in somebody.identities]
    is_new_phone = bool(line.phone) and line.phone not in somebody.phones
    if new or is_new_phone:
        _touch(somebody, made)
    made.identities += [(somebody, each) for each in new]
    somebody.identities.update(new)
    known.people.update(dict.fromkeys(new, somebody))
    if is_new_phone:
        made.phones.append((somebody, line.phone))
        somebody.phones.add(line.phone)
    return _join(somebody, line, made) or is_new_phone or bool(new)


_NO_RIGHTS = ImportedMembership(id=0, sees=Sees.OWN, approves=False, manages=False, is_confirmed=False)


def _join(somebody: ImportedPerson, line: Line, made: Plan) -> bool:
    if not line.cnpj:
        return False
    before = somebody.memberships.get(line.cnpj)
    after = _granted(before or _NO_RIGHTS, line.rights)
    if before == after:
        return False
    place = (id(somebody), line.cnpj)
    made.joined[place] = Joined(somebody, line.cnpj, before, after)
    somebody.memberships[line.cnpj] = after
    return True


def _granted(held: ImportedMembership, rights: Rights) -> ImportedMembership:
    said = {name: value for name, value in rights._asdict().items() if value is not None}
    return replace(held, **{**said, "is_confirmed": True})
