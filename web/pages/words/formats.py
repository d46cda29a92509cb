"""Times, durations, numbers and names as people in Brazil write them."""

import functools
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from web.business_time.durations import Duration
from web.tickets.pagination import COUNTED

ZONE = ZoneInfo("America/Sao_Paulo")

UNITS = {
    "business_hours": ("hora útil", "horas úteis"),
    "business_days": ("dia útil", "dias úteis"),
    "calendar_hours": ("hora corrida", "horas corridas"),
    "calendar_days": ("dia corrido", "dias corridos"),
}

DAYS = ("seg.", "ter.", "qua.", "qui.", "sex.", "sáb.", "dom.")


@functools.lru_cache(maxsize=10_000)
def local(instant: datetime) -> datetime:
    return instant.astimezone(ZONE)


def clock_time(instant: datetime) -> str:
    """14h, 9h05."""
    here = local(instant)
    return f"{here.hour}h{here.minute:02}" if here.minute else f"{here.hour}h"


@functools.lru_cache(maxsize=10_000)
def day(instant: datetime | date) -> str:
    """26/11."""
    here = local(instant) if isinstance(instant, datetime) else instant
    return f"{here.day:02}/{here.month:02}"


def dated(instant: datetime) -> str:
    """26/11/2026."""
    return f"{day(instant)}/{local(instant).year}"


@functools.lru_cache(maxsize=10_000)
def moment(instant: datetime) -> str:
    """qui., 26/11, 14h."""
    here = local(instant)
    return f"{DAYS[here.weekday()]}, {day(here.date())}, {clock_time(instant)}"


@functools.lru_cache(maxsize=10_000)
def exactly(instant: datetime) -> str:
    """26/11/2026 14:00:05, for tooltips and for print."""
    here = local(instant)
    return f"{here.day:02}/{here.month:02}/{here.year} {here.hour:02}:{here.minute:02}:{here.second:02}"


def duration(of: Duration) -> str:
    """72 horas úteis."""
    one, many = UNITS[of.unit]
    return f"{of.amount} {one if of.amount == 1 else many}"


def span(length: timedelta | int) -> str:
    """45 min, 6h20, 27h."""
    seconds = int(length.total_seconds()) if isinstance(length, timedelta) else length
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}h{minutes:02}" if hours and minutes else f"{hours}h" if hours else f"{minutes} min"


def ago(instant: datetime, now: datetime) -> str:
    """agora, há 5 min, há 2 h, ontem, 19/11, 19/11/2025."""
    passed = now - instant
    if passed < _MINUTE:
        return "agora"
    if passed < _HOUR:
        return f"há {passed.seconds // 60} min"
    return _before(instant, _today(now)) or f"há {passed.seconds // 3600} h"


_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)


@functools.lru_cache(maxsize=10_000)
def _before(instant: datetime, today: date) -> str:
    """The day, if it is not today; otherwise empty."""
    here = local(instant)
    days = today.toordinal() - here.toordinal()
    if days < 2:
        return "ontem" if days else ""
    return f"{here.day:02}/{here.month:02}" + ("" if here.year == today.year else f"/{here.year}")


@functools.lru_cache(maxsize=8)
def _today(now: datetime) -> date:
    """The date of `now`, cached for all rows of a page."""
    return local(now).date()


def lasting(seconds: int) -> str:
    """Rounded: 45 min, 5 h 20 min, 31 h."""
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest and hours < 10 else f"{hours} h"


def counted(number: int) -> str:
    """99.772."""
    return f"{number:,}".replace(",", ".")


def bounded(count: int | None, bound: int = COUNTED) -> str:
    """A count, with a plus sign past the bound."""
    return f"{bound}+" if count is None or count > bound else str(count)


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
