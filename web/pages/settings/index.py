"""The index of the settings: what can be set, and how it stands."""

from litestar import get
from litestar.response.base import Response

from web.pages.shell import render
from web.pages.shell.session import PageRequest
from web.pages.words.settings.index import sections
from web.tickets.settings.counts import setting_counts


@get("/desk/settings", name="settings")
async def show(request: PageRequest) -> Response[str]:
    return render.page(request, "settings/index.html", {"sections": list(sections(await setting_counts()))})
