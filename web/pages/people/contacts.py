"""The sign-in names and phones of a person, added and removed by the desk."""

from functools import partial

from litestar import post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.notifications import outbox
from web.pages.people import details
from web.pages.people.details import DETAILS, saying
from web.pages.people.people import ADDRESS
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import changed
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.people import sign_in
from web.people.directory import editing
from web.people.directory.editing import UnconfirmedAddress
from web.people.identifiers import phones
from web.people.permissions import Actor
from web.settings import settings

_IDENTITY = labels("identity", "current")


@post(
    f"{ADDRESS}/{{number:int}}/identities",
    name="add_identity_of",
    status_code=303,
    form=FormSpec("identities", DETAILS, _IDENTITY, ("identity",)),
)
async def add_identity(request: PageRequest, number: FromPath[int]) -> Response[str]:
    """Adds a name. A login is valid at once, an address once its owner opened the link."""
    me = person_of(request)

    async def act(form: Form) -> str:
        check = partial(editing.check, number, form.text("identity"))
        await sign_in.reauthenticate(me, form.text("current"), at=now(), check=check)
        return await _added(number, form.text("identity"), me)

    return await changed(request, act, show=partial(details.page, request, number), then=partial(saying, number))


@post(
    f"{ADDRESS}/{{number:int}}/identities/removal",
    name="remove_identity_of",
    status_code=303,
    form=FormSpec("identity-removal", DETAILS, _IDENTITY),
)
async def remove_identity(request: PageRequest, number: FromPath[int]) -> Response[str]:
    me = person_of(request)

    async def act(form: Form) -> None:
        await sign_in.reauthenticate(me, form.text("current"), at=now())
        await editing.remove(number, form.number("identity"), by=me, at=now())

    return await changed(
        request, act, show=partial(details.page, request, number), then=saying(number, "identity_removed")
    )


@post(
    f"{ADDRESS}/{{number:int}}/phones",
    name="add_phone_of",
    status_code=303,
    form=FormSpec("phones", DETAILS, labels("phone", of="phones"), ("phone",)),
)
async def add_phone(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await changed(
        request,
        lambda form: phones.add(number, form.text("phone"), by=person_of(request), at=now()),
        show=partial(details.page, request, number),
        then=lambda is_new: saying(number, "phone" if is_new else "phone_known"),
    )


@post(
    f"{ADDRESS}/{{number:int}}/phones/{{phone:int}}/removal",
    name="remove_phone_of",
    status_code=303,
    form=FormSpec("phone-removal", DETAILS),
)
async def remove_phone(request: PageRequest, number: FromPath[int], phone: FromPath[int]) -> Response[str]:
    await read_form(request)
    await phones.remove(number, phone, by=person_of(request), at=now())
    return render.redirect(request, saying(number, "phone_removed"))


async def _added(number: int, identity: str, me: Actor) -> str:
    """The code of the confirmation."""
    if identity and "@" not in identity:
        await editing.add_login(number, identity, by=me, at=now())
        return "login_added"
    await _write(await editing.offer(number, identity, by=me, at=now()), me)
    return "address_offered"


async def _write(offered: UnconfirmedAddress, me: Actor) -> None:
    """Sends the link to the new address, and notifies the existing ones."""
    link = f"{settings().base_url}/claim/{offered.token}"
    subject, body = render.letter("desk_address", agent=me.name, link=link)
    await outbox.write(offered.address, subject, body, at=now())
    subject, body = render.letter("address_news", agent=me.name, address=offered.address)
    await outbox.write_to_all(offered.known, subject, body, at=now())
