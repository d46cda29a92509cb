"""The access of a person: role and teams, deactivation, reactivation."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, NotPermitted
from web.pages.people import details
from web.pages.people.details import DETAILS, saying
from web.pages.people.people import ADDRESS
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import button, changed
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.pages.words.people import roles_given_by
from web.people import sign_in
from web.people.directory import changing, deactivation
from web.people.permissions import Actor, Role
from web.tickets.actions.ownership import departures
from web.tickets.settings import roles
from web.tickets.settings.roles import RoleInput

_DEACTIVATION = f"{ADDRESS}/{{number}}/deactivation"


@post(
    f"{ADDRESS}/{{number:int}}/role",
    name="give_role",
    status_code=303,
    form=FormSpec("role", DETAILS, labels("role", "teams", "current")),
)
async def give_role(request: PageRequest, number: FromPath[int]) -> Response[str]:
    me, at = person_of(request), now()

    async def act(form: Form) -> None:
        wanted = _wanted(form, me)
        await sign_in.reauthenticate(me, form.text("current"), at=at)
        await roles.assign(number, wanted, seen=form.number("seen"), by=me, at=at)

    return await changed(request, act, show=partial(details.page, request, number), then=saying(number, "role"))


@get(f"{ADDRESS}/{{number:int}}/deactivation", name="ask_deactivation")
async def ask(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await _ask(request, number, await restored_form(request))


@post(
    f"{ADDRESS}/{{number:int}}/deactivation",
    name="deactivate",
    status_code=303,
    form=FormSpec("deactivation", _DEACTIVATION, labels("role")),
)
async def deactivate(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await changed(
        request,
        lambda form: departures.deactivate(number, by=person_of(request), at=now()),
        show=partial(_ask, request, number),
        then=f"{ADDRESS}/{number}?done=deactivated",
    )


reactivate = button(
    f"{ADDRESS}/{{number:int}}/reactivation",
    "reactivate",
    FormSpec("reactivation", DETAILS),
    deactivation.reactivate,
    then=f"{ADDRESS}/{{number}}?done=reactivated",
)


def _wanted(form: Form, me: Actor) -> RoleInput:
    if form.text("role") not in roles_given_by(me):
        raise Invalid("role", "unknown")
    return RoleInput(Role(form.text("role")), frozenset(form.numbers("teams")))


async def _ask(request: PageRequest, number: int, form: Form, *, status: int = 200) -> Response[str]:
    me = person_of(request)
    person = await changing.permitted(number, by=me)
    if number == me.id:
        raise NotPermitted("person")
    context = {"person": person, "form": form, "left": await departures.left_behind(number, at=now())}
    return render.page(request, "people/deactivation.html", context, status=status)
