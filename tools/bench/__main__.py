"""Measures what pages cost one process, how near it comes to a page made of nothing, and what several hold in memory.

Client and server share a machine: nothing runs at the same time that is compared with each other, but in turns, and
what is told is the median of the rounds. Everything stays on this machine and ends with the program.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tools.bench import beside, memory
from tools.bench.measuring import FULL, QUICK, Effort, measure
from tools.bench.portals import running
from tools.bench.tables import machine, table


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    kinds = ("sqlite", "postgres") if chosen.database == "both" else (chosen.database,)
    sizes = sorted(set(chosen.sizes or ([1_000, 10_000] if chosen.quick else [1_000, 100_000])))
    told: dict[str, object] = {"machine": machine()}
    print(f"Measured on {machine()}; client and database on the same machine.\n")  # noqa: T201
    if chosen.beside:
        for kind in kinds:
            print(beside.table(kind, sizes[-1], chosen.beside.resolve(), FULL), flush=True)  # noqa: T201
        return 0
    for kind in kinds:
        told[kind] = _measured(kind, sizes, QUICK if chosen.quick else FULL, chosen.workers)
    if chosen.json:
        chosen.json.write_text(json.dumps(told, indent=1))
    return 0


def _measured(kind: str, sizes: Sequence[int], effort: Effort, workers: int) -> dict[str, object]:
    with running(kind, sizes) as (version, portals):
        results = asyncio.run(measure(portals, effort))
        alone = [asyncio.run(memory.of_one(portal)) for portal in portals]
        several = memory.of_several(portals[-1], workers, 5 * effort.seconds)
    print(table(version, results, alone, several), flush=True)  # noqa: T201
    return {
        "version": version,
        "results": [
            asdict(each) | {"rate": each.rate, "share": each.share, "processor": each.processor} for each in results
        ],
        "memory": [asdict(each) for each in alone],
        "processes": asdict(several),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a rough figure in a minute")
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="TICKETS", help="1000 100000 if left out")
    parser.add_argument("--workers", type=int, default=4, help="processes whose memory is measured")
    parser.add_argument("--beside", type=Path, metavar="FOLDER", help="another checkout to measure in turns")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure there")
    return parser


if __name__ == "__main__":
    sys.exit(main())
