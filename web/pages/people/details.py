"""The contact details of a person, changed by the desk on one page of forms."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, NotPermitted
from web.pages.people.people import ADDRESS
from web.pages.shell import edit_conflicts, render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import changed
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words.fields import labels
from web.pages.words.formats import place, zone_told
from web.pages.words.labels import SEES
from web.pages.words.people import roles
from web.pages.words.settings.time import ZONES, zone_choices
from web.people.directory import editing, enrolling, profiles
from web.settings_log.recording import Kind
from web.tickets.settings.roles import choices

DETAILS = f"{ADDRESS}/{{number}}/details"


@get(f"{ADDRESS}/{{number:int}}/details", name="person_details")
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await page(request, number, await restored_form(request))


@post(
    f"{ADDRESS}/{{number:int}}/details",
    name="save_person",
    status_code=303,
    form=FormSpec("details", DETAILS, labels("name", "zone", of="newcomer"), ("name",)),
)
async def save(request: PageRequest, number: FromPath[int]) -> Response[str]:
    me = person_of(request)

    async def act(form: Form) -> None:
        zone = _zone(form)
        await editing.revise(number, name=form.text("name"), zone=zone, seen=form.number("seen"), by=me, at=now())

    return await changed(request, act, show=partial(page, request, number), then=saying(number, "saved"))


def saying(number: int, done: str) -> str:
    """The address of the page with the confirmation of what was done."""
    return f"{ADDRESS}/{number}/details?done={done}"


async def page(request: PageRequest, number: int, form: Form, *, status: int = 200) -> Response[str]:
    """Shows the page. Raises `NotFound`, and `NotPermitted` for somebody whom the reader may not change."""
    me, person = person_of(request), await profiles.person(number)
    if not person.may_be_changed(me):
        raise NotPermitted("person")
    doubled = "person_known" in form.errors.values()
    context = {
        "person": person,
        "form": form,
        "seen": await edit_conflicts.seen(Kind.PERSON, number, form),
        "waiting": await editing.waiting(number, now()),
        "known": await enrolling.known(form.text("identity")) if doubled else [],
        "zones": zone_choices(),
        "zone_told": place(zone_told()),
        "roles": roles(),
        "sees": SEES,
        "teams": await choices(number, by=me),
        "is_me": number == me.id,
        "done": confirmations.PEOPLE.get(request.query_params.get("done", ""), ""),
    }
    return render.page(request, "people/details.html", context, status=status)


def _zone(form: Form) -> str | None:
    zone = form.text("zone")
    if zone and zone not in ZONES:
        raise Invalid("zone", "unknown_zone")
    return zone or None
