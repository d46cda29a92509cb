"""Serves the pictures of the brand and the stylesheet of its accent, for ever at the address of their content."""

from litestar import get
from litestar.params import FromPath
from litestar.response.base import Response

from web.brand import brand
from web.errors import NotFound
from web.pages.shell.assets.bundle import branding

_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
}


@get("/place/{part:str}", name="place_file")
async def show(part: FromPath[str]) -> Response[bytes]:
    """Serves a file. Another process may just have changed the brand, so that it is read once more before a 404."""
    found = branding(brand.known()).file(part)
    if found is None:
        await brand.renew()
        found = branding(brand.known()).file(part)
    if found is None:
        raise NotFound("file")
    return Response(found.content, media_type=found.media_type, headers=_HEADERS)
