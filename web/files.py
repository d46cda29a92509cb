"""Rules for uploaded files: their names, the types that are allowed, and how they are served."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from web.text import one_line

LARGEST_FILE = 100 * 2**20
"""The most bytes of an attachment, and of an article's file."""
LONGEST_NAME = 150
_LONGEST_RAW = 1000
_LONGEST_EXTENSION = 20

_FORBIDDEN_ON_WINDOWS = re.compile(r'[<>:"|?*]')
_RESERVED_ON_WINDOWS = re.compile(
    r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$) *(\.|$)", re.IGNORECASE
)

_PROGRAM = re.compile(
    rb"MZ[^\0]*\0"  # Windows; a text that begins so has no NUL
    rb"|#![ \t]*/"  # scripts, by the path of what runs them
    rb"|\x7fELF"  # Linux
    rb"|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe"  # macOS, and Java
)
"""The first bytes of programs."""

_PROGRAM_EXTENSIONS = frozenset(
    """
    ade adp apk app appimage application appx appxbundle bat cab chm class cmd com command cpl deb diagcab
    dll dmg ex exe gadget hlp hta img inf ins iso isp jar jnlp js jse lib lnk mde mjs msc msh msi msix
    msixbundle msp mst nsh pif pkg ps1 ps1xml psd1 psm1 reg rpm run scf scr sct sh shb shs sys terminal url
    vb vbe vbs vhd vhdx vxd workflow wsc wsf wsh xll
    """.split()  # noqa: SIM905 - a table to read
)

_PICTURES = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF.{4}WEBPVP8", re.DOTALL), "image/webp"),
)
_PICTURE_EXTENSIONS = frozenset(("png", "jpg", "jpeg", "jpe", "jfif", "gif", "webp"))


LARGEST_PICTURE = 16 * 2**20
"""The most bytes of a picture that is shown in place."""

_EXTENSIONS = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "text/csv": ".csv",
    "text/plain": ".txt",
}


@dataclass(frozen=True)
class Kind:
    """How a file is served: its media type, and whether browsers may show it in a page."""

    media_type: str
    inline: bool


DOWNLOAD = Kind("application/octet-stream", inline=False)


def clean_name(raw: str, media_type: str = "") -> str:
    """A name safe to show, store and save: one line, no path, nothing invisible, never empty.

    A file whose name has no visible characters is called "arquivo", with the extension of its media type.
    """
    name = re.split(r"[\\/]", raw)[-1][-_LONGEST_RAW:]
    name = _FORBIDDEN_ON_WINDOWS.sub("_", unicodedata.normalize("NFC", one_line(name)))
    name = " ".join(name.split()).strip(". ")
    if _RESERVED_ON_WINDOWS.match(name):
        name = f"_{name}"
    return _shortened(name) or f"arquivo{_EXTENSIONS.get(media_type, '')}"


def kind_of(head: bytes, name: str) -> Kind:
    """A picture by its first bytes is shown if its name has the extension of a picture; all else is only downloaded."""
    if _extension(name) in _PICTURE_EXTENSIONS:
        for signature, media_type in _PICTURES:
            if signature.match(head):
                return Kind(media_type, inline=True)
    return DOWNLOAD


def is_picture(name: str, size: int) -> bool:
    """Whether a file with this name may be a picture to show in place; its content decides."""
    return _extension(name) in _PICTURE_EXTENSIONS and size <= LARGEST_PICTURE


def refusal(head: bytes, name: str, size: int) -> str | None:
    """Why the file is refused: "empty", or "forbidden" for programs; None if it is accepted."""
    if size == 0:
        return "empty"
    if _PROGRAM.match(head) or _extension(name) in _PROGRAM_EXTENSIONS:
        return "forbidden"
    return None


def content_disposition(name: str, inline: bool) -> str:
    """The header of RFC 6266: the name in ASCII for old programs, and encoded by RFC 8187."""
    name = clean_name(name)
    plain = re.sub(r"[^\w .()+,=@-]", "_", name, flags=re.ASCII)
    disposition = "inline" if inline else "attachment"
    return f"{disposition}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def readable_size(size: int) -> str:
    """The size for people: 84 KB, 1,2 MB."""
    if size < 1024:
        return f"{size} byte" if size == 1 else f"{size} bytes"
    if size < 1023.5 * 1024:
        return f"{size / 1024:.0f} KB"
    unit, divisor = ("MB", 2**20) if size < 1023.95 * 2**20 else ("GB", 2**30)
    return f"{size / divisor:.1f} {unit}".replace(".0 ", " ").replace(".", ",")


def _shortened(name: str) -> str:
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension) > _LONGEST_EXTENSION:
        return name[:LONGEST_NAME].rstrip(". ")
    return stem[: LONGEST_NAME - 1 - len(extension)].rstrip(". ") + dot + extension


def _extension(name: str) -> str:
    return PurePosixPath(clean_name(name)).suffix[1:].casefold()
