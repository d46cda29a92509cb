"""The secret of a webhook, and the signature that its receiver verifies (standardwebhooks.com)."""

import base64
import hashlib
import hmac
from datetime import datetime

from web.settings import settings


def secret(salt: str) -> str:
    """The secret for the receiver. It is derived from our own secret, so that the database cannot be used to sign."""
    return "whsec_" + base64.b64encode(_key(salt)).decode()


def signed(salt: str, delivery: int, body: bytes, *, at: datetime) -> dict[str, str]:
    """The headers of one try; the id is the same for each, so that receivers recognize duplicates."""
    name, seconds = f"msg_{delivery}", str(int(at.timestamp()))
    made = hmac.digest(_key(salt), f"{name}.{seconds}.".encode() + body, hashlib.sha256)
    signature = f"v1,{base64.b64encode(made).decode()}"
    return {"webhook-id": name, "webhook-timestamp": seconds, "webhook-signature": signature}


def _key(salt: str) -> bytes:
    return hmac.digest(settings().secret.encode(), f"webhook:{salt}".encode(), hashlib.sha256)
