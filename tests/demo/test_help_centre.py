"""The help centre of the demonstration under every preset: complete, and in the preset's words."""

import re

import pytest

from tests.cast import NOW
from tests.client import portal
from tests.presets import started_under
from web.articles.markdown import render
from web.database import fetch
from web.demo import cast, help_centre
from web.settings import PRESETS
from web.tickets.life.workflows import workflow

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("preset", PRESETS), pytest.mark.usefixtures("storage")]


async def bodies(preset: str) -> dict[str, str]:
    """The shown text of each page, by its address."""
    with started_under(preset):
        people = await cast.enrol(None, at=NOW)
        await help_centre.write(storage=portal().state.storage, by=people.lia, at=NOW)
    rows = await fetch(
        "SELECT a.slug, v.body FROM article a JOIN article_version v ON v.article = a.id AND v.number = a.published"
    )
    return {row["slug"]: row["body"] for row in rows}


async def test_thirty_articles_are_there_with_their_pictures_and_links(preset, database):
    found = await bodies(preset)
    assert len(found) == 31
    assert [slug for slug, body in found.items() if "import-" in body or ".md" in body] == []
    named = {number for body in found.values() for number in re.findall(r"!\[[^]]+\]\(/help/files/(\d+)/", body)}
    assert named == {str(row["id"]) for row in await fetch("SELECT id FROM article_file")}
    links = {slug for body in found.values() for slug in re.findall(r"\]\(/help/([a-z0-9-]+)\)", body)}
    assert links - set(found) == {"channels"}


async def test_each_is_a_list_of_steps_with_an_objective_and_a_way_back(preset, database):
    found = await bodies(preset)
    assert [slug for slug, body in found.items() if "<ol>" not in render(body)] == []
    assert await fetch("SELECT slug FROM article WHERE objective = '' OR reviewed_on IS NULL") == []


async def test_the_words_of_status_are_those_of_the_preset(preset, database):
    body = (await bodies(preset))["acompanhar-um-ticket"]
    told = re.findall(r"^\| ([^|]+?) \|", body[body.index("| Status |") :], re.MULTILINE)[2:]
    flow = workflow(preset)
    assert set(told) <= {*flow.labels.values()}
    assert [each for each in flow.labels.values() if each not in told and each not in LEFT_OUT] == []


LEFT_OUT = ("Rascunho", "Aguardando aprovação", "Aguarde: dividido", "Aguarde: caso lançado")
"""Articles for few readers, whose content other articles have as well."""
