"""The stream of one open page: what it follows, what it was not told yet, and when it ends."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from web.live.topics import Topics
from web.people.permissions import Actor

BEAT = 12
"""Seconds after which a stream without news sends a heartbeat."""
GAP = 0.25
"""Seconds between two messages; changes in between are sent together."""

SILENCE = "-"


@dataclass(eq=False)
class Stream:
    """The stream of news to one page of a session or of a visit."""

    person: Actor
    entry: str
    """The session or visit, as the database names it: "s17" is a session, "k17" a visit."""
    token: str
    topics: Topics
    keys: dict[str, str] = field(default_factory=dict)
    """The topic to tell, by the database's key; "" means that the stream's rights must be checked."""
    ends: float = 0
    """When the session or visit ends without further requests, by the clock of the event loop."""
    is_over: bool = False
    is_doubtful: bool = False
    _untold: set[str] = field(default_factory=set)
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, name: str) -> None:
        if name:
            self._untold.add(name)
        else:
            self.is_doubtful = True
        self._woken.set()

    def end(self) -> None:
        self.is_over = True
        self._woken.set()

    async def news(self) -> AsyncIterator[str]:
        """Yields the names of what changed, or a heartbeat; rights may have to be checked between two of them."""
        yield SILENCE
        while not self.is_over:
            await self._wait()
            yield " ".join(sorted(self._taken())) or SILENCE
            if not self.is_over:
                await asyncio.sleep(GAP)

    async def _wait(self) -> None:
        now = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(max(0, min(BEAT, self.ends - now))):
                await self._woken.wait()
        except TimeoutError:
            self.is_doubtful = self.is_doubtful or asyncio.get_running_loop().time() >= self.ends

    def _taken(self) -> set[str]:
        taken, self._untold = self._untold, set()
        self._woken.clear()
        return taken
