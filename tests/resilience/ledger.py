"""Records what was acknowledged to clients, for comparison with the final state."""

import asyncio
import hashlib
import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx

from tests.browser.demonstration import Remote
from tests.resilience.portals import Portal


@dataclass
class Ledger:
    """Acknowledged messages: the text of each, and the hash of its file if it had one."""

    acknowledged: dict[str, str | None] = field(default_factory=dict)
    reached: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def note(self, words: str, sha256: str | None) -> None:
        async with self.reached:
            self.acknowledged[words] = sha256
            self.reached.notify_all()

    async def grows_to(self, count: int) -> None:
        async with self.reached:
            await self.reached.wait_for(lambda: len(self.acknowledged) >= count)


async def write(nodes: Sequence[Portal], ana: Remote, ticket: str, ledger: Ledger, enough: int) -> None:
    """Sends replies one after the other, until `enough` are acknowledged.

    Each is sent again with the same key until some node acknowledges it.
    """
    values = (await ana.get(ticket)).values(f"{ticket}/replies")
    while len(ledger.acknowledged) < enough:
        words, file = secrets.token_hex(8), None
        if random.random() < 0.3:
            file = secrets.token_bytes(20_000)
        form = {**values, "_key": secrets.token_hex(8), "body": words}
        while not await _acknowledges(random.choice(nodes), ana, f"{ticket}/replies", form, file):
            await asyncio.sleep(0)
        await ledger.note(words, hashlib.sha256(file).hexdigest() if file else None)


async def _acknowledges(node: Portal, ana: Remote, path: str, form: dict[str, str], file: bytes | None) -> bool:
    try:
        answer = await node.revisited_by(ana).post(path, form, files=[("anexo.bin", file)] if file else None)
    except httpx.TransportError:
        return False
    assert answer.status in (303, 503), answer.words
    return answer.status == 303
