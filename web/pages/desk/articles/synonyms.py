"""Synonym groups of the article search."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.articles.search import synonyms
from web.clock import now
from web.pages.shell import edit_conflicts, render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import button, changed
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words import articles as words
from web.settings_log.recording import Kind

ADDRESS = "/desk/articles/synonyms"


@get(ADDRESS, name="synonyms")
async def index(request: PageRequest) -> Response[str]:
    return await _page(request, await restored_form(request))


@post(ADDRESS, name="new_synonym", status_code=303, form=FormSpec("new", ADDRESS, words.SYNONYMS, ("words",)))
async def create(request: PageRequest) -> Response[str]:
    return await _save(request, None)


@post(
    f"{ADDRESS}/{{number:int}}",
    name="edit_synonym",
    status_code=303,
    form=FormSpec("{number}", ADDRESS, words.SYNONYMS, ("words",)),
)
async def update(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await _save(request, number)


remove = button(
    f"{ADDRESS}/{{number:int}}/removal",
    "synonym_removal",
    FormSpec("{number}", ADDRESS),
    synonyms.remove_synonym,
    then=f"{ADDRESS}?done=removed",
)


async def _save(request: PageRequest, number: int | None) -> Response[str]:
    async def act(form: Form) -> int:
        words, seen = form.line("words"), form.number("seen")
        return await synonyms.save_synonym(words, number=number, seen=seen, by=person_of(request), at=now())

    return await changed(request, act, show=partial(_page, request), then=f"{ADDRESS}?done=saved")


async def _page(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    """Shows a form for each group, named by its number, and an empty one."""
    groups = await synonyms.synonyms()
    context = {
        "groups": groups,
        "seen": await edit_conflicts.seen_each(Kind.SYNONYM, [each.id for each in groups], form),
        "form": form,
        "done": words.SYNONYMS_DONE.get(request.query_params.get("done", ""), ""),
    }
    return render.page(request, "desk/articles/synonyms.html", context, status=status)
