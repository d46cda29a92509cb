"""The stylesheet and the script, each joined from its parts at start. The address contains a hash of the content."""

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from servestatic import ServeStaticASGI
from servestatic.compress import Compressor

from web.settings import ROOT

SOURCE = ROOT / "static"


class Assets:
    """The joined files and their addresses. Their folder is removed when the process ends."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="guiche-static-"))
        atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        self.css = self._join("css", sorted((SOURCE / "css").glob("*.css")))
        self.js = self._join("js", sorted((SOURCE / "js").glob("*.js"), reverse=True))
        self.icon = self._join("svg", [SOURCE / "img" / "favicon.svg"])

    def in_front_of(self, app: Any) -> ServeStaticASGI:
        """The application behind these files, which are compressed beforehand and cached for ever."""
        return ServeStaticASGI(
            app,
            root=self._folder,
            prefix="/static/",
            immutable_file_test=".",
            allow_all_origins=False,
            add_headers_function=_harden,
        )

    def _join(self, kind: str, parts: Iterable[Path]) -> str:
        content = b"\n".join(part.read_bytes().strip() for part in parts)
        path = self._folder / f"guiche.{hashlib.sha256(content).hexdigest()[:12]}.{kind}"
        path.write_bytes(content)
        Compressor(quiet=True).compress(str(path))
        return f"/static/{path.name}"


def _harden(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
