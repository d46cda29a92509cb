"""The secret of a webhook, and the signature by which its receiver knows us (standardwebhooks.com)."""

import base64
import hashlib
import hmac
from datetime import datetime

from web.settings import settings


def secret(salt: str) -> str:
    """As the receiver is given it. It comes from our own secret, so the database holds nothing to sign with."""
    return "whsec_" + base64.b64encode(_key(salt)).decode()


def signed(salt: str, delivery: int, body: bytes, *, at: datetime) -> dict[str, str]:
    """The headers of one try; the id is the same at each, so that a repeat is known as one."""
    name, seconds = f"msg_{delivery}", str(int(at.timestamp()))
    made = hmac.digest(_key(salt), f"{name}.{seconds}.".encode() + body, hashlib.sha256)
    signature = f"v1,{base64.b64encode(made).decode()}"
    return {"webhook-id": name, "webhook-timestamp": seconds, "webhook-signature": signature}


def _key(salt: str) -> bytes:
    return hmac.digest(settings().secret.encode(), f"webhook:{salt}".encode(), hashlib.sha256)
