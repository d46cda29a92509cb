"""Words of the SLA settings: hours, dates, targets, and the effect of a change."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from web.business_time.calendars import Interval, Run
from web.business_time.durations import Duration, Unit
from web.pages.words.formats import DAYS, duration, hour, length, moment, place_named
from web.pages.words.labels import PRIORITIES
from web.tickets.sla.settings_queries import CalendarSetting, TargetSetting
from web.tickets.sla.settings_rules import CalendarInput, ClosureInput, Week

PROMISES = {"first_response": "Primeira resposta", "resolution": "Solução"}

KEY_SCOPES = {"read": "Só ler", "write": "Ler e agir"}
"""What an API key allows."""

WEEKDAYS = {
    "monday": "Segunda-feira",
    "tuesday": "Terça-feira",
    "wednesday": "Quarta-feira",
    "thursday": "Quinta-feira",
    "friday": "Sexta-feira",
    "saturday": "Sábado",
    "sunday": "Domingo",
}

ZONES = {
    "America/Sao_Paulo": "Brasília, Goiás, Minas, Sudeste e Sul",
    "America/Bahia": "Bahia",
    "America/Maceio": "Alagoas e Sergipe",
    "America/Recife": "Pernambuco",
    "America/Fortaleza": "Ceará, Maranhão, Paraíba, Piauí e Rio Grande do Norte",
    "America/Belem": "Amapá e leste do Pará",
    "America/Santarem": "Oeste do Pará",
    "America/Araguaina": "Tocantins",
    "America/Campo_Grande": "Mato Grosso do Sul",
    "America/Cuiaba": "Mato Grosso",
    "America/Manaus": "Leste do Amazonas",
    "America/Porto_Velho": "Rondônia",
    "America/Boa_Vista": "Roraima",
    "America/Eirunepe": "Oeste do Amazonas",
    "America/Rio_Branco": "Acre",
    "America/Noronha": "Fernando de Noronha",
}
"""The time zones of Brazil, the most populated first."""

STATES = {
    "AC": "Acre",
    "AL": "Alagoas",
    "AP": "Amapá",
    "AM": "Amazonas",
    "BA": "Bahia",
    "CE": "Ceará",
    "DF": "Distrito Federal",
    "ES": "Espírito Santo",
    "GO": "Goiás",
    "MA": "Maranhão",
    "MT": "Mato Grosso",
    "MS": "Mato Grosso do Sul",
    "MG": "Minas Gerais",
    "PA": "Pará",
    "PB": "Paraíba",
    "PR": "Paraná",
    "PE": "Pernambuco",
    "PI": "Piauí",
    "RJ": "Rio de Janeiro",
    "RN": "Rio Grande do Norte",
    "RS": "Rio Grande do Sul",
    "RO": "Rondônia",
    "RR": "Roraima",
    "SC": "Santa Catarina",
    "SP": "São Paulo",
    "SE": "Sergipe",
    "TO": "Tocantins",
}

_TIME = r"(\d{1,2})(?:[h:.](\d{2})?)?(?: horas)?"
INTERVAL = re.compile(rf"{_TIME}\s*(?:-|–|a|às|até)\s*{_TIME}", re.IGNORECASE)
"""Hours as people type them: 09:00-12:00, 9h às 12h. The groups are hour and minute of both ends."""
BETWEEN_INTERVALS = re.compile(r"\bdas?\b|\be\b|[ ,;./|]|^(?:fechado|-+)$", re.IGNORECASE)
"""What stands beside them, or instead of them on a day that is closed."""


def zone_choices() -> list[tuple[str, str]]:
    """The zones by city and region, unless the city begins the region: Brasília, Bahia, Fernando de Noronha."""
    named = ((zone, place_named(zone), region) for zone, region in ZONES.items())
    return [(zone, region if region.startswith(city) else f"{city}: {region}") for zone, city, region in named]


def hours_text(intervals: tuple[Interval, ...]) -> str:
    """9h às 12h, 13h às 18h; as a form accepts it."""
    return ", ".join(f"{_time(opens)} às {_time(closes)}" for opens, closes in intervals)


def open_text(intervals: tuple[Interval, ...]) -> str:
    """Whether a date is open, and when."""
    return f"aberto {hours_text(intervals)}" if intervals else "fechado"


def rule_text(hours: tuple[Interval, ...], *, opens: bool) -> str:
    """The effect of a closure. Without `opens` it only shortens the hours of its dates."""
    return open_text(hours) if opens or not hours else f"no máximo {hours_text(hours)}"


def week_text(week: Week) -> str:
    """seg. a sex. 9h às 18h; consecutive days with the same hours as one."""
    runs: list[tuple[int, int]] = []
    for weekday, intervals in enumerate(week):
        if runs and week[runs[-1][1]] == intervals:
            runs[-1] = (runs[-1][0], weekday)
        else:
            runs.append((weekday, weekday))
    return "; ".join(f"{_days(*run)} {hours_text(week[run[0]])}" for run in runs if week[run[0]])


def dates_text(first: date, last: date) -> str:
    """25/12/2026, or 21/12/2026 a 31/01/2027."""
    days = [f"{each:%d/%m/%Y}" for each in dict.fromkeys((first, last))]
    return " a ".join(days)


def days_text(days: int) -> str:
    return f"{days} dias"


def holidays_text(state: str | None) -> str:
    """Which holidays a calendar follows."""
    return f"feriados nacionais e de {state}" if state else "feriados nacionais"


def holidays_choice(state: str) -> str:
    return f"{state}, além dos nacionais"


def calendar_text(calendar: CalendarInput) -> str:
    zone = f"fuso de {place_named(calendar.zone)}"
    return f"{calendar.name}: {week_text(calendar.week)}; {holidays_text(calendar.state)}; {zone}."


def calendar_use_text(team: str | None, calendar: str) -> str:
    return f"{team or 'A equipe'} passa a contar pelo calendário {calendar}."


def calendar_readers_text(organization: str, calendar: CalendarSetting) -> str:
    zone = place_named(calendar.zone)
    return f"{organization} passa a ler os horários no fuso de {zone}, do calendário {calendar.name}."


def closure_text(closure: ClosureInput) -> str:
    """The sentence that `dates_as_they_hold` completes."""
    return f"{closure.name}, "


def closure_removal_text(name: str, dates: str) -> str:
    """The sentence that `dates_as_they_hold` completes."""
    return f"Remover {name}, {dates}. Depois disso, "


def dates_as_they_hold(dates: Mapping[str, Sequence[Run]]) -> str:
    """23/11/2026 a 24/11/2026: fechado; 25/11/2026: aberto 9h às 18h. Calendars that differ are told apart."""
    texts = {name: "; ".join(map(_run_text, _by_hours(runs))) for name, runs in dates.items()}
    if len(set(texts.values())) > 1:
        return " ".join(f"{name}: {text}." for name, text in texts.items())
    return "".join(f"{text}." for text in set(texts.values()))


def _by_hours(runs: Sequence[Run]) -> Iterator[Run]:
    """The runs; consecutive ones with the same hours are joined."""
    for hours, alike in groupby(runs, key=lambda run: run.hours):
        parts = list(alike)
        yield Run(parts[0].first, parts[-1].last, (), hours)


def _run_text(run: Run) -> str:
    return f"{dates_text(run.first, run.last)}: {open_text(run.hours)}"


def target_text(target: TargetSetting) -> str:
    """Solução em 8 horas úteis, prioridade Alta, Cobrança, pelo calendário Horário comercial."""
    priority = f"prioridade {PRIORITIES[target.priority]}" if target.priority else "qualquer prioridade"
    about = f"{priority}, {target.category_name or 'qualquer categoria'}"
    promised = f"{PROMISES[target.promise]} em {duration(duration_of(target))}"
    return f"{promised}, {about}, pelo calendário {target.calendar_name}"


def duration_of(target: TargetSetting) -> Duration:
    return Duration(target.amount, Unit(target.unit))


def target_change_text(target: TargetSetting, due: str) -> str:
    return f"{target_text(target)}. Aberto agora, venceria {due}."


def target_removal_text(target: TargetSetting) -> str:
    return f"Remover: {target_text(target)}."


def due_text(due: datetime | None) -> str:
    """When a ticket opened now would be due."""
    return moment(due) if due else "nunca"


def deadline_text(due: datetime | None, seconds_left: int | None) -> str:
    """A deadline before or after a change. A paused one has time left instead of a due date."""
    if due:
        return moment(due)
    return "sem prazo" if seconds_left is None else f"pausado, faltam {length(-(-seconds_left // 60))}"


DEADLINES = {"answer_due": PROMISES["first_response"], "solve_due": PROMISES["resolution"]}

LAPSES = {"resolved": "Resolve sozinho", "closed": "Fecha sozinho", "open": "Volta sozinho"}
"""What happens to a ticket when its time is over, by the status that follows."""


def _time(second: int) -> str:
    return hour(second // 3600, second % 3600 // 60)


def _days(first: int, last: int) -> str:
    return DAYS[first] if first == last else f"{DAYS[first]} {'e' if last - first == 1 else 'a'} {DAYS[last]}"
