"""Uses w3m in a terminal: reads pages as it renders them, and works by its keys."""

import fcntl
import os
import pty
import struct
import subprocess
import tempfile
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from threading import Thread

from tests.infrastructure.subprocesses import wait
from tests.servers import text_browser

ENTER, TAB = "\r", "\t"
ROWS, COLUMNS = 200, 200
OPTIONS = (
    "accept_cookie=1",
    "confirm_qq=0",
    "wrap_search=1",
    "ignorecase_search=0",
    "use_mouse=0",
    "display_charset=UTF-8",
)
EDITOR = """#!/bin/sh
cat "$W3M_TEXT" >"$1"
"""


class TextReader:
    """A terminal with w3m. Keys sent while a page loads are handled afterwards."""

    def __init__(self, terminal: int, folder: Path) -> None:
        self._terminal, self._folder, self._saved = terminal, folder, count()

    def goes_to(self, name: str, *, after: str = "") -> None:
        """Presses Enter on the first link or button with this text, below the text of `after`."""
        self._seeks(*filter(None, (after, name)))
        self._press(ENTER)

    def types(self, label: str, text: str) -> None:
        """Types into the field with this label."""
        self._seeks(label)
        self._press(TAB + ENTER + text + ENTER)

    def picks(self, question: str, place: int) -> None:
        """Chooses the answer at this position below a question."""
        self._seeks(question)
        self._press(TAB * place + ENTER)

    def writes(self, label: str, text: str) -> None:
        """Writes into the box with this label, using an editor."""
        (self._folder / "text").write_text(text)
        self._seeks(label)
        self._press(TAB + ENTER)

    def lines(self) -> list[str]:
        """The lines of the page, with spaces folded."""
        pages = [self._folder / f"page{next(self._saved)}" for _ in range(2)]
        for page in pages:
            self._press(f"S{page}{ENTER}")
        wait(pages[1].exists)
        return [" ".join(line.split()) for line in pages[0].read_text().splitlines() if line.strip()]

    def _seeks(self, *words: str) -> None:
        """Searches from the top of the page, each below the one before."""
        self._press("g" + "".join(f"/{each}{ENTER}" for each in words))

    def _press(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())


@contextmanager
def text_reader(address: str) -> Iterator[TextReader]:
    terminal, other = pty.openpty()
    fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        editor = folder / "editor"
        editor.write_text(EDITOR)
        editor.chmod(0o755)
        env = {**os.environ, "HOME": name, "LC_ALL": "C.UTF-8", "TERM": "xterm", "EDITOR": str(editor)}
        env |= {"W3M_TEXT": str(folder / "text")}
        options = [part for option in OPTIONS for part in ("-o", option)]
        process = subprocess.Popen(
            [text_browser(), *options, "-cookie", address], env=env, stdin=other, stdout=other, start_new_session=True
        )
        os.close(other)
        screen = Thread(target=_drain, args=(terminal,))
        screen.start()
        try:
            yield TextReader(terminal, folder)
        finally:
            process.kill()
            process.wait()
            screen.join()
            os.close(terminal)


def _drain(terminal: int) -> None:
    with suppress(OSError):
        while os.read(terminal, 65_536):
            pass
