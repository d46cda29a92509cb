"""National and state holidays of Brazil as exceptions of a calendar; other closures are entered by the desk.

The dates come from the library `holidays`. Carnaval and Corpus Christi are not holidays by law, but hardly anybody
works. On Quarta-feira de Cinzas work begins at 14:00, and on the eves of Natal and Ano-Novo it ends then, following the
yearly ordinances of the federal government.
"""

import functools
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import util
from pathlib import Path
from typing import cast

import holidays

from web.business_time.calendars import DAY, DayRule, Interval
from web.errors import Invalid


def _country(name: str) -> type[holidays.HolidayBase]:
    """The class of one country. The library's own lookup loads every country, 9 MB in each process."""
    spec = util.spec_from_file_location(f"holidays_of_{name}", Path(holidays.__file__).parent / f"countries/{name}.py")
    assert spec
    assert spec.loader
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast("type[holidays.HolidayBase]", getattr(module, name.capitalize()))


_brazil = _country("brazil")

STATES = tuple(sorted(code for code in _brazil.subdivisions if len(code) == 2))

_AT_TWO = 14 * 3600
_HALF: dict[str, tuple[Interval, ...]] = {
    "Quarta-feira de Cinzas": ((_AT_TWO, DAY),),
    "Véspera de Natal": ((0, _AT_TWO),),
    "Véspera de Ano-Novo": ((0, _AT_TWO),),
}
_NOT_OURS = ("Dia do Servidor Público",)
"""Days off for civil servants only."""

Layers = Mapping[date, tuple[DayRule, ...]]


@functools.lru_cache(maxsize=200)
def of_year(year: int, state: str | None = None) -> Layers:
    """The holidays of a year. Raises `Invalid` for an unknown state."""
    if state is not None and state not in STATES:
        raise Invalid("state", "unknown_state")
    found = _brazil(subdiv=state, years=year, categories=("public", "optional"), language="pt_BR")
    return {day: (_rule(name),) for day, name in sorted(found.items()) if name not in _NOT_OURS}


class Exceptions(Mapping[date, tuple[DayRule, ...]]):
    """The exceptions of a calendar: its own, and a state's holidays, looked up when a year is first needed."""

    def __init__(self, state: str | None, own: Layers) -> None:
        of_year(2026, state)
        self._state, self._own = state, own

    def __getitem__(self, day: date) -> tuple[DayRule, ...]:
        return of_year(day.year, self._state).get(day, ()) + self._own.get(day, ())

    def __iter__(self) -> Iterator[date]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)


def _rule(name: str) -> DayRule:
    return DayRule(name, _HALF.get(name, ()))
