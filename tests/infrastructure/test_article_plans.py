"""Query plans of articles and the front page: along an index, on either database."""

import re
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from tests import cast
from tests.articles.factories import article, section
from tests.cast import NOW
from tests.pages.reading import statements
from web.articles import files, reading
from web.articles.search.finding import find
from web.articles.search.ranking import ranked
from web.database import dialect, execute, fetch, transaction
from web.errors import NotFound
from web.people.permissions import Actor

pytestmark = pytest.mark.anyio

Reads = Callable[[Actor | None], Awaitable[object]]

READS: dict[str, Reads] = {
    "search": lambda by: find("segunda via do boleto", by=by, at=NOW),
    "typing": lambda by: find("bol", by=by, at=NOW),
    "typing error": lambda by: find("boletto segundavia", by=by, at=NOW),
    "suggestions": lambda by: ranked("não consigo emitir o boleto da turma", by=by, at=NOW, some=True),
    "front page": lambda by: reading.shelves(by=by, at=NOW),
    "featured and most read": lambda by: reading.chosen(by=by, at=NOW),
    "section": lambda by: reading.articles_in(1, after=1, by=by, at=NOW),
    "others": lambda by: reading.others_in(1, but=1, by=by, at=NOW),
    "article": lambda by: reading.article_at("segunda-via-de-boleto", by=by, at=NOW),
    "file": lambda by: files.article_file(1, by=by, at=NOW),
}


@pytest.mark.parametrize("who", ["nobody", "ana", "bia"])
@pytest.mark.parametrize("read", READS)
async def test_what_readers_ask_for_reads_no_table_of_articles_from_end_to_end(
    read: str, who: str, database: None
) -> None:
    people = await cast.enrol()
    await article(people, "Segunda via de boleto", "![Tela](/help/files/1/a.png)", of=await section(people))
    await files.save_file("a.png", "image/png", 1, "0" * 64, by=people.bia, at=NOW)
    by = None if who == "nobody" else getattr(people, who)
    with statements() as asked, suppress(NotFound):
        await READS[read](by)
    assert asked
    assert [await read_from_end_to_end(each) for each in asked] == [set() for _ in asked]


async def read_from_end_to_end(statement: str) -> set[str]:
    """The tables that grow with the articles and that the plan has no index for."""
    plain = re.sub(r"[$][0-9]+|[?]", "NULL", statement)
    async with transaction():
        if cost := dialect(sqlite="", postgres="SET LOCAL enable_seqscan = off"):  # it reads small tables whole
            await execute(cost)
        steps = await fetch(dialect(sqlite=f"EXPLAIN QUERY PLAN {plain}", postgres=f"EXPLAIN {plain}"))
    text = "\n".join(str(step.get("detail") or step.get("QUERY PLAN")) for step in steps)
    grow = "article|article_word|article_term|article_typo|article_version|article_version_file|w|o|v|vf|t|f"
    return set(re.findall(rf"(?:^SCAN|Seq Scan on) ({grow})\b(?! USING)", text, re.MULTILINE))
