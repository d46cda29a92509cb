"""Refuses what is hard to review: a line over 120 characters, two declarations of a stylesheet on one line.

It reads the templates of pages, stylesheets and scripts. Python is left to ruff; a paragraph of a mail is one line.
"""

import re
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parent.parent
WIDTH = 120
SECOND = re.compile(r"[{;]\s*[^\s}]|[^\s{}]\s*}|}\s*\S")
"""Something after a brace or a semicolon of a stylesheet, or before a closing brace."""
ASIDE = re.compile(r'"[^"]*"|/\*.*?\*/')


def main() -> int:
    faults = [
        f"{path.relative_to(ROOT)}:{fault}" for path in ours() for fault in faults_of(path.read_text(), path.suffix)
    ]
    for fault in faults:
        print(fault)  # noqa: T201
    return 1 if faults else 0


def ours() -> Iterator[Path]:
    """The files of this project, without third-party libraries."""
    found = chain(
        (ROOT / "templates").rglob("*.html"), (ROOT / "static").rglob("*.css"), (ROOT / "static").rglob("*.js")
    )
    return (path for path in sorted(found) if not path.name.endswith(".min.js"))


def faults_of(text: str, suffix: str) -> Iterator[str]:
    """The faults, each with the number of its line."""
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > WIDTH:
            yield f"{number}: {len(line)} characters, of {WIDTH} at most"
        if suffix == ".css" and SECOND.search(ASIDE.sub("", line)):
            yield f"{number}: more than one declaration or brace"


if __name__ == "__main__":
    sys.exit(main())
