"""Votes and comments of readers, signed in or not."""

from litestar import post
from litestar.params import FromPath
from litestar.response.base import Response

from web.articles.feedback import comments, suggestions, votes
from web.articles.feedback.comments import NewComment
from web.clock import now
from web.errors import Invalid
from web.http.security import network_of
from web.pages.help import reading
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest, browser_token
from web.pages.words.help import feedback as words

PAGE = "/help/{slug}"


@post("/help/{slug:str}/votes", name="article_vote", status_code=303, form=FormSpec("vote", PAGE, words.VOTE))
async def vote(request: PageRequest, slug: FromPath[str]) -> Response[str]:
    form = await read_form(request, is_public=True)
    said = form.text("serves")
    if said not in ("yes", "no"):
        raise Invalid("serves", "unknown")
    by, network = request.user, network_of(request)
    await votes.vote(slug, serves=said == "yes", voter=_voter(request), network=network, by=by, at=now())
    return _back(request, slug, said)


@post(
    "/help/{slug:str}/comments",
    name="article_comment",
    status_code=303,
    form=FormSpec("comment", PAGE, words.COMMENT, ("comment",)),
)
async def comment(request: PageRequest, slug: FromPath[str]) -> Response[str]:
    form = await read_form(request, is_public=True)
    try:
        await comments.write(slug, _typed(form), key=form.key, network=network_of(request), by=request.user, at=now())
    except Invalid as error:
        return await reading.page(request, slug, form.wrong(error), status=422)
    return _back(request, slug, "comment")


@post("/help/{slug:str}/solved", name="article_solved", status_code=303, form=FormSpec("solved", "/tickets/new"))
async def solved(request: PageRequest, slug: FromPath[str]) -> Response[str]:
    """Records that an article offered beside a new ticket solved the problem, so that the ticket is not sent."""
    await read_form(request)
    await suggestions.note_solved(slug, by=person_of(request), at=now())
    return _back(request, slug, "solved")


def _typed(form: Form) -> NewComment:
    return NewComment(form.line("name"), form.line("email"), form.text("comment"))


def _voter(request: PageRequest) -> str:
    return f"person {request.user.id}" if request.user else f"browser {browser_token(request)}"


def _back(request: PageRequest, slug: str, said: str) -> Response[str]:
    return render.redirect(request, f"/help/{slug}?said={said}#feedback")
