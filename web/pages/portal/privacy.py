"""The reader's personal data: to see, copy and erase them (LGPD art. 18 and 19)."""

from functools import partial
from typing import Any

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.files import DOWNLOAD
from web.http.downloads import UNCOMPRESSED, download
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import changed
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words import privacy as words
from web.pages.words.fields import labels
from web.people.privacy import exports, requests
from web.settings import settings
from web.tickets.actions.ownership import departures

ADDRESS = "/account/data"
ERASURE = f"{ADDRESS}/erasure"


@get(ADDRESS, name="own_data")
async def show(request: PageRequest) -> Response[str]:
    return await page(request, await restored_form(request))


@post(f"{ADDRESS}/exports", name="ask_export", status_code=303, form=FormSpec("export", ADDRESS, labels("export")))
async def ask_export(request: PageRequest) -> Response[str]:
    return await changed(
        request,
        lambda form: exports.ask(by=person_of(request), at=now()),
        show=partial(page, request),
        then=f"{ADDRESS}?done=export",
    )


@get(f"{ADDRESS}/exports/{{number:int}}", name="own_export", opt={UNCOMPRESSED: True})
async def download_export(request: PageRequest, number: FromPath[int]) -> Response[Any]:
    found = await exports.find(number, by=person_of(request), at=now())
    return await download(
        request,
        storage=request.app.state.storage,
        sha256=found.sha256 or "",
        size=found.size,
        name=words.FILE.format(day=found.asked_at),
        kind=DOWNLOAD,
        modified=found.ready_at or found.asked_at,
    )


@get(ERASURE, name="erasure_terms")
async def show_erasure(request: PageRequest) -> Response[str]:
    return await _erasure(request, await restored_form(request))


@post(ERASURE, name="ask_erasure", status_code=303, form=FormSpec("erasure", ERASURE, labels("erasure")))
async def ask_erasure(request: PageRequest) -> Response[str]:
    return await changed(
        request,
        lambda form: requests.ask(by=person_of(request), at=now()),
        show=partial(_erasure, request),
        then=f"{ADDRESS}?done=asked",
    )


@post(f"{ADDRESS}/erasure/withdrawal", name="withdraw_erasure", status_code=303, form=FormSpec("withdrawal", ADDRESS))
async def withdraw_erasure(request: PageRequest) -> Response[str]:
    await read_form(request)
    await requests.withdraw(by=person_of(request), at=now())
    return render.redirect(request, f"{ADDRESS}?done=withdrawn")


async def _erasure(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    context = {
        "form": form,
        "months": settings().kept_months,
        "open": (await departures.left_behind(person_of(request).id, at=now())).asked,
    }
    return render.page(request, "portal/erasure.html", context, status=status)


async def page(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    me, at = person_of(request), now()
    context = {
        "form": form,
        "export": await exports.latest(me.id, at=at),
        "wish": await requests.open_of(me.id),
        "months": settings().kept_months,
        "done": words.DONE.get(request.query_params.get("done", ""), ""),
    }
    return render.page(request, "portal/data.html", context, status=status)
