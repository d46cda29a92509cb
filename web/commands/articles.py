"""Commands about articles of the help centre: export, import, list."""

import argparse
import asyncio
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from web import clock
from web.commands.runner import Partial, Told, add, operator
from web.errors import Invalid
from web.settings import settings

if TYPE_CHECKING:
    from web.articles.imports.worker import Outcome

AUDIENCES = ("everybody", "signed_in", "agents")
FORMATS = ("markdown", "zendesk", "movidesk")


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("articles", help="Articles of the help centre.")
    ways = parser.add_subparsers(required=True, metavar="what")
    add(ways, "list", listed)
    add(ways, "export", take).add_argument("file", type=Path, help="the new ZIP file; must not exist")
    bringing = add(ways, "import", bring)
    bringing.add_argument(
        "path", type=Path, help="a folder or ZIP of Markdown, or of JSON of Zendesk Guide or Movidesk"
    )
    bringing.add_argument("--format", choices=FORMATS, default="", help="detected if not given")
    bringing.add_argument("--audience", choices=AUDIENCES, default="agents", help="readers where an article names none")
    bringing.add_argument("--section", default="", help="section of articles that do not name one: A or A / B")
    bringing.add_argument("--dry-run", action="store_true", help="report only, change nothing")


async def listed(chosen: argparse.Namespace) -> Sequence[Told]:
    """All articles by address."""
    from web.articles.imports import article_listing

    return [vars(each) for each in await article_listing.articles()]


async def take(chosen: argparse.Namespace) -> Sequence[Told]:
    """Exports all articles with their files as a ZIP of Markdown, which `import` reads."""
    from web.articles import exports
    from web.storage import Storage

    with chosen.file.open("xb") as file:
        count = await exports.write(file, storage=Storage.at(settings().storage), by=operator(), at=clock.now())
    return [{"articles": count, "file": str(chosen.file)}]


async def bring(chosen: argparse.Namespace) -> Sequence[Told]:
    """Imports articles of another help centre, and reports the result for each."""
    from web.articles.imports import reading, worker
    from web.articles.imports.worker import ImportDefaults
    from web.errors import Unreadable
    from web.storage import Storage

    wishes, storage = ImportDefaults(chosen.audience, chosen.section, chosen.dry_run), Storage.at(settings().storage)
    with tempfile.TemporaryDirectory(prefix="guiche-import-") as empty:
        try:
            path = await asyncio.to_thread(_unpacked, chosen.path, Path(empty))
            source = await reading.read(path, chosen.format)
        except Unreadable as refused:
            raise Invalid(refused.about or "path", refused.code) from None
        folder = path if path.is_dir() else path.parent
        work = worker.bring(source, folder, wishes, storage=storage, by=operator(), now=clock.now)
        return _report([each async for each in work])


def _unpacked(path: Path, empty: Path) -> Path:
    """The folder of a ZIP; anything else as it is. Raises `Unreadable`."""
    from web.imports.articles import archives

    if not path.is_file() or not archives.is_archive(path):
        return path
    folder = empty / path.name
    folder.mkdir()
    return archives.unpacked(path, folder)


def _report(outcomes: "Sequence[Outcome]") -> Sequence[Told]:
    from web.articles.imports.planning import REFUSED
    from web.pages.words.article_imports import OUTCOMES, why_text

    counts = Counter(each.outcome for each in outcomes)
    told: list[Told] = [
        *({"outcome": code, "count": counts[code]} for code in OUTCOMES),
        *({"place": r.place, "title": each.title, "why": why_text(r)} for each in outcomes for r in each.remarks),
    ]
    return Partial(told) if counts[REFUSED] else told
