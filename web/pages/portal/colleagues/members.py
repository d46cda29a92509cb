"""The members of an organization and their permissions, for its managers."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, Overtaken
from web.notifications import join_requests
from web.pages.portal.colleagues.page import heirs, page
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import button, changed
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.pages.words.labels import SEES
from web.people import memberships
from web.people.permissions import Actor, Sees
from web.tickets.actions.ownership import colleagues

_REMOVAL = "/organization/members/{number}/removal"


@get("/organization", name="organization")
async def show(request: PageRequest) -> Response[str]:
    return await page(request, await restored_form(request))


@post(
    "/organization/members/{number:int}",
    name="grant",
    status_code=303,
    form=FormSpec("{number}", "/organization", labels("sees")),
)
async def grant(request: PageRequest, number: FromPath[int]) -> Response[str]:
    act = partial(_grant, number, person_of(request))
    return await changed(request, act, show=partial(page, request), then="/organization?done=saved")


async def _grant(number: int, me: Actor, form: Form) -> None:
    if form.text("sees") not in SEES:
        raise Invalid("sees", "unknown")
    known, at = await memberships.managed(number, me), now()
    if form.text("was") not in ("", f"{known.sees} {known.approves} {known.manages}"):
        raise Overtaken("membership")
    rights = {name: form.is_checked(name) for name in ("approves", "manages")}
    async with join_requests.telling_newcomer(known, is_in=True, letter=render.letter, at=at):
        await memberships.grant(number, sees=Sees(form.text("sees")), **rights, by=me, at=at)
    await colleagues.adopt(number, at=at)


@get("/organization/members/{number:int}/removal", name="ask_removal")
async def ask(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await _ask(request, number, await restored_form(request))


@post(
    "/organization/members/{number:int}/removal",
    name="removal",
    status_code=303,
    form=FormSpec("removal", _REMOVAL, labels("to_colleague")),
)
async def remove(request: PageRequest, number: FromPath[int]) -> Response[str]:
    """Ends the membership, and hands open tickets over to `heir` if one is chosen."""

    async def act(form: Form) -> None:
        heir = (form.number("to_colleague") or 0) if form.text("to_colleague") else None
        known, at = await memberships.managed(number, person_of(request)), now()
        async with join_requests.telling_newcomer(known, is_in=False, letter=render.letter, at=at):
            await colleagues.remove(number, heir, by=person_of(request), at=at)

    return await changed(
        request, act, show=partial(_ask, request, number), then=f"/organization?done=removed&member={number}"
    )


bring_back = button(
    "/organization/members/{number:int}/return",
    "return_of_member",
    FormSpec("return", "/organization"),
    memberships.bring_back,
    then="/organization?done=returned",
)


@post(
    "/organization/members/{number:int}/handover",
    name="handover_of_member",
    status_code=303,
    form=FormSpec("handover-{number}", "/organization", labels("to_colleague")),
)
async def hand_over(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await changed(
        request,
        lambda form: colleagues.hand_over(number, form.number("to_colleague"), by=person_of(request), at=now()),
        show=partial(page, request),
        then="/organization?done=handed_over",
    )


async def _ask(request: PageRequest, number: int, form: Form, *, status: int = 200) -> Response[str]:
    colleague = await memberships.managed(number, person_of(request))
    home = frozenset({colleague.organization})
    counted = await colleagues.open_tickets(home)
    context = {
        "colleague": colleague,
        "open": counted.get((colleague.person, colleague.organization), 0),
        "heirs": heirs(await memberships.colleagues(home), but=number),
        "form": form,
    }
    return render.page(request, "portal/removal.html", context, status=status)
