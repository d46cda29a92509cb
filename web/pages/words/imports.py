"""Progress of imports of every kind, in words."""

from collections.abc import Iterable
from typing import TypeVar

from web.imports.progress import Import, State

STATES = {
    State.MATCHING: "colunas por conferir",
    State.CHECKING: "em conferência",
    State.CHECKED: "conferida, falta importar",
    State.IMPORTING: "em andamento",
    State.IMPORTED: "importada",
    State.FAILED: "parou",
}


S = TypeVar("S", bound=Import)


def with_states(imports: Iterable[S]) -> list[tuple[S, str]]:
    return [(each, STATES[State(each.state)]) for each in imports]
