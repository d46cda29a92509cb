"""The index of the settings: what can be set, and how it stands."""

from litestar import get
from litestar.response.base import Response

from web.pages.shell import render
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.pages.words.settings.index import place_section, sections
from web.place.place import known
from web.tickets.settings.counts import setting_counts


@get("/desk/settings", name="settings")
async def show(request: PageRequest) -> Response[str]:
    found = list(sections(await setting_counts()))
    if person_of(request).is_admin:
        found.insert(0, place_section(known()))
    return render.page(request, "settings/index.html", {"sections": found})
