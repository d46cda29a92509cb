"""Reports for authors about the readers of the help centre."""

from litestar import get
from litestar.response.base import Response

from web.articles.feedback import insights
from web.clock import now
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.session import PageRequest


@get("/desk/articles/insights", name="article_insights")
async def show(request: PageRequest) -> Response[str]:
    me, at = person_of(request), now()
    context = {
        "sought": await insights.sought_in_vain(by=me, at=at),
        "badly": await insights.served_badly(by=me),
        "old": await insights.grown_old(by=me, at=at),
        "used": await insights.used(by=me, at=at),
    }
    return render.page(request, "desk/articles/insights.html", context)
