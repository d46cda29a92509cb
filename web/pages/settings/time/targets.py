"""SLA targets: the time to a first response and to a solution, by priority and category."""

from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import NamedTuple, TypeVar

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.business_time import clocks
from web.business_time.calendars import Calendar
from web.business_time.durations import Unit
from web.clock import now
from web.errors import Invalid, refuse
from web.pages.settings.impact import Plan, save_or_preview
from web.pages.settings.time import inputs
from web.pages.shell import edit_conflicts, render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words.fields import labels
from web.pages.words.formats import UNITS, duration
from web.pages.words.labels import PRIORITIES
from web.pages.words.settings import time as words
from web.settings_log.recording import Kind
from web.tickets.life.states import Priority
from web.tickets.lists.choices import form_choices
from web.tickets.settings.categories import categories as all_categories
from web.tickets.sla import settings, settings_queries
from web.tickets.sla.settings_queries import TargetSetting
from web.tickets.sla.settings_rules import TargetInput, wrong_promise
from web.tickets.sla.targets import Promise

E = TypeVar("E", bound=StrEnum)

ADDRESS = "/desk/settings/targets"
TARGET = FormSpec("target", fields=labels("promise", "calendar", "priority", "category", "amount", "unit", "warns_at"))


class ShownTarget(NamedTuple):
    """A target of the table, with its time and the due date of a ticket opened now in words."""

    target: TargetSetting
    duration: str
    due: str


@get(ADDRESS, name="targets")
async def index(request: PageRequest) -> Response[str]:
    return await _index(request, await restored_form(request))


@post(ADDRESS, name="new_target", status_code=303, form=TARGET)
async def create(request: PageRequest) -> Response[str]:
    return await save_or_preview(request, _plan, show_form=partial(_index, request), then=ADDRESS)


@get("/desk/settings/targets/{number:int}", name="target")
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await _page(request, number, await restored_form(request))


@post("/desk/settings/targets/{number:int}", name="edit_target", status_code=303, form=TARGET)
async def update(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await settings_queries.target(number)
    return await save_or_preview(
        request, partial(_plan, number=number), show_form=partial(_page, request, number), then=ADDRESS
    )


@post(
    "/desk/settings/targets/{number:int}/removal",
    name="target_removal",
    status_code=303,
    form=FormSpec("removal", "/desk/settings/targets/{number}"),
)
async def remove(request: PageRequest, number: FromPath[int]) -> Response[str]:
    found = await settings_queries.target(number)

    async def plan(form: Form) -> Plan:
        return Plan(partial(settings.withdraw, number), words.target_removal_text(found))

    return await save_or_preview(request, plan, show_form=partial(_page, request, number), then=ADDRESS)


async def _plan(form: Form, number: int | None = None) -> Plan:
    wanted = _target_input(form)
    refuse(wrong_promise(wanted))
    change = partial(settings.promise, wanted, number=number, seen=form.number("seen"))
    return Plan(change, await _sentence(wanted, now()))


def _target_input(form: Form) -> TargetInput:
    return TargetInput(
        promise=_one_of(Promise, form, "promise"),
        amount=inputs.whole(form, "amount"),
        unit=_one_of(Unit, form, "unit"),
        calendar=inputs.whole(form, "calendar"),
        priority=_one_of(Priority, form, "priority"),
        category=inputs.whole(form, "category"),
        pauses_for_team=form.is_checked("pauses_for_team"),
        warns_at=inputs.whole(form, "warns_at"),
    )


def _one_of(kind: type[E], form: Form, name: str) -> E | None:
    text = form.text(name)
    try:
        return kind(text) if text else None
    except ValueError:
        raise Invalid(name, "unknown") from None


async def _sentence(wanted: TargetInput, at: datetime) -> str:
    calendars = {each.id: each.name for each in await settings_queries.calendars()}
    if wanted.calendar not in calendars:
        return ""  # the change will refuse it
    categories: dict[int | None, str] = {each.id: each.name for each in await all_categories()}
    target = TargetSetting(
        id=0,
        **asdict(wanted),
        category_name=categories.get(wanted.category),
        calendar_name=calendars[wanted.calendar],
    )
    return words.target_change_text(target, _due(target, await settings_queries.calendars_by_id(), at))


def _due(target: TargetSetting, drawn: dict[int, Calendar], at: datetime) -> str:
    """The due date of a ticket opened now."""
    try:
        due = clocks.due(at, words.duration_of(target), drawn[target.calendar])
    except Invalid:
        due = None
    return words.due_text(due)


async def _index(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    drawn, at = await settings_queries.calendars_by_id(), now()
    targets = [
        ShownTarget(each, duration(words.duration_of(each)), _due(each, drawn, at))
        for each in await settings_queries.targets()
    ]
    context = {"targets": targets, "target": _NEW, **await _choices(request, form)}
    return render.page(request, "settings/targets.html", context, status=status)


async def _page(request: PageRequest, number: int, form: Form, *, status: int = 200) -> Response[str]:
    target = await settings_queries.target(number)
    due = _due(target, await settings_queries.calendars_by_id(), now())
    context = {
        "target": target,
        "seen": await edit_conflicts.seen(Kind.TARGET, number, form.of("target")),
        "description": words.target_text(target),
        "due": due,
        **await _choices(request, form),
    }
    return render.page(request, "settings/target.html", context, status=status)


_NEW = {
    "promise": "resolution",
    "priority": None,
    "category": None,
    "amount": None,
    "unit": "business_hours",
    "calendar": None,
    "pauses_for_team": False,
    "warns_at": 75,
}


async def _choices(request: PageRequest, form: Form) -> dict[str, object]:
    found = await form_choices(person_of(request))
    return {
        "form": form,
        "promises": words.PROMISES,
        "units": {code: many for code, (_, many) in UNITS.items()},
        "calendars": [(each.id, each.name) for each in await settings_queries.calendars()],
        "categories": [(each.id, each.name) for each in found if each.kind == "category"],
        "any_priority": list(PRIORITIES.items()),
        "done": confirmations.TIME.get(request.query_params.get("done", ""), ""),
    }
