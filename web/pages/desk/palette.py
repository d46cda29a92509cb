"""The command palette: every action on a ticket and every page, filtered by words."""

from litestar import get
from litestar.response.base import Response

from web.errors import NotFound
from web.pages.desk.lists.navigation import lists_of
from web.pages.desk.ticket.forms import forms_offered
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.pages.words.settings import index
from web.pages.words.tickets.palette import GROUPS, OF_LEADS, PLACES, Way, moves
from web.people.permissions import Actor
from web.text import fold, one_line
from web.tickets.lists.choices import Choice, filter_choices
from web.tickets.record.ticket import find_ticket


@get("/desk/palette", name="desk_palette")
async def show(request: PageRequest) -> Response[str]:
    """`?ticket=` adds the actions on that ticket, `?q=` filters by words."""
    me, number = person_of(request), whole_number(request.query_params.get("ticket", ""))
    words = one_line(request.query_params.get("q", ""))[:200]
    choices = await filter_choices(me)
    lists = [Way(*each) for each in lists_of(choices, me)]
    groups = zip(GROUPS, (await _moves(request, number, choices), lists, _places(me)), strict=True)
    kept = {name: [each for each in ways if _has(each, words)] for name, ways in groups}
    context = {"groups": kept, "sought": words, "number": number}
    return render.page(request, "desk/palette.html", context, block="ways")


async def _moves(request: PageRequest, number: int | None, choices: list[Choice]) -> list[Way]:
    """The actions on a ticket; none if it is not visible."""
    me = person_of(request)
    try:
        ticket = await find_ticket(number or 0, by=me)
    except NotFound:
        return []
    return moves(ticket.number, forms_offered(request.app, ticket, choices, me) | {"remarks"})


def _places(me: Actor) -> list[Way]:
    if not me.is_lead:
        return [*PLACES]
    settings = index.names(of_admins=me.is_admin)
    return [*PLACES, *OF_LEADS, *(Way(name, f"/desk/settings/{path}") for path, name in settings.items())]


def _has(way: Way, words: str) -> bool:
    return all(word in fold(way.name) for word in fold(words).split())
