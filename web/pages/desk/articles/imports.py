"""Imports a help centre: an uploaded file is tried out by the worker, then imported on confirmation. Exports it."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import ExitStack
from typing import IO

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Stream
from litestar.response.base import Response

from web.articles import exports
from web.clock import now
from web.errors import Invalid
from web.files import content_disposition
from web.http.downloads import UNCOMPRESSED
from web.imports.articles import uploads
from web.imports.articles.uploads import IMPORTS
from web.imports.progress import Brought
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words import article_imports as words
from web.pages.words.articles import AUDIENCES
from web.pages.words.confirmations import IMPORT
from web.pages.words.imports import with_states
from web.storage import pieces_of

ADDRESS = "/desk/articles/imports"
PAGE = f"{ADDRESS}/{{number}}"


@get(ADDRESS, name="article_imports")
async def index(request: PageRequest) -> Response[str]:
    return await _index(request, await restored_form(request))


@post(ADDRESS, name="new_article_import", status_code=303, form=FormSpec("import", ADDRESS, words.FIELDS))
async def create(request: PageRequest) -> Response[str]:
    form, me = await read_form(request), person_of(request)
    try:
        audience, section = form.text("audience"), form.line("section")
        number = await uploads.upload(_file(form), audience, section, by=me, at=now(), form_key=form.key)
    except Invalid as error:
        return await _index(request, form.wrong(error), status=form.status)
    return render.redirect(request, f"{ADDRESS}/{number}")


@get(f"{ADDRESS}/{{number:int}}", name="article_import")
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    found = await IMPORTS.find(number)
    context = {
        "import": found,
        "counts": words.counts(found),
        "failure": words.failure_text(found) if found.error else "",
        "remarks": [(each.place, title, words.why_text(each)) for each, title in found.remarks],
    }
    return render.page(request, "desk/articles/import.html", context, block="progress")


@post(f"{ADDRESS}/{{number:int}}/start", name="article_import_start", status_code=303, form=FormSpec("start", PAGE))
async def begin(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await read_form(request)
    await uploads.begin(number, by=person_of(request))
    return render.redirect(request, f"{ADDRESS}/{number}")


@post(
    f"{ADDRESS}/{{number:int}}/removal", name="article_import_removal", status_code=303, form=FormSpec("removal", PAGE)
)
async def discard(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await read_form(request)
    await IMPORTS.discard(number, by=person_of(request))
    return render.redirect(request, f"{ADDRESS}?done=discarded")


@get("/desk/articles/export.zip", name="articles_export", opt={UNCOMPRESSED: True})
async def export(request: PageRequest) -> Stream:
    """Exports the help centre. The file is completed before it is sent, so that a failure shows an error page."""
    with ExitStack() as stack:
        file = stack.enter_context(tempfile.TemporaryFile())
        await exports.write(file, storage=request.app.state.storage, by=person_of(request), at=now())
        length, kept = file.tell(), stack.pop_all()
    name = content_disposition(words.EXPORTED.format(day=now()), inline=False)
    headers = {"Content-Disposition": name, "Content-Length": str(length)}
    return Stream(_sent(file, kept), headers=headers, media_type="application/zip")


async def _sent(file: IO[bytes], kept: ExitStack) -> AsyncIterator[bytes]:
    with kept:
        async for piece in pieces_of(file):
            yield piece


def _file(form: Form) -> Brought:
    """The uploaded file. Raises `Invalid`."""
    refused, form.refused = form.refused, []
    if refused or not form.kept:
        raise Invalid("files", "too_large" if refused and refused[0].code == "too_large" else "missing")
    return Brought(form.kept[-1].name, form.kept[-1].sha256, form.kept[-1].size)


async def _index(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    context = {
        "form": form,
        "imports": with_states(await IMPORTS.listed()),
        "done": IMPORT.get(request.query_params.get("done", ""), ""),
        "audiences": [(each, AUDIENCES[each]) for each in uploads.AUDIENCES],
    }
    return render.page(request, "desk/articles/imports.html", context, status=status)
