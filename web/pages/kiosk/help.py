"""The public help centre at the kiosk, in large type."""

import re

from litestar import get
from litestar.params import FromPath
from litestar.response.base import Response

from web.articles import reading, statistics
from web.articles.search import queries
from web.articles.search.finding import find
from web.clock import now
from web.pages.help import reading as pages
from web.pages.kiosk import device
from web.pages.shell.session import PageRequest
from web.text import one_line

SHOWN = 8


@get("/kiosk/help", name="kiosk_help")
async def index(request: PageRequest) -> Response[str]:
    text, at = one_line(request.query_params.get("q", ""))[: queries.LONGEST], now()
    found = await find(text, by=None, at=at, limit=SHOWN) if text else None
    featured, most_read = await reading.chosen(by=None, at=at)
    articles = found.hits if found else [*featured, *most_read][:SHOWN]
    return device.page(request, "kiosk/help.html", {"q": text, "found": found, "articles": articles})


@get("/kiosk/help/{slug:str}", name="kiosk_article")
async def article(request: PageRequest, slug: FromPath[str]) -> Response[str]:
    found = await reading.article_at(slug, by=None, at=now())
    statistics.note_read(pages.reader(request), found.id)
    return device.page(request, "kiosk/article.html", {"article": found, "html": kept_here(found.html)})


_LINK = re.compile(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_ARTICLE = re.compile(r"/help/[\w-]+(#.*)?")


def kept_here(html: str) -> str:
    """Keeps links to other articles and within this one; any other link becomes plain text."""

    def link(found: re.Match[str]) -> str:
        if _ARTICLE.fullmatch(found[1]):
            return f'<a href="/kiosk{found[1]}">{found[2]}</a>'
        return found[0] if found[1].startswith("#") else found[2]

    return _LINK.sub(link, html)
