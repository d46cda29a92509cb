"""Makes a picture small. Runs in a process of its own: what a picture made to do harm takes down is that process."""

import io

MEDIA_TYPE = "image/webp"
EDGE = 400
"""Pixels of the longer side at most: twice what a page gives it."""
MOST_PIXELS = 50_000_000
"""Of the picture; what a telephone takes has fewer."""


def reduce(content: bytes) -> bytes:
    """Its first picture, upright, without what the camera noted; empty where there is none to read."""
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
