"""The page of notices, read and unread."""

from litestar import get, post
from litestar.response.base import Response

from web.clock import now
from web.notifications import notices
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.pages.words.notifications import notice_lines


@get("/notices", name="notices")
async def index(request: PageRequest) -> Response[str]:
    me = person_of(request)
    rows, has_more = await notices.page(me, before=whole_number(request.query_params.get("before", "")))
    context = {"lines": notice_lines(rows, me, now=now()), "more": rows[-1].id if has_more else None}
    return render.page(request, "portal/notices.html", context)


@get("/notices/unread", name="unread_notices")
async def unread(request: PageRequest) -> Response[str]:
    """The unread count beside the bell of an open page."""
    if not render.is_swap(request):
        return render.redirect(request, "/notices")
    return render.news(request, "layout.html", {}, block="unread", shown=str(person_of(request).unread))


@post("/notices/reading", name="read_notices", status_code=303, form=FormSpec("reading", "/notices"))
async def read(request: PageRequest) -> Response[str]:
    form = await read_form(request)
    await notices.read_all(person_of(request), until=whole_number(form.text("until")) or 0, at=now())
    return render.redirect(request, "/notices")
