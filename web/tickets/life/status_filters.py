"""The choices of the status filter: the states that each contains, by its label and its slug."""

from collections.abc import Mapping
from dataclasses import dataclass

from web.text import fold


@dataclass(frozen=True)
class StatusFilter:
    """One choice of the status filter: its slug, its label, and its states."""

    slug: str
    label: str
    states: frozenset[str]
    is_mine: bool = False
    """Whether it shows only tickets that the reader requested."""


IN_WORK = StatusFilter(
    "com-a-equipe",
    "Com a equipe",
    frozenset(
        (
            "approval",
            "new",
            "unassigned",
            "open",
            "waiting_team",
            "waiting_until",
            "waiting_children",
            "waiting_case",
        )
    ),
)
"""The states in which it is not the requester's turn, under every preset."""


@dataclass(frozen=True)
class PresetList:
    """A list of the filter bar, as a preset file has it."""

    label: str
    states: list[str]
    is_mine: bool = False


def lists_by_label(labels: Mapping[str, str]) -> dict[str, PresetList]:
    """One list for each label, with all the states that share it."""
    lists: dict[str, PresetList] = {}
    for state, label in labels.items():
        lists.setdefault(_slug(label), PresetList(label, [])).states.append(state)
    return lists


def filters_of(lists: Mapping[str, PresetList]) -> tuple[StatusFilter, ...]:
    return tuple(StatusFilter(slug, each.label, frozenset(each.states), each.is_mine) for slug, each in lists.items())


def _slug(label: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in fold(label)).split())
