"""Server-sent events: the open response names what changed, and the page requests it (HTML standard)."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

from litestar.types import ASGIApp, Receive, Scope, Send

from web.clock import now
from web.database import FAILURES
from web.errors import NotFound
from web.live import stream_presence
from web.live.hub import HUB
from web.live.streams import Stream

STALLED = 5
"""Seconds that a page may leave a message unread."""

MayFollow = Callable[[Stream, datetime], Awaitable[bool]]
"""Whether a page may follow its topics at this moment."""

_HEADERS = ((b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no"))


async def begun(stream: Stream, may_begin: MayFollow, may_go_on: MayFollow, *, age: float = 0) -> ASGIApp:
    """The stream of a page that is `age` seconds old. Raises `NotFound` for topics it may not follow."""
    if not HUB.has_room(stream.person.id):
        return no_room
    HUB.open(stream)
    try:
        if not await may_begin(stream, now()):
            raise NotFound("topic")
        await stream_presence.come(stream, now())
    except BaseException:
        HUB.close(stream)
        raise
    HUB.catch_up(stream, age)
    return _Told(stream, may_go_on)


async def no_room(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers 204, after which an EventSource does not try again."""
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


class _Told:
    """Sends news as they come, until the page closes, its rights end or the server stops."""

    def __init__(self, stream: Stream, may_go_on: MayFollow) -> None:
        self._stream, self._may_follow = stream, may_go_on

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        gone = asyncio.ensure_future(_gone(receive))
        gone.add_done_callback(lambda _: self._stream.end())
        try:
            with suppress(TimeoutError):
                await self._tell(send)
        finally:
            gone.cancel()
            HUB.close(self._stream)
            stream_presence.leave(HUB, self._stream)

    async def _tell(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        async for names in self._stream.news():
            if self._stream.is_over or (self._stream.is_doubtful and not await self._may_go_on()):
                break
            async with asyncio.timeout(STALLED):
                await send({"type": "http.response.body", "body": f"data: {names}\n\n".encode(), "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _may_go_on(self) -> bool:
        """Whether the stream may go on. While the database is unreachable it ends, and the page reconnects."""
        try:
            return await self._may_follow(self._stream, now())
        except FAILURES:
            return False


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
