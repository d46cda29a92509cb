"""A page that follows topics, and the messages of its stream."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from tests.browser.demonstration import Remote
from tests.client import Page
from tests.servers import PATIENCE


@dataclass
class Followed:
    """An open stream."""

    answer: httpx.Response
    _lines: AsyncIterator[str]
    beats: int = 0
    """Heartbeats after the first: one each `BEAT` seconds without news."""

    async def next(self) -> list[str]:
        """The topics of the next message, without heartbeats. Empty when the stream ends."""
        async with asyncio.timeout(PATIENCE):
            async for line in self._lines:
                told = line.removeprefix("data: ")
                if told not in ("", "-"):
                    return told.split()
                self.beats += told == "-"
        return []

    async def until(self, topic: str) -> set[str]:
        """All topics until this one."""
        told: set[str] = set()
        while topic not in told:
            told |= set(await self.next())
        return told

    async def ends(self) -> bool:
        """Whether a message ends it, before its own regular check of rights."""
        while await self.next():
            pass
        return not self.beats

    async def begins(self) -> None:
        """Waits for the first heartbeat."""
        assert await anext(self._lines) == "data: -"


@asynccontextmanager
async def following(browser: Remote, topics: str, age: int = 0) -> AsyncIterator[Followed]:
    """The stream after its start; `age` of its page in milliseconds."""
    query = {"topics": topics, "age": str(age)}
    async with browser.client.stream("GET", "/live", params=query) as answer:
        followed = await _begun(answer)  # held here too, or a test that reads no message of it would end it at once
        yield followed


@asynccontextmanager
async def following_by_code(browser: Remote, page: Page) -> AsyncIterator[Followed]:
    """The stream of a page that follows a ticket by its code."""
    form = page.element("again")
    values = {each.attributes["name"]: each.attributes["value"] for each in form.css("[name=visit]")}
    values["_token"], headers = form.attributes["data-token"], {"Origin": browser.url}
    async with browser.client.stream("POST", form.attributes["data-stream"], data=values, headers=headers) as answer:
        followed = await _begun(answer)
        yield followed


async def _begun(answer: httpx.Response) -> Followed:
    assert answer.status_code == 200, answer.status_code
    followed = Followed(answer, answer.aiter_lines())
    await followed.begins()
    return followed
