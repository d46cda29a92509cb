"""Commands about mail: receiving mail from a pipe."""

import argparse
import os
import sys

from web.commands.runner import described, in_database
from web.errors import BadSetting, OutOfDate
from web.settings import settings
from web.storage import StorageError


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("mail", help="Mail that comes in without a mailbox.")
    ways = parser.add_subparsers(required=True, metavar="way")
    described(ways, "receive", receive).set_defaults(command=receive)


def receive(chosen: argparse.Namespace) -> int:
    """Stores one mail from standard input. Exits with 75 on failure, so that the mail server retries (sysexits.h)."""
    from web.database import FAILURES

    try:
        in_database(_keep)
    except (*FAILURES, StorageError, BadSetting, OutOfDate) as error:
        print(f"guichê: {error}", file=sys.stderr)
        return os.EX_TEMPFAIL
    return 0


async def _keep() -> None:
    from web import clock
    from web.mail.incoming import queue
    from web.storage import Storage

    raw = sys.stdin.buffer.read()
    await queue.store(raw, storage=Storage.at(settings().storage), at=clock.now())
