"""The navigation beside the lists: all lists with their counts, saved views, recently visited tickets."""

import functools
from collections import Counter
from dataclasses import dataclass

from web.brand.brand import known
from web.pages.desk.lists.addresses import address, first_page
from web.pages.shell import render
from web.pages.words.formats import bounded
from web.pages.words.tickets import desk_rows, desk_steps
from web.people.permissions import Actor
from web.settings import settings
from web.tickets.lists import desk
from web.tickets.lists.choices import Choice
from web.tickets.lists.desk_views import VIEWS, DeskFilter


@dataclass(frozen=True)
class NavigationLink:
    """One line of the navigation: a list and its number of tickets."""

    label: str
    href: str
    count: str
    is_current: bool
    is_nested: bool = False
    news: str = ""


def navigation_of(chosen: DeskFilter, choices: list[Choice], counts: dict[str, int], me: Actor) -> dict[str, object]:
    """The context of the navigation: lists and counts, saved views, teams to share with, recently visited tickets."""
    here = address(first_page(chosen))
    links = _navigation(counts, chosen, choices, me)
    saved = [each for each in choices if each.kind == "view"]
    return {
        "heading": _heading(chosen, here, saved),
        "views": saved,
        "own_view": next((each for each in saved if each.place == 0 and here == f"/desk?{each.more}"), None),
        "removable_view": _removable_view(saved, here, me),
        "visited": [each for each in choices if each.kind == "visited"],
        "teams": [(each.id, each.name) for each in _own_teams(choices, me)],
        "navigation": links,
        "navigation_at": address(chosen).partition("?")[2],
        "navigation_shown": render.fingerprint(links),
    }


def lists_of(choices: list[Choice], me: Actor) -> list[tuple[str, str]]:
    """The name and address of each list, saved views last."""
    links = _navigation(Counter(), DeskFilter(), choices, me)
    saved = [(each.name, f"/desk?{each.more}") for each in choices if each.kind == "view"]
    return [*((each.label, each.href) for each in links), *saved]


def _own_teams(choices: list[Choice], me: Actor) -> list[Choice]:
    return [each for each in choices if each.kind == "team" and each.id in me.teams]


def _removable_view(saved: list[Choice], here: str, me: Actor) -> Choice | None:
    """The saved view at this address if the reader may remove it: their own, or a team's if they lead it."""
    mine = (each for each in saved if each.more == here.partition("?")[2] and (each.place == 0 or me.is_lead))
    return next(mine, None)


def _navigation(counts: dict[str, int], chosen: DeskFilter, choices: list[Choice], me: Actor) -> list[NavigationLink]:
    links = []
    for view in VIEWS:
        if view == "chats" and not (known().chat or counts["chats"]):
            continue
        links.append(_view_link(view, counts, chosen))
        if view == "unassigned":
            links += [_queue_link(team, counts, chosen) for team in _own_teams(choices, me)]
    return links


def _view_link(view: str, counts: dict[str, int], chosen: DeskFilter) -> NavigationLink:
    return NavigationLink(
        desk_rows.views(settings().preset)[view],
        _at(view),
        bounded(counts[view], desk.MOST_COUNTED) if view in counts else "",
        is_current=chosen.view == view and (view != "unassigned" or chosen.team is None),
        news=desk_steps.news_text(counts["own_news"], desk.MOST_COUNTED) if view == "own" else "",
    )


def _queue_link(team: Choice, counts: dict[str, int], chosen: DeskFilter) -> NavigationLink:
    return NavigationLink(
        team.name,
        _at("unassigned", team.id),
        bounded(counts[f"team{team.id}"], desk.MOST_COUNTED),
        is_current=chosen.view == "unassigned" and chosen.team == team.id,
        is_nested=True,
    )


@functools.cache
def _at(view: str, team: int | None = None) -> str:
    """The addresses of lists are few, and asked for with each page."""
    return address(DeskFilter(view=view, team=team))


def _heading(chosen: DeskFilter, here: str, saved: list[Choice]) -> str:
    """The name of the saved view at this address, else of the list."""
    named = next((each.name for each in saved if here == f"/desk?{each.more}"), None)
    return named or desk_rows.views(settings().preset)[chosen.view]
