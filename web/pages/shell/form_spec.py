"""The declaration of a form, `form=` of its route, which every part that shows or refuses the form reads."""

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
    """A form of a page. Path parameters stand in braces, as in `{number}`."""

    noun: str
    """Its name, unique on its page."""
    page: str = ""
    """The address of its page, which answers GET; by default the address that the form is sent to."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """The label of each field that a refusal can name."""
    written: tuple[str, ...] = ()
    """Fields with composed text, which is restored after every refusal."""
    move: Move | None = None
    """The move that it makes. The form is shown as long as the move is open."""
    after: str = "/"
    """Where to redirect when the move took the ticket out of the reader's sight."""
    yields: bool = False
    """Whether it is shown again, with the news, when others changed the ticket after its page was shown."""
    is_told: bool = False
    """Whether its page confirms afterwards what it did."""
    is_autosaved: bool = False
    """Whether its text is saved on the server while it is being written."""

    def label(self, name: str) -> str:
        return spoken(self.fields.get(name, OTHER))


NO_FORM = FormSpec("")


def spec_of(request: PageRequest) -> FormSpec:
    """The form that is sent to this address; `NO_FORM` if there is none or the route is unknown."""
    handler = request.scope.get("route_handler")
    return handler.opt.get("form", NO_FORM) if handler else NO_FORM


def page_of(request: PageRequest) -> str:
    """The page of the form that is sent to this address; any other address is its own page."""
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
    """The forms of a page, by noun."""
    return {spec.noun: spec for spec in specs(portal).values() if spec.page == page}
