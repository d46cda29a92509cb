"""Imports of people and organizations: upload, columns, tryout, import."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, Unreadable
from web.imports.people import columns, reports, sandbox, uploads
from web.imports.people.sheets import LARGEST, Rows
from web.imports.people.uploads import IMPORTS, PeopleImport
from web.imports.progress import Brought
from web.pages.shell import render, spreadsheets
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import changed
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words.confirmations import IMPORT
from web.pages.words.fields import labels
from web.pages.words.imports import with_states
from web.pages.words.settings import imports as words

ADDRESS = "/desk/settings/imports"
PAGE = "/desk/settings/imports/{number}"


@get(ADDRESS, name="imports")
async def index(request: PageRequest) -> Response[str]:
    return await _index(request, await restored_form(request))


@post(ADDRESS, name="new_import", status_code=303, form=FormSpec("import", ADDRESS, labels("files", of="people")))
async def create(request: PageRequest) -> Response[str]:
    form, me = await read_form(request), person_of(request)
    try:
        file = _file(form)
        rows = await _rows(request, form, file)
        number = await uploads.upload(file, rows, by=me, at=now(), form_key=form.key)
    except Invalid as error:
        return await _index(request, form.wrong(error), status=form.status)
    return render.redirect(request, f"{ADDRESS}/{number}")


@get("/desk/settings/imports/{number:int}", name="import")
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await _page(request, number, await restored_form(request))


@post(
    "/desk/settings/imports/{number:int}/columns",
    name="import_columns",
    status_code=303,
    form=FormSpec("columns", PAGE, words.LABELS),
)
async def match(request: PageRequest, number: FromPath[int]) -> Response[str]:
    async def act(form: Form) -> None:
        chosen = columns.chosen(_typed(form, await uploads.matching(number)))
        await uploads.try_out(number, chosen, form.number("header") or 0, by=person_of(request))

    return await changed(request, act, show=partial(_page, request, number), then=f"{ADDRESS}/{number}")


@post("/desk/settings/imports/{number:int}/start", name="import_start", status_code=303, form=FormSpec("start", PAGE))
async def begin(request: PageRequest, number: FromPath[int]) -> Response[str]:
    form = await read_form(request)
    await uploads.begin(number, invites=form.is_checked("invites"), by=person_of(request))
    return render.redirect(request, f"{ADDRESS}/{number}")


@post(
    "/desk/settings/imports/{number:int}/removal",
    name="import_removal",
    status_code=303,
    form=FormSpec("removal", PAGE),
)
async def discard(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await read_form(request)
    await uploads.discard(number, by=person_of(request))
    return render.redirect(request, f"{ADDRESS}?done=discarded")


@get("/desk/settings/imports/{number:int}/report.csv", name="import_report")
async def report(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await IMPORTS.find(number)
    rows = await reports.whole(number)
    lines = ((each.line, words.outcome_text(each), each.name, each.address, words.why_text(each)) for each in rows)
    return spreadsheets.download(f"importacao-{number}.csv", words.HEADING, lines)


def _file(form: Form) -> Brought:
    """The uploaded file. Raises `Invalid`."""
    refused, form.refused = form.refused, []
    if refused:
        raise Invalid("files", {"empty": "table_empty", "too_large": "table_too_large"}.get(refused[0].code, "missing"))
    if not form.kept:
        raise Invalid("files", "missing")
    return Brought(form.kept[-1].name, form.kept[-1].sha256, form.kept[-1].size)


async def _rows(request: PageRequest, form: Form, file: Brought) -> Rows:
    """The rows, read no further than the largest table. Raises `Invalid` with the line number put into the form."""
    pieces = request.app.state.storage.read(file.sha256, 0, min(file.size, LARGEST + 1))
    try:
        return await sandbox.rows(b"".join([each async for each in pieces]))
    except Unreadable as refused:
        form.values["files"] = [str(refused.line)]
        raise Invalid("files", refused.code) from None


async def _index(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    context = {
        "form": form,
        "imports": with_states(await IMPORTS.listed()),
        "done": IMPORT.get(request.query_params.get("done", ""), ""),
    }
    return render.page(request, "settings/imports.html", context, status=status)


async def _page(request: PageRequest, number: int, form: Form, *, status: int = 200) -> Response[str]:
    shown, matching = await IMPORTS.find(number), await uploads.matching(number)
    context = {
        "import": shown,
        "counts": words.counts(shown),
        "failure": words.failure_text(shown) if shown.error else "",
        "refused": await _refused(shown),
        "columns": _columns(matching, form),
        "headers": range(1, matching.highest + 1),
        "header": form.number("header") if form else matching.header,
        "fields": words.FIELDS.items(),
        "form": form,
    }
    return render.page(request, "settings/import.html", context, block="progress", status=status)


async def _refused(shown: PeopleImport) -> list[tuple[str, str, str]]:
    rows = await reports.refused(shown.id) if shown.refused and not shown.is_running else []
    return [(words.place(each), each.name, words.why_text(each)) for each in rows]


def _columns(matching: uploads.Matching, form: Form) -> list[tuple[str, str, str, list[str]]]:
    """For each column its letter, its name, its field, and its first values."""
    found = {place: name for name, place in matching.columns.items()}
    names = matching.sample[matching.header - 1] if matching.header else [""] * len(matching.sample[0])
    below = matching.sample[matching.header :][: columns.SAMPLED]
    taken = _typed(form, matching) if form else [found.get(place, "") for place in range(len(names))]
    return [
        (columns.letter(place), names[place], each, [row[place] for row in below if row[place]])
        for place, each in enumerate(taken)
    ]


def _typed(form: Form, matching: uploads.Matching) -> list[str]:
    """The choice for each column in order."""
    return [form.text(f"column{place}") for place in range(len(matching.sample[0]))]
