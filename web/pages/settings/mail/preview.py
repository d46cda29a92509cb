"""Previews of the messages about tickets with example data. Nothing is sent or stored."""

from litestar import get
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import NotFound
from web.http.security import FRAMED, FRAMING
from web.mail.outgoing.compose import Letter, written
from web.notifications.rules import Notification
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.session import PageRequest
from web.pages.words.settings import mail_preview as words

ADDRESS = "/desk/settings/mail/preview"


@get(ADDRESS, name="mail_preview")
async def show(request: PageRequest) -> Response[str]:
    occasion = _kind(request.query_params.get("occasion", Notification.ACKNOWLEDGED))
    context = {"letter": _letter(request, occasion), "occasion": occasion, "occasions": words.notifications()}
    answer = render.page(request, "settings/mail_preview.html", context)
    answer.headers["Content-Security-Policy"] = FRAMING
    return answer


@get(ADDRESS + "/{occasion:str}", name="mail_preview_html")
async def html(request: PageRequest, occasion: FromPath[str]) -> Response[str]:
    """The framed message. Its styles are inline, as in mail programs."""
    letter = _letter(request, _kind(occasion))
    return Response(letter.html, media_type=render.HTML, headers={"Content-Security-Policy": FRAMED})


def _letter(request: PageRequest, occasion: Notification) -> Letter:
    return written(words.example(occasion, zone=person_of(request).zone, at=now()), render=render.mail_texts())


def _kind(name: str) -> Notification:
    if name not in set(Notification):
        raise NotFound("occasion")
    return Notification(name)
