"""Measures how fast articles are found, among a thousand of them and among ten thousand, on both databases.

The questions are those that `tests/articles/test_queries.py` asks, each with a typing error as well.
"""

import argparse
import asyncio
import itertools
import os
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path

from tests.articles.questions import ABOUT, QUESTIONS
from tools.bench.databases import databases
from tools.bench.measuring import percentile
from tools.bench_due import run
from web import clock
from web.articles.imports import reading
from web.articles.markdown import render
from web.articles.search import finding, ranking
from web.articles.search.words import Indexed, index_all
from web.database import dialect, execute, fetch_column, opened, transaction
from web.demo.help_centre import ARTICLES
from web.people.permissions import SYSTEM
from web.schema import migration
from web.sql import rows
from web.text import fold

SIZES = (1_000, 10_000)
ROUNDS = 8
_AT_ONCE = 200
_PARAGRAPHS = 12
_HEAD = "| Database | articles | search p50 ms | p95 ms | suggestions p50 ms | p95 ms |\n| --- |" + " ---: |" * 5


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="tools.bench_help", description=__doc__)
    parser.add_argument("--fill", type=int, help="measure over the configured, empty database")
    chosen = parser.parse_args(arguments)
    if chosen.fill:
        print(asyncio.run(measured(chosen.fill)))  # noqa: T201
        return 0
    print(_HEAD)  # noqa: T201
    for kind in ("sqlite", "postgres"):
        with tempfile.TemporaryDirectory() as folder, databases(kind, Path(folder), SIZES) as (version, made):
            for size, each in zip(SIZES, made, strict=True):
                env = {"DATABASE_URL": each.url, "GUICHE_VAR": str(Path(folder) / str(size))}
                line = run("tools.bench_help", "--fill", str(size), env=os.environ | env)
                print(f"| {version} | {size:,} | {line.strip()} |", flush=True)  # noqa: T201
    return 0


async def measured(size: int) -> str:
    """The four columns."""
    async with opened():
        await migration.migrate()
        await fill(size)
        at = clock.now()
        search = await _times(lambda text: finding.find(text, by=None, at=at))
        suggestions = await _times(lambda text: ranking.ranked(text, by=None, at=at, some=True))
    return " | ".join(f"{percentile(sorted(times), part):.1f}" for times in (search, suggestions) for part in (50, 95))


async def _times(ask: Callable[[str], Awaitable[object]]) -> list[float]:
    """Milliseconds of each question, the best of several rounds: others use the machine too."""
    asked = [*QUESTIONS, *map(_misspelt, QUESTIONS)]
    best = dict.fromkeys(asked, 1e9)
    for question in asked * ROUNDS:
        began = time.perf_counter()
        await ask(question)
        best[question] = min(best[question], (time.perf_counter() - began) * 1000)
    return list(best.values())


def _misspelt(question: str) -> str:
    """Two letters of its longest word change places."""
    word = max(question.split(), key=len)
    return question.replace(word, word[:2] + word[3:4] + word[2:3] + word[4:])


async def fill(size: int) -> None:
    """Articles of paragraphs of the demonstration's, under titles of their own, published."""
    async with transaction():
        section = "INSERT INTO help_section (name, slug, position) VALUES ('Geral', 'geral', 0) RETURNING id"
        (number,) = await fetch_column(int, section)
        texts = _texts(size)
        while some := list(itertools.islice(texts, _AT_ONCE)):
            await _insert(some, number)
        await execute("UPDATE article SET reads = id % 500")
    await execute(dialect(sqlite="ANALYZE", postgres="VACUUM ANALYZE"))


async def _insert(some: Sequence[Indexed], section: int) -> None:
    at = clock.now()
    made = [
        (section, f"a-{fold(each.title)[-8:].strip()}", each.title, each.objective, fold(each.title), SYSTEM.id, at)
        for each in some
    ]
    columns = "section, slug, title, objective, sort_title, author, made_at, updated_at, published_at, published, state"
    values = rows([(*each, at, at, 1, "published") for each in made])
    ids = await fetch_column(int, f"INSERT INTO article ({columns}) VALUES {{}} RETURNING id", values)
    versions = [
        (number, 1, each.title, each.objective, "", each.html, SYSTEM.id, at)
        for number, each in zip(ids, some, strict=True)
    ]
    into = "article_version (article, number, title, objective, body, html, author, written_at)"
    await execute(f"INSERT INTO {into} VALUES {{}}", rows(versions))
    await index_all(dict(zip(ids, some, strict=True)))


def _texts(size: int) -> Iterator[Indexed]:
    chance = random.Random(1)  # noqa: S311
    known = reading.read_at(ARTICLES / "supplier").articles
    paragraphs = [render(part) for each in known for part in each.body.split("\n\n")]
    for place in range(size):
        base = known[place % len(known)]
        title = base.title if place < len(known) else f"{base.title}, {chance.choice(ABOUT)}"
        html = "\n".join(chance.sample(paragraphs, _PARAGRAPHS))
        yield Indexed(f"{title} {place:06}", base.objective, html)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
