"""Comments of readers that agents still have to decide on."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.articles.feedback import comments
from web.clock import now
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import changed
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.pages.words.help import feedback as words
from web.tickets.record.events import MoveResult
from web.tickets.requests.categories import categories

ADDRESS = "/desk/articles/comments"


@get(ADDRESS, name="article_comments")
async def index(request: PageRequest) -> Response[str]:
    return await _page(request, await restored_form(request))


@post(
    f"{ADDRESS}/{{number:int}}",
    name="show_comment",
    status_code=303,
    form=FormSpec("{number}", ADDRESS, words.ANSWER, ("answer",)),
)
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    async def act(form: Form) -> None:
        await comments.show(number, answer=form.text("answer"), by=person_of(request), at=now())

    return await changed(request, act, show=partial(_page, request), then=f"{ADDRESS}?done=shown")


@post(f"{ADDRESS}/{{number:int}}/hiding", name="hide_comment", status_code=303, form=FormSpec("{number}", ADDRESS))
async def hide(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await read_form(request)
    await comments.hide(number, by=person_of(request))
    return render.redirect(request, f"{ADDRESS}?done=hidden")


@post(
    f"{ADDRESS}/{{number:int}}/ticket",
    name="comment_ticket",
    status_code=303,
    form=FormSpec("ticket-{number}", ADDRESS, words.TICKET),
)
async def open_ticket(request: PageRequest, number: FromPath[int]) -> Response[str]:
    async def act(form: Form) -> MoveResult:
        category, _, topic = form.text("category").partition("-")
        chosen = whole_number(category, digits=9), whole_number(topic, digits=9)
        return await comments.open_ticket(number, *chosen, by=person_of(request), at=now())

    return await changed(request, act, show=partial(_page, request), then=lambda made: f"/desk/tickets/{made.ticket}")


async def _page(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    """Shows two forms for each comment, named by its number."""
    query, me = request.query_params, person_of(request)
    state = query["state"] if query.get("state") in comments.STATES else "held"
    rows, following = await comments.listed(state, after=whole_number(query.get("after", ""), digits=9), by=me)
    context = {
        "rows": rows,
        "form": form,
        "state": state,
        "states": words.STATES,
        "choices": words.choices(await categories(me)),
        "next": render.with_query(ADDRESS, state=state, after=str(following)) if following else "",
        "first": f"{ADDRESS}?state={state}" if "after" in query else "",
        "done": words.DONE.get(query.get("done", ""), ""),
    }
    return render.page(request, "desk/articles/comments.html", context, status=status)
