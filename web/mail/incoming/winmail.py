"""The files and text inside a winmail.dat, Outlook's own container (MS-OXTNEF)."""

import logging

from tnefparse.tnef import TNEF  # type: ignore[import-untyped]

logging.getLogger("tnef-decode").setLevel(logging.CRITICAL)


def is_one(kind: str, name: str) -> bool:
    return kind in ("application/ms-tnef", "application/vnd.ms-tnef") or name.lower() == "winmail.dat"


def files(content: bytes) -> list[tuple[str, bytes]]:
    """Names and contents. If it cannot be read, the file itself."""
    found = _read(content)
    if found is None:
        return [("winmail.dat", content)]
    return [(str(each.long_filename() or each.name or "anexo"), bytes(each.data or b"")) for each in found.attachments]


def text(content: bytes) -> str:
    found = _read(content)
    said = found.body if found else None
    return said.decode("cp1252", "replace") if isinstance(said, bytes) else str(said or "")


def _read(content: bytes) -> TNEF | None:
    try:
        return TNEF(content)
    except Exception:
        return None
