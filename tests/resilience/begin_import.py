"""A process that uploads a file of people, tries it out, and starts its import for a worker."""

import asyncio
import sys
from pathlib import Path

from web.clock import now
from web.commands.runner import operator
from web.database import opened
from web.imports.people import sandbox, uploads, worker
from web.imports.progress import Brought
from web.mail.incoming.queue import whole
from web.settings import settings
from web.storage import Storage


async def main(file: str) -> None:
    async with opened():
        storage, by, raw = Storage.at(settings().storage), operator(), Path(file).read_bytes()
        stored = await storage.receive(whole(raw), limit=len(raw))
        rows = await sandbox.rows(raw)
        number = await uploads.upload(Brought("pessoas.csv", stored.sha256, stored.size), rows, by=by, at=now())
        matching = await uploads.matching(number)
        await uploads.try_out(number, matching.columns, matching.header, by=by)
        await worker.go_on(number, storage=storage, now=now)
        await uploads.begin(number, invites=False, by=by)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
