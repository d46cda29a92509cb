"""Imports that are repeated, interrupted or tried out, and articles that were changed here since."""

from pathlib import Path

import pytest

from tests import cast
from tests.articles.imports.folders import EVERYBODY, PNG, articles, body_of, brought, outcomes, told, written
from tests.cast import NOW
from tests.client import portal
from web.articles import publication, writing
from web.articles.imports import reading, worker
from web.articles.imports.worker import ImportDefaults
from web.articles.writing import ArticleText
from web.database import fetch
from web.errors import NotPermitted

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]

FOLDER = {f"a/{name}.md": f"# Artigo {name}\n\n![f](f.png) Texto." for name in ("um", "dois", "tres", "quatro")} | {
    "a/f.png": PNG
}
TABLES = ("article", "article_version", "article_file", "article_version_file", "help_section", "article_origin")


async def counted() -> list[int]:
    return [(await fetch(f"SELECT count(*) AS n FROM {table}"))[0]["n"] for table in TABLES]


async def test_the_same_again_makes_nothing_twice(tmp_path: Path):
    people = await cast.enrol()
    await brought(people, written(tmp_path, FOLDER))
    before = await counted()
    assert before == [4, 4, 1, 4, 1, 4]
    assert set(outcomes(await brought(people, tmp_path)).values()) == {"same"}
    assert await counted() == before


async def test_whoever_begins_after_a_kill_goes_on_where_it_was(tmp_path: Path):
    people = await cast.enrol()
    source = await reading.read(written(tmp_path, FOLDER))
    work = worker.bring(source, tmp_path, EVERYBODY, storage=portal().state.storage, by=people.lia, now=lambda: NOW)
    await anext(work)
    await anext(work)
    await work.aclose()
    assert len(await articles()) == 2
    assert list(outcomes(await brought(people, tmp_path)).values()) == ["same", "same", "created", "created"]
    assert await counted() == [4, 4, 1, 4, 1, 4]


async def test_what_changed_there_is_the_next_version_here(tmp_path: Path):
    people = await cast.enrol()
    await brought(people, written(tmp_path, FOLDER))
    written(tmp_path, {"a/um.md": "# Artigo um\n\nOutro texto.", "a/f.png": PNG + b"\0"})
    done = outcomes(await brought(people, tmp_path))
    assert done == {"a/um.md": "changed", "a/dois.md": "changed", "a/tres.md": "changed", "a/quatro.md": "changed"}
    assert await body_of("um") == "Outro texto."
    (row,) = await fetch("SELECT published FROM article WHERE slug = 'um'")
    assert row["published"] == 2


async def test_what_was_changed_or_retired_here_is_left_alone(tmp_path: Path):
    people = await cast.enrol()
    await brought(people, written(tmp_path, FOLDER))
    ids = {row["slug"]: row["id"] for row in await fetch("SELECT id, slug FROM article")}
    await writing.write_version(ids["um"], ArticleText("Meu", "", "Daqui."), seen=1, by=people.bia, at=NOW)
    await publication.retire(ids["dois"], by=people.lia, at=NOW)
    assert set(outcomes(await brought(people, tmp_path)).values()) == {"same"}
    written(tmp_path, {f"a/{name}.md": "# De lá\n\nNovo." for name in ("um", "dois", "tres")})
    assert told(await brought(people, tmp_path)) == [
        ("a/dois.md", "O artigo foi retirado aqui. Nada foi trocado."),
        ("a/um.md", "Alguém mudou este artigo aqui depois da importação. Nada foi trocado."),
    ]
    assert (await body_of("um"), await body_of("tres")) == ("Daqui.", "Novo.")


async def test_a_rehearsal_writes_nothing_and_tells_the_same(tmp_path: Path):
    people = await cast.enrol()
    folder = written(tmp_path, {**FOLDER, "a/ruim.md": "sem título"})
    tried = await brought(people, folder, ImportDefaults("everybody", is_dry=True))
    assert await counted() == [0] * len(TABLES)
    assert tried == await brought(people, folder)


async def test_an_agent_who_is_no_lead_brings_in_nothing(tmp_path: Path):
    people = await cast.enrol()
    source = await reading.read(written(tmp_path, FOLDER))
    work = worker.bring(source, tmp_path, EVERYBODY, storage=portal().state.storage, by=people.bia, now=lambda: NOW)
    with pytest.raises(NotPermitted):
        await anext(work)
    assert await articles() == []
