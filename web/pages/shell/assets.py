"""The stylesheet and the script, each joined from its parts at start. The address contains a hash of the content."""

import atexit
import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from servestatic import ServeStaticASGI
from servestatic.compress import Compressor

from web.pages.shell.squeezing import squeezed
from web.settings import ROOT

SOURCE = ROOT / "static"


class Assets:
    """The joined files and their addresses. Their folder is removed when the process ends."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="guiche-static-"))
        atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        styles, scripts = sorted((SOURCE / "css").rglob("*.css")), sorted((SOURCE / "js").glob("*.js"), reverse=True)
        self.css = self._publish("css", squeezed(_joined(styles)))
        self.js = self._publish("js", _joined(scripts))
        self.icon = self._publish("svg", _joined([SOURCE / "img" / "favicon.svg"]))

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

    def _publish(self, kind: str, content: str) -> str:
        path = self._folder / f"guiche.{hashlib.sha256(content.encode()).hexdigest()[:12]}.{kind}"
        path.write_text(content)
        Compressor(quiet=True).compress(str(path))
        return f"/static/{path.name}"


def _joined(parts: list[Path]) -> str:
    return "\n".join(part.read_text().strip() for part in parts)


def _harden(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
