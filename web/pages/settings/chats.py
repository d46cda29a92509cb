"""Chat settings: whether there is one, and which category receives it."""

from functools import partial

from litestar import get, post
from litestar.response.base import Response

from web.brand import brand
from web.clock import now
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import changed
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words.fields import labels
from web.tickets.requests import chats as attended
from web.tickets.requests.categories import open_to_all
from web.tickets.settings import chats

ADDRESS = "/desk/settings/chat"


@get(ADDRESS, name="chat_settings")
async def show(request: PageRequest) -> Response[str]:
    return await _page(request, await restored_form(request))


@post(
    ADDRESS, name="edit_chat", status_code=303, form=FormSpec("chat", ADDRESS, labels("category", "ceiling", of="chat"))
)
async def update(request: PageRequest) -> Response[str]:
    async def act(form: Form) -> None:
        chosen, seen = form.number("category"), form.number("seen") or 0
        ceiling = (form.number("ceiling") or 0) if form.line("ceiling") else None
        await chats.choose(chosen, ceiling=ceiling, seen=seen, by=person_of(request), at=now())

    return await changed(request, act, show=partial(_page, request), then=f"{ADDRESS}?done=saved")


async def _page(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    if form.is_overtaken:
        await brand.renew()
    context = {
        "form": form,
        "seen": brand.known().version,
        "categories": [(each.id, each.name) for each in await open_to_all()],
        "is_stopped": brand.known().chat is not None and await attended.attendance() is None,
        "done": confirmations.CHAT.get(request.query_params.get("done", ""), ""),
    }
    return render.page(request, "settings/chat.html", context, status=status)
