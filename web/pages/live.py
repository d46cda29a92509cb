"""The stream of each open page of a signed-in person."""

from litestar import get
from litestar.types import ASGIApp

from web.http.downloads import UNCOMPRESSED
from web.live import rights, topics
from web.live.streams import Stream
from web.pages import streaming
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest, cookie_name


@get("/live", name="live", opt={UNCOMPRESSED: True})
async def follow(request: PageRequest) -> ASGIApp:
    """Opens the stream. Without a session or room, the browser is told to give up."""
    me, named = request.user, topics.parse(request.query_params.get("topics", ""))
    if me is None or not named.names:
        return streaming.no_room
    stream = Stream(me, f"s{request.auth}", request.cookies.get(cookie_name(), ""), named)
    age = (whole_number(request.query_params.get("age", "")) or 0) / 1000
    return await streaming.begun(stream, rights.may_begin, rights.may_go_on, age=age)
