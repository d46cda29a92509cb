"""Commands about the keys of robots."""

import argparse
from collections.abc import Sequence
from datetime import timedelta

from web import clock
from web.commands.runner import Told, add, whole


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    making = add(subparsers, "key", key)
    making.add_argument("robot", help="the robot's name")
    making.add_argument("--scope", action="append", choices=("tickets:read", "tickets:write"), required=True)
    making.add_argument("--name", default="", help="where the key is used")
    making.add_argument("--days", type=whole(0, 36_500), default=365, help="days until it expires; 0 for never")
    revoking = add(subparsers, "revoke", revoke)
    revoking.add_argument("number", type=whole(1), help="the key's number, shown when it was created")


async def key(chosen: argparse.Namespace) -> Sequence[Told]:
    """Creates a key for a robot, and the robot if needed; shows the key once, after its number."""
    from web.people import keys
    from web.people.permissions import Scope

    lasts = timedelta(days=chosen.days) if chosen.days else None
    scopes = map(Scope, chosen.scope)
    number, token = await keys.issue(chosen.robot, name=chosen.name, scopes=scopes, lasts=lasts, at=clock.now())
    return [{"id": number, "key": token}]


async def revoke(chosen: argparse.Namespace) -> Sequence[Told]:
    """Revokes a robot's key."""
    from web.people import keys

    await keys.revoke(chosen.number, at=clock.now())
    return [{"id": chosen.number}]
