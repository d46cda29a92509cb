"""Categories and topics: their tree, what each category decides, and who may use it."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid
from web.pages.settings.impact import Plan, save_or_preview
from web.pages.settings.time.closures import organization_of
from web.pages.shell import edit_conflicts, render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import changed, moved_row, reordered, where
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words.fields import labels
from web.pages.words.labels import AUDIENCES, PRIORITIES, WORKFLOWS
from web.pages.words.settings.desk import category_text
from web.pages.words.settings.fields import ASKS, KINDS, state_text
from web.pages.words.settings.time import target_text
from web.pages.words.settings.workflow import BEGINNINGS, workflow_name
from web.settings_log.recording import Kind
from web.text import one_line
from web.tickets.life.states import Priority
from web.tickets.settings import categories, fields, teams, topics
from web.tickets.settings.categories import Audience, CategoryInput
from web.tickets.sla import settings_queries

ADDRESS = "/desk/settings/categories"
PAGE = "/desk/settings/categories/{number}"
CATEGORY = FormSpec(
    "category",
    fields=labels("name", "workflow", "team", "calendar", "priority", "audience", of="categories"),
    written=("name",),
)


@get(ADDRESS, name="categories")
async def index(request: PageRequest) -> Response[str]:
    return await _index(request, await restored_form(request))


@post(ADDRESS, name="new_category", status_code=303, form=CATEGORY)
async def create(request: PageRequest) -> Response[str]:
    return await save_or_preview(request, _plan, show_form=partial(_index, request), then=ADDRESS, at_once=True)


@get("/desk/settings/categories/{number:int}", name="category")
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await page(request, number, await restored_form(request))


@post("/desk/settings/categories/{number:int}", name="edit_category", status_code=303, form=CATEGORY)
async def update(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await categories.category(number)
    return await save_or_preview(
        request,
        partial(_plan, number=number),
        show_form=partial(page, request, number),
        then=f"{ADDRESS}/{number}",
        at_once=True,
    )


@post(
    "/desk/settings/categories/{number:int}/removal",
    name="category_removal",
    status_code=303,
    form=FormSpec("removal", PAGE, labels("category")),
)
async def remove(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await changed(
        request,
        lambda form: categories.remove(number, by=person_of(request), at=now()),
        show=partial(page, request, number),
        then=f"{ADDRESS}?done=removed",
    )


@post(
    "/desk/settings/categories/{number:int}/position",
    name="category_position",
    status_code=303,
    form=FormSpec("position", ADDRESS),
)
async def move(request: PageRequest, number: FromPath[int]) -> Response[str]:
    form = await read_form(request)
    await categories.move(number, to=where(form), by=person_of(request), at=now())
    return reordered(request, form, ADDRESS, f"category-{number}")


@post(
    "/desk/settings/categories/{number:int}/organizations",
    name="category_organizations",
    status_code=303,
    form=FormSpec("organizations", PAGE, labels("organization", of="included")),
)
async def choose(request: PageRequest, number: FromPath[int]) -> Response[str]:
    """Adds the typed organization, or removes the one whose button was pressed."""

    async def act(form: Form) -> None:
        chosen = form.number("gone") or (await organization_of(form)).id
        may = not form.is_checked("gone")
        await categories.choose(number, chosen, may=may, by=person_of(request), at=now())

    return await changed(request, act, show=partial(page, request, number), then=f"{ADDRESS}/{number}?done=saved")


async def page(request: PageRequest, number: int, form: Form, *, status: int = 200) -> Response[str]:
    found = await categories.category(number)
    found_topics = await topics.topics(number)
    targets = [each for each in await settings_queries.targets() if each.category in (None, number)]
    context = {
        "category": found,
        "seen": await edit_conflicts.seen(Kind.CATEGORY, number, form.of("category")),
        "organizations": await categories.organizations(number),
        "topics": found_topics,
        "topics_seen": await edit_conflicts.seen_each(
            Kind.TOPIC, [each.id for each in found_topics], form, noun="topic-{}"
        ),
        "topics_offered": [(each.id, each.name) for each in found_topics],
        "fields": await fields.fields(number),
        "field_state": state_text,
        "kinds": KINDS,
        "asks": ASKS,
        "topics_done": confirmations.TOPICS.get(request.query_params.get("topics", ""), ""),
        "fields_done": confirmations.FIELDS.get(request.query_params.get("fields", ""), ""),
        "targets": [target_text(each) for each in targets],
        **await _choices(request, form, number),
    }
    return render.page(request, "settings/category.html", context, status=status)


async def _plan(form: Form, number: int | None = None) -> Plan:
    audience = form.text("audience")
    wanted = CategoryInput(
        name=one_line(form.text("name")),
        workflow=form.text("workflow"),
        team=form.number("team"),
        calendar=form.number("calendar"),
        priority=priority_of(form),
        needs_approval=form.is_checked("needs_approval"),
        audience=Audience(audience) if audience in AUDIENCES else None,
        is_active=number is None or form.is_checked("is_active"),
    )
    change = partial(categories.save_category, wanted, number=number, seen=form.number("seen"))
    calendars = {each.id: each.name for each in await settings_queries.calendars()}
    return Plan(change, category_text(wanted, calendars.get(wanted.calendar or 0)))


def priority_of(form: Form) -> Priority | None:
    """The priority in the form; None if none was chosen. Raises `Invalid` for an unknown one."""
    typed = form.text("priority")
    if typed and typed not in PRIORITIES:
        raise Invalid("priority", "unknown")
    return Priority(typed) if typed else None


async def _index(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    of_category: dict[int, list[str]] = {}
    for each in await topics.topics():
        if each.is_active:
            of_category.setdefault(each.category, []).append(each.name)
    context = {
        "tree": [(each, of_category.get(each.id, [])) for each in await categories.categories()],
        **await _choices(request, form),
    }
    return render.page(request, "settings/categories.html", context, status=status)


async def _choices(request: PageRequest, form: Form, number: int | None = None) -> dict[str, object]:
    return {
        "form": form,
        "moved": moved_row(request),
        "workflow_name": workflow_name,
        "workflows": [(name, workflow_name(name)) for name in await categories.workflow_names(number)],
        "beginnings": [(label, BEGINNINGS[name]) for name, label in WORKFLOWS.items()],
        "audiences": AUDIENCES,
        "teams": [(each.id, each.name) for each in await teams.teams() if each.is_active],
        "calendars": [(each.id, each.name) for each in await settings_queries.calendars()],
        "done": confirmations.CATEGORIES.get(request.query_params.get("done", ""), ""),
    }
