"""The help centre at the kiosk: what everybody may read, in large letters."""

from litestar import get
from litestar.params import FromPath
from litestar.response.base import Response

from web.articles import counting, reading
from web.articles.search import questions
from web.articles.search.finding import find
from web.clock import now
from web.pages.help import reading as pages
from web.pages.kiosk import device
from web.pages.shell.session import PageRequest
from web.text import one_line

SHOWN = 8


@get("/kiosk/help", name="kiosk_help")
async def index(request: PageRequest) -> Response[str]:
    text, at = one_line(request.query_params.get("q", ""))[: questions.LONGEST], now()
    found = await find(text, by=None, at=at, limit=SHOWN) if text else None
    featured, most_read = await reading.chosen(by=None, at=at)
    articles = found.hits if found else [*featured, *most_read][:SHOWN]
    return device.page(request, "kiosk/help.html", {"q": text, "found": found, "articles": articles})


@get("/kiosk/help/{slug:str}", name="kiosk_article")
async def article(request: PageRequest, slug: FromPath[str]) -> Response[str]:
    found = await reading.article_at(slug, by=None, at=now())
    counting.note_read(pages.reader(request), found.id)
    return device.page(request, "kiosk/article.html", {"article": found})
