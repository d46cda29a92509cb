"""The reader's settings of a list: columns, their order, and the row height."""

from dataclasses import replace
from typing import NamedTuple

from litestar import post
from litestar.response.base import Response

from web.pages.desk.lists import addresses
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest
from web.pages.words.tickets.desk_rows import DEFAULT_COLUMNS
from web.tickets.lists import saved_views
from web.tickets.lists.choices import Choice
from web.tickets.lists.desk_views import DeskFilter


class Look(NamedTuple):
    """The columns in order, and whether rows are roomy."""

    columns: tuple[str, ...]
    is_roomy: bool


def look_of(chosen: DeskFilter, choices: list[Choice]) -> Look:
    """The columns in the address, else the reader's own for the list, else the usual ones."""
    kept = {each.name: each for each in choices if each.kind == "look"}
    own = addresses.columns_among(kept[chosen.view].more, chosen.category) if chosen.view in kept else ()
    return Look(chosen.columns or own or DEFAULT_COLUMNS, any(each.place for each in kept.values()))


@post("/desk/columns", name="desk_columns", status_code=303, form=FormSpec("columns", "/desk"))
async def create(request: PageRequest) -> Response[str]:
    """Saves the settings for the list. An address that names columns, also in a saved view, keeps those."""
    form, me = await read_form(request), person_of(request)
    chosen = addresses.filter_from_form(form)
    columns = addresses.columns_among(",".join(_in_order(form)), chosen.category)
    is_roomy, saved = form.is_checked("roomy"), form.number("saved")
    named = chosen.columns if saved is None else columns
    await saved_views.save_look(chosen.view, () if named else columns, is_roomy=is_roomy, by=me)
    address = addresses.address(replace(chosen, columns=columns if named else ()))
    if saved is not None:
        await saved_views.change_query(saved, address.partition("?")[2], by=me)
    moved = form.line("earlier")
    return render.redirect(request, render.with_query(address, look=moved) if moved else address)


def _in_order(form: Form) -> list[str]:
    """The ticked columns in the order of the form, with one of them moved up."""
    names = list(form.values.get("columns", []))
    place = names.index(form.text("earlier")) if form.text("earlier") in names else 0
    if place:
        names[place - 1 : place + 1] = names[place], names[place - 1]
    return names
