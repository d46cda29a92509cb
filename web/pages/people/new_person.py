"""A new person, created by the desk and invited by mail or by a link to hand over."""

from functools import partial

from litestar import get, post
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid
from web.pages.people.invitations import invited
from web.pages.people.people import ADDRESS
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import answered
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.pages.words.people import roles_given_by
from web.people import organizations, sign_in
from web.people.directory import enrolling
from web.people.directory.enrolling import NewPerson
from web.people.permissions import Actor, Role

NEW = f"{ADDRESS}/new"


@get(NEW, name="new_person")
async def new(request: PageRequest) -> Response[str]:
    return await _page(request, await restored_form(request))


@post(
    ADDRESS,
    name="make_person",
    status_code=303,
    form=FormSpec(
        "person",
        NEW,
        labels("name", "identifier", "login", "organization", "role", "current", of="newcomer"),
        ("name", "identifier"),
    ),
)
async def create(request: PageRequest) -> Response[str]:
    me, at = person_of(request), now()

    async def act(form: Form) -> int:
        wanted = await _wanted(form, me)
        await _prove(form, wanted, me)
        return await enrolling.enrol(wanted, by=me, at=at)

    return await answered(request, act, show=partial(_page, request), answer=partial(invited, request))


async def _wanted(form: Form, me: Actor) -> NewPerson:
    """The person in the form. Raises `Invalid` for an unknown organization and for a role that is not offered."""
    role = form.text("role") or Role.REQUESTER
    if role not in roles_given_by(me):
        raise Invalid("role", "unknown")
    named = form.line("organization")
    home = (await organizations.named(named)).id if named else None
    name, address, login = form.text("name"), form.text("identifier"), form.text("login")
    return NewPerson(name, address, login, organization=home, role=Role(role))


async def _prove(form: Form, wanted: NewPerson, me: Actor) -> None:
    """Asks for the reader's own password before somebody gets access to the desk."""
    if wanted.role is not Role.REQUESTER:
        check = partial(enrolling.check, wanted)
        await sign_in.reauthenticate(me, form.text("current"), at=now(), check=check)


async def _page(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    doubled = "person_known" in form.errors.values()
    context = {
        "form": form if form.values else None,
        "roles": roles_given_by(person_of(request)),
        "known": await enrolling.known(form.text("identifier"), form.text("login")) if doubled else [],
    }
    return render.page(request, "people/new_person.html", context, status=status)
