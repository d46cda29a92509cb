"""Sites that may embed the portal's help and forms, their snippet, and unlisted sites that tried."""

from functools import partial

from litestar import get, post
from litestar.response.base import Response

from web.brand import brand, changes, embedding
from web.clock import now
from web.http.security import FRAMING
from web.pages.shell import render
from web.pages.shell.changing import answered, changed
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words.fields import labels
from web.people import sign_in
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
        seen, makes = form.number("seen") or 0, form.is_checked("makes")
        await changes.allow_origins(form.text("origins"), makes=makes, seen=seen, by=person_of(request), at=now())

    return await changed(request, act, show=partial(_page, request), then=f"{ADDRESS}?done=saved")


@post(f"{ADDRESS}/key", name="vouching_key", status_code=201, form=FormSpec("key", ADDRESS, labels("current")))
async def make_key(request: PageRequest) -> Response[str]:
    """Creates the key. The answer shows it, and it is never shown again."""
    me, at = person_of(request), now()

    async def act(form: Form) -> str:
        await sign_in.reauthenticate(me, form.text("current"), at=at)
        return await changes.new_vouching_key(by=me, at=at)

    show = partial(_page, request)
    return await answered(request, act, show=show, answer=lambda key: show(Form(), key=key, status=201))


@post(f"{ADDRESS}/key/removal", name="vouching_key_removal", status_code=303, form=FormSpec("removal", ADDRESS))
async def drop_key(request: PageRequest) -> Response[str]:
    await read_form(request)
    await changes.drop_vouching_key(by=person_of(request), at=now())
    return render.redirect(request, f"{ADDRESS}?done=dropped")


async def _page(request: PageRequest, form: Form, *, key: str = "", status: int = 200) -> Response[str]:
    if form.is_overtaken:
        await brand.renew()
    known = brand.known()
    context = {
        "form": form.of("embedding"),
        "key_form": form.of("key"),
        "key": key,
        "seen": known.version,
        "origins": "\n".join(known.origins),
        "refused": await embedding.refused(),
        "base": settings().base_url,
        "done": confirmations.EMBEDDING.get(request.query_params.get("done", ""), ""),
    }
    answer = render.page(request, "settings/embedding.html", context, status=status)
    answer.headers["Content-Security-Policy"] = FRAMING
    return answer
