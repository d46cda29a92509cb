"""The streams of this process and their topics. The database announces changes, and the hub passes them on."""

import asyncio
import resource
from collections import OrderedDict, defaultdict
from collections.abc import Iterable

from web.live.streams import Stream
from web.live.topics import is_of_ticket

MOST_OF_PERSON = 6
MOST = 4_000
SPARE = 200
"""File descriptors that streams leave for pages, the database and uploads."""
REMEMBERED = 60
"""Seconds for which changes are remembered, for pages that are older than their stream."""
LAPSES = (21, 40)
"""Seconds after which presence is requested again, because it lapses: first writing, then looking."""


class Hub:
    """One hub for each process."""

    def __init__(self) -> None:
        self.streams: set[Stream] = set()
        self.moved: set[int] = set()
        """Tickets whose lists were not notified yet."""
        self.is_ended = False
        """Whether the server is stopping and accepts no new streams."""
        self._followers: defaultdict[str, set[Stream]] = defaultdict(set)
        self._told: OrderedDict[str, float] = OrderedDict()
        self._lapses: dict[str, asyncio.TimerHandle] = {}
        self._whole_since = float("inf")

    def has_room(self, person: int) -> bool:
        """Whether one more stream fits. Neither one person nor all streams together can block others."""
        if self.is_ended:
            return False
        most = min(MOST, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - SPARE)
        return len(self.streams) < most and len(self.followers(f"p{person}")) < MOST_OF_PERSON

    def followers(self, key: str) -> set[Stream]:
        return self._followers.get(key, set())

    def open(self, stream: Stream) -> None:
        in_doubt = (stream.entry, f"p{stream.person.id}", *(f"v{each}" for each in stream.topics.tickets))
        stream.keys = stream.topics.keys(stream.person) | dict.fromkeys(in_doubt, "")
        self.streams.add(stream)
        for key in stream.keys:
            self._followers[key].add(stream)

    def catch_up(self, stream: Stream, age: float) -> None:
        """Tells what changed in the last `age` seconds, or everything if that is no longer known."""
        since = asyncio.get_running_loop().time() - age
        is_known = age < REMEMBERED and since > self._whole_since
        told = {key for key, at in self._told.items() if at >= since}
        if any(map(is_of_ticket, told)):
            told.add("l")
        for key, name in stream.keys.items():
            if name and (key in told or not is_known):
                stream.tell(name)

    def close(self, stream: Stream) -> None:
        self.streams.discard(stream)
        for key in stream.keys:
            self._followers[key].discard(stream)
            if not self._followers[key]:
                del self._followers[key]

    def tell(self, keys: Iterable[str]) -> None:
        now = asyncio.get_running_loop().time()
        for key in keys:
            self._tell(key)
            self._remember(key, now)

    def tell_all(self) -> None:
        """Tells every stream everything, because changes may have been missed."""
        self._whole_since = asyncio.get_running_loop().time()
        for stream in self.streams:
            for name in stream.keys.values():
                stream.tell(name)

    def end_all(self) -> None:
        self.is_ended = True
        for stream in self.streams:
            stream.end()

    def _tell(self, key: str) -> None:
        if is_of_ticket(key):
            self.moved.add(int(key[1:]))
        for stream in self.streams if key[0] == "r" else self.followers(key):
            stream.tell(stream.keys.get(key, ""))
        if key[0] in "wW" and key in self._followers:
            self._again_after_a_while(key, *LAPSES)

    def _again_after_a_while(self, key: str, first: float, *then: float) -> None:
        if key in self._lapses:
            self._lapses[key].cancel()
        self._lapses[key] = asyncio.get_running_loop().call_later(first, self._lapse, key, then)

    def _lapse(self, key: str, then: tuple[float, ...]) -> None:
        del self._lapses[key]
        for stream in self.followers(key):
            stream.tell(stream.keys[key])
        if then:
            self._again_after_a_while(key, *then)

    def _remember(self, key: str, now: float) -> None:
        self._told[key] = now
        self._told.move_to_end(key)
        while next(iter(self._told.values())) < now - REMEMBERED:
            self._told.popitem(last=False)


HUB = Hub()
