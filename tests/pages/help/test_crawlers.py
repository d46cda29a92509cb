"""Sitemap, feed and structured data: public articles only."""

import json
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from tests import cast
from tests.articles.factories import article, draft, section
from tests.cast import NOW
from tests.client import Browser, Page, browser_of
from web.articles import publication
from web.clock import set_now
from web.demo.cast import Cast

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

HOME = "http://127.0.0.1:8000"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


async def told(path: str) -> ElementTree.Element:
    """The feed or sitemap, for a visitor."""
    answer = (await Browser().get(path)).response
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "public, max-age=300")
    return ElementTree.fromstring(answer.content)


async def written() -> Cast:
    people = await cast.enrol()
    await article(people, "Segunda via", at=NOW - timedelta(days=2))
    await article(people, "Só com login", audience="signed_in")
    await article(people, "Só da equipe", audience="agents", of=await section(people, "Equipe"))
    await draft(people, "Rascunho")
    coming = await draft(people, "Amanhã")
    await publication.publish(coming, since=NOW + timedelta(days=1), by=people.lia, at=NOW)
    gone = await article(people, "Retirado")
    await publication.retire(gone, by=people.lia, at=NOW)
    set_now(NOW)
    return people


async def test_a54_the_sitemap_names_only_what_anybody_may_read():
    await written()
    found = [each.text for each in (await told("/sitemap.xml")).iter(f"{SITEMAP}loc")]
    pages = ["/", "/help", "/help/channels", "/help/sections/cobranca", "/help/segunda-via"]
    assert found == [f"{HOME}{path}" for path in pages]


async def test_a54_the_feed_has_only_what_anybody_may_read_the_newest_first():
    await written()
    feed = await told("/help/feed.xml")
    assert [each.text for each in feed.iter(f"{ATOM}title")] == ["Guichê", "Segunda via"]
    (entry,) = feed.iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"{HOME}/help/segunda-via"
    assert entry.findtext(f"{ATOM}summary") == "Emitir outra vez um boleto vencido."
    assert entry.findtext(f"{ATOM}published") == (NOW - timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")


async def test_a40_titles_are_text_in_a_feed():
    people = await cast.enrol()
    await article(people, "</title><script>alert(1)</script> & {{ 7 * 7 }}")
    set_now(NOW)
    assert [each.text for each in (await told("/help/feed.xml")).iter(f"{ATOM}title")] == [
        "Guichê",
        "</title><script>alert(1)</script> & {{ 7 * 7 }}",
    ]


async def test_search_engines_are_let_in_to_the_help_centre_only():
    lines = (await Browser().get("/robots.txt")).response.text.splitlines()
    assert lines[0] == "User-agent: *"
    assert [each for each in lines if each.startswith("Allow")] == [
        "Allow: /$",
        "Allow: /help",
        "Allow: /hc/",
        "Allow: /kb/",
        "Allow: /place/",
        "Allow: /static/",
    ]
    assert "Disallow: /" in lines
    assert lines[-1] == f"Sitemap: {HOME}/sitemap.xml"


async def test_a54_an_agent_is_told_no_more_than_anybody():
    people = await written()
    bia = await browser_of(people.bia)
    for path in ("/sitemap.xml", "/help/feed.xml"):
        assert (await bia.get(path)).response.content == (await Browser().get(path)).response.content


FAQ = "## Posso trocar?\n\nSim, em 30 dias.\n\n## Há segunda via?\n\nSim, no portal.\n"


def shared(page: Page) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The page's meta data by name, and its schema.org data."""
    metas = page.html.css("meta[property], meta[name=description]")
    told = {each.attributes.get("property") or "description": each.attributes["content"] or "" for each in metas}
    scripts = page.html.css("script[type='application/ld+json']")
    return told, json.loads(scripts[0].text()) if scripts else []


async def test_an_article_of_steps_is_told_to_programs_as_a_how_to():
    people = await cast.enrol()
    above = await section(people, "Financeiro")
    await article(people, "Segunda via & <b>mais</b>", of=await section(people, "Boletos", parent=above))
    set_now(NOW)
    page = await Browser().get("/help/segunda-via-b-mais-b")
    told, (how, way) = shared(page)
    assert page.one("link[rel=canonical]").attributes["href"] == f"{HOME}/help/segunda-via-b-mais-b"
    assert told == {
        "description": "Emitir outra vez um boleto vencido.",
        "og:type": "article",
        "og:site_name": "Guichê",
        "og:locale": "pt_BR",
        "og:title": "Segunda via & <b>mais</b>",
        "og:description": "Emitir outra vez um boleto vencido.",
        "og:url": f"{HOME}/help/segunda-via-b-mais-b",
    }
    assert (how["@type"], [each["text"] for each in how["step"]]) == (
        "HowTo",
        ["Entre em Cobrança .", "Escolha o mês."],
    )
    assert [each["name"] for each in way["itemListElement"]] == ["Financeiro", "Boletos", "Segunda via & <b>mais</b>"]


async def test_an_article_of_questions_is_told_as_such_and_any_other_as_an_article():
    people = await cast.enrol()
    await article(people, "Perguntas", FAQ)
    await article(people, "Aviso", "Só um texto </script><script>alert(1)</script>.")
    set_now(NOW)
    _, (questions, _) = shared(await Browser().get("/help/perguntas"))
    assert questions["@type"] == "FAQPage"
    assert [(each["name"], each["acceptedAnswer"]["text"]) for each in questions["mainEntity"]] == [
        ("Posso trocar?", "Sim, em 30 dias."),
        ("Há segunda via?", "Sim, no portal."),
    ]
    _, (plain, _) = shared(await Browser().get("/help/aviso"))
    assert plain["@type"] == "Article"


async def test_a54_programs_are_told_nothing_of_what_is_not_everybodys():
    people = await cast.enrol()
    await article(people, "Só com login", audience="signed_in")
    page = await (await browser_of(people.ana)).get("/help/so-com-login")
    assert (page.status, shared(page), page.html.css("link[rel=canonical]")) == (200, ({}, []), [])
