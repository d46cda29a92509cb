"""The help centre in a frame: what everybody may read."""

import re

from litestar import get
from litestar.params import FromPath
from litestar.response.base import Response

from web.articles import counting, reading, sections
from web.articles.search import questions
from web.articles.search.finding import find
from web.clock import now
from web.errors import NotFound
from web.pages.embed.frame import frame_of
from web.pages.help import reading as pages
from web.pages.shell import render
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.text import one_line

HELP = "/embed/help"
SHOWN = 8


@get(HELP, name="embed_help")
async def index(request: PageRequest) -> Response[str]:
    text, at = one_line(request.query_params.get("q", ""))[: questions.LONGEST], now()
    found = await find(text, by=None, at=at, limit=SHOWN) if text else None
    shelves = [] if found else await reading.shelves(by=None, at=at)
    context = {"q": text, "hits": found.hits if found else [], "meant": found.meant if found else ""}
    return render.page(request, "embed/help.html", {**context, "shelves": shelves})


@get("/embed/help/sections/{slug:str}", name="embed_section")
async def section(request: PageRequest, slug: FromPath[str]) -> Response[str]:
    found, at = await sections.section_at(slug), now()
    after = whole_number(request.query_params.get("after", ""), digits=9)
    articles, following = await reading.articles_in(found.id, after=after, by=None, at=at)
    below = [each for each in await reading.shelves(by=None, at=at) if each.section.id == found.id]
    context = {"section": found, "articles": articles, "next": following, "shelves": below[0].below if below else []}
    return render.page(request, "embed/section.html", context)


@get("/embed/help/{slug:str}", name="embed_article")
async def article(request: PageRequest, slug: FromPath[str]) -> Response[str]:
    """An address that the article had leads to the one it has."""
    query = frame_of(request).query
    try:
        found = await reading.article_at(slug, by=None, at=now())
    except NotFound:
        return render.redirect(request, f"{HELP}/{await reading.slug_now(slug, by=None, at=now())}{query}")
    counting.note_read(pages.reader(request), found.id)
    context = {"article": found, "html": within_frame(found.html, query)}
    return render.page(request, "embed/article.html", context)


def within_frame(html: str, query: str) -> str:
    """Links to other articles stay in the frame; all others open outside it, where no site's frame is around them."""
    kept = query.replace("&", "&amp;")
    inside = re.sub(r'href="/help/(?!channels)((?:sections/)?[\w-]+)(?=["#])', rf'href="{HELP}/\1{kept}', html)
    return re.sub(rf'<a (?![^>]*href="(?:#|{HELP}))', '<a target="_blank" ', inside)
