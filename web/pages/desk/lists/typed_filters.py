"""Reads filters typed into the search of a list, such as `de:ana`."""

from urllib.parse import parse_qsl

from web.pages.desk.lists.addresses import address, filter_from_query, first_page
from web.pages.words.labels import CHANNELS, PRIORITIES, desk_statuses
from web.pages.words.tickets import typed_filters
from web.people.directory import listing
from web.people.directory.listing import DirectoryFilter
from web.people.permissions import Actor
from web.settings import settings
from web.tickets.lists.choices import Choice, filter_choices
from web.tickets.lists.desk_views import DeskFilter

MOST_NAMED = 4


async def read_typed(chosen: DeskFilter, *, by: Actor) -> tuple[DeskFilter, list[str]]:
    """The list with filters taken out of its words, and sentences about what was not understood and stays a word."""
    typed = typed_filters.parse(chosen.words, _options(await filter_choices(by)))
    filters, words, wrong = dict(typed.filters), typed.words, typed.wrong
    if who := filters.pop("from", ""):
        person, why = await _requester(who)
        filters |= {"requester": str(person)} if person else {}
        words, wrong = (words, wrong) if person else (typed_filters.asking(words, who), [*wrong, why])
    query = dict(parse_qsl(address(first_page(chosen)).partition("?")[2]))
    return filter_from_query(query | filters | {"q": words}), wrong


async def _requester(who: str) -> tuple[int | None, str]:
    """The person with this name or address, or why there is none."""
    found = (await listing.people(DirectoryFilter(words=who))).rows
    if len(found) == 1:
        return found[0].id, ""
    names = [each.name for each in found[:MOST_NAMED]]
    return None, typed_filters.several(who, names) if names else typed_filters.nobody(who)


def _options(choices: list[Choice]) -> dict[str, dict[str, str]]:
    named = {"team": "team", "category": "category", "agent": "assignee"}
    options: dict[str, dict[str, str]] = {part: {} for part in named.values()}
    for each in choices:
        if each.kind in named:
            options[named[each.kind]][each.name] = str(each.id)
    return options | {
        "status": {each.label: slug for slug, each in desk_statuses(settings().preset).items()},
        "priority": {label: key for key, label in PRIORITIES.items()},
        "channel": {label: key for key, label in CHANNELS.items()},
    }
