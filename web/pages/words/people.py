"""Roles of people, and the kinds of people that a list can be narrowed to."""

from web.pages.words.labels import spoken

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
