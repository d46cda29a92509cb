"""Commands about the keys of robots."""

import argparse
from datetime import timedelta
from functools import partial

from web import clock
from web.commands.runner import add_json, described, in_database, tell, whole


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    making = described(subparsers, "key", key)
    making.set_defaults(command=key)
    add_json(making)
    making.add_argument("robot", help="the robot's name")
    making.add_argument("--scope", action="append", choices=("tickets:read", "tickets:write"), required=True)
    making.add_argument("--name", default="", help="where the key is used")
    making.add_argument("--days", type=whole(0, 36_500), default=365, help="days until it expires; 0 for never")
    revoking = described(subparsers, "revoke", revoke)
    revoking.set_defaults(command=revoke)
    add_json(revoking)
    revoking.add_argument("number", type=whole(1), help="the key's number, shown when it was created")


def key(chosen: argparse.Namespace) -> int:
    """Creates a key for a robot, and the robot if needed; shows the key once."""
    number, token = in_database(partial(_issue, chosen))
    tell(chosen, [{"number": number, "key": token} if chosen.json else {"line": f"chave {number}: {token}"}])
    return 0


def revoke(chosen: argparse.Namespace) -> int:
    """Revokes a robot's key."""
    from web.people import keys

    in_database(partial(keys.revoke, chosen.number, at=clock.now()))
    tell(chosen, [{"number": chosen.number}] if chosen.json else [])
    return 0


async def _issue(chosen: argparse.Namespace) -> tuple[int, str]:
    from web.people import keys
    from web.people.permissions import Scope

    lasts = timedelta(days=chosen.days) if chosen.days else None
    return await keys.issue(
        chosen.robot, name=chosen.name, scopes=map(Scope, chosen.scope), lasts=lasts, at=clock.now()
    )
