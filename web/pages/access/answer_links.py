"""Links in messages that answer without signing in. Opening one changes nothing, because mail scanners open links."""

from typing import Any

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, NotFound, NotFromHere, NotPermitted, Overtaken
from web.http.downloads import UNCOMPRESSED
from web.mail import answer_links
from web.pages import ticket_files
from web.pages.shell import render
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.shell.ticket_form_handler import left_by
from web.pages.ticket_forms import VERDICTS, Act, verdicts_open
from web.pages.words.labels import SCORES
from web.pages.words.tickets.next_step import how_to_reply
from web.tickets.life.states import Channel
from web.tickets.record.attachments import StoredFile, files_of
from web.tickets.record.events import Stamp

PAGE = "/answers/{token}"


@get("/answers/{token:str}", name="answer")
async def show(request: PageRequest, token: FromPath[str]) -> Response[str]:
    return await _page(request, token, await restored_form(request))


def _answering(noun: str) -> HTTPRouteHandler:
    spec = VERDICTS[noun].spec(noun, PAGE)

    @post(f"/answers/{{token:str}}/{noun}", name=f"answer_{noun}", status_code=303, form=spec)
    async def handle(request: PageRequest, token: FromPath[str]) -> Response[str]:
        return await _answered(request, token, VERDICTS[noun].act)

    return handle


ANSWERING = [_answering(noun) for noun in VERDICTS]


@get("/answers/{token:str}/attachments/{number:int}/{name:str}", name="answer_file", opt={UNCOMPRESSED: True})
async def show_file(
    request: PageRequest, token: FromPath[str], number: FromPath[int], name: FromPath[str]
) -> Response[Any]:
    return ticket_files.unkept(await ticket_files.whole(request, await _file(token, number)))


@get("/answers/{token:str}/thumbnails/{number:int}", name="answer_thumbnail", opt={UNCOMPRESSED: True})
async def show_small(request: PageRequest, token: FromPath[str], number: FromPath[int]) -> Response[Any]:
    return ticket_files.unkept(await ticket_files.small(request, await _file(token, number)))


async def _file(token: str, number: int) -> StoredFile:
    """A file of the solution that the link is about."""
    asked = await answer_links.question(token, at=now())
    of = {"ticket": asked.ticket.number, "message": asked.solution.id}
    return await ticket_files.of_message(number, **of, by=asked.reader)


async def _answered(request: PageRequest, token: str, act: Act) -> Response[str]:
    """Makes the move of an answer. The first answer wins, and the move itself checks whether it is still allowed."""
    form = await read_form(request, is_public=True)
    try:
        asked = await answer_links.question(token, at=now())
        await act(asked.ticket, form, Stamp(by=asked.reader, at=now(), key=form.key), Channel.EMAIL)
    except NotFound:
        return _invalid(request, form)
    except Invalid as error:
        return await _page(request, token, form.wrong(error), status=422)
    except (NotFromHere, NotPermitted, Overtaken):
        return await _page(request, token, form, status=409)
    if left_by(form):
        return await _page(request, token, form, is_done=True)
    return render.redirect(request, f"{PAGE.format(token=token)}?done=1")


async def _page(
    request: PageRequest, token: str, form: Form, *, is_done: bool = False, status: int = 200
) -> Response[str]:
    try:
        asked = await answer_links.question(token, at=now())
    except NotFound:
        return _invalid(request, form)
    offered = verdicts_open(asked.ticket, asked.reader)
    context = {
        "offered": offered,
        "how_to_reply": how_to_reply(asked.ticket, asked.reader),
        "unsent": "" if form.noun in offered else form.written,
        "ticket": asked.ticket,
        "solution": asked.solution,
        "files": await files_of(asked.solution.id),
        "address": PAGE.format(token=token),
        "scores": SCORES,
        "form": form,
        "is_done": is_done or request.query_params.get("done") == "1",
    }
    return render.page(request, "access/answer.html", context, status=status)


def _invalid(request: PageRequest, form: Form) -> Response[str]:
    return render.page(request, "access/invalid_answer_link.html", {"unsent": form.written}, status=404)
