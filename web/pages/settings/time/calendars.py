"""Calendars: opening hours, closures, and the teams that use each calendar."""

import json
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import NamedTuple

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.business_time.calendars import Calendar, zones
from web.clock import now
from web.pages.settings.impact import Plan, save_or_preview
from web.pages.settings.time import closures, inputs
from web.pages.shell import edit_conflicts, render
from web.pages.shell.form import Form
from web.pages.shell.form_handler import ShowForm
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words.fields import labels
from web.pages.words.formats import place, place_named
from web.pages.words.settings import time as words
from web.pages.words.settings.closures import shown_closure
from web.settings_log.recording import Kind
from web.tickets.sla import settings, settings_queries
from web.tickets.sla.settings_queries import CalendarSetting, TeamCalendar
from web.tickets.sla.settings_rules import CalendarInput, Week

ADDRESS = "/desk/settings/calendars"
PAGE = "/desk/settings/calendars/{number}"
HOURS = FormSpec("hours", fields=labels("name", "state", "zone", *words.WEEKDAYS), written=("name",))
MOST_DEPARTURES = 12
"""How many of the coming closures are shown."""


@get(ADDRESS, name="calendars")
async def index(request: PageRequest) -> Response[str]:
    return await _index(request, await restored_form(request))


@post(ADDRESS, name="new_calendar", status_code=303, form=HOURS)
async def create(request: PageRequest) -> Response[str]:
    return await save_or_preview(request, _hours, show_form=partial(_index, request), then=ADDRESS)


@get("/desk/settings/calendars/{number:int}", name="calendar")
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await _page(request, number, await restored_form(request))


@post("/desk/settings/calendars/{number:int}", name="edit_calendar", status_code=303, form=HOURS)
async def update(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await settings_queries.calendar(number)
    return await save_or_preview(
        request, partial(_hours, number=number), show_form=_show_form(request, number), then=f"{ADDRESS}/{number}"
    )


@post(
    "/desk/settings/calendars/{number:int}/teams",
    name="calendar_teams",
    status_code=303,
    form=FormSpec("teams", PAGE, labels("team", of="calendar")),
)
async def use(request: PageRequest, number: FromPath[int]) -> Response[str]:
    row = await settings_queries.calendar(number)

    async def plan(form: Form) -> Plan:
        team = form.number("team")
        named = next((each.name for each in await settings_queries.teams() if each.id == team), None)
        return Plan(partial(settings.use_calendar, number, team=team), words.calendar_use_text(named, row.name))

    return await save_or_preview(request, plan, show_form=_show_form(request, number), then=f"{ADDRESS}/{number}")


@post(
    "/desk/settings/calendars/{number:int}/organizations",
    name="calendar_readers",
    status_code=303,
    form=FormSpec("organizations", PAGE, labels("organization", of="included")),
)
async def read_by(request: PageRequest, number: FromPath[int]) -> Response[str]:
    row = await settings_queries.calendar(number)

    async def plan(form: Form) -> Plan:
        found = await closures.organization_of(form)
        change = partial(settings.read_by, number, organization=found.id)
        return Plan(change, words.calendar_readers_text(found.name, row))

    return await save_or_preview(request, plan, show_form=_show_form(request, number), then=f"{ADDRESS}/{number}")


@post(
    "/desk/settings/calendars/{number:int}/closures",
    name="calendar_closures",
    status_code=303,
    form=FormSpec("closures", PAGE, labels(*closures.FIELDS, of="closures"), ("name",)),
)
async def close(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await settings_queries.calendar(number)

    async def plan(form: Form) -> Plan:
        wanted = closures.closure_input(form)
        return Plan(
            partial(settings.close, wanted, calendar=number),
            words.closure_text(wanted),
            closures.dates_of(wanted, calendar=number),
        )

    return await save_or_preview(request, plan, show_form=_show_form(request, number), then=f"{ADDRESS}/{number}")


async def _hours(form: Form, number: int | None = None) -> Plan:
    name, zone, state = form.line("name"), form.text("zone"), form.text("state") or None
    wanted = CalendarInput(name, zone, inputs.week(form), state)
    change = partial(settings.save_calendar, wanted, number=number, seen=form.number("seen"))
    return Plan(change, words.calendar_text(wanted))


def _show_form(request: PageRequest, number: int) -> ShowForm:
    return partial(_page, request, number)


async def _index(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    teams = await settings_queries.teams()
    context = {
        "calendars": [_shown(row, teams) for row in await settings_queries.calendars()],
        "hours": dict.fromkeys(words.WEEKDAYS, ""),
        "calendar": {"name": "", "zone": next(iter(words.ZONES)), "state": None},
        **_choices(request, form),
    }
    return render.page(request, "settings/calendars.html", context, status=status)


async def _page(request: PageRequest, number: int, form: Form, *, status: int = 200) -> Response[str]:
    row = await settings_queries.calendar(number)
    teams = await settings_queries.teams()
    drawn = (await settings_queries.calendars_by_id())[number]
    context = {
        "calendar": row,
        "seen": await edit_conflicts.seen(Kind.CALENDAR, number, form.of("hours")),
        "hours": dict(zip(words.WEEKDAYS, map(words.hours_text, drawn.week), strict=True)),
        "ahead": list(islice(_departures(drawn), MOST_DEPARTURES)),
        "closures": [shown_closure(each) for each in await settings_queries.closures(number)],
        "teams": teams,
        "readers": await settings_queries.readers(number),
        "zone_place": place(drawn.zone),
        **_choices(request, form),
    }
    return render.page(request, "settings/calendar.html", context, status=status)


def _choices(request: PageRequest, form: Form) -> dict[str, object]:
    return {
        "form": form,
        "zones": words.ZONES,
        "other_zones": [name for name in sorted(zones() - set(words.ZONES)) if name.split("/")[0] in _CONTINENTS],
        "states": [(code, words.holidays_choice(name)) for code, name in words.STATES.items()],
        "weekdays": words.WEEKDAYS,
        "done": confirmations.TIME.get(request.query_params.get("done", ""), ""),
    }


_CONTINENTS = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia"),
    *("Atlantic", "Australia", "Europe", "Indian", "Pacific", "UTC"),
)


class ShownCalendar(NamedTuple):
    """A calendar of the table, in words."""

    id: int
    name: str
    zone: str
    hours: str
    holidays: str
    teams: list[str]


def _shown(row: CalendarSetting, teams: list[TeamCalendar]) -> ShownCalendar:
    return ShownCalendar(
        id=row.id,
        name=row.name,
        zone=place_named(row.zone),
        hours=words.week_text(_week(row.week)),
        holidays=words.holidays_text(row.state),
        teams=[each.name for each in teams if each.calendar == row.id],
    )


class Departure(NamedTuple):
    """Coming closures in words."""

    dates: str
    name: str
    open: str


def _departures(drawn: Calendar) -> Iterator[Departure]:
    for each in drawn.departures(drawn.local_date(now())):
        yield Departure(words.dates_text(each.first, each.last), each.name, words.open_text(each.hours))


def _week(text: str) -> Week:
    return tuple(tuple((opens, closes) for opens, closes in day) for day in json.loads(text))
