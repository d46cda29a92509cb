"""The public help centre in a frame."""

import re

from litestar import get
from litestar.params import FromPath
from litestar.response.base import Response

from web.articles import reading, sections, statistics
from web.articles.search import queries
from web.articles.search.finding import find
from web.clock import now
from web.errors import NotFound
from web.pages.embed.frame import frame_of
from web.pages.help import reading as pages
from web.pages.shell import render
from web.pages.shell.form import Form
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.text import one_line

HELP = "/embed/help"
SHOWN = 8


@get(HELP, name="embed_help")
async def index(request: PageRequest) -> Response[str]:
    return render.page(request, "embed/help.html", {"form": Form(), **await found(request)})


async def found(request: PageRequest) -> dict[str, object]:
    """The search results, or all sections without a query; in the site's language, if it has chosen one."""
    text, at, lang = one_line(request.query_params.get("q", ""))[: queries.LONGEST], now(), frame_of(request).lang
    results = await find(text, by=None, at=at, limit=SHOWN) if text else None
    shelves = [] if results else await reading.shelves(lang=lang, by=None, at=at)
    if lang and not results and not shelves:
        shelves = await reading.shelves(by=None, at=at)
    hits, meant = (results.hits, results.meant) if results else ([], "")
    return {"q": text, "hits": hits, "meant": meant, "shelves": shelves}


@get("/embed/help/sections/{slug:str}", name="embed_section")
async def section(request: PageRequest, slug: FromPath[str]) -> Response[str]:
    here, at = await sections.section_at(slug), now()
    after = whole_number(request.query_params.get("after", ""), digits=9)
    articles, following = await reading.articles_in(here.id, after=after, by=None, at=at)
    below = [each for each in await reading.shelves(by=None, at=at) if each.section.id == here.id]
    context = {"section": here, "articles": articles, "next": following, "shelves": below[0].below if below else []}
    return render.page(request, "embed/section.html", context)


@get("/embed/help/{slug:str}", name="embed_article")
async def article(request: PageRequest, slug: FromPath[str]) -> Response[str]:
    """Shows the article. An old address redirects to the present one."""
    query = frame_of(request).query
    try:
        read = await reading.article_at(slug, by=None, at=now())
    except NotFound:
        return render.redirect(request, f"{HELP}/{await reading.slug_now(slug, by=None, at=now())}{query}")
    statistics.note_read(pages.reader(request), read.id)
    context = {"article": read, "html": within_frame(read.html, query)}
    return render.page(request, "embed/article.html", context)


def within_frame(html: str, query: str) -> str:
    """Keeps links to other articles inside the frame, and opens all others outside it."""
    kept = query.replace("&", "&amp;")
    inside = re.sub(r'href="/help/(?!channels)((?:sections/)?[\w-]+)(?=["#])', rf'href="{HELP}/\1{kept}', html)
    return re.sub(rf'<a (?![^>]*href="(?:#|{HELP}))', '<a target="_blank" ', inside)
