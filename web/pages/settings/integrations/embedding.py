"""Other sites that may show the portal's help and forms: which, by what snippet, and which tried unlisted."""

from functools import partial

from litestar import get, post
from litestar.response.base import Response

from web.clock import now
from web.http.shield import FRAMING
from web.pages.shell import render
from web.pages.shell.changing import changed
from web.pages.shell.form import Form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.pages.words import notices
from web.place import changes, embedding, place
from web.settings import settings

ADDRESS = "/desk/settings/embedding"


@get(ADDRESS, name="embedding")
async def show(request: PageRequest) -> Response[str]:
    return await _page(request, await restored_form(request))


@post(
    ADDRESS,
    name="edit_embedding",
    status_code=303,
    form=FormSpec("embedding", ADDRESS, {"origins": "Sites"}, ("origins",)),
)
async def update(request: PageRequest) -> Response[str]:
    async def act(form: Form) -> None:
        seen = form.number("seen") or 0
        await changes.allow_origins(form.text("origins"), seen=seen, by=person_of(request), at=now())

    return await changed(request, act, show=partial(_page, request), then=f"{ADDRESS}?done=saved")


async def _page(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    if form.is_overtaken:
        await place.renew()
    known = place.known()
    context = {
        "form": form,
        "seen": known.version,
        "origins": "\n".join(known.origins),
        "refused": await embedding.refused(),
        "base": settings().base_url,
        "done": notices.EMBEDDING.get(request.query_params.get("done", ""), ""),
    }
    answer = render.page(request, "settings/embedding.html", context, status=status)
    answer.headers["Content-Security-Policy"] = FRAMING
    return answer
