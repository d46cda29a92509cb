"""Roles and kinds of people, and what two accounts of one person have."""

from collections.abc import Iterable

from web.pages.words.formats import bounded, dated
from web.pages.words.labels import spoken
from web.people.agents.absence_rules import Absence
from web.people.merging.comparing import Comparison
from web.people.permissions import Actor, Role, may_change

_ROLES = {"requester": "Solicitante", "agent": "{Agent}", "lead": "Líder", "admin": "Administrador"}

KINDS = {
    "requester": "Solicitantes",
    "desk": "Equipe de atendimento",
    "robot": "Robôs",
    "inactive": "Sem acesso",
}


def roles() -> dict[str, str]:
    """What each role is called."""
    return {code: spoken(name) for code, name in _ROLES.items()}


def away_text(absence: Absence) -> str:
    """Ausente de 01/12/2026 até 05/12/2026, substituto: Davi Rocha."""
    return f"Ausente de {dated(absence.begins_at)} até {_return_of(absence)}"


def assignees(agents: Iterable[tuple[int, str]], away: Iterable[Absence]) -> list[tuple[int, str]]:
    """Agents to choose from. An absent one says so, and their stand-in follows."""
    gone, found = {each.person: each for each in away}, []
    for number, name in agents:
        absence = gone.get(number)
        found.append((number, f"{name} (ausente até {_return_of(absence)})" if absence else name))
        found += [(absence.stand_in, f"{absence.stand_in_name}, no lugar de {name}")] if absence else []
    return found


def _return_of(absence: Absence) -> str:
    return f"{dated(absence.last_at)}, substituto: {absence.stand_in_name}"


def roles_given_by(person: Actor) -> dict[str, str]:
    """The roles that a person may give to a new person."""
    return {code: name for code, name in roles().items() if may_change(person, Role(code))}


def figures(compared: Comparison) -> list[tuple[str, str, str]]:
    """The figures of two accounts by name: only those that one of them has."""
    one, other = compared.accounts
    counts = ((words, getattr(one, name), getattr(other, name)) for name, words in _FIGURES.items())
    return [(words, bounded(mine), bounded(theirs)) for words, mine, theirs in counts if mine or theirs]


def told_apart(compared: Comparison) -> list[tuple[int, str]]:
    """The accounts that may remain, by number, with a second name if both names are the same."""
    return [
        (each.id, f"{each.name} ({each.identity or 'sem endereço'})") for each in compared.accounts if each.is_active
    ]


_FIGURES = {
    "requested": "Tickets como solicitante",
    "contact": "Tickets de outros como contato primário",
    "copies": "Tickets em cópia",
    "drafts": "Rascunhos e formulários guardados",
    "memberships": "Organizações",
    "identities": "E-mails e usuários",
    "phones": "Telefones",
    "notices": "Avisos",
    "remarks": "Anotações da equipe",
}


def called_from(phone: str) -> str:
    """The initial text of a contact from an unknown phone."""
    return f"Ligação de {phone}.\n\n"
