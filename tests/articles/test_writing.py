"""Agents write articles, leads publish them, and every change is a version."""

from datetime import timedelta

import pytest

from tests import cast
from tests.articles.factories import article, draft, section
from tests.cast import NOW
from web.articles import publication, sections, slugs, writing
from web.articles.sections import SectionInput
from web.articles.visibility import readable_by
from web.articles.writing import ArticlePlace, ArticleText
from web.database import fetch, fetch_column
from web.errors import Invalid, NotFound, NotFromHere, NotPermitted, Overtaken
from web.people.permissions import Actor

pytestmark = pytest.mark.anyio

TEXT = ArticleText("Nota fiscal de uma compra", "Achar a nota.", "Abra **Pedidos**.")


async def test_a_draft_is_read_by_nobody_until_a_lead_publishes_it(database):
    people = await cast.enrol()
    number = await draft(people)
    assert await readers(number, people) == []
    with pytest.raises(NotPermitted):
        await publication.publish(number, by=people.bia, at=NOW)
    await publication.publish(number, by=people.lia, at=NOW)
    assert await readers(number, people) == ["nobody", "ana", "rui", "caio", "bia", "davi", "lia"]


@pytest.mark.parametrize(
    ("audience", "who"),
    [
        ("everybody", ["nobody", "ana", "rui", "caio", "bia", "davi", "lia"]),
        ("signed_in", ["ana", "rui", "caio", "bia", "davi", "lia"]),
        ("organizations", ["ana", "rui", "bia", "davi", "lia"]),
        ("agents", ["bia", "davi", "lia"]),
    ],
)
async def test_a_published_article_is_read_by_its_audience(audience, who, database):
    people = await cast.enrol()
    theirs = frozenset(people.ana.organizations) - frozenset(people.caio.organizations)
    number = await article(people, audience=audience, organizations=theirs)
    assert await readers(number, people) == who


async def test_an_article_waits_for_its_day_and_a_retired_one_is_read_by_nobody(database):
    people = await cast.enrol()
    number = await draft(people)
    await publication.publish(number, since=NOW + timedelta(days=2), by=people.lia, at=NOW)
    assert await readers(number, people) == []
    assert "nobody" in await readers(number, people, at=NOW + timedelta(days=2))
    await publication.retire(number, by=people.lia, at=NOW)
    assert await readers(number, people, at=NOW + timedelta(days=2)) == []
    assert await fetch("SELECT word FROM article_word") == []
    await publication.publish(number, by=people.lia, at=NOW + timedelta(days=3))
    assert "nobody" in await readers(number, people, at=NOW + timedelta(days=3))


async def test_readers_keep_the_old_version_while_the_next_one_is_written_and_reviewed(database):
    people = await cast.enrol()
    number = await article(people, "Boleto", "Antes.")
    assert await writing.write_version(number, ArticleText("Fatura", "", "Depois."), seen=1, by=people.bia, at=NOW) == 2
    await publication.ask_review(number, by=people.bia, at=NOW)
    assert await shown(number) == {"title": "Boleto", "state": "review", "published": 1, "html": "<p>Antes.</p>\n"}
    assert "nobody" in await readers(number, people)
    await publication.publish(number, by=people.lia, at=NOW)
    assert await shown(number) == {"title": "Fatura", "state": "published", "published": 2, "html": "<p>Depois.</p>\n"}
    assert await fetch_column(str, "SELECT word FROM article_word ORDER BY word") == ["depois", "fatura"]
    with pytest.raises(NotFromHere):
        await publication.ask_review(number, by=people.bia, at=NOW)


async def test_the_second_of_two_authors_is_told_and_the_same_text_is_no_new_version(database):
    people = await cast.enrol()
    number = await draft(people)
    assert await writing.write_version(number, TEXT, seen=1, by=people.bia, at=NOW) == 2
    assert await writing.write_version(number, TEXT, seen=1, by=people.davi, at=NOW) == 2
    with pytest.raises(Overtaken):
        await writing.write_version(number, ArticleText("Outra", "", "Coisa."), seen=1, by=people.davi, at=NOW)


async def test_an_old_version_comes_back_as_the_newest(database):
    people = await cast.enrol()
    number = await draft(people, "Primeiro título", "Primeiro texto.")
    await writing.write_version(number, TEXT, seen=1, by=people.bia, at=NOW)
    assert await writing.restore_version(number, 1, seen=2, by=people.bia, at=NOW) == 3
    rows = await fetch("SELECT number, title, body FROM article_version WHERE article = {} ORDER BY number", number)
    assert [(row["number"], row["title"]) for row in rows] == [
        (1, "Primeiro título"),
        (2, "Nota fiscal de uma compra"),
        (3, "Primeiro título"),
    ]
    with pytest.raises(NotFound):
        await writing.restore_version(number, 9, seen=3, by=people.bia, at=NOW)


async def test_an_address_that_changes_goes_on_leading_there_and_none_is_taken_twice(database):
    people = await cast.enrol()
    number, other = await article(people, "Boleto"), await article(people, "Boleto!")
    home = await section(people)
    assert await fetch_column(str, "SELECT slug FROM article ORDER BY id") == ["boleto", "boleto-2"]
    await writing.place_article(number, ArticlePlace(home, slug="fatura"), by=people.lia, at=NOW)
    assert await slugs.moved_to("boleto") == number
    for slug, code in (("boleto", "in_use"), ("fatura", "in_use"), ("channels", "bad_slug"), ("../x", "bad_slug")):
        with pytest.raises(Invalid) as refused:
            await writing.place_article(other, ArticlePlace(home, slug=slug), by=people.lia, at=NOW)
        assert refused.value.fields == {"slug": code}
    await writing.place_article(number, ArticlePlace(home, slug="boleto"), by=people.lia, at=NOW)
    assert (await slugs.moved_to("boleto"), await slugs.moved_to("fatura")) == (None, number)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (ArticleText(" ", "", "x"), {"title": "missing"}),
        (ArticleText("x" * 201, "y" * 301, "x"), {"title": "too_long", "objective": "too_long"}),
        (ArticleText("x", "", "x" * 200_001), {"body": "too_long"}),
    ],
)
async def test_a_text_that_breaks_the_rules_is_refused_whole(text, fields, database):
    people = await cast.enrol()
    home = await section(people)
    with pytest.raises(Invalid) as refused:
        await writing.write_article(text, ArticlePlace(home), by=people.bia, at=NOW)
    assert refused.value.fields == fields
    assert await fetch("SELECT id FROM article") == []


async def test_a_form_sent_twice_makes_one_draft_and_a_requester_writes_none(database):
    people = await cast.enrol()
    home = ArticlePlace(await section(people))
    made = [await writing.write_article(TEXT, home, key="k" * 43, by=people.bia, at=NOW) for _ in range(2)]
    assert made[0] == made[1]
    with pytest.raises(NotPermitted):
        await writing.write_article(TEXT, home, by=people.ana, at=NOW)


async def test_sections_have_two_levels_and_stay_while_articles_are_in_them(database):
    people = await cast.enrol()
    top = await section(people, "Boletos e notas")
    below = await section(people, "Notas", parent=top)
    with pytest.raises(Invalid) as refused:
        await sections.save_section(SectionInput("Mais fundo", parent=below), by=people.lia, at=NOW)
    assert refused.value.fields == {"parent": "unknown"}
    number = await article(people, of=below)
    for each, code in ((below, "section_has_articles"), (top, "has_children")):
        with pytest.raises(Invalid) as refused:
            await sections.set_active(each, is_active=False, by=people.lia, at=NOW)
        assert refused.value.fields == {"section": code}
    await publication.retire(number, by=people.lia, at=NOW)
    await sections.set_active(below, is_active=False, by=people.lia, at=NOW)
    assert [each.name for each in await sections.sections()] == ["Boletos e notas"]
    with pytest.raises(NotPermitted):
        await sections.save_section(SectionInput("Minha"), by=people.bia, at=NOW)


async def readers(number, people, *, at=NOW) -> list[str]:
    """The people who may read the article."""
    who: dict[str, Actor | None] = {"nobody": None}
    who |= {name: getattr(people, name) for name in ("ana", "rui", "caio", "bia", "davi", "lia")}
    sought = "SELECT id FROM article WHERE id = {} AND {}"
    return [name for name, actor in who.items() if await fetch_column(int, sought, number, readable_by(actor, at))]


async def shown(number) -> dict[str, object]:
    (row,) = await fetch(
        "SELECT a.title, a.state, a.published, v.html FROM article a "
        "JOIN article_version v ON v.article = a.id AND v.number = a.published WHERE a.id = {}",
        number,
    )
    return row
