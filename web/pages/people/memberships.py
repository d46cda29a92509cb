"""The memberships of a person, added, changed and ended by the desk together with their open tickets."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid
from web.notifications import join_requests
from web.pages.people import details
from web.pages.people.details import DETAILS, saying
from web.pages.people.people import ADDRESS
from web.pages.shell import edit_conflicts, render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import changed
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.pages.words.labels import SEES
from web.people import memberships, organizations
from web.people.directory import changing, membership_editing
from web.people.permissions import Actor, Sees
from web.settings_log.recording import Kind
from web.tickets.actions.ownership import colleagues

STAY = "stay"
"""The choice that leaves the tickets with the organization whose membership ends."""
MEMBERSHIP = f"{ADDRESS}/{{number}}/memberships/{{membership}}"
_AT = f"{ADDRESS}/{{number:int}}/memberships"


@post(
    _AT,
    name="add_membership",
    status_code=303,
    form=FormSpec("memberships", DETAILS, labels("organization", "sees"), ("organization",)),
)
async def add(request: PageRequest, number: FromPath[int]) -> Response[str]:
    async def act(form: Form) -> None:
        found = await organizations.named(form.line("organization"))
        await _join(number, found.id, form, person_of(request))

    return await changed(request, act, show=partial(details.page, request, number), then=saying(number, "member"))


@get(f"{_AT}/{{membership:int}}", name="membership")
async def show(request: PageRequest, number: FromPath[int], membership: FromPath[int]) -> Response[str]:
    return await _page(request, number, membership, await restored_form(request))


@post(
    f"{_AT}/{{membership:int}}",
    name="edit_membership",
    status_code=303,
    form=FormSpec("membership", fields=labels("sees")),
)
async def update(request: PageRequest, number: FromPath[int], membership: FromPath[int]) -> Response[str]:
    async def act(form: Form) -> None:
        row = await membership_editing.membership_of(number, membership)
        async with join_requests.telling_newcomer(row, is_in=True, letter=render.letter, at=now()):
            await _join(number, row.organization, form, person_of(request))

    return await changed(request, act, show=partial(_page, request, number, membership), then=saying(number, "member"))


@post(
    f"{_AT}/{{membership:int}}/removal",
    name="end_membership",
    status_code=303,
    form=FormSpec("removal", MEMBERSHIP, labels("organization", of="removal")),
)
async def remove(request: PageRequest, number: FromPath[int], membership: FromPath[int]) -> Response[str]:
    """Ends the membership, and moves open tickets to another organization of the person if one is chosen."""

    async def act(form: Form) -> None:
        to = None if form.text("organization") == STAY else form.number("organization") or 0
        row = await membership_editing.membership_of(number, membership)
        async with join_requests.telling_newcomer(row, is_in=False, letter=render.letter, at=now()):
            await colleagues.leave(number, membership, to, by=person_of(request), at=now())

    return await changed(
        request, act, show=partial(_page, request, number, membership), then=saying(number, "member_ended")
    )


async def _join(number: int, organization: int, form: Form, me: Actor) -> None:
    """Saves the membership. Raises `Invalid` for an unknown level of sight."""
    if form.text("sees") not in SEES:
        raise Invalid("sees", "unknown")
    rights = {"approves": form.is_checked("approves"), "manages": form.is_checked("manages")}
    made = await membership_editing.join(
        number, organization, sees=Sees(form.text("sees")), **rights, seen=form.number("seen"), by=me, at=now()
    )
    await colleagues.adopt(made, at=now())


async def _page(request: PageRequest, number: int, membership: int, form: Form, *, status: int = 200) -> Response[str]:
    me = person_of(request)
    await changing.permitted(number, by=me)
    row = await membership_editing.membership_of(number, membership)
    context = {
        "row": row,
        "number": number,
        "form": form,
        "seen": await edit_conflicts.seen(Kind.MEMBERSHIP, number, form.of("membership")),
        "sees": SEES,
        "open": await colleagues.count_open(number, row.organization, by=me),
        "others": [(each.id, each.name) for each in await memberships.homes(number) if each.id != row.organization],
    }
    return render.page(request, "people/membership.html", context, status=status)
