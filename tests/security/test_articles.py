"""Attacks by authors: no active content, no external content, no unpublished article for others."""

import pytest

from tests.articles import factories
from tests.client import Browser, Page
from tests.security.test_injected_content import PAYLOADS, is_harmless
from tests.security.world import built
from web.articles.authoring.article_versions import authored_article

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database", "storage")]

AT = "/desk/articles"


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
async def test_a40_code_in_any_field_of_an_article_is_text_on_every_page_of_its_authors(payload: str):
    world = await built()
    section = await factories.section(world, payload)
    bia, lia = await world.browser("bia"), await world.browser("lia")
    page = await bia.get(f"{AT}/new")
    typed = {"title": payload, "objective": payload, "body": payload, "remark": payload, "alt": payload}
    pages = [await bia.send(page, AT, follow=False, **typed, slug=payload, section=str(section))]
    page = await bia.send(page, AT, **typed, section=str(section))
    at = page.path.partition("?")[0]
    pages += [page, await bia.send(page, at, **typed, press="preview", follow=False)]
    pages += [await bia.send(page, at, **typed, press="insert", files=[(f"{payload}.txt", b"a")], follow=False)]
    pages += [await bia.send(page, at, **typed | {"body": f"{payload} e mais"})]
    pages += [await bia.get(path) for path in (f"{at}/versions", f"{at}/versions/2", AT, f"{AT}?q={payload}")]
    pages += [await lia.get(path) for path in (f"{AT}/sections", f"{AT}/sections/{section}", "/desk/settings/log")]
    pages += [await bia.send(await bia.get(f"{AT}/synonyms"), f"{AT}/synonyms", words=payload, follow=False)]
    for each in pages:
        assert each.status in (200, 422), each.path
        is_harmless(each, payload)


@pytest.mark.parametrize("text", [PAYLOADS["template"], "{nome} {{ me.name }} {% for x in y %}"])
async def test_a45_a_template_in_an_article_is_text(text: str):
    world = await built()
    number = await factories.draft(world, text, text)
    page = await (await world.browser("bia")).get(f"{AT}/{number}")
    assert (page.text("h1"), page.text("#body")) == (text, text)
    assert "49" not in (await authored_article(number)).html


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (
            "![x](file:///etc/passwd) ![x](http://169.254.169.254/) ![x](php://input) <!ENTITY x SYSTEM 'file:///x'>",
            200,
        ),
        ("> " * 10_000 + "x", 200),
        ("![" * 20_000, 200),
        ("a" * 200_001, 422),
    ],
    ids=["elsewhere", "nested", "brackets", "long"],
)
async def test_a49_a_preview_reads_nothing_from_elsewhere_and_takes_no_long_time(body: str, status: int):
    world = await built()
    at = f"{AT}/{await factories.draft(world)}"
    bia = await world.browser("bia")
    page = await bia.send(await bia.get(at), at, press="preview", body=body, follow=False)
    assert page.status == status
    assert page.html.css(".prose img") == []
    assert page.values(at)["body"].strip() == body.strip()


async def test_a54_what_is_not_published_is_nowhere_for_whoever_does_not_write():
    world = await built()
    number = await factories.draft(world, "Jenipapo", "Jenipapo maduro.")
    people = [Browser(), *[await world.browser(name) for name in ("ana", "caio")]]
    paths = (
        "/",
        "/tickets?q=jenipapo",
        f"{AT}/{number}",
        f"{AT}/{number}/versions/1",
        AT,
        "/help/jenipapo",
        "/help?q=jenipapo",
    )
    for browser in people:
        for path in paths:
            page = await browser.get(path)
            assert "Jenipapo" not in _without_what_was_asked(page), (path, page.status)


def _without_what_was_asked(page: Page) -> str:
    for field in page.html.css("input[type=search]"):
        field.decompose()
    return page.html.html or ""
