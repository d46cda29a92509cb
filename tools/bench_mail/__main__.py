"""Prints what was measured. All run on this machine: workers, pages, their reader, mail servers and the database."""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial

from tools.bench.tables import machine
from tools.bench_mail import arriving, leaving


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    kinds = ("sqlite", "postgres") if chosen.database == "both" else (chosen.database,)
    print(f"Measured on {machine()}.")  # noqa: T201
    works = True
    for head, measure in _measured(chosen):
        print(f"\n{head}")  # noqa: T201
        for kind in kinds:
            line, is_right = measure(kind)
            print(line, flush=True)  # noqa: T201
            works &= is_right
    return 0 if works else 1


def _measured(chosen: argparse.Namespace) -> list[tuple[str, Callable[[str], tuple[str, bool]]]]:
    """The head of each table, and what makes a line of it."""
    return [
        (arriving.BURST, partial(arriving.burst, many=chosen.arriving)),
        (arriving.KILLED, partial(arriving.killed, many=chosen.fetched, every=chosen.kills_every)),
        (leaving.HEAD, partial(leaving.overtaken, many=chosen.leaving)),
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.bench_mail", description="Measures mail by the thousand.")
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--arriving", type=int, default=10_000, help="mails at once")
    parser.add_argument("--fetched", type=int, default=1_000, help="mails for four fetchers")
    parser.add_argument("--kills-every", type=int, default=60, help="seconds")
    parser.add_argument("--leaving", type=int, default=5_000, help="messages of one notice")
    return parser


if __name__ == "__main__":
    sys.exit(main())
