"""Hand-made pictures, and the parts of broken ones."""

import zlib


def chunk(name: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")


def png(width: int = 4, height: int = 2, *, before_end: bytes = b"", pixels: bytes | None = None) -> bytes:
    """A PNG of a single colour."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    packed = zlib.compress((b"\0" + b"\x0f\x5c\x5c" * width) * height) if pixels is None else pixels
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + before_end + chunk(b"IEND", b"")


def riff(name: bytes, content: bytes) -> bytes:
    """A chunk of a WebP."""
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def webp(*more: bytes) -> bytes:
    """A lossless WebP of 16 by 16, after these chunks."""
    body = b"WEBP" + b"".join(more) + riff(b"VP8L", bytes.fromhex("2f0fc0030007d0ffffffffff8188e87f00"))
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def svg(inside: str = '<path d="M0 0h32v16z" fill="#0f5c5c"/>', *, more: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 16"{more}>{inside}</svg>'.encode()
