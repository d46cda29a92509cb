"""Pictures, and files that only look like one."""

import io
from typing import Any

from PIL import Image


def picture(size: tuple[int, int] = (600, 300), mode: str = "RGB", *, kind: str = "PNG", **more: Any) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size).save(made, kind, **more)
    return made.getvalue()


CUT = picture((400, 400), kind="JPEG")[:-300]
BOMB = picture((30_000, 30_000), "1")
DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
WITH_A_SCRIPT = picture() + b"<script>alert(1)</script>PK\x03\x04"
