"""Follows one ticket in a frame by its number and code. Each form carries the visit, because there are no cookies."""

from typing import Any

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response
from litestar.types import ASGIApp

from web.clock import now
from web.errors import NotFound
from web.http.downloads import UNCOMPRESSED
from web.kiosks import visits
from web.pages.embed import frame
from web.pages.kiosk import files, following
from web.pages.shell import render
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest
from web.pages.shell.ticket_form_handler import left_by
from web.pages.ticket_forms import TICKET_FORMS
from web.pages.words.fields import labels

ASK = "/embed/follow"


@get(ASK, name="embed_follow")
async def ask(request: PageRequest) -> Response[str]:
    return following.asked(request, Form())


@post(ASK, name="embed_check", status_code=200, form=FormSpec("follow", ASK, labels("number", "code")))
async def check(request: PageRequest) -> Response[str]:
    form = await read_form(request, is_public=True)
    found = await following.begin(request, form)
    if isinstance(found, Response):
        return found
    await frame.enter_by(request, found)
    return await page(request, found, Form())


@post("/embed/ticket", name="embed_ticket", status_code=200, form=FormSpec("ticket", ASK))
async def show(request: PageRequest) -> Response[str]:
    """Shows the ticket from its receipt, or from a page that was read meanwhile. Both carry the visit."""
    form = await read_form(request, is_proven=True, enter=frame.enter)
    return await page(request, form.text("visit"), Form())


@post("/embed/ticket/news", name="embed_news", status_code=200, form=FormSpec("news", ASK))
async def show_news(request: PageRequest) -> Response[str]:
    return await following.news(request, await read_form(request, enter=frame.enter))


@post("/embed/ticket/live", name="embed_live", status_code=200, form=FormSpec("live", ASK), opt={UNCOMPRESSED: True})
async def follow(request: PageRequest) -> ASGIApp:
    form = await read_form(request, enter=frame.enter)
    return await following.stream(request, form.text("visit"))


@post("/embed/ticket/unsent", name="embed_unsent", status_code=204, form=FormSpec("unsent", ASK))
async def write(request: PageRequest) -> None:
    await following.note_writing(request, await read_form(request, enter=frame.enter))


@post("/embed/ticket/end", name="embed_end", status_code=200, form=FormSpec("end", ASK))
async def end(request: PageRequest) -> Response[str]:
    """Ends the visit, so that nobody after its visitor reads the ticket there."""
    form = await read_form(request, enter=frame.enter)
    await visits.end(form.text("visit"), at=now())
    frame.leave(request)
    return following.asked(request, Form())


@post(
    "/embed/ticket/{noun:str}",
    name="embed_act",
    status_code=200,
    form=FormSpec("{noun}", ASK, labels("body", "files", "service", "quality", "comment"), ("body", "comment")),
)
async def act(request: PageRequest, noun: FromPath[str]) -> Response[str]:
    form = await read_form(request, enter=frame.enter)
    if noun not in TICKET_FORMS:
        raise NotFound("form")
    visit = form.text("visit")
    refused = await following.acted(request, form, noun)
    if refused is not None:
        return await page(request, visit, form, status=refused)
    return await page(request, visit, left_by(form), is_done=True)


@get("/embed/ticket/{token:str}/attachments/{number:int}/{name:str}", name="embed_file", opt={UNCOMPRESSED: True})
async def show_file(
    request: PageRequest, token: FromPath[str], number: FromPath[int], name: FromPath[str]
) -> Response[Any]:
    await frame.enter_for_files(request, token)
    return await files.whole(request, number)


@get("/embed/ticket/{token:str}/thumbnails/{number:int}", name="embed_thumbnail", opt={UNCOMPRESSED: True})
async def show_small(request: PageRequest, token: FromPath[str], number: FromPath[int]) -> Response[Any]:
    await frame.enter_for_files(request, token)
    return await files.small(request, number)


async def page(
    request: PageRequest, visit: str, form: Form, *, address: str = "", is_done: bool = False, status: int = 200
) -> Response[str]:
    """The ticket; `address` is the one that was just left for answers."""
    more = {"visit": visit, "address": address, "is_done": is_done}
    context = {**await following.shown(request, form), **more}
    return render.page(request, "follow/ticket.html", context, status=status)
