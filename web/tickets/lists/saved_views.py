"""Saved views of desk lists, one's own or shared with a team, and how each list looks to an agent."""

from collections.abc import Sequence

from web.database import execute, fetch_column, transaction
from web.errors import Invalid, NotFound, refuse
from web.people.permissions import Actor
from web.sql import literals
from web.text import one_line, wrong_name
from web.tickets.lists.tables import ListLook, SavedView

LONGEST_NAME, LONGEST_QUERY, MOST = 60, 500, 50


async def save_view(name: str, query: str, *, share: int | None, by: Actor) -> None:
    """Saves a view for oneself, or shared with a team one belongs to; the same twice is one. Raises `Invalid`."""
    name = one_line(name)
    unknown = "unknown" if share is not None and share not in by.teams else None
    refuse({"name": wrong_name(name, longest=LONGEST_NAME), "share": unknown})
    if len(query) > LONGEST_QUERY:
        raise Invalid("name", "too_much_filtered")
    saved = await _saved_as(name, by)
    if saved is None:
        await _insert(SavedView(name=name, query=query, team=share, person=by.id), by)
    elif saved != query:
        raise Invalid("name", "view_exists")


async def _insert(view: SavedView, by: Actor) -> None:
    if await SavedView.count().where(SavedView.person == by.id) >= MOST:
        raise Invalid("name", "too_many_views")
    await view.save()


async def _saved_as(name: str, by: Actor) -> str | None:
    """The query of one's own view with this name."""
    found = await fetch_column(str, "SELECT query FROM saved_view WHERE person = {} AND name = {}", by.id, name)
    return next(iter(found), None)


async def change_query(number: int, query: str, *, by: Actor) -> None:
    """Changes the query of one's own view. Views of others stay as they are."""
    if len(query) <= LONGEST_QUERY:
        await SavedView.update({SavedView.query: query}).where((SavedView.id == number) & (SavedView.person == by.id))


async def remove(number: int, *, by: Actor) -> None:
    """Removes one's own view, or one shared with a team that one leads. Raises `NotFound` for any other."""
    led = f" OR team IN ({literals(by.teams)})" if by.is_lead and by.teams else ""
    own = f"id = {{}} AND (person = {{}}{led})"
    if not await fetch_column(int, f"DELETE FROM saved_view WHERE {own} RETURNING id", number, by.id):
        raise NotFound("view")


async def save_look(view: str, columns: Sequence[str], *, is_roomy: bool, by: Actor) -> None:
    """Saves the columns of one list. `is_roomy` applies to all lists of the agent."""
    async with transaction():
        await execute(
            "INSERT INTO list_look (person, list, columns, is_roomy) VALUES ({}, {}, {}, {}) "
            "ON CONFLICT (person, list) DO UPDATE SET columns = excluded.columns",
            *(by.id, view, ",".join(columns), is_roomy),
        )
        await ListLook.update({ListLook.is_roomy: is_roomy}).where(ListLook.person == by.id)
