"""The help centre: sections, search, articles, contact channels and files."""

from typing import Any

from litestar import get, route
from litestar.params import FromPath
from litestar.response.base import Response

from web.articles import files, reading, sections, statistics
from web.articles.feedback import comments
from web.articles.imports import movidesk, zendesk
from web.articles.markdown import headings
from web.articles.search import queries
from web.articles.search.finding import PAGE, Results, find
from web.clock import now
from web.errors import NotFound
from web.files import Kind
from web.http.downloads import UNCOMPRESSED, download
from web.http.security import network_of
from web.pages.help import front
from web.pages.help.structured import shared
from web.pages.shell import render
from web.pages.shell.form import Form
from web.pages.shell.kept_form import restored_form
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest, browser_label
from web.pages.words.help.feedback import SAID
from web.text import one_line

_LONG = 1_500
"""The length in characters from which an article with three headings gets a list of them."""
_TYPED = 6
"""How many articles are shown while typing."""


@get("/help", name="help")
async def index(request: PageRequest) -> Response[str]:
    text = one_line(request.query_params.get("q", ""))
    found = await _found(request, text)
    offered = {} if found or render.is_swap(request) else await front.offered(request)
    context = {"q": text, "found": found, "is_too_long": len(text) > queries.LONGEST, **offered}
    return render.page(request, "help/index.html", context, block="results")


@get("/help/sections/{slug:str}", name="help_section")
async def section(request: PageRequest, slug: FromPath[str]) -> Response[str]:
    found = await sections.section_at(slug)
    articles, following = await reading.articles_in(
        found.id, after=whole_number(request.query_params.get("after", ""), digits=9), by=request.user, at=now()
    )
    below = [each for each in await reading.shelves(by=request.user, at=now()) if each.section.id == found.id]
    context = {
        "section": found,
        "articles": articles,
        "next": f"/help/sections/{found.slug}?after={following}" if following else "",
        "first": f"/help/sections/{found.slug}" if "after" in request.query_params else "",
        "below": below[0].below if below else [],
        "counted": reading.COUNTED,
    }
    return render.page(request, "help/section.html", context)


@get("/help/accessibility", name="accessibility")
async def accessibility(request: PageRequest) -> Response[str]:
    return render.page(request, "help/accessibility.html", {})


@get("/help/channels", name="channels")
async def channels(request: PageRequest) -> Response[str]:
    return render.page(request, "help/channels.html", {**await front.hours(), **await front.chat()})


@get("/help/{slug:str}", name="help_article")
async def article(request: PageRequest, slug: FromPath[str]) -> Response[str]:
    """Shows the article. An old address redirects to the present one."""
    try:
        return await page(request, slug, await restored_form(request))
    except NotFound:
        return _moved(await reading.slug_now(slug, by=request.user, at=now()))


@get("/hc/{rest:path}", name="article_of_zendesk")
async def article_of_zendesk(request: PageRequest) -> Response[str]:
    """Redirects addresses of a former Zendesk help centre, which keep working if its host name is moved here."""
    key = zendesk.key_at(request.url.path)
    return _moved(await reading.slug_brought(key, by=request.user, at=now()))


@get("/kb/{rest:path}", name="article_of_movidesk")
async def article_of_movidesk(request: PageRequest) -> Response[str]:
    key = movidesk.key_at(request.url.path)
    return _moved(await reading.slug_brought(key, by=request.user, at=now()))


def _moved(slug: str) -> Response[str]:
    return Response("", media_type=render.HTML, status_code=301, headers={"Location": f"/help/{slug}"})


async def page(request: PageRequest, slug: str, form: Form, *, status: int = 200) -> Response[str]:
    """The article with readers' comments. Raises `NotFound`."""
    found = await reading.article_at(slug, by=request.user, at=now())
    if request.user is None or not request.user.is_agent:
        statistics.note_read(reader(request), found.id)
    said = request.query_params.get("said", "")
    vote = {"said": SAID.get(said, ""), "asks_more": said == "no"}
    context = {**await _article(request, found), **vote, "comments": await comments.shown(found.id), "form": form}
    return render.page(request, "help/article.html", context, status=status)


@route("/help/files/{number:int}/{name:str}", http_method=["GET", "HEAD"], name="help_file", opt={UNCOMPRESSED: True})
async def file(request: PageRequest, number: FromPath[int], name: FromPath[str]) -> Response[Any]:
    """Serves the file. The name in the address is not checked."""
    found = await files.article_file(number, by=request.user, at=now())
    answer = await download(
        request,
        storage=request.app.state.storage,
        sha256=found.sha256,
        size=found.size,
        name=found.name,
        kind=Kind(found.media_type, inline=files.is_shown(found.media_type)),
        modified=found.at,
    )
    if found.is_public:
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


def reader(request: PageRequest) -> str:
    """Identifies a reader until the next write of the counts."""
    return str(request.user.id) if request.user else f"{network_of(request)} {browser_label(request)}"


async def _found(request: PageRequest, text: str) -> Results | None:
    if not text or len(text) > queries.LONGEST:
        return None
    found = await find(text, by=request.user, at=now(), limit=_TYPED if render.is_swap(request) else PAGE)
    statistics.note_search(reader(request), text, 0 if found.meant else len(found.hits), at=now())
    return found


async def _article(request: PageRequest, found: reading.ArticlePage) -> dict[str, object]:
    contents = [each for each in headings(found.html) if each[0] < 4]
    section = await sections.section(found.section)
    return {
        "article": found,
        "section": section,
        "shared": shared(found, section),
        "contents": contents if len(contents) > 2 and len(found.html) > _LONG else [],
        "others": await reading.others_in(found.section, but=found.id, by=request.user, at=now()),
    }
