"""Suggests articles that may answer a ticket while its title is typed."""

from litestar import get
from litestar.response.base import Response

from web.articles.feedback import suggestions
from web.clock import now
from web.pages.portal import requests
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_intake import IN_BACKGROUND
from web.pages.shell.session import PageRequest


@get("/tickets/new/suggestions", name="suggestions", opt={IN_BACKGROUND: True})
async def show(request: PageRequest) -> Response[str]:
    """A part of the request form, for htmx. Without htmx the whole form is shown."""
    if not render.is_swap(request):
        return await requests.page(request, Form())
    title = request.query_params.get("title", "")
    found = await suggestions.suggested(title, by=person_of(request), at=now())
    return render.page(request, "portal/tickets/request/suggestions.html", {"suggested": found})
