"""Sites that may embed the portal's help and forms, their snippet, and unlisted sites that tried."""

from functools import partial
from urllib.parse import urlencode

from litestar import get, post
from litestar.response.base import Response

from web.articles.writing import LANGUAGES
from web.brand import brand, changes, embedding
from web.brand.accent import is_colour
from web.clock import now
from web.http.security import FRAMING
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import answered, changed
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words.fields import labels
from web.people import sign_in
from web.settings import settings
from web.text import one_line

ADDRESS = "/desk/settings/embedding"
CHOICES = {
    "show": ("button", "panel", "inline"),
    "surface": ("help", "new", "follow", "chat"),
    "scheme": ("", "light", "dark"),
    "lang": ("", *LANGUAGES),
}
"""By the attribute of the snippet; the first value where none is chosen."""
LONGEST_LABEL = 60
"""Of the button."""


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


def _snippet(request: PageRequest) -> dict[str, str]:
    """The attributes of the snippet that were chosen; the first two always stand in it."""
    asked = {name: one_line(request.query_params.get(name, "")) for name in (*CHOICES, "label", "accent")}
    for name, values in CHOICES.items():
        asked[name] = asked[name] if asked[name] in values else values[0]
    asked["label"] = asked["label"][:LONGEST_LABEL]
    asked["accent"] = asked["accent"].lower() if is_colour(asked["accent"].lower()) else ""
    return {name: value for name, value in asked.items() if value}


def _plain(snippet: dict[str, str]) -> str:
    """The address of the same page for a frame or a link that no script makes."""
    query = urlencode([(name, snippet[name]) for name in ("accent", "lang") if name in snippet])
    return f"{settings().base_url}/embed/{snippet['surface']}{'?' if query else ''}{query}"


async def _page(request: PageRequest, form: Form, *, key: str = "", status: int = 200) -> Response[str]:
    if form.is_overtaken:
        await brand.renew()
    known, snippet = brand.known(), _snippet(request)
    context = {
        "form": form.of("embedding"),
        "key_form": form.of("key"),
        "key": key,
        "seen": known.version,
        "origins": "\n".join(known.origins),
        "refused": await embedding.refused(),
        "snippet": snippet,
        "is_tried": "show" in request.query_params,
        "base": settings().base_url,
        "plain": _plain(snippet),
        "done": confirmations.EMBEDDING.get(request.query_params.get("done", ""), ""),
    }
    answer = render.page(request, "settings/embedding.html", context, status=status)
    answer.headers["Content-Security-Policy"] = FRAMING
    return answer
