"""The link sent to an address typed at a kiosk, with a button by which its reader claims the ticket."""

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import NotFound
from web.kiosks import claims
from web.pages.shell import render
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest

PAGE = "/follow/claims/{token}"


@get("/follow/claims/{token:str}", name="follow_claim")
async def show(request: PageRequest, token: FromPath[str]) -> Response[str]:
    try:
        return render.page(request, "follow/claim.html", {"claim": await claims.find(token, at=now())})
    except NotFound:
        return _invalid(request)


@post("/follow/claims/{token:str}", name="take_claim", status_code=200, form=FormSpec("claim", PAGE))
async def take(request: PageRequest, token: FromPath[str]) -> Response[str]:
    """Claims the ticket. It signs nobody in."""
    await read_form(request, is_public=True)
    try:
        number = await claims.take(token, at=now())
    except NotFound:
        return _invalid(request)
    return render.page(request, "follow/claimed.html", {"number": number})


def _invalid(request: PageRequest) -> Response[str]:
    return render.page(request, "follow/invalid_claim.html", {}, status=404)
