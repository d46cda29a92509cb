"""Seals secrets that we have to use again, such as passwords of mail servers: the key comes from our own secret."""

import base64
import functools
from typing import TYPE_CHECKING

from web.settings import settings

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


def seal(text: str) -> str:
    return _box(settings().secret).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str | None:
    """None for what was sealed under another secret."""
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 - see `_box`

    try:
        return _box(settings().secret).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


@functools.cache
def _box(secret: str) -> "Fernet":
    """The library is loaded where it is first needed: it takes 12 MB, and most processes never seal anything."""
    from cryptography.fernet import Fernet  # noqa: PLC0415
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"guiche sealing").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))
