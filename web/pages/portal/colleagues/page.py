"""The page of colleagues: members, invitations, and ways to join."""

from collections.abc import Iterable

from litestar.response.base import Response

from web.clock import now
from web.errors import NotFound
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words.labels import SEES
from web.people import memberships, organizations
from web.people.directory.access import who_has_access
from web.people.memberships import Colleague
from web.people.onboarding import domains, paper
from web.people.permissions import Actor
from web.tickets.actions.ownership import colleagues


async def page(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    me = person_of(request)
    if not me.manages:
        raise NotFound("organization")
    members = await memberships.colleagues(me.manages)
    context = {
        "colleagues": members,
        "just_removed": _just_removed(members, request),
        "heirs": {home: heirs(each for each in members if each.organization == home) for home in me.manages},
        "open_tickets": await colleagues.open_tickets(me.manages),
        "access": await who_has_access(me.manages),
        "sees": SEES,
        "groups": await memberships.group_sight(me.id),
        "form": form,
        "done": confirmations.ORGANIZATION.get(request.query_params.get("done", ""), ""),
        **await _ways_in(me),
    }
    return render.page(request, "portal/organization.html", context, status=status)


def _just_removed(members: Iterable[Colleague], request: PageRequest) -> Colleague | None:
    """The member who was just removed, which can be undone."""
    removed = whole_number(request.query_params.get("member", ""))
    return next((each for each in members if each.id == removed and each.removed_at and each.is_open), None)


async def _ways_in(me: Actor) -> dict[str, object]:
    mine = [(each, name) for each, name in me.organizations.items() if each in me.manages]
    return {
        "organizations": mine,
        "papers": await paper.live(me.manages, at=now()),
        "domains": [each for each in await organizations.some(me.manages) if each.domain],
        "own_domain": next(iter(await domains.domains_of(me)), ""),
    }


def heirs(members: Iterable[Colleague], *, but: int = 0) -> list[tuple[int, str]]:
    """Members who can take over tickets, with a second name where two share one."""
    return [
        (each.person, f"{each.name} ({each.identity})" if each.identity else each.name)
        for each in members
        if each.confirmed_at and each.id != but
    ]
