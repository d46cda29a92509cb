"""Handles a form that changes something other than a ticket, then redirects or shows the form again."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol, TypeVar

from litestar import post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, Overtaken, Throttled
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest
from web.people.permissions import Actor
from web.tickets.settings.ordering import Where

M = TypeVar("M")


class ShowForm(Protocol):
    """Shows the page of a form as it was typed, with an HTTP status."""

    def __call__(self, form: Form, /, *, status: int) -> Awaitable[Response[str]]: ...


async def changed(
    request: PageRequest, act: Callable[[Form], Awaitable[M]], *, show: ShowForm, then: str | Callable[[M], str]
) -> Response[str]:
    """Makes the change and redirects to `then`, or shows the form again with its errors."""

    async def lead_on(made: M) -> Response[str]:
        return render.redirect(request, then if isinstance(then, str) else then(made))

    return await answered(request, act, show=show, answer=lead_on)


async def answered(
    request: PageRequest,
    act: Callable[[Form], Awaitable[M]],
    *,
    show: ShowForm,
    answer: Callable[[M], Awaitable[Response[str]]],
) -> Response[str]:
    """Makes the change and shows `answer`, or shows the form again with its errors.

    The form then also shows what others changed meanwhile, and whether too many wrong passwords were tried.
    """
    form = await read_form(request)
    try:
        made = await act(form)
    except Invalid as error:
        return await show(form.wrong(error), status=422)
    except Throttled as error:
        if "current" not in form.spec.fields:
            raise
        return await show(form.wrong(Invalid("current", error.code)), status=429)
    except Overtaken:
        form.is_overtaken = True
        return await show(form, status=409)
    return await answer(made)


class ActOnOne(Protocol):
    """Makes a change of the thing with this number."""

    def __call__(self, number: int, /, *, by: Actor, at: datetime) -> Awaitable[object]: ...


def button(address: str, name: str, form: FormSpec, act: ActOnOne, *, then: str) -> HTTPRouteHandler:
    """The handler of a form without fields for the thing with the `{number}` of the address; redirects to `then`."""

    @post(address, name=name, status_code=303, form=form)
    async def press(request: PageRequest, number: FromPath[int]) -> Response[str]:
        await read_form(request)
        await act(number, by=person_of(request), at=now())
        return render.redirect(request, then.format(number=number))

    return press


def where(form: Form) -> Where:
    """Where the form moves its row."""
    return "up" if form.is_checked("up") else "down" if form.is_checked("down") else form.number("place")


def reordered(request: PageRequest, form: Form, address: str, row: str) -> Response[str]:
    """Redirects to the page with the row that was moved, and its way; `row` is its name among all rows there."""
    way = where(form)
    return render.redirect(request, f"{address}?moved={row}-{way if way in ('up', 'down') else 'place'}")


def moved_row(request: PageRequest) -> str:
    """The row that was moved, and its way; there the focus is."""
    return request.query_params.get("moved", "")
