"""The forms of the desk's ticket page: which are offered, and their initial values."""

from litestar import Litestar

from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_spec import FormSpec, offered
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.pages.words.formats import zone_note
from web.pages.words.labels import CHANNELS, ENDED, MERGED, METHODS, WAITS
from web.people.permissions import Actor
from web.tickets.actions import macros
from web.tickets.actions.properties.fields import editable
from web.tickets.actions.properties.properties import properties_of
from web.tickets.fields import catalog
from web.tickets.fields.field import due
from web.tickets.life.moves import DUPLICATION, REJECTION, Move, available
from web.tickets.lists.choices import Choice, Folders, folders
from web.tickets.record.ticket import TicketDetails

PAGE = "/desk/tickets/{number}"


def forms_of_page(
    request: PageRequest, ticket: TicketDetails, sent: Form, choices: list[Choice], unsent: dict[str, str]
) -> dict[str, object]:
    me = person_of(request)
    open_moves = available(ticket, me)
    forms = forms_offered(request.app, ticket, choices, me)
    return {
        "sent": sent,
        "forms": forms,
        "may_duplicate": DUPLICATION in open_moves,
        "unsendable": _unsendable(sent, unsent, forms),
        "is_no_longer_offered": bool(sent.news or sent.errors) and sent.noun not in forms,
        "macros": _fitting_macros(choices, open_moves),
        "canned": folders(each for each in choices if not each.of),
        "choices": {kind: of_kind(choices, kind) for kind in _CHOICES},
        "topics": [each for each in choices if each.kind == "topic"],
        "methods": _methods(ticket, me),
        **_fields(ticket, me),
        "ended": ENDED,
        "waits": WAITS,
        "zone_note": zone_note(),
        "channels": CHANNELS,
    }


def forms_offered(portal: Litestar, ticket: TicketDetails, choices: list[Choice], me: Actor) -> set[str]:
    """The nouns of forms whose moves are open, and of macros and fields if there are any."""
    open_moves = available(ticket, me)
    found = offered(portal, PAGE, open_moves) | ({"macros"} if _fitting_macros(choices, open_moves) else set())
    return found if editable(ticket) else found - {"fields"}


def properties_offered(
    ticket: TicketDetails, choices: list[Choice], agents: list[tuple[int, str]]
) -> dict[str, object]:
    """The choices for the properties: those offered to all, and the present values."""
    has = properties_of(ticket)
    return {
        "has": has,
        "holders": _with(agents, has.assignee, ticket.assignee_name or ticket.offered_name),
        "teams": _with(of_kind(choices, "team"), ticket.team, ticket.team_name),
        "categories": _with(of_kind(choices, "category"), ticket.category, ticket.category_name),
    }


def _with(rows: list[tuple[int, str]], one: int | None, name: str | None) -> list[tuple[int, str]]:
    return rows if one is None or one in dict(rows) else [(one, name or ""), *rows]


def _fields(ticket: TicketDetails, me: Actor) -> dict[str, object]:
    """The values of custom fields, those that can be corrected, and those required when it is resolved."""
    kept = {each.field.id: each.values for each in ticket.fields}
    asked = due(catalog.of_category(ticket.category), kept, topic=ticket.topic, by=me)
    return {
        "kept": kept,
        "editable": dict.fromkeys(editable(ticket), False),
        "edit_ids": {each.name: f"edit-{each.name}" for each in editable(ticket)},
        "due": asked,
        "lacking": [each.label for each in asked if each.is_required and not kept.get(each.id)],
    }


_CHOICES = ("category", "team")


def ticket_form(noun: str, move: Move | None, *fields: str, written: tuple[str, ...] = ()) -> FormSpec:
    """A form of this page. Its texts are kept while they are written."""
    asked, is_autosaved = labels(*fields, of=noun), bool(written)
    return FormSpec(noun, PAGE, asked, written, move, after="/desk", yields=True, is_autosaved=is_autosaved)


def _unsendable(sent: Form, unsent: dict[str, str], forms: set[str]) -> dict[str, str]:
    """Unsent texts of forms that the page no longer offers, by noun."""
    written = {**unsent, sent.noun: sent.written}
    return {noun: text for noun, text in written.items() if text and noun not in forms}


def _fitting_macros(found: list[Choice], open_moves: list[Move]) -> Folders:
    may = {move.noun for move in open_moves}
    return folders(each for each in found if each.more != "reply" and macros.fits(each.more, may))


def _methods(ticket: TicketDetails, me: Actor) -> dict[str, str]:
    """The methods by which it can be ended now. Those that close it at once are rejections."""
    rejections = ("spam", "unknown_sender")
    may_reject = REJECTION.is_open(ticket, me)
    return {code: words for code, words in (METHODS | MERGED).items() if code not in rejections or may_reject}


def of_kind(choices: list[Choice], kind: str) -> list[tuple[int, str]]:
    return [(each.id, each.name) for each in choices if each.kind == kind]
