"""Kiosks: where they stand, what they offer, which are live, and the link that binds a device."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.kiosks import settings as kiosk_settings
from web.kiosks.settings import KioskInput
from web.mail.mailboxes import rules
from web.pages.shell import edit_conflicts, render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import answered, button, changed
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words.settings import kiosks as words
from web.settings import settings
from web.settings_log.recording import Kind

ADDRESS = "/desk/settings/kiosks"
PAGE = "/desk/settings/kiosks/{number}"
WRITTEN = ("words",)


@get(ADDRESS, name="kiosks")
async def index(request: PageRequest) -> Response[str]:
    return await _index(request, await restored_form(request))


@post(ADDRESS, name="new_kiosk", status_code=303, form=FormSpec("kiosk", ADDRESS, words.FIELDS, WRITTEN))
async def create(request: PageRequest) -> Response[str]:
    me = person_of(request)
    return await changed(
        request,
        lambda form: kiosk_settings.add(_wanted(form), by=me, at=now(), form_key=form.key),
        show=partial(_index, request),
        then=lambda made: f"{ADDRESS}/{made}?done=made",
    )


@get("/desk/settings/kiosks/{number:int}", name="kiosk_setting")
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await _page(request, number, await restored_form(request))


@post(
    "/desk/settings/kiosks/{number:int}",
    name="edit_kiosk",
    status_code=303,
    form=FormSpec("kiosk", PAGE, words.FIELDS, WRITTEN),
)
async def update(request: PageRequest, number: FromPath[int]) -> Response[str]:
    me = person_of(request)
    return await changed(
        request,
        lambda form: kiosk_settings.change(number, _wanted(form), seen=form.number("seen"), by=me, at=now()),
        show=partial(_page, request, number),
        then=f"{ADDRESS}/{number}?done=saved",
    )


@post("/desk/settings/kiosks/{number:int}/links", name="kiosk_link", status_code=201, form=FormSpec("links", PAGE))
async def give_link(request: PageRequest, number: FromPath[int]) -> Response[str]:
    """Creates the link. The answer shows it, and it is never shown again."""
    me, show = person_of(request), partial(_page, request, number)
    return await answered(
        request,
        lambda form: kiosk_settings.give_link(number, by=me, at=now()),
        show=show,
        answer=lambda token: show(Form(), link=f"{settings().base_url}/kiosk/bindings/{token}", status=201),
    )


retire = button(
    "/desk/settings/kiosks/{number:int}/removal",
    "kiosk_removal",
    FormSpec("removal", PAGE),
    partial(kiosk_settings.set_retired, is_retired=True),
    then=f"{ADDRESS}?done=retired",
)


restore = button(
    "/desk/settings/kiosks/{number:int}/restoration",
    "kiosk_restoration",
    FormSpec("restoration", PAGE),
    partial(kiosk_settings.set_retired, is_retired=False),
    then=f"{ADDRESS}/{{number}}?done=restored",
)


def _wanted(form: Form) -> KioskInput:
    return KioskInput(
        name=form.line("name"),
        organization=form.line("organization"),
        team=form.number("team"),
        categories=form.numbers("categories"),
        words=form.text("words"),
        is_accessible=form.is_checked("is_accessible"),
    )


async def _index(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    at = now()
    kiosks = [(each, words.place_text(each), words.state_text(each, at)) for each in await kiosk_settings.listed()]
    context = {"kiosks": kiosks, **await _shown(request, form)}
    return render.page(request, "settings/kiosks.html", context, status=status)


async def _page(request: PageRequest, number: int, form: Form, *, link: str = "", status: int = 200) -> Response[str]:
    found = await kiosk_settings.kiosk(number)
    context = {
        "kiosk": found,
        "state": words.state_text(found, now()),
        "link": link,
        "seen": await edit_conflicts.seen(Kind.KIOSK, number, form),
        **await _shown(request, form),
    }
    return render.page(request, "settings/kiosk.html", context, status=status)


async def _shown(request: PageRequest, form: Form) -> dict[str, object]:
    teams, categories = await rules.choices()
    return {
        "form": form,
        "teams": [(each.id, each.name) for each in teams],
        "categories": [(each.id, each.name) for each in categories],
        "done": confirmations.KIOSKS.get(request.query_params.get("done", ""), ""),
    }
