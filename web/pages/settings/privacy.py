"""The register of erasure requests, which administrators review and carry out."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, NotFound
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import changed
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words import privacy as words
from web.pages.words.fields import labels
from web.people.privacy import erasing, requests
from web.settings import settings

ADDRESS = "/desk/settings/privacy"
REQUEST = f"{ADDRESS}/{{number}}"


@get(ADDRESS, name="privacy")
async def index(request: PageRequest) -> Response[str]:
    at = now()
    context = {
        "requests": [(each, words.state(each, at)) for each in await requests.register()],
        "done": words.DONE.get(request.query_params.get("done", ""), ""),
    }
    return render.page(request, "settings/privacy.html", context)


@get(f"{ADDRESS}/{{number:int}}", name="privacy_request")
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await page(request, number, await restored_form(request))


@post(
    f"{ADDRESS}/{{number:int}}/erasure",
    name="erase_person",
    status_code=303,
    form=FormSpec("erasure", REQUEST, labels("erasure")),
)
async def erase(request: PageRequest, number: FromPath[int]) -> Response[str]:
    async def act(form: Form) -> None:
        wish = await _open(number)
        await erasing.erase(wish.person, called=words.ERASED, by=person_of(request), at=now())

    return await changed(request, act, show=partial(page, request, number), then=f"{ADDRESS}?done=erased")


async def page(request: PageRequest, number: int, form: Form, *, status: int = 200) -> Response[str]:
    wish = await _open(number)
    try:
        found = await erasing.preview(wish.person)
    except Invalid as error:
        found, form = None, form.wrong(error)
    context = {"wish": wish, "found": found, "form": form, "months": settings().kept_months}
    return render.page(request, "settings/privacy_request.html", context, status=status)


async def _open(number: int) -> requests.Request:
    wish = await requests.find(number)
    if not wish.is_open:
        raise NotFound("erasure")
    return wish
