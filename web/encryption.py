"""Encrypts secrets that are needed again, such as passwords of mail servers, with a key made from our own secret."""

import base64
import functools
from typing import TYPE_CHECKING

from web.settings import settings

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


def seal(text: str) -> str:
    return _box(settings().secret).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str | None:
    """Returns None if it was encrypted with another secret."""
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 - see `_box`

    try:
        return _box(settings().secret).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


@functools.cache
def _box(secret: str) -> "Fernet":
    """Loads the library when first needed: it takes 12 MB, and most processes never encrypt anything."""
    from cryptography.fernet import Fernet  # noqa: PLC0415
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"guiche sealing").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))
