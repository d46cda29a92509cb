"""The stylesheets and scripts of each audience, and those of the brand. Each address contains a hash of the content."""

import atexit
import functools
import hashlib
import itertools
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from servestatic import ServeStaticASGI
from servestatic.compress import Compressor

from web.brand import accent
from web.brand.brand import Brand
from web.brand.pictures import Picture
from web.pages.shell.assets.minifying import squeezed, squeezed_script
from web.settings import ROOT

SOURCE = ROOT / "static"
AUDIENCES = {"portal": ("portal",), "desk": ("desk", "work"), "office": ("desk", "office")}
"""Each audience loads one stylesheet and one script: the shared files, and those of the folders named here.

The desk is where agents work on tickets, the office is settings, reports and articles.
"""

ALONE = ("embed", "kiosk")
"""Sheets that are the only one of their pages. They begin with the rules of `SHARED`."""
SHARED = SOURCE / "css" / "parts" / "alone.css"

_TYPES = {"png": "image/png", "webp": "image/webp", "svg": "image/svg+xml", "css": "text/css"}
_LOGO_HEIGHT = 32
"""In CSS pixels, as in `bar.css`."""


class Assets:
    """The joined files and their addresses. Their folder is removed when the process ends."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="guiche-static-"))
        atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
        self.css = {each: self._publish("css", squeezed(_joined(_of(each, "css")))) for each in AUDIENCES}
        self.js = {each: self._publish("js", _module(_of(each, "js")[::-1])) for each in AUDIENCES}
        self.first = {each: self._publish("js", f'import"{script}"') for each, script in self.js.items()}
        """The script that pages load first. It loads the rest, so that styles have the bandwidth to themselves."""
        parts = (SOURCE / "js" / "parts").glob("*.js")
        self.parts = {part.stem: self._publish("js", _scripts([part])) for part in parts}
        """Scripts that single pages load."""
        sheets = (SOURCE / "css" / "parts").glob("*.css")
        self.sheets = {sheet.stem: self._publish("css", squeezed(_joined(_with_shared(sheet)))) for sheet in sheets}
        """Styles that single pages load."""
        self.icon = self._publish("svg", _joined([SOURCE / "img" / "favicon.svg"]))

    def in_front_of(self, app: Any) -> ServeStaticASGI:
        """Serves these files in front of the application, precompressed and cached for ever."""
        return ServeStaticASGI(
            app,
            root=self.folder,
            prefix="/static/",
            immutable_file_test=".",
            allow_all_origins=False,
            add_headers_function=_harden,
        )

    def _publish(self, kind: str, content: str) -> str:
        path = self.folder / f"{hashlib.sha256(content.encode()).hexdigest()[:12]}.{kind}"
        path.write_text(content)
        Compressor(quiet=True).compress(str(path))
        return f"/static/{path.name}"


def _of(audience: str, kind: str) -> list[Path]:
    """The files of an audience, in the order of their names."""
    left_out = {"parts", *itertools.chain(*AUDIENCES.values())} - {*AUDIENCES[audience]}
    found = sorted((SOURCE / kind).rglob(f"*.{kind}"))
    return [each for each in found if each.parent.name.rsplit("-", 1)[-1] not in left_out]


def _with_shared(sheet: Path) -> list[Path]:
    return [SHARED, sheet] if sheet.stem in ALONE else [sheet]


def _module(parts: list[Path]) -> str:
    """Joins modules, which are strict without saying so."""
    return _scripts(parts).replace('"use strict";', "")


def _scripts(parts: list[Path]) -> str:
    """Joins scripts. Third-party files are minified already."""
    texts = ((part, part.read_text().strip()) for part in parts)
    return "\n".join(text if ".min." in part.name else squeezed_script(text) for part, text in texts)


def _joined(parts: list[Path]) -> str:
    return "\n".join(part.read_text().strip() for part in parts)


def _harden(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


@dataclass(frozen=True)
class File:
    """A file that is served for ever at its address."""

    name: str
    media_type: str
    content: bytes

    @property
    def address(self) -> str:
        return f"/place/{self.name}"


@dataclass(frozen=True)
class Branding:
    """The files of a version of the brand; None for each that is not customized."""

    logo: File | None
    icon: File | None
    sheet: File | None
    logo_width: int = 0
    spells_name: bool = False
    """Whether the logo replaces the name."""

    def file(self, name: str) -> File | None:
        return next((each for each in (self.logo, self.icon, self.sheet) if each and each.name == name), None)


@functools.lru_cache(maxsize=2)
def branding(brand: Brand) -> Branding:
    """The files of the brand, built once for each version of it."""
    logo = brand.logo
    return Branding(
        logo=_picture(logo),
        icon=_picture(brand.icon),
        sheet=_file("css", accent.stylesheet(brand.accent).encode()) if brand.accent else None,
        logo_width=round(_LOGO_HEIGHT * logo.width / logo.height) if logo else 0,
        spells_name=bool(logo and logo.is_wide),
    )


def _picture(picture: Picture | None) -> File | None:
    return _file(picture.kind, picture.content) if picture else None


def _file(kind: str, content: bytes) -> File:
    return File(f"{hashlib.sha256(content).hexdigest()[:16]}.{kind}", _TYPES[kind], content)
