"""The editor of an article: text, preview and pictures."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.articles.authoring import files, readers, saving
from web.articles.authoring.article_versions import AuthoredArticle, authored_article, version
from web.articles.authoring.differences import Line, difference
from web.articles.authoring.saving import Seen, Step
from web.articles.personal_data import marks_in
from web.articles.rendering import rendered
from web.articles.sections import sections
from web.articles.writing import ArticlePlace, ArticleText, write_article
from web.clock import now
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import answered
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words import articles as words
from web.pages.words.formats import local
from web.pages.words.settings.changes import change_text
from web.people.permissions import Actor
from web.settings_log import listing as log
from web.settings_log.recording import Kind

ADDRESS = "/desk/articles"
PAGE = f"{ADDRESS}/{{number}}"
_WRITTEN = ("title", "objective", "body", "remark", "alt", "organizations")
NEW = FormSpec("article", f"{ADDRESS}/new", words.FIELDS, _WRITTEN)
ARTICLE = FormSpec("article", PAGE, words.FIELDS, _WRITTEN)


class ShowDraft(Protocol):
    """Shows the editor with the typed text, and with its preview if that was requested."""

    def __call__(self, form: Form, /, *, status: int = 200, preview: str = "") -> Awaitable[Response[str]]: ...


@get(f"{ADDRESS}/new", name="new_article")
async def new(request: PageRequest) -> Response[str]:
    return await _new(request, await restored_form(request))


@post(ADDRESS, name="make_article", status_code=303, form=NEW)
async def create(request: PageRequest) -> Response[str]:
    me = person_of(request)

    async def act(form: Form) -> int:
        return await write_article(_text(form), await _place(form), key=form.key, by=me, at=now())

    return await _written(request, act, show=partial(_new, request), done="created")


@get(f"{ADDRESS}/{{number:int}}", name="article")
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await page(request, number, await restored_form(request))


@post(f"{ADDRESS}/{{number:int}}", name="edit_article", status_code=303, form=ARTICLE)
async def update(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await save_with(request, number, lambda form: None, done="saved")


async def save_with(
    request: PageRequest, number: int, step: Callable[[Form], Step | None], *, done: str
) -> Response[str]:
    """Saves the text, and takes the step of the pressed button."""
    found, me = await authored_article(number), person_of(request)

    async def act(form: Form) -> int:
        then = step(form)
        place = await _place(form) if found.may_be_placed(me) else None
        seen = Seen(form.number("seen"), form.number("seen_change"))
        await saving.save_article(number, _text(form), place, seen=seen, then=then, by=me, at=now())
        return number

    return await _written(request, act, show=partial(page, request, number), done=done)


async def _written(
    request: PageRequest, act: Callable[[Form], Awaitable[int]], *, show: ShowDraft, done: str
) -> Response[str]:
    """Calls `act` with the text, unless its author only wants a preview or inserts a picture."""

    async def answer(form: Form) -> Response[str]:
        if form.refused or form.is_cut:
            return await show(form, status=form.status)
        await _insert_files(form, by=person_of(request))
        if form.is_checked("preview"):
            return await show(form, preview=await rendered(form.text("body")))
        if form.is_checked("insert"):
            return await show(form)
        return render.redirect(request, f"{ADDRESS}/{await act(form)}?done={done}")

    return await answered(request, answer, show=show, answer=_itself)


async def _itself(made: Response[str]) -> Response[str]:
    return made


async def _insert_files(form: Form, *, by: Actor) -> None:
    """Appends uploaded files to the end of the text, whichever button was pressed."""
    if not form.files and not form.is_checked("insert"):
        return
    taken = await files.take(form.files, form.text("alt"), by=by, at=now())
    pieces = [form.text("body").rstrip(), *(each.in_text(form.text("alt")) for each in taken)]
    form.values |= {"body": ["\n\n".join(filter(None, pieces))], "alt": [""]}
    form.files, form.kept = [], []


def _text(form: Form) -> ArticleText:
    return ArticleText(form.line("title"), form.line("objective"), form.text("body"), form.line("remark"))


async def _place(form: Form) -> ArticlePlace:
    audience = form.text("audience")
    return ArticlePlace(
        section=form.number("section"),
        slug=form.line("slug"),
        audience=audience,
        organizations=await readers.parse(form.text("organizations")) if audience == "organizations" else frozenset(),
        is_featured=form.is_checked("is_featured"),
    )


async def page(request: PageRequest, number: int, form: Form, *, status: int = 200, preview: str = "") -> Response[str]:
    found, me, at = await authored_article(number), person_of(request), now()
    context = {
        "article": found,
        "standing": words.standing(found, at),
        "is_shown": found.is_shown(at),
        "may_place": found.may_be_placed(me),
        "changes": await _changes(form, found),
        "seen_change": await log.latest(Kind.ARTICLE, number),
        "marks": marks_in(f"{found.title}\n{found.body}"),
        "readers": await readers.written(number),
        "today": local(at).date().isoformat(),
        **await _shared(request, form, number, preview),
    }
    return render.page(request, "desk/articles/article.html", context, status=status)


async def _new(request: PageRequest, form: Form, *, status: int = 200, preview: str = "") -> Response[str]:
    context = await _shared(request, form, None, preview)
    return render.page(request, "desk/articles/new.html", context, status=status)


async def _shared(request: PageRequest, form: Form, number: int | None, preview: str) -> dict[str, object]:
    return {
        "form": form,
        "preview": preview,
        "sections": words.section_choices(await sections()),
        "audiences": words.AUDIENCES,
        "tools": words.TOOLS,
        "files": await files.files_of(number, by=person_of(request), at=now()),
        "done": words.DONE.get(request.query_params.get("done", ""), ""),
        "is_created": request.query_params.get("done") == "created",
    }


async def _changes(form: Form, found: AuthoredArticle) -> list[Line]:
    """For the second of two authors: changes of the text since they opened it; other news goes into `news`."""
    if not form.is_overtaken:
        return []
    form.news = [change_text(each) for each in await log.since(Kind.ARTICLE, found.id, form.number("seen_change") or 0)]
    seen = await version(found.id, form.number("seen") or 0)
    return difference(seen.body, found.body)
