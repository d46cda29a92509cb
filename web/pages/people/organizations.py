"""The list of organizations, and the page of one."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.pages.people.customer import about
from web.pages.people.lists import filter_of, listed
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import changed
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words.fields import labels
from web.pages.words.formats import local
from web.pages.words.labels import SEES
from web.pages.words.settings.closures import shown_closure
from web.people.directory import listing, profiles
from web.tickets.actions import customer_notes
from web.tickets.sla import settings_queries

ADDRESS = "/desk/organizations"
ORGANIZATION = f"{ADDRESS}/{{number}}"


@get(ADDRESS, name="organizations")
async def index(request: PageRequest) -> Response[str]:
    chosen = filter_of(request)
    context = listed(ADDRESS, chosen, await listing.organizations(chosen))
    return render.page(request, "people/organizations.html", context, block="list")


@get(f"{ADDRESS}/{{number:int}}", name="organization_page")
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await page(request, number, await restored_form(request))


@post(
    f"{ADDRESS}/{{number:int}}/remarks",
    name="organization_remark",
    status_code=303,
    form=FormSpec("remarks", ORGANIZATION, labels("remark"), ("remark",)),
)
async def remark(request: PageRequest, number: FromPath[int]) -> Response[str]:
    me = person_of(request)

    async def act(form: Form) -> None:
        await profiles.organization(number)
        await customer_notes.remark_on("organization", number, form.text("remark"), by=me, at=now())

    return await changed(request, act, show=partial(page, request, number), then=f"{ADDRESS}/{number}?done=remark")


async def page(request: PageRequest, number: int, form: Form, *, status: int = 200) -> Response[str]:
    organization = await profiles.organization(number)
    ahead = await settings_queries.coming_recesses(number, local(now()).date())
    context = {
        "organization": organization,
        "recesses": [shown_closure(each) for each in ahead],
        "sees": SEES,
        "form": form,
        "done": confirmations.PEOPLE.get(request.query_params.get("done", ""), ""),
        **await about("organization", number, me=person_of(request)),
    }
    return render.page(request, "people/organization.html", context, status=status)
