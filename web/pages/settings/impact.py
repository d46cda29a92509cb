"""Previews a change of the SLA settings: which tickets it affects and which deadlines would move."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NamedTuple

from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, Overtaken
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import ShowForm
from web.pages.shell.form_intake import read_form
from web.pages.shell.session import PageRequest
from web.pages.words.formats import bounded, exactly
from web.pages.words.settings.time import DEADLINES, LAPSES, dates_as_they_hold, deadline_text
from web.people.permissions import Actor
from web.tickets.sla import impact
from web.tickets.sla.deadlines import Deadlines
from web.tickets.sla.impact import Change, ChangedDates, DeadlineShift, Impact


class Plan(NamedTuple):
    """The change that a form asks for, and its description in a sentence.

    For a change of dates, the description goes on with the hours on them.
    """

    change: Change
    description: str
    about: ChangedDates | None = None


class DeadlineChange(NamedTuple):
    """A deadline of a ticket, before and after."""

    number: int
    title: str
    name: str
    old: str
    new: str
    stamp: str
    is_late: bool


async def save_or_preview(
    request: PageRequest,
    plan_of: Callable[[Form], Awaitable[Plan]],
    *,
    show_form: ShowForm,
    then: str,
    at_once: bool = False,
) -> Response[str]:
    """Handles the three buttons of a form: "Conferir antes", "Voltar e mudar" and "Salvar".

    `at_once` saves without a preview if no visible ticket is affected.
    """
    form, me = await read_form(request), person_of(request)
    if form.is_checked("edit"):
        return await show_form(form, status=200)
    try:
        plan = await plan_of(form)
        effect = await _effect(form, plan, me)
        if effect is None or (at_once and effect.touched == 0):
            await impact.apply_change(plan.change, by=me, at=now())
            return render.redirect(request, render.with_query(then, done="saved"))
    except Invalid as error:
        return await show_form(form.wrong(error), status=422)
    except Overtaken:
        form.is_overtaken = True
        return await show_form(form, status=409)
    return _check(request, form, plan, effect, then)


async def _effect(form: Form, plan: Plan, me: Actor) -> Impact | None:
    """The effect of the change; None if it was previewed already."""
    if form.is_checked("save"):
        return None
    return await impact.preview(plan.change, about=plan.about, by=me, at=now())


def _check(request: PageRequest, form: Form, plan: Plan, effect: Impact, then: str) -> Response[str]:
    changes = [each for shift in effect.shifts for each in _changes(shift, now())]
    context = {
        "description": plan.description + dates_as_they_hold(effect.dates),
        "action": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        "back": then,
        "touched": bounded(effect.touched),
        "examined": len(effect.shifts),
        "unchanged": sum(not shift.moved for shift in effect.shifts),
        "changes": changes,
        "typed": form.typed,
    }
    return render.page(request, "settings/check.html", context)


def _changes(shift: DeadlineShift, at: datetime) -> list[DeadlineChange]:
    return [_deadline(shift, name, at) for name in shift.moved]


def _deadline(shift: DeadlineShift, name: str, at: datetime) -> DeadlineChange:
    due: datetime | None = getattr(shift.new, name)
    return DeadlineChange(
        number=shift.number,
        title=shift.title,
        name=DEADLINES.get(name) or LAPSES[shift.new.lapses_to or shift.old.lapses_to or ""],
        old=_when(shift.old, name),
        new=_when(shift.new, name),
        stamp=exactly(due) if due else "",
        is_late=due is not None and due < at,
    )


def _when(values: Deadlines, name: str) -> str:
    return deadline_text(getattr(values, name), values.solve_left if name == "solve_due" else None)
