"""The versions of an article: author, date and differences of each, and restoring one."""

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.articles import writing
from web.articles.authoring import article_versions
from web.articles.authoring.article_versions import Version, authored_article
from web.articles.authoring.differences import difference, runs
from web.clock import now
from web.pages.desk.articles.writing import PAGE
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.pages.words.settings.changes import change_text
from web.settings_log import listing as log
from web.settings_log.recording import Kind


@get("/versions", name="article_versions")
async def index(request: PageRequest, number: FromPath[int]) -> Response[str]:
    found = await authored_article(number)
    rows = await article_versions.versions(number, below=whole_number(request.query_params.get("below", ""), digits=9))
    shown = rows[: article_versions.PAGE]
    context = {
        "article": found,
        "on_air": found.version_shown(now()),
        "versions": shown,
        "earlier": shown[-1].number if len(rows) > len(shown) else None,
        "changes": [change_text(each) for each in reversed(await log.since(Kind.ARTICLE, number, 0))],
    }
    return render.page(request, "desk/articles/versions.html", context)


@get("/versions/{version:int}", name="article_version")
async def show(request: PageRequest, number: FromPath[int], version: FromPath[int]) -> Response[str]:
    """The differences to the previous version, or to the one that was chosen."""
    found, chosen = await authored_article(number), await article_versions.version(number, version)
    against = whole_number(request.query_params.get("against", ""), digits=9) or version - 1
    other = await article_versions.version(number, against) if against > 0 else None
    on_air = found.version_shown(now())
    context = {"article": found, "on_air": on_air, "version": chosen, "other": other, "told": _told(chosen, other)}
    return render.page(request, "desk/articles/version.html", context)


@post(
    "/versions/{version:int}/restoration",
    name="article_restoration",
    status_code=303,
    form=FormSpec("{version}", f"{PAGE}/versions/{{version}}"),
)
async def restore(request: PageRequest, number: FromPath[int], version: FromPath[int]) -> Response[str]:
    form = await read_form(request)
    await writing.restore_version(number, version, seen=form.number("seen"), by=person_of(request), at=now())
    return render.redirect(request, f"{PAGE.format(number=number)}?done=restored")


def _told(chosen: Version, other: Version | None) -> dict[str, object]:
    if other is None:
        return {}
    return {
        "title": runs(other.title, chosen.title) if other.title != chosen.title else (),
        "objective": runs(other.objective, chosen.objective) if other.objective != chosen.objective else (),
        "body": difference(other.body, chosen.body),
    }
