"""The link by which a person sets their password, sent by mail or shown once to be handed over."""

from litestar import post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid
from web.notifications import outbox
from web.pages.people import details
from web.pages.people.details import DETAILS
from web.pages.people.people import ADDRESS
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.people.directory import enrolling
from web.people.identifiers import desk_addresses
from web.settings import settings


@post(
    f"{ADDRESS}/{{number:int}}/invitations",
    name="invite_person",
    status_code=303,
    form=FormSpec("invitations", DETAILS, labels("identifier")),
)
async def create(request: PageRequest, number: FromPath[int]) -> Response[str]:
    form = await read_form(request)
    try:
        return await invited(request, number)
    except Invalid as error:
        return await details.page(request, number, form.wrong(error), status=422)


async def invited(request: PageRequest, number: int) -> Response[str]:
    """Invites the person by mail. Without an address, the answer shows the link, which is never shown again."""
    me = person_of(request)
    invitation = await enrolling.invite(number, by=me, at=now())
    link = f"{settings().base_url}/claim/{invitation.token}"
    if not invitation.address:
        context = {"name": invitation.name, "number": number, "link": link}
        return render.page(request, "people/invited.html", context, status=201)
    subject, body = render.letter("welcome", name=invitation.name, inviter=me.name, link=link)
    await outbox.write(invitation.address, subject, body, at=now())
    done = "invited" if desk_addresses.sends_mail() else "invitation_kept"
    return render.redirect(request, f"{ADDRESS}/{number}?done={done}")
