"""What search engines and feed readers get: what anybody may read, and nothing else."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from tests import cast
from tests.articles.library import article, draft, section
from tests.cast import NOW
from tests.client import Browser, browser_of
from web.articles import publication
from web.clock import set_now
from web.demo.cast import Cast

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

HOME = "http://127.0.0.1:8000"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


async def told(path: str) -> ElementTree.Element:
    """To whoever has not signed in."""
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
