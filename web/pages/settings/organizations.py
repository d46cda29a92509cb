"""Organizations for leads: created, changed, retired and reactivated; turns off their e-mail domain."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.pages.shell import edit_conflicts, render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import button, changed
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.people import organizations
from web.people.identifiers import cnpj
from web.people.onboarding import domains
from web.people.organizations import OrganizationInput, RelatedOrganization
from web.settings_log.recording import Kind
from web.tickets.settings import teams
from web.tickets.sla import settings_queries

LIST = "/desk/organizations"
NEW = "/desk/organizations/new"
EDIT = "/desk/organizations/{number}/edit"
FIELDS = labels("name", "cnpj", "calendar", "team", of="organizations")


@get(NEW, name="ask_organization")
async def new(request: PageRequest) -> Response[str]:
    return await _new(request, await restored_form(request))


@post(LIST, name="new_organization", status_code=303, form=FormSpec("organization", NEW, FIELDS, ("name",)))
async def create(request: PageRequest) -> Response[str]:
    me = person_of(request)
    return await changed(
        request,
        lambda form: organizations.create(_wanted(form), known_root=form.text("branch"), by=me, at=now()),
        show=partial(_new, request),
        then=lambda made: f"{LIST}/{made}?done=created",
    )


@get("/desk/organizations/{number:int}/edit", name="ask_organization_change")
async def edit(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await _edit(request, number, await restored_form(request))


@post(
    "/desk/organizations/{number:int}/edit",
    name="edit_organization",
    status_code=303,
    form=FormSpec("organization", EDIT, FIELDS, ("name",)),
)
async def update(request: PageRequest, number: FromPath[int]) -> Response[str]:
    me = person_of(request)
    return await changed(
        request,
        lambda form: organizations.change(number, _wanted(form), seen=form.number("seen"), by=me, at=now()),
        show=partial(_edit, request, number),
        then=f"{LIST}/{number}?done=saved",
    )


retire = button(
    "/desk/organizations/{number:int}/removal",
    "organization_removal",
    FormSpec("removal", EDIT),
    partial(organizations.set_active, is_active=False),
    then=f"{LIST}/{{number}}?done=retired",
)


restore = button(
    "/desk/organizations/{number:int}/restoration",
    "organization_restoration",
    FormSpec("restoration", EDIT),
    partial(organizations.set_active, is_active=True),
    then=f"{LIST}/{{number}}?done=restored",
)


turn_off = button(
    "/desk/organizations/{number:int}/domain-removal",
    "organization_domain_removal",
    FormSpec("domain-removal", "/desk/organizations/{number}"),
    domains.turn_off,
    then=f"{LIST}/{{number}}?done=domain_off",
)


def _wanted(form: Form) -> OrganizationInput:
    return OrganizationInput(form.line("name"), form.text("cnpj"), form.number("calendar"), form.number("team"))


async def _new(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    context = {"kin": await _kin(form), **await _choices(form)}
    return render.page(request, "settings/new_organization.html", context, status=status)


async def _edit(request: PageRequest, number: int, form: Form, *, status: int = 200) -> Response[str]:
    context = {
        "organization": await organizations.organization(number),
        "seen": await edit_conflicts.seen(Kind.ORGANIZATION, number, form),
        **await _choices(form),
    }
    return render.page(request, "settings/organization.html", context, status=status)


async def _kin(form: Form) -> list[RelatedOrganization]:
    """The organizations with the refused CNPJ, or with its root."""
    if form.errors.get("cnpj") not in ("known_cnpj", "same_root"):
        return []
    number = cnpj.parse(form.text("cnpj"))
    found = await organizations.kin(cnpj.root(number))
    return [each for each in found if each.cnpj == number] or found


async def _choices(form: Form) -> dict[str, object]:
    return {
        "form": form,
        "calendars": [(each.id, each.name) for each in await settings_queries.calendars()],
        "teams": [(each.id, each.name) for each in await teams.teams() if each.is_active],
    }
