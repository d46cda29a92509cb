"""The list of articles, with its filter."""

from litestar import get
from litestar.response.base import Response

from web.articles.authoring import listing
from web.articles.authoring.listing import ArticleFilter
from web.articles.sections import sections
from web.clock import now
from web.pages.shell import render
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.pages.words import articles as words
from web.pages.words.formats import bounded
from web.text import one_line

ADDRESS = "/desk/articles"


@get(ADDRESS, name="articles")
async def index(request: PageRequest) -> Response[str]:
    chosen, at = _filter_of(request), now()
    found = await listing.articles(chosen)
    context = {
        "rows": [(each, words.standing(each, at)) for each in found.rows],
        "shown": len(found.rows),
        "count": bounded(found.total, listing.COUNTED),
        "chosen": chosen,
        "first": _address(chosen) if chosen.after else None,
        "more": _address(chosen, after=found.next) if found.next else "",
        "sections": words.section_choices(await sections()),
        "states": words.STATES,
        "audiences": words.AUDIENCES,
    }
    return render.page(request, "desk/articles/list.html", context, block="list")


def _filter_of(request: PageRequest) -> ArticleFilter:
    """The filter in an address. Unknown values are ignored."""
    query = request.query_params
    return ArticleFilter(
        words=one_line(query.get("q", ""))[:200],
        state=query["state"] if query.get("state") in listing.STATES else "",
        section=whole_number(query.get("section", ""), digits=9),
        audience=query["audience"] if query.get("audience") in words.AUDIENCES else "",
        after=whole_number(query.get("after", ""), digits=9),
    )


def _address(chosen: ArticleFilter, *, after: int | None = None) -> str:
    query = {
        "q": chosen.words,
        "state": chosen.state,
        "section": chosen.section,
        "audience": chosen.audience,
        "after": after,
    }
    kept = {name: str(value) for name, value in query.items() if value not in ("", None)}
    return render.with_query(ADDRESS, **kept) if kept else ADDRESS
