"""How the place looks on every page: its pictures and the stylesheet of its accent, at addresses by their content."""

import functools
import hashlib
from dataclasses import dataclass

from web.place import accent
from web.place.pictures import Picture
from web.place.place import Place

_TYPES = {"png": "image/png", "webp": "image/webp", "svg": "image/svg+xml", "css": "text/css"}
_LOGO_HEIGHT = 32
"""In CSS pixels, as in `bar.css`."""


@dataclass(frozen=True)
class File:
    """Something served for ever at its address."""

    name: str
    media_type: str
    content: bytes

    @property
    def address(self) -> str:
        return f"/place/{self.name}"


@dataclass(frozen=True)
class Branding:
    """What a version of the place looks like; None where it looks like the house style."""

    logo: File | None
    icon: File | None
    sheet: File | None
    logo_width: int = 0
    spells_name: bool = False
    """Whether the logo takes the place of the name."""

    def file(self, name: str) -> File | None:
        return next((each for each in (self.logo, self.icon, self.sheet) if each and each.name == name), None)


@functools.lru_cache(maxsize=2)
def branding(place: Place) -> Branding:
    """Made once for each version of the place."""
    logo = place.logo
    return Branding(
        logo=_picture(logo),
        icon=_picture(place.icon),
        sheet=_file("css", accent.stylesheet(place.accent).encode()) if place.accent else None,
        logo_width=round(_LOGO_HEIGHT * logo.width / logo.height) if logo else 0,
        spells_name=bool(logo and logo.is_wide),
    )


def _picture(picture: Picture | None) -> File | None:
    return _file(picture.kind, picture.content) if picture else None


def _file(kind: str, content: bytes) -> File:
    return File(f"{hashlib.sha256(content).hexdigest()[:16]}.{kind}", _TYPES[kind], content)
