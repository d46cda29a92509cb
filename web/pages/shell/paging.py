"""Parts of the address of a list, read leniently."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def keyset(updated: datetime, number: int) -> str:
    """The cursor of the next page."""
    return f"{(updated - _EPOCH) // timedelta(microseconds=1)}-{number}"


def instant_of(text: str) -> tuple[datetime, int] | None:
    micros, _, number = text.partition("-")
    if not (text.isascii() and micros.isdecimal() and number.isdecimal() and len(micros) < 18 and len(number) < 18):
        return None
    return _EPOCH + timedelta(microseconds=int(micros)), int(number)


def number_of(text: str, *, digits: int = 17) -> int | None:
    written = text.strip().removeprefix("#")
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= digits else None


def plain(text: str) -> str:
    return "".join(c for c in text if c.isprintable()).strip()
