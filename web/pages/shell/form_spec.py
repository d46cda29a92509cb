"""The declaration of a form, `form=` of its route, read by all that show or refuse it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from litestar import Litestar
from litestar.routes import HTTPRoute

from web.pages.shell.session import PageRequest
from web.pages.words.fields import OTHER
from web.pages.words.labels import spoken
from web.tickets.life.moves import Move


@dataclass(frozen=True)
class FormSpec:
    """One form of a page. Path parameters of the address it is sent to stand in braces: `{number}`."""

    noun: str
    """Its name on its page, where each form has another one."""
    page: str = ""
    """Where it stands: an address that answers GET. The address it is sent to, if none is given."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """The label of each field that a refusal can name."""
    written: tuple[str, ...] = ()
    """Fields of words that somebody composes. Whatever is refused, these come back."""
    move: Move | None = None
    """What it does to a ticket. The form is on the page as long as the move is open."""
    after: str = "/"
    """Where one goes whom the move took out of the ticket's sight."""
    yields: bool = False
    """Whether it is shown again, with the news, when others changed the ticket after its page was shown."""
    is_told: bool = False
    """Whether its page says afterwards what it did."""
    is_autosaved: bool = False
    """Whether its text is kept on the server while it is being written."""

    def label(self, name: str) -> str:
        return spoken(self.fields.get(name, OTHER))


NO_FORM = FormSpec("")


def spec_of(request: PageRequest) -> FormSpec:
    """Of the form that is sent to this address; `NO_FORM` where none is, and where no handler was found."""
    handler = request.scope.get("route_handler")
    return handler.opt.get("form", NO_FORM) if handler else NO_FORM


def page_of(request: PageRequest) -> str:
    """The page on which the form that is sent to this address stands; any other address is its own."""
    return spec_of(request).page.format(**request.path_params) or request.url.path


@cache
def specs(portal: Litestar) -> dict[str, FormSpec]:
    """Every form of the application, by the name of its handler."""
    handlers = [each for route in portal.routes if isinstance(route, HTTPRoute) for each in route.route_handlers]
    return {str(each.name): each.opt["form"] for each in handlers if "form" in each.opt}


def offered(portal: Litestar, page: str, moves: Iterable[Move]) -> set[str]:
    """The nouns of the page's forms whose move is one of these."""
    nouns = {each.noun for each in moves}
    return {noun for noun, spec in forms_of(portal, page).items() if spec.move and spec.move.noun in nouns}


@cache
def forms_of(portal: Litestar, page: str) -> dict[str, FormSpec]:
    """Those of one page, by their nouns."""
    return {spec.noun: spec for spec in specs(portal).values() if spec.page == page}
