"""Makes a thumbnail. Runs in a process of its own, because hostile pictures may crash it."""

import io

MEDIA_TYPE = "image/webp"
EDGE = 400
"""The most pixels of the longer side: twice what a page shows."""
MOST_PIXELS = 50_000_000
"""The most pixels of the original; phones take fewer."""


def reduce(content: bytes) -> bytes:
    """The first frame, upright, without metadata; empty if it cannot be read."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - only this process needs it

    Image.MAX_IMAGE_PIXELS = None  # it only warns of some; `MOST_PIXELS` says what is read
    reduced = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP", "GIF")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return b""
            whole = picture.convert("RGBA") if picture.mode == "P" else picture
            whole.thumbnail((EDGE, EDGE))
            upright = ImageOps.exif_transpose(whole)
        upright.convert("RGBA" if upright.has_transparency_data else "RGB").save(reduced, "WEBP", quality=70)
    except Exception:  # of many kinds, by what is wrong with a picture
        return b""
    return reduced.getvalue()
