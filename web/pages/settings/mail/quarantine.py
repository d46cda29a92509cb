"""Mail in quarantine for administrators: downloaded, retried, discarded."""

from typing import Any

from litestar import Response as AnyResponse
from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.files import DOWNLOAD
from web.http.downloads import UNCOMPRESSED, download
from web.mail.incoming import quarantine
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest

ADDRESS = "/desk/settings/mail"


@get(ADDRESS + "/{number:int}", name="mail_original", opt={UNCOMPRESSED: True})
async def original(request: PageRequest, number: FromPath[int]) -> AnyResponse[Any]:
    """The raw message, always as a download, because its content is not sanitized."""
    mail = await quarantine.find(number)
    return await download(
        request,
        storage=request.app.state.storage,
        sha256=mail.sha256,
        size=mail.size,
        name=f"{mail.id}.eml",
        kind=DOWNLOAD,
        modified=mail.received_at,
    )


@post(ADDRESS + "/{number:int}/retry", name="mail_retry", status_code=303, form=FormSpec("retry", ADDRESS))
async def retry(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await read_form(request)
    await quarantine.retry(number, by=person_of(request))
    return render.redirect(request, f"{ADDRESS}?done=retry")


@post(ADDRESS + "/{number:int}/removal", name="mail_removal", status_code=303, form=FormSpec("removal", ADDRESS))
async def discard(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await read_form(request)
    await quarantine.discard(number, by=person_of(request))
    return render.redirect(request, f"{ADDRESS}?done=removal")
