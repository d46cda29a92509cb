"""Commands about the brand: list and change its settings."""

import argparse
from collections.abc import Sequence
from dataclasses import fields

from web import clock
from web.commands.runner import Lines, Told, add, operator
from web.text import one_line

FIELDS = ("name", "title", "text", "accent", "category_help", "topic_help", "lists")


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("setting", help="Settings of the brand: name, words of the front page, accent.")
    ways = parser.add_subparsers(required=True, metavar="what")
    add(ways, "list", listed)
    changing = add(ways, "change", change)
    changing.add_argument("setting", choices=FIELDS)
    changing.add_argument("value", type=Lines)


async def listed(chosen: argparse.Namespace) -> Sequence[Told]:
    """All settings with their values."""
    from web.brand import brand

    kept = await brand.read()
    return [{"setting": name, "value": getattr(kept, name)} for name in FIELDS]


async def change(chosen: argparse.Namespace) -> Sequence[Told]:
    """Changes one setting."""
    from web.brand import brand, changes
    from web.brand.brand import BrandInput

    kept = await brand.read()
    now = {each.name: getattr(kept, each.name) for each in fields(BrandInput)}
    wanted = BrandInput(**{**now, chosen.setting: _as_typed(chosen.setting, chosen.value)})
    await changes.describe(wanted, seen=kept.version, by=operator(), at=clock.now())
    return [{"setting": chosen.setting, "value": getattr(await brand.read(), chosen.setting)}]


def _as_typed(setting: str, value: str) -> str:
    """The value as the page takes it: only the text may have several lines, and a colour may be in capitals."""
    if setting == "text":
        return value.strip()
    return one_line(value).lower() if setting == "accent" else one_line(value)
