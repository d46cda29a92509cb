"""One stream for each open page: it names what changed, and the page asks for it anew (HTML, server-sent events)."""

import asyncio
from contextlib import suppress

from litestar import get
from litestar.types import ASGIApp, Receive, Scope, Send

from web.clock import now
from web.database import FAILURES
from web.errors import NotFound
from web.http.downloads import UNCOMPRESSED
from web.live import attendance, rights, topics
from web.live.hub import HUB
from web.live.streams import Stream
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest, cookie_name

STALLED = 5
"""Seconds that a page may leave what it is told unread."""

_HEADERS = ((b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no"))


@get("/live", name="live", opt={UNCOMPRESSED: True})
async def follow(request: PageRequest) -> ASGIApp:
    """What one may not see is not found. Without a session or room the browser is told to give up."""
    me, named = request.user, topics.parse(request.query_params.get("topics", ""))
    if me is None or not named.names or not HUB.has_room(me.id):
        return _no_room
    stream = Stream(me, request.auth, request.cookies.get(cookie_name(), ""), named)
    HUB.open(stream)
    try:
        if not await rights.may_begin(stream, at=now()):
            raise NotFound("topic")
        await attendance.come(stream, now())
    except BaseException:
        HUB.close(stream)
        raise
    HUB.catch_up(stream, (whole_number(request.query_params.get("age", "")) or 0) / 1000)
    return _Told(stream)


async def _no_room(scope: Scope, receive: Receive, send: Send) -> None:
    """By 204 an EventSource knows that it shall not try again."""
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


class _Told:
    """The answer: news as they come, until the page, its rights or the server are gone."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        gone = asyncio.ensure_future(_gone(receive))
        gone.add_done_callback(lambda _: self._stream.end())
        try:
            with suppress(TimeoutError):
                await self._tell(send)
        finally:
            gone.cancel()
            HUB.close(self._stream)
            attendance.leave(HUB, self._stream)

    async def _tell(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        async for names in self._stream.news():
            if self._stream.is_over or (self._stream.is_doubtful and not await _holds(self._stream)):
                break
            async with asyncio.timeout(STALLED):
                await send({"type": "http.response.body", "body": f"data: {names}\n\n".encode(), "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _holds(stream: Stream) -> bool:
    """While the database is gone nobody knows; the page asks again."""
    try:
        return await rights.may_go_on(stream, at=now())
    except FAILURES:
        return False


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
