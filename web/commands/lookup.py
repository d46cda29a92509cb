"""Names in commands, and the calendars and teams that they name."""

from collections.abc import Mapping


async def calendar(name: str | None, now: int | None) -> int | None:
    from web.tickets.sla import settings_queries

    return _chosen("calendar", name, now, {each.name: each.id for each in await settings_queries.calendars()})


async def team(name: str | None, now: int | None) -> int | None:
    from web.tickets.settings import teams

    return _chosen("team", name, now, {each.name: each.id for each in await teams.teams() if each.is_active})


def given(typed: str | None, now: str) -> str:
    """The typed name, even an empty one, which is refused; the present one if the option is omitted."""
    return now if typed is None else typed


def _chosen(noun: str, name: str | None, now: int | None, known: Mapping[str, int]) -> int | None:
    """The id of the setting with this name; None for an empty name; the present one if the option is omitted."""
    from web.errors import NotFound

    if name and name not in known:
        raise NotFound(noun)
    return now if name is None else known.get(name)
