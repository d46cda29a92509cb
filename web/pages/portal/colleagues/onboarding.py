"""Ways to join an organization: by a letter, by an invitation on paper, or by the domain of an e-mail address."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import NotFound
from web.notifications import outbox
from web.pages.portal.colleagues.page import page
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import button, changed
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.people.onboarding import domain_verification, domains, joining, paper
from web.people.onboarding.joining import Invited
from web.people.permissions import Actor
from web.settings import settings

PAGE = "/organization"
PAPER = "/organization/papers/{number:int}"


@post(
    "/organization/invitations",
    name="invitations",
    status_code=303,
    form=FormSpec("invitation", "/organization", labels("identifier", "organization"), ("identifier",)),
)
async def invite(request: PageRequest) -> Response[str]:
    me = person_of(request)

    async def act(form: Form) -> None:
        invited = await joining.invite(form.text("identifier"), _organization(form, me), by=me, at=now())
        await _write(request, invited)

    return await changed(request, act, show=partial(page, request), then="/organization?done=invited")


@post("/organization/papers", name="papers", status_code=303, form=FormSpec("paper", PAGE, labels("organization")))
async def print_one(request: PageRequest) -> Response[str]:
    """Creates an invitation on paper, and redirects to its printable page."""
    me = person_of(request)
    return await changed(
        request,
        lambda form: paper.make(_organization(form, me), by=me, at=now(), form_key=form.key),
        show=partial(page, request),
        then=lambda made: f"/organization/papers/{made}",
    )


@get(PAPER, name="paper")
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    found = await paper.one(number, by=person_of(request), at=now())
    return render.page(request, "portal/paper.html", {"paper": found, "home": settings().base_url})


cancel = button(
    f"{PAPER}/removal",
    "paper_removal",
    FormSpec("paper-removal", PAGE),
    paper.cancel,
    then="/organization?done=paper_cancelled",
)


@post(
    "/organization/domain",
    name="domain",
    status_code=303,
    form=FormSpec("domain", PAGE, labels("domain", "organization", of="domain"), ("domain",)),
)
async def turn_on(request: PageRequest) -> Response[str]:
    me = person_of(request)
    return await changed(
        request,
        lambda form: domains.turn_on(_organization(form, me), form.text("domain"), by=me, at=now()),
        show=partial(page, request),
        then="/organization?done=domain_on",
    )


@post(
    "/organization/domain/proofs",
    name="ask_domain_proof",
    status_code=303,
    form=FormSpec("domain-proof", PAGE, labels("domain", "organization", "to_whom", of="domain"), ("domain",)),
)
async def ask_proof(request: PageRequest) -> Response[str]:
    me = person_of(request)

    async def act(form: Form) -> None:
        organization, place = _organization(form, me), form.text("to_whom")
        asked = await domain_verification.ask(organization, form.text("domain"), place, by=me, at=now())
        link = f"{settings().base_url}/domains/{asked.token}"
        told = {"domain": asked.domain, "organization_name": asked.organization_name, "link": link}
        await _write_letter("domain_proof", asked.address, **told)

    return await changed(request, act, show=partial(page, request), then="/organization?done=proof_asked")


@post(
    "/organization/{number:int}/domain-removal",
    name="domain_removal",
    status_code=303,
    form=FormSpec("domain-removal", PAGE),
)
async def turn_off(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await read_form(request)
    me = person_of(request)
    if number not in me.manages:
        raise NotFound("organization")
    await domains.turn_off(number, by=me, at=now())
    return render.redirect(request, "/organization?done=domain_off")


def _organization(form: Form, me: Actor) -> int:
    """The organization that was chosen, or the only one that accepts members."""
    return form.number("organization") or next((each for each in me.organizations if each in me.manages), 0)


async def _write(request: PageRequest, invited: Invited) -> None:
    """Sends the invitation. It contains no link that gives access by itself."""
    values = {**vars(invited), "inviter": person_of(request).name, "home": settings().base_url}
    await _write_letter("invitation", invited.address, **values)


async def _write_letter(template: str, recipient: str, **values: str) -> None:
    subject, body = render.letter(template, **values)
    await outbox.write(recipient, subject, body, at=now())
