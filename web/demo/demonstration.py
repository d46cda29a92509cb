"""The demonstration: people, settings, and the tickets of three weeks, in an empty database."""

import heapq
from collections.abc import Callable
from datetime import datetime

from web.database import execute
from web.demo import cast, catalog, help_centre
from web.demo.desk import Desk, Story
from web.demo.stories import access, assessments, billing, chats, materials, purchases
from web.storage import Storage

STORIES: tuple[Callable[[Desk], Story], ...] = (
    *access.STORIES,
    *assessments.STORIES,
    *billing.STORIES,
    *materials.STORIES,
    *purchases.STORIES,
    *chats.STORIES,
)


async def write(password: str | None, *, storage: Storage, end: datetime) -> None:
    """Writes the demonstration. Call it inside a transaction."""
    people = await cast.enrol(password, at=end)
    await catalog.add_targets()
    await catalog.add_purchases()
    await catalog.add_canned_replies(by=people.lia, at=end)
    await catalog.add_kiosk(by=people.admin, at=end)
    await help_centre.write(storage=storage, by=people.lia, at=end)
    desk = Desk(people, end=end)
    await chats.turn_on(people, desk=desk)
    await tell(desk)


async def tell(desk: Desk) -> None:
    """Plays all stories at once in the order of time, so that tickets are numbered in order."""
    running: list[tuple[float, int, Story]] = []
    for place, story in enumerate(STORIES):
        await _go_on(story(desk), place, running)
    while running:
        hours, place, told = heapq.heappop(running)
        await desk.goes_on_until(-hours)
        await _go_on(told, place, running)
    await desk.comes_to_its_end()
    await execute("UPDATE event SET announced_at = at WHERE announced_at IS NULL")  # no notifications


async def _go_on(story: Story, place: int, running: list[tuple[float, int, Story]]) -> None:
    """Continues a story to its next instant; a finished one is dropped."""
    hours = await anext(story, None)
    if hours is not None:
        heapq.heappush(running, (-hours, place, story))
