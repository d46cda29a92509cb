"""The commands of `python -m web`."""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from web import commands


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("piccolo").setLevel(logging.WARNING)
    return commands.carried_out(lambda: chosen.command(chosen))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m web", description="Guichê")
    subparsers = parser.add_subparsers(required=True, metavar="command")
    serving = subparsers.add_parser("web", help="Pages only.")
    serving.set_defaults(command=commands.web)
    serving.add_argument("--workers", type=int, default=1, help="processes that answer; they share what they load")
    serving.add_argument("--timers", action="store_true", help="one more process, for what falls due, as `worker`")
    for name, command in (
        ("run", commands.run),
        ("worker", commands.worker),
        ("migrate", commands.migrate),
        ("reindex", commands.reindex),
        ("restored", commands.restored),
    ):
        subparsers.add_parser(
            name, help=(command.__doc__ or "Brings the database up to date.").splitlines()[0]
        ).set_defaults(command=command)
    saving = subparsers.add_parser("backup", help="A whole copy of the SQLite database, made while it is used.")
    saving.set_defaults(command=commands.backup)
    saving.add_argument("file", type=Path, help="where the copy goes; nothing may be there")
    checking = subparsers.add_parser("check", help="Whether the database, or a copy of one, is whole.")
    checking.set_defaults(command=commands.check)
    checking.add_argument("file", type=Path, nargs="?", help="a copy of an SQLite database; else the one in use")
    filling = subparsers.add_parser("demo", help="Many invented tickets, for measuring.")
    filling.set_defaults(command=commands.fill)
    for name, value in (("tickets", 10_000), ("organizations", 20), ("people", 200), ("messages", 4), ("seed", 1)):
        filling.add_argument(f"--{name}", type=int, default=value)
    filling.add_argument("--overdue", type=int, default=0, help="so many tickets on which time has something to do")
    enrolling = subparsers.add_parser("person", help="A new person, and the link with which they make their password.")
    enrolling.set_defaults(command=commands.person)
    enrolling.add_argument("name")
    enrolling.add_argument("identifier", nargs="+", help="e-mail or organization login")
    enrolling.add_argument("--role", choices=("requester", "agent", "lead", "admin"), default="requester")
    leaving = subparsers.add_parser("depart", help="Somebody goes; what they hold returns to its queue.")
    leaving.set_defaults(command=commands.depart)
    leaving.add_argument("identifier", help="e-mail or organization login")
    only = leaving.add_mutually_exclusive_group()
    only.add_argument("--desk", action="store_true", help="they stay as a requester")
    only.add_argument("--team", help="they leave this team and stay at the desk")
    making = subparsers.add_parser("key", help="A new key for a robot, who is made if need be; it is shown this once.")
    making.set_defaults(command=commands.key)
    making.add_argument("robot", help="the robot's name")
    making.add_argument("--scope", action="append", choices=("tickets:read", "tickets:write"), required=True)
    making.add_argument("--name", default="", help="where the key is used")
    making.add_argument("--days", type=int, default=365, help="how long it is good; 0 for as long as it is not revoked")
    revoking = subparsers.add_parser("revoke", help="A robot's key opens nothing any more.")
    revoking.set_defaults(command=commands.revoke)
    revoking.add_argument("number", type=int, help="the key's number, shown when it was made")
    return parser


if __name__ == "__main__":
    sys.exit(main())
