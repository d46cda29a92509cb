"""The workflow of a category: based on a preset, changed, previewed before saving, and reset."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.business_time import clocks
from web.business_time.durations import Duration, Unit
from web.clock import now
from web.errors import Invalid, refuse
from web.pages.settings.impact import Plan, save_or_preview
from web.pages.shell import edit_conflicts, render
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words.labels import WORKFLOWS
from web.pages.words.settings import workflow as words
from web.pages.words.settings.changes import differences
from web.settings import settings
from web.settings_log.recording import Kind
from web.text import one_line
from web.tickets.life.workflow_rules import WorkflowInput, input_of
from web.tickets.life.workflows import AfterSilence, MustSay, Rating, ReplyWhenResolved, Timers, preset
from web.tickets.settings import categories, workflows
from web.tickets.settings.categories import CategoryShown
from web.tickets.sla import settings_queries
from web.tickets.sla.timers import warning_of

PAGE = "/desk/settings/categories/{number}/workflow"
WORKFLOW = FormSpec(
    "workflow",
    PAGE,
    {
        **{f"label_{state}": label for state, label in words.STATES.items()},
        **{f"desk_{state}": label for state, label in words.DESK_STATES.items()},
        **{name: label for name, (label, _) in words.CHOICES.items()},
        **words.TIMERS,
    },
)


@get("/desk/settings/categories/{number:int}/workflow", name="workflow")
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    """Shows the workflow; `preset` or `version` in the address replace its values."""
    return await _page(request, number, await restored_form(request))


@post("/desk/settings/categories/{number:int}/workflow", name="edit_workflow", status_code=303, form=WORKFLOW)
async def update(request: PageRequest, number: FromPath[int]) -> Response[str]:
    found = await categories.category(number)
    return await save_or_preview(
        request, partial(_plan, found), show_form=partial(_page, request, number), then=PAGE.format(number=number)
    )


@post(
    "/desk/settings/categories/{number:int}/workflow/dates",
    name="workflow_dates",
    status_code=200,
    form=FormSpec("workflow", PAGE),
)
async def dates(request: PageRequest, number: FromPath[int]) -> Response[str]:
    """Shows the form again with an example date for each timer. Nothing is saved."""
    return await _page(request, number, await read_form(request), block="dates")


async def _plan(found: CategoryShown, form: Form) -> Plan:
    wanted = _workflow_input(form)
    before = workflows.told(await workflows.current(found))
    description = words.change_text(found.name, differences(before, workflows.told(wanted)))
    change = partial(workflows.save_workflow, wanted, of=found.id, seen=form.number("seen"))
    return Plan(change, description)


async def _page(
    request: PageRequest, number: int, form: Form, *, status: int = 200, block: str | None = None
) -> Response[str]:
    found = await categories.category(number)
    begun = await _begun(request, found)
    values = _typed(form) if form.values else _values(begun)
    context = {
        "category": found,
        "form": form if form.values else None,
        "values": values,
        "preset": form.text("preset") or begun.preset,
        "dates": await _dates(found, values, now()),
        "seen": await edit_conflicts.seen(Kind.WORKFLOW, number, form),
        "versions": await workflows.versions(number),
        "is_begun_anew": not form.values and ("preset" in request.query_params or "version" in request.query_params),
        "states": words.STATES,
        "timers": words.TIMERS,
        "timer_hints": words.TIMER_HINTS,
        "switches": words.SWITCHES,
        "choices": words.CHOICES,
        "after_silence": words.AFTER_SILENCE,
        "units": words.UNIT_CHOICES,
        "presets": WORKFLOWS,
        "beginnings": words.BEGINNINGS,
        "done": confirmations.TIME.get(request.query_params.get("done", ""), ""),
    }
    return render.page(request, "settings/workflow.html", context, block=block, status=status)


async def _begun(request: PageRequest, found: CategoryShown) -> WorkflowInput:
    """The initial values of the form."""
    asked = request.query_params
    if asked.get("preset") in WORKFLOWS:
        return input_of(preset(asked["preset"]), asked["preset"])
    number = whole_number(asked.get("version", ""), digits=9)
    return await workflows.version(number, of=found.id) if number else await workflows.current(found)


def _values(begun: WorkflowInput) -> dict[str, object]:
    """The values by field name."""
    timers = vars(begun.timers)
    lengths = {name: timers[name] for name in words.TIMERS}
    return {
        **{f"label_{state}": label for state, label in begun.labels.items()},
        **{f"desk_{state}": label for state, label in begun.desk_labels.items()},
        **{name: str(each.amount) if each else "" for name, each in lengths.items()},
        **{f"{name}_unit": str(each.unit) if each else "business_hours" for name, each in lengths.items()},
        "silence_then": str(begun.timers.silence_then),
        **begun.rules,
    }


def _typed(form: Form) -> dict[str, object]:
    names = _values(input_of(preset(settings().preset), settings().preset))
    return {name: form.is_checked(name) if name in words.SWITCHES else form.text(name) for name in names}


async def _dates(found: CategoryShown, values: Mapping[str, Any], at: datetime) -> dict[str, str]:
    """The date at which each timer would fire if it started now, on the category's calendar."""
    drawn = await settings_queries.calendars_by_id()
    teams = {each.id: each.calendar for each in await settings_queries.teams()}
    calendar = drawn[found.calendar or teams.get(found.team or 0, min(drawn))]
    lengths = {name: _length(values[name], values[f"{name}_unit"]) for name in words.TIMERS}
    counted = {name: clocks.compute(at, each, calendar, now=at) for name, each in lengths.items() if each}
    due = {name: each.due for name, each in counted.items()}
    silence, warning = counted.get("silence"), lengths["silence_warning"]
    due["silence_warning"] = warning_of(silence, warning, calendar) if silence and warning else None
    return {name: words.date_text(due.get(name)) for name in words.TIMERS}


def _length(amount: str, unit: str) -> Duration | None:
    """Returns None for other text and for a timer that is off."""
    try:
        return _duration(amount.strip(), unit)
    except Invalid:
        return None


def _workflow_input(form: Form) -> WorkflowInput:
    """The workflow in the form. Raises `Invalid` for wrong durations."""
    begun = form.text("preset") if form.text("preset") in WORKFLOWS else settings().preset
    then = form.text("silence_then")
    return WorkflowInput(
        preset=begun,
        labels={state: one_line(form.text(f"label_{state}")) for state in words.STATES},
        desk_labels={state: one_line(form.text(f"desk_{state}")) for state in words.STATES},
        timers=Timers(
            **_durations(form),
            silence_then=AfterSilence(then) if then in words.AFTER_SILENCE else AfterSilence.RETURN,
        ),
        reply_when_resolved=_one_of(ReplyWhenResolved, form.text("reply_when_resolved")),
        rating=_one_of(Rating, form.text("rating")),
        solution_must_say=_one_of(MustSay, form.text("solution_must_say")),
        **{name: form.is_checked(name) for name in words.SWITCHES},
    )


def _durations(form: Form) -> dict[str, Duration | None]:
    wrong, found = {}, {}
    for name in words.TIMERS:
        try:
            found[name] = _duration(form.text(name).strip(), form.text(f"{name}_unit"))
        except Invalid as error:
            wrong[name] = error.code
    refuse(wrong)
    return found


def _duration(amount: str, unit: str) -> Duration | None:
    """Returns None for a timer that is off."""
    if not amount:
        return None
    number = whole_number(amount, digits=9)
    if number is None or unit not in words.UNIT_CHOICES:
        raise Invalid("duration", "not_a_duration")
    return Duration(number, Unit(unit))


def _one_of(kind: Any, text: str) -> Any:
    return kind(text) if text in kind._value2member_map_ else None
