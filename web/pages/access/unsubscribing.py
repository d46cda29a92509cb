"""The link of a message to fewer of them. Opening it changes nothing, because mail scanners open links."""

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import NotFound
from web.mail import unsubscribe_links
from web.mail.unsubscribe_links import Subscriber
from web.pages.shell import render
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest
from web.people import accounts

PAGE = "/unsubscribe/{token:str}"


@get(PAGE, name="unsubscribe")
async def show(request: PageRequest, token: FromPath[str]) -> Response[str]:
    try:
        found = await unsubscribe_links.find(token)
    except NotFound:
        return _invalid(request)
    return await _page(request, found, is_over=found.is_over)


@post(PAGE, name="end_subscription", status_code=200, form=FormSpec("unsubscription"))
async def create(request: PageRequest, token: FromPath[str]) -> Response[str]:
    """RFC 8058, 3.2: mail programs post without cookies and follow no redirect. The token alone authenticates."""
    await read_form(request, is_proven=True)
    try:
        found = await unsubscribe_links.find(token)
        await unsubscribe_links.unsubscribe(found, at=now())
    except NotFound:
        return _invalid(request)
    return await _page(request, found, is_over=True)


async def _page(request: PageRequest, found: Subscriber, *, is_over: bool) -> Response[str]:
    context = {
        "what": found.what,
        "number": found.number,
        "is_over": is_over,
        "has_account": await accounts.is_settled(found.reader.id),
    }
    return render.page(request, "access/unsubscribing.html", context)


def _invalid(request: PageRequest) -> Response[str]:
    return render.page(request, "access/invalid_unsubscription.html", {}, status=404)
