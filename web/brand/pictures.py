"""Logos and icons: recognized by their bytes, and stripped of everything but the picture, or refused."""

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from web.brand import svg
from web.errors import Invalid

LARGEST = 200_000
"""The most bytes."""
WIDEST = 2_000
"""The most pixels in each direction."""

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"IDAT", b"IEND")
_WEBP_KEPT = (b"VP8X", b"ALPH", b"VP8 ", b"VP8L")
_WEBP_ALPHA = 0x10
"""The flag of an extended WebP that is kept, for transparency."""


@dataclass(frozen=True)
class Picture:
    """A picture as it is served."""

    sha256: str
    kind: str
    """png, webp or svg."""
    width: int
    height: int
    content: bytes

    @property
    def is_wide(self) -> bool:
        """Whether the logo is so wide that it contains the name."""
        return self.width > 2 * self.height


def cleaned(raw: bytes) -> Picture:
    """The sanitized picture. Raises `Invalid` with the reason for other content and for hidden content."""
    if len(raw) > LARGEST:
        raise Invalid("files", "picture_too_large")
    if raw.startswith(_PNG):
        return _picture("png", *_png(raw))
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return _picture("webp", *_webp(raw))
    return _picture("svg", *svg.cleaned(raw))


def _picture(kind: str, content: bytes, width: int, height: int) -> Picture:
    if not (0 < width <= WIDEST and 0 < height <= WIDEST):
        raise Invalid("files", "picture_too_wide")
    return Picture(hashlib.sha256(content).hexdigest(), kind, width, height, content)


def _png(raw: bytes) -> tuple[bytes, int, int]:
    """Reads PNG (third edition): chunks with checksums, from IHDR to IEND, and nothing after."""
    chunks = list(_png_chunks(raw))
    names = [name for name, _, _ in chunks]
    if not names or names[0] != b"IHDR" or names[-1] != b"IEND" or b"IDAT" not in names or len(chunks[0][1]) != 13:
        raise Invalid("files", "picture_broken")
    head = chunks[0][1]
    width, height = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big")
    if width <= WIDEST and height <= WIDEST:
        _check_pixels(b"".join(content for name, content, _ in chunks if name == b"IDAT"))
    return _PNG + b"".join(whole for name, _, whole in chunks if name in _PNG_KEPT), width, height


def _png_chunks(raw: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yields the name, the content and the whole of each chunk."""
    at = len(_PNG)
    while at < len(raw):
        size = int.from_bytes(raw[at : at + 4], "big")
        whole = raw[at : at + 12 + size]
        name, content = whole[4:8], whole[8 : 8 + size]
        if len(whole) != 12 + size or zlib.crc32(name + content) != int.from_bytes(whole[-4:], "big"):
            raise Invalid("files", "picture_broken")
        yield name, content, whole
        at += len(whole)
        if name == b"IEND" and at != len(raw):
            raise Invalid("files", "picture_hides")


def _check_pixels(packed: bytes) -> None:
    """Checks that the pixels unpack, to no more than this size allows."""
    inflating = zlib.decompressobj()
    try:
        inflating.decompress(packed, WIDEST * (8 * WIDEST + 1))
    except zlib.error:
        raise Invalid("files", "picture_broken") from None
    if not inflating.eof or inflating.unused_data:
        raise Invalid("files", "picture_hides")


def _webp(raw: bytes) -> tuple[bytes, int, int]:
    """Reads WebP (RFC 9649): one RIFF of the file's length. Animations are refused."""
    if int.from_bytes(raw[4:8], "little") + 8 != len(raw):
        raise Invalid("files", "picture_hides")
    kept = [(name, content) for name, content in _riff_chunks(raw) if name in _WEBP_KEPT]
    if len({name for name, _ in kept} & {b"VP8 ", b"VP8L"}) != 1:
        raise Invalid("files", "picture_broken")
    body = b"WEBP" + b"".join(map(_riff_chunk, *zip(*map(_unflagged, kept), strict=True)))
    return b"RIFF" + len(body).to_bytes(4, "little") + body, *_webp_size(dict(kept))


def _riff_chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at < len(raw):
        size = int.from_bytes(raw[at + 4 : at + 8], "little")
        if at + 8 + size > len(raw):
            raise Invalid("files", "picture_broken")
        yield raw[at : at + 4], raw[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _riff_chunk(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def _unflagged(chunk: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """An extended header with only the flags of what is kept."""
    name, content = chunk
    return (name, bytes([content[0] & _WEBP_ALPHA]) + content[1:]) if name == b"VP8X" and content else chunk


def _webp_size(chunks: dict[bytes, bytes]) -> tuple[int, int]:
    lossless, lossy = chunks.get(b"VP8L"), chunks.get(b"VP8 ")
    if lossless is not None and lossless[:1] == b"\x2f":
        bits = int.from_bytes(lossless[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if lossy is not None and lossy[3:6] == b"\x9d\x01\x2a":
        return int.from_bytes(lossy[6:8], "little") & 0x3FFF, int.from_bytes(lossy[8:10], "little") & 0x3FFF
    raise Invalid("files", "picture_broken")
