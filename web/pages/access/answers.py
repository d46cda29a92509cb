"""Links in messages that answer without signing in. Opening one changes nothing, so that mail scanners may."""

from collections.abc import Awaitable, Callable
from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, NotFound, NotFromHere, NotPermitted, Overtaken
from web.mail import answers
from web.mail.answers import Question
from web.pages.shell import render
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.pages.words.labels import SCORES
from web.people.permissions import Actor
from web.tickets.actions import ratings, resolution
from web.tickets.life.moves import CONFIRMATION, OBJECTION, RATING, available
from web.tickets.record.events import MoveResult
from web.tickets.record.ticket import TicketDetails

PAGE = "/answers/{token}"

Act = Callable[[TicketDetails, Actor, Form], Awaitable[MoveResult]]


@get("/answers/{token:str}", name="answer")
async def show(request: PageRequest, token: FromPath[str]) -> Response[str]:
    return await _page(request, token, await restored_form(request))


@post("/answers/{token:str}/confirmation", name="answer_yes", status_code=303, form=FormSpec("confirmation", PAGE))
async def confirm(request: PageRequest, token: FromPath[str]) -> Response[str]:
    return await _answered(
        request, token, lambda ticket, me, form: resolution.confirm(ticket, by=me, at=now(), key=form.key)
    )


@post(
    "/answers/{token:str}/objection",
    name="answer_no",
    status_code=303,
    form=FormSpec("objection", PAGE, labels("body"), written=("body",)),
)
async def object_to(request: PageRequest, token: FromPath[str]) -> Response[str]:
    return await _answered(
        request,
        token,
        lambda ticket, me, form: resolution.object_to(ticket, form.text("body"), by=me, at=now(), key=form.key),
    )


@post(
    "/answers/{token:str}/rating",
    name="answer_rating",
    status_code=303,
    form=FormSpec("rating", PAGE, labels("service", "quality", "comment"), written=("comment",)),
)
async def rate(request: PageRequest, token: FromPath[str]) -> Response[str]:
    async def act(ticket: TicketDetails, me: Actor, form: Form) -> MoveResult:
        given = partial(ratings.rate, service=form.number("service"), quality=form.number("quality"))
        return await given(ticket, comment=form.text("comment"), by=me, at=now(), key=form.key)

    return await _answered(request, token, act)


async def _answered(request: PageRequest, token: str, act: Act) -> Response[str]:
    """Who may answer was shown by the link; the move checks the rest. The first answer wins."""
    form = await read_form(request, is_public=True)
    try:
        asked = await answers.question(token, at=now())
        await act(asked.ticket, asked.reader, form)
    except NotFound:
        return _dead(request, form)
    except Invalid as error:
        return await _page(request, token, form.wrong(error), status=422)
    except (NotFromHere, NotPermitted, Overtaken):
        return await _page(request, token, form, status=409)
    return render.redirect(request, f"{PAGE.format(token=token)}?done=1")


async def _page(request: PageRequest, token: str, form: Form, *, status: int = 200) -> Response[str]:
    try:
        asked = await answers.question(token, at=now())
    except NotFound:
        return _dead(request, form)
    offered = _offered(asked)
    context = {
        "offered": offered,
        "unsent": "" if form.noun in offered else form.written,
        "ticket": asked.ticket,
        "said": asked.said,
        "address": PAGE.format(token=token),
        "scores": SCORES,
        "form": form,
        "is_done": request.query_params.get("done") == "1",
    }
    return render.page(request, "access/answer.html", context, status=status)


def _offered(asked: Question) -> set[str]:
    """The nouns of the forms that its reader may send now."""
    open_moves = available(asked.ticket, asked.reader)
    nouns = {move.noun for move in (CONFIRMATION, OBJECTION, RATING) if move in open_moves}
    return nouns - {RATING.noun} if asked.ticket.rating else nouns


def _dead(request: PageRequest, form: Form) -> Response[str]:
    return render.page(request, "access/dead_answer.html", {"unsent": form.written}, status=404)
