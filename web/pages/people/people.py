"""The list of people, and the page of one."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.pages.people import merging
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
from web.pages.words.labels import SEES
from web.pages.words.people import KINDS, roles
from web.people.agents import absences
from web.people.directory import listing, profiles
from web.people.directory.profiles import Profile
from web.people.permissions import Actor, Role
from web.people.privacy import requests
from web.tickets.actions import customer_notes

ADDRESS = "/desk/people"
PERSON = f"{ADDRESS}/{{number}}"


@get(ADDRESS, name="people")
async def index(request: PageRequest) -> Response[str]:
    chosen = filter_of(request)
    found = await listing.people(chosen)
    organization = await profiles.organization(chosen.organization) if chosen.organization is not None else None
    context = {"organization": organization, "kinds": KINDS, "roles": roles(), **listed(ADDRESS, chosen, found)}
    return render.page(request, "people/people.html", context, block="list")


@get(f"{ADDRESS}/{{number:int}}", name="person")
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await page(request, number, await restored_form(request))


@post(
    f"{ADDRESS}/{{number:int}}/remarks",
    name="person_remark",
    status_code=303,
    form=FormSpec("remarks", PERSON, labels("remark"), ("remark",)),
)
async def remark(request: PageRequest, number: FromPath[int]) -> Response[str]:
    me = person_of(request)

    async def act(form: Form) -> None:
        await profiles.person(number)
        await customer_notes.remark_on("person", number, form.text("remark"), by=me, at=now())

    return await changed(request, act, show=partial(page, request, number), then=f"{ADDRESS}/{number}?done=remark")


async def page(request: PageRequest, number: int, form: Form, *, status: int = 200) -> Response[str]:
    me, found = person_of(request), await profiles.person(number)
    context = {
        "person": found,
        "is_mine_to_change": found.may_be_changed(me),
        "wish": await requests.open_of(number) if me.is_admin else None,
        "roles": roles(),
        **await _absence(found, me),
        "sees": SEES,
        "form": form,
        "done": confirmations.PEOPLE.get(request.query_params.get("done", ""), ""),
        **await about("person", number, me=me),
        **await merging.about(number, me=me),
    }
    return render.page(request, "people/person.html", context, status=status)


async def _absence(person: Profile, me: Actor) -> dict[str, object]:
    """The absence of an agent and the possible stand-ins, for readers who may set it."""
    if person.role == Role.REQUESTER or person.is_robot:
        return {"absence": None, "may_set_absence": False}
    return {
        "absence": await absences.absence_of(person.id, now()),
        "may_set_absence": me.is_lead or me.id == person.id,
        "mates": [(each.id, each.name) for each in await absences.mates(person.id)],
    }
