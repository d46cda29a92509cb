"""Times, durations, numbers and names in Brazilian notation."""

import contextlib
import functools
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from web.business_time.durations import Duration
from web.tickets.pagination import COUNTED

ZONE = ZoneInfo("America/Sao_Paulo")
"""The default zone. Times in any other zone name it."""

PLACES = {
    "America/Sao_Paulo": "Brasília",
    "America/Bahia": "Bahia",
    "America/Maceio": "Maceió",
    "America/Belem": "Belém",
    "America/Santarem": "Santarém",
    "America/Araguaina": "Araguaína",
    "America/Cuiaba": "Cuiabá",
    "America/Eirunepe": "Eirunepé",
    "America/Noronha": "Fernando de Noronha",
}
"""Cities of zones whose name spells them differently."""

_zone: ContextVar[ZoneInfo] = ContextVar("zone", default=ZONE)

UNITS = {
    "business_hours": ("hora útil", "horas úteis"),
    "business_days": ("dia útil", "dias úteis"),
    "calendar_hours": ("hora corrida", "horas corridas"),
    "calendar_days": ("dia corrido", "dias corridos"),
}

DAYS = ("seg.", "ter.", "qua.", "qui.", "sex.", "sáb.", "dom.")


@contextlib.contextmanager
def told_in(zone: ZoneInfo) -> Iterator[None]:
    """Shows times in this zone inside the block."""
    token = _zone.set(zone)
    try:
        yield
    finally:
        _zone.reset(token)


def zone_of(name: str | None) -> ZoneInfo:
    return ZoneInfo(name) if name else ZONE


def zone_told() -> ZoneInfo:
    return _zone.get()


def zone_note() -> str:
    """A note on the zone of a time to be typed, if it is not the default one."""
    return "" if _zone.get() is ZONE else f" No fuso de {place(_zone.get())}."


def place(zone: ZoneInfo) -> str:
    """Rio Branco, for America/Rio_Branco."""
    return place_named(zone.key)


def place_named(zone: str) -> str:
    """The city of a zone name that may be unknown."""
    return PLACES.get(zone) or zone.rpartition("/")[2].replace("_", " ")


def local(instant: datetime) -> datetime:
    return _local(instant, _zone.get())


@functools.lru_cache(maxsize=10_000)
def _local(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone)


def clock_time(instant: datetime) -> str:
    """14h, 9h05; 12h (Rio Branco)."""
    return _clock_time(instant, _zone.get())


@functools.lru_cache(maxsize=10_000)
def _clock_time(instant: datetime, zone: ZoneInfo) -> str:
    here = _local(instant, zone)
    return _named(hour(here.hour, here.minute), zone)


def hour(hours: int, minutes: int) -> str:
    """14h, 9h05."""
    return f"{hours}h{minutes:02}" if minutes else f"{hours}h"


def _named(text: str, zone: ZoneInfo) -> str:
    return text if zone is ZONE else f"{text} ({place(zone)})"


def day(instant: datetime | date) -> str:
    """26/11."""
    return _day(instant, _zone.get())


@functools.lru_cache(maxsize=10_000)
def _day(instant: datetime | date, zone: ZoneInfo) -> str:
    here = _local(instant, zone) if isinstance(instant, datetime) else instant
    return f"{here.day:02}/{here.month:02}"


def dated(instant: datetime) -> str:
    """26/11/2026."""
    return f"{day(instant)}/{local(instant).year}"


def moment(instant: datetime) -> str:
    """qui., 26/11, 14h."""
    return _moment(instant, _zone.get())


@functools.lru_cache(maxsize=10_000)
def _moment(instant: datetime, zone: ZoneInfo) -> str:
    weekday = DAYS[_local(instant, zone).weekday()]
    return f"{weekday}, {_day(instant, zone)}, {_clock_time(instant, zone)}"


def exactly(instant: datetime) -> str:
    """26/11/2026, 14h00min05s, for tooltips, print and logs."""
    return _exactly(instant, _zone.get())


@functools.lru_cache(maxsize=10_000)
def _exactly(instant: datetime, zone: ZoneInfo) -> str:
    here = _local(instant, zone)
    return _named(f"{here:%d/%m/%Y}, {here.hour}h{here:%Mmin%S}s", zone)


def stamp(instant: datetime) -> str:
    """26/11/2026 14:00:05, as spreadsheets read it."""
    return _named(f"{local(instant):%d/%m/%Y %H:%M:%S}", _zone.get())


@functools.lru_cache(maxsize=10_000)
def iso(instant: datetime) -> str:
    """2026-11-26T17:00Z, as the attribute `datetime` takes it."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def duration(of: Duration) -> str:
    """72 horas úteis."""
    one, many = UNITS[of.unit]
    return f"{of.amount} {one if of.amount == 1 else many}"


def length(minutes: int) -> str:
    """45 min, 6 h 20 min, 27 h; no number is parted from its unit."""
    hours, rest = divmod(minutes, 60)
    return " ".join(([f"{hours}\u00a0h"] if hours else []) + ([f"{rest}\u00a0min"] if rest or not hours else []))


def ago(instant: datetime, now: datetime) -> str:
    """agora, há 5 min, há 2 h, ontem, 19/11, 19/11/2025."""
    passed = now - instant
    if passed < _MINUTE:
        return "agora"
    if passed < _HOUR:
        return f"há {passed.seconds // 60}\u00a0min"
    zone = _zone.get()
    return _before(instant, _today(now, zone), zone) or f"há {passed.seconds // 3600}\u00a0h"


_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)


@functools.lru_cache(maxsize=10_000)
def _before(instant: datetime, today: date, zone: ZoneInfo) -> str:
    """The day, if it is not today; otherwise empty."""
    here = _local(instant, zone)
    days = today.toordinal() - here.toordinal()
    if days < 2:
        return "ontem" if days else ""
    return f"{here.day:02}/{here.month:02}" + ("" if here.year == today.year else f"/{here.year}")


@functools.lru_cache(maxsize=8)
def _today(now: datetime, zone: ZoneInfo) -> date:
    """The date of `now`, cached for all rows of a page."""
    return _local(now, zone).date()


def lasting(seconds: int) -> str:
    """Rounded: 45 min, 5 h 20 min, 31 h."""
    minutes = round(seconds / 60)
    return length(minutes if minutes < 10 * 60 else minutes // 60 * 60)


def counted(number: int) -> str:
    """99.772."""
    return f"{number:,}".replace(",", ".")


def bounded(count: int | None, bound: int = COUNTED) -> str:
    """A count, with a plus sign past the bound."""
    return f"{counted(bound)}+" if count is None or count > bound else counted(count)


def ranged(first: int, shown: int, count: str) -> str:
    """26 a 50 de 1.000+, the part of a list that a page shows."""
    last = first + shown - 1
    return f"{counted(first)} a {counted(last)} de {count}" if shown > 1 else f"{counted(first)} de {count}"


def share(part: int, whole: int) -> str:
    """82%, or a dash if the whole is zero."""
    return f"{round(100 * part / whole)}%" if whole else "–"


def mean(total: int, count: int) -> str:
    """4,3, or a dash if there is none."""
    return f"{total / count:.1f}".replace(".", ",") if count else "–"


def first_name(name: str) -> str:
    return name.split(" ", 1)[0]


def joined(words: list[str]) -> str:
    """Ana, Rui e Bia."""
    return " e ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
