"""Teams: members, calendar, and retirement."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.pages.settings.impact import Plan, save_or_preview
from web.pages.shell import edit_conflicts, render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import button, changed
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words.fields import labels
from web.pages.words.settings.desk import team_text
from web.settings_log.recording import Kind
from web.text import one_line
from web.tickets.settings import teams
from web.tickets.settings.teams import TeamInput
from web.tickets.sla import settings_queries

ADDRESS = "/desk/settings/teams"
PAGE = "/desk/settings/teams/{number}"
TEAM = FormSpec("team", fields=labels("name", "tier", "calendar", "members"), written=("name",))


@get(ADDRESS, name="teams")
async def index(request: PageRequest) -> Response[str]:
    return await _index(request, await restored_form(request))


@post(ADDRESS, name="new_team", status_code=303, form=TEAM)
async def create(request: PageRequest) -> Response[str]:
    return await save_or_preview(request, _plan, show_form=partial(_index, request), then=ADDRESS, at_once=True)


@get("/desk/settings/teams/{number:int}", name="team")
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await _page(request, number, await restored_form(request))


@post("/desk/settings/teams/{number:int}", name="edit_team", status_code=303, form=TEAM)
async def update(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await teams.team(number)
    return await save_or_preview(
        request,
        partial(_plan, number=number),
        show_form=partial(_page, request, number),
        then=f"{ADDRESS}/{number}",
        at_once=True,
    )


@post(
    "/desk/settings/teams/{number:int}/removal",
    name="team_removal",
    status_code=303,
    form=FormSpec("removal", PAGE, labels("team")),
)
async def remove(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await changed(
        request,
        lambda form: teams.retire(number, by=person_of(request), at=now()),
        show=partial(_page, request, number),
        then=f"{ADDRESS}?done=retired",
    )


restore = button(
    "/desk/settings/teams/{number:int}/restoration",
    "team_restoration",
    FormSpec("restoration", PAGE),
    teams.take_back,
    then=f"{ADDRESS}/{{number}}?done=restored",
)


@post(
    "/desk/settings/teams/{number:int}/tickets",
    name="team_tickets",
    status_code=303,
    form=FormSpec("tickets", PAGE, labels("to", of="retirement")),
)
async def move_tickets(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await changed(
        request,
        lambda form: teams.move_tickets(number, form.number("to"), by=person_of(request), at=now()),
        show=partial(_page, request, number),
        then=f"{ADDRESS}/{number}?done=moved",
    )


async def _plan(form: Form, number: int | None = None) -> Plan:
    wanted = TeamInput(
        name=one_line(form.text("name")),
        tier=form.number("tier"),
        is_confidential=form.is_checked("is_confidential"),
        calendar=form.number("calendar"),
        members=frozenset(form.numbers("members")),
    )
    change = partial(teams.save_team, wanted, number=number, seen=form.number("seen"))
    calendars = {each.id: each.name for each in await settings_queries.calendars()}
    return Plan(change, team_text(wanted, calendars.get(wanted.calendar or 0, "")))


async def _index(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    context = {"teams": await teams.teams(), **await _choices(request, form, None)}
    return render.page(request, "settings/teams.html", context, status=status)


async def _page(request: PageRequest, number: int, form: Form, *, status: int = 200) -> Response[str]:
    found = await teams.team(number)
    context = {
        "team": found,
        "is_mine_to_change": found.may_be_changed(person_of(request)),
        "seen": await edit_conflicts.seen(Kind.TEAM, number, form),
        "ties": await teams.ties(number),
        "others": [(each.id, each.name) for each in await teams.teams() if each.is_active and each.id != number],
        **await _choices(request, form, number),
    }
    return render.page(request, "settings/team.html", context, status=status)


async def _choices(request: PageRequest, form: Form, number: int | None) -> dict[str, object]:
    return {
        "form": form,
        "calendars": [(each.id, each.name) for each in await settings_queries.calendars()],
        "candidates": await teams.candidates(number),
        "done": confirmations.TEAMS.get(request.query_params.get("done", ""), ""),
    }
