"""Merges two accounts of one person: searches the other one, compares both, and merges them."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import changed
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.pages.words.people import figures, told_apart
from web.people.directory import listing, profiles
from web.people.directory.listing import DirectoryFilter
from web.people.merging import comparing, unmerge
from web.people.merging.merge import merge as merge_accounts
from web.people.permissions import Actor
from web.text import one_line

ADDRESS = "/desk/people/{number}"
FORM = FormSpec("merge", f"{ADDRESS}/merge", labels("account", "keep"))


@get("/desk/people/{number:int}/merge", name="account_merge")
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    asked = request.query_params.get("account", "")
    form = await restored_form(request) or Form({"account": [asked]} if asked else {}, spec=FORM)
    return await page(request, number, form)


@post(
    "/desk/people/{number:int}/merge",
    name="merge_accounts",
    status_code=303,
    form=FORM,
)
async def merge(request: PageRequest, number: FromPath[int]) -> Response[str]:
    me = person_of(request)

    async def act(form: Form) -> int:
        keep, is_wider = form.number("keep"), form.is_checked("wider")
        return await merge_accounts(number, form.number("account"), keep=keep, is_wider=is_wider, by=me, at=now())

    show = partial(page, request, number)
    return await changed(request, act, show=show, then=lambda kept: f"{ADDRESS.format(number=kept)}?done=merged")


async def about(number: int, *, me: Actor) -> dict[str, object]:
    """The merges that the page of a person shows."""
    return {"merges": [(each, each.may_be_undone(me, now())) for each in await unmerge.merges(number)]}


async def page(request: PageRequest, number: int, form: Form, *, status: int = 200) -> Response[str]:
    me, other = person_of(request), form.number("account")
    person = await profiles.person(number)
    context = {"person": person, "form": form, "compared": None, "rows": [], "sought": ""}
    try:
        compared = await comparing.compare(number, other, by=me) if other else None
    except Invalid as error:
        compared, form, status = None, form.wrong(error), 422
    if compared is not None:
        context |= {"compared": compared, "figures": figures(compared), "choices": told_apart(compared)}
        return render.page(request, "people/merge.html", context, status=status)
    words = one_line(request.query_params.get("q", person.name))[:200]
    found = await listing.people(DirectoryFilter(words=words))
    rows = await comparing.candidates(number, [each.id for each in found.rows], by=me)
    return render.page(request, "people/merge.html", {**context, "rows": rows, "sought": words}, status=status)
