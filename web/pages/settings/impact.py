"""Every change of the settings of time is shown beforehand: which tickets it touches and which deadlines would move."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NamedTuple

from litestar.response.base import Response

from web.clock import now
from web.database import Row
from web.errors import Invalid
from web.pages.shell import forms, render
from web.pages.shell.forms import Form
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.pages.words.formats import bounded, exactly
from web.pages.words.settings import DEADLINES, LAPSES, deadline_text
from web.tickets.sla import impact
from web.tickets.sla.impact import Change, DeadlineShift, Impact


class Plan(NamedTuple):
    """What a form asks for, and that in a sentence."""

    change: Change
    description: str


class Moved(NamedTuple):
    """A deadline of a ticket, side by side."""

    number: int
    title: str
    name: str
    old: str
    new: str
    stamp: str
    is_late: bool


ChangeAgain = Callable[[Form, int], Awaitable[Response[str]]]
"""The page of the form, as it was typed, at a status."""


async def save_or_preview(
    request: PageRequest, plan_of: Callable[[Form], Awaitable[Plan]], *, again: ChangeAgain, then: str
) -> Response[str]:
    """ "Conferir antes", "Voltar e mudar" and "Salvar": one form, by its button."""
    form, me = await forms.read_form(request), person_of(request)
    if form.is_checked("edit"):
        return await again(form, 200)
    try:
        plan = await plan_of(form)
        if form.is_checked("save"):
            await impact.apply_change(plan.change, by=me, at=now())
            return render.redirect(request, render.with_query(then, done="saved"))
        effect = await impact.preview(plan.change, by=me, at=now())
    except Invalid as error:
        return await again(form.wrong(error), 422)
    return _check(request, form, plan, effect, then)


def _check(request: PageRequest, form: Form, plan: Plan, effect: Impact, then: str) -> Response[str]:
    moved = [each for shift in effect.shifts for each in _moved(shift, now())]
    context = {
        "description": plan.description,
        "back": then,
        "touched": bounded(effect.touched),
        "looked_at": len(effect.shifts),
        "still": sum(not shift.moved for shift in effect.shifts),
        "moved": moved,
        "typed": {name: values[0] for name, values in form.values.items() if not name.startswith("_")},
    }
    return render.page(request, "settings/check.html", context)


def _moved(shift: DeadlineShift, at: datetime) -> list[Moved]:
    return [_deadline(shift, name, at) for name in shift.moved]


def _deadline(shift: DeadlineShift, name: str, at: datetime) -> Moved:
    old, new = shift.old, vars(shift.new)
    due = new[name]
    return Moved(
        number=shift.number,
        title=shift.title,
        name=DEADLINES.get(name) or LAPSES[new["lapses_to"] or old["lapses_to"]],
        old=_when(old, name),
        new=_when(new, name),
        stamp=exactly(due) if due else "",
        is_late=due is not None and due < at,
    )


def _when(values: Row, name: str) -> str:
    return deadline_text(values[name], values["solve_left"] if name == "solve_due" else None)
