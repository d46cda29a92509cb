"""The commands of `python -m web`: run, web, migrate, person, team, category, organization, setting, key, ..."""

import argparse
import logging
import re
import sys
from collections.abc import Sequence

from web.commands import (
    articles,
    categories,
    imports,
    keys,
    mail,
    maintenance,
    organizations,
    people,
    serving,
    settings,
    teams,
)
from web.commands.runner import carried_out, read

_HELP = ("-h", "--help")
WAYS = {
    "person": ("list", "create", "change", "role", "depart", "return", "export", "erase", *_HELP),
    "import": ("list", "create", *_HELP),
}
"""The verbs of these commands; any other argument is the name of a new person, or a file to import."""
_VERB = re.compile(r"[a-z]+\Z")
"""`person delete ...` is a wrong verb rather than somebody of this name."""


def main(arguments: Sequence[str] | None = None) -> int:
    asked = list(sys.argv[1:] if arguments is None else arguments)
    if asked[1:] and asked[1] not in WAYS.get(asked[0], asked) and not (asked[0] == "person" and _VERB.match(asked[1])):
        asked.insert(1, "create")
    chosen = read(parser(), asked)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("piccolo").setLevel(logging.WARNING)
    return carried_out(lambda: chosen.command(chosen))


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m web", description="Guichê")
    subparsers = made.add_subparsers(required=True, metavar="command")
    nouns = (serving, maintenance, people, teams, categories, organizations, settings, keys, mail, imports, articles)
    for noun in nouns:
        noun.add_to(subparsers)
    return made


if __name__ == "__main__":
    sys.exit(main())
