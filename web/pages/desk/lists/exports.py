"""Downloads a desk list as a CSV file."""

from litestar import get
from litestar.response.base import Response

from web.clock import now
from web.pages.desk.lists.addresses import filter_from_query
from web.pages.shell import spreadsheets
from web.pages.shell.dependencies import person_of
from web.pages.shell.session import PageRequest
from web.pages.words import exports as words
from web.tickets.lists import exports


@get("/desk/tickets.csv", name="desk_file")
async def download(request: PageRequest) -> Response[str]:
    me, at = person_of(request), now()
    found = await exports.of_desk(filter_from_query(request.query_params), by=me, at=at)
    return await spreadsheets.long_download(words.file_name(at), *words.table(found, words.DESK, me))
