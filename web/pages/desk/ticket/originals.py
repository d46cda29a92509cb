"""The original mail of a message: sanitized to read, and whole to download."""

from typing import Any

from litestar import Response as AnyResponse
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response.base import Response

from web.files import DOWNLOAD
from web.http.downloads import UNCOMPRESSED, download
from web.mail import originals
from web.mail.incoming.markup.pictures import hosts, told
from web.pages.shell import remote_images, render
from web.pages.shell.session import PageRequest
from web.pages.words.tickets.originals import shown
from web.tickets.record.ticket import TicketDetails

ADDRESS = "/desk/tickets/{number:int}/mail/{mail:int}"


@get(ADDRESS, name="desk_original")
async def show(request: PageRequest, ticket: NamedDependency[TicketDetails], mail: FromPath[int]) -> Response[str]:
    original = await originals.find(mail, ticket)
    read, files = await originals.read(original, request.app.state.storage)
    mail_shown = shown(read, files) if read else None
    html, is_asked = mail_shown.html if mail_shown else "", "images" in request.query_params
    context = {
        "ticket": ticket,
        "original": original,
        "mail": mail_shown,
        "html": await remote_images.loaded(html) if is_asked else told(html),
        "has_outside": bool(hosts(html)) and not is_asked,
        "is_asked": is_asked,
    }
    return remote_images.allowing(
        request, render.page(request, "desk/tickets/original.html", context, block="original")
    )


@get(ADDRESS + "/whole", name="desk_original_whole", opt={UNCOMPRESSED: True})
async def whole(request: PageRequest, ticket: NamedDependency[TicketDetails], mail: FromPath[int]) -> AnyResponse[Any]:
    """The raw message, always as a download."""
    original = await originals.find(mail, ticket)
    return await download(
        request,
        storage=request.app.state.storage,
        sha256=original.sha256,
        size=original.size,
        name=f"{ticket.number}-{original.id}.eml",
        kind=DOWNLOAD,
        modified=original.received_at,
    )
