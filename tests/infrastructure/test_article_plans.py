"""Query plans of articles and the front page: along an index, on either database."""

from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from tests import cast
from tests.articles.factories import article, section
from tests.cast import NOW
from tests.infrastructure.scans import read_from_end_to_end
from tests.pages.reading import statements
from web.articles import files, reading
from web.articles.search.finding import find
from web.articles.search.ranking import ranked
from web.errors import NotFound
from web.people.permissions import Actor

pytestmark = pytest.mark.anyio

GROWING = (
    r"(?:article|article_word|article_term|article_typo|article_version|article_version_file|w|o|v|vf|t|f)\b(?! USING)"
)
"""The tables that grow with the articles, and their names in statements."""

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
    assert [await read_from_end_to_end(each, GROWING) for each in asked] == [set() for _ in asked]
