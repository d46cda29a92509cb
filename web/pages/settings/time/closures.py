"""Closures: exceptional dates of a calendar (a city's holiday) or of an organization (a school's recess)."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.errors import Invalid, refuse
from web.pages.settings.impact import Plan, save_or_preview
from web.pages.settings.time import inputs
from web.pages.shell import render
from web.pages.shell.form import Form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words.fields import labels
from web.pages.words.settings import time as words
from web.pages.words.settings.closures import days_of, shown_closure
from web.people import organizations
from web.people.organizations import OrganizationName
from web.tickets.sla import settings, settings_queries
from web.tickets.sla.impact import ChangedDates
from web.tickets.sla.settings_queries import ClosureSetting
from web.tickets.sla.settings_rules import ClosureInput, wrong_dates

RECESSES = "/desk/settings/recesses"
FIELDS = ("name", "hours", "first", "last")


@get(RECESSES, name="recesses")
async def index(request: PageRequest) -> Response[str]:
    return await _index(request, await restored_form(request))


@post(
    RECESSES,
    name="new_recess",
    status_code=303,
    form=FormSpec("recesses", RECESSES, labels("organization", *FIELDS, of="closures"), ("name",)),
)
async def create(request: PageRequest) -> Response[str]:
    return await save_or_preview(request, _recess, show_form=partial(_index, request), then=_here(request))


@get("/desk/settings/closures/{number:int}", name="closure")
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    """Redirects to the page that lists the closure among others."""
    return render.redirect(request, _home(await settings_queries.closure(number)))


@post(
    "/desk/settings/closures/{number:int}/removal",
    name="closure_removal",
    status_code=303,
    form=FormSpec("removal", "/desk/settings/closures/{number}"),
)
async def remove(request: PageRequest, number: FromPath[int]) -> Response[str]:
    found = await settings_queries.closure(number)
    home, dates = _home(found), days_of(found)

    async def plan(form: Form) -> Plan:
        about = ChangedDates(*dates, found.calendar, found.organization)
        description = words.closure_removal_text(found.name, words.dates_text(*dates))
        return Plan(partial(settings.reopen, number), description, about)

    async def back(form: Form, *, status: int) -> Response[str]:
        return render.redirect(request, home)

    return await save_or_preview(request, plan, show_form=back, then=home)


def _home(found: ClosureSetting) -> str:
    return f"/desk/settings/calendars/{found.calendar}" if found.calendar else RECESSES


def closure_input(form: Form) -> ClosureInput:
    """The closure typed in a form. Without a last day it is one day."""
    first, hours = form.day("first"), inputs.hours(form, "hours")
    return ClosureInput(
        name=form.line("name"),
        first=first,
        last=form.day("last") or first,
        hours=hours,
        opens=bool(hours) and not form.is_checked("narrows"),
    )


def dates_of(
    wanted: ClosureInput, *, calendar: int | None = None, organization: int | None = None
) -> ChangedDates | None:
    """The dates of a closure; None for dates that will be refused."""
    if not (wanted.first and wanted.last):
        return None
    return ChangedDates(wanted.first, wanted.last, calendar, organization)


async def _recess(form: Form) -> Plan:
    wanted = closure_input(form)
    try:
        found = await organization_of(form)
    except Invalid as error:
        refuse({**error.fields, **wrong_dates(wanted)})
        raise
    return Plan(
        partial(settings.close, wanted, organization=found.id),
        f"{found.name}: {words.closure_text(wanted)}",
        dates_of(wanted, organization=found.id),
    )


async def organization_of(form: Form) -> OrganizationName:
    """The organization by its CNPJ, with or without mask, or by its name."""
    typed = form.text("organization")
    if not typed:
        raise Invalid("organization", "missing")
    found = await organizations.find(typed)
    if found is None:
        raise Invalid("organization", "unknown_organization")
    return found


async def _index(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    """The closures of all organizations, or of the one in the address."""
    number = whole_number(request.query_params.get("organization", ""), digits=9)
    one = await organizations.organization(number) if number is not None else None
    context = {
        "organization": one,
        "at": _here(request),
        "recesses": [shown_closure(each) for each in await settings_queries.recesses(number)],
        "form": form,
        "done": confirmations.TIME.get(request.query_params.get("done", ""), ""),
    }
    return render.page(request, "settings/recesses.html", context, status=status)


def _here(request: PageRequest) -> str:
    """The address of the page for the organization in its address."""
    number = whole_number(request.query_params.get("organization", ""), digits=9)
    return RECESSES if number is None else f"{RECESSES}?organization={number}"
