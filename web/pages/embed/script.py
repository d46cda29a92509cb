"""The script that other sites load, and the accent that they choose."""

from litestar import get
from litestar.params import FromPath
from litestar.response.base import Response

from web.brand import accent
from web.brand.accent import LIGHT
from web.errors import NotFound
from web.settings import ROOT

SCRIPT = (ROOT / "static" / "js" / "parts" / "embed.js").read_text()


@get("/embed.js", name="embed_script")
async def script() -> Response[str]:
    return Response(SCRIPT, media_type="text/javascript", headers={"Cache-Control": "public, max-age=300"})


@get("/embed/accents/{code:str}", name="embed_accent")
async def wear(code: FromPath[str]) -> Response[str]:
    """Serves the stylesheet of an accent by its hexadecimal digits. An unreadable colour has none."""
    colour = f"#{code}"
    if not accent.is_colour(colour) or not accent.holds(colour, LIGHT):
        raise NotFound("accent")
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(accent.stylesheet(colour), media_type="text/css", headers=kept)
