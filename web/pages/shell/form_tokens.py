"""Form tokens against cross-site request forgery.

A token is signed, so that after the session has ended it still tells whose form it was, and the form can be kept for
them. It contains nothing secret, and a nonce makes it different in each answer (BREACH).
"""

import hashlib
import hmac
import secrets
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta

from web.clock import now
from web.settings import settings

_SHAPE = struct.Struct(">6s8sIII")
_MAC = 16
RECENT = timedelta(days=2)
"""How long a token allows keeping a form for its person."""


@dataclass(frozen=True)
class FormToken:
    """Whose form it was, and in which browser; session and person are 0 for a visitor."""

    session: int
    person: int
    browser: bytes
    is_recent: bool

    def was_shown_in(self, browser: str) -> bool:
        """Whether it is recent and of this browser, so that nobody can sign others in with a form of their own."""
        return self.is_recent and hmac.compare_digest(self.browser, _mark(browser))


def issue(session: int, person: int, browser: str) -> str:
    payload = _SHAPE.pack(secrets.token_bytes(6), _mark(browser), session, person, int(now().timestamp()))
    return urlsafe_b64encode(payload + _mac(payload)).decode()


def verify(text: str) -> FormToken | None:
    """Returns the content of a token that we signed, or None."""
    try:
        raw = urlsafe_b64decode(text.encode("ascii"))
    except (ValueError, UnicodeEncodeError):
        return None
    payload, mac = raw[: _SHAPE.size], raw[_SHAPE.size :]
    if len(payload) != _SHAPE.size or not hmac.compare_digest(mac, _mac(payload)):
        return None
    _, browser, session, person, issued = _SHAPE.unpack(payload)
    return FormToken(session, person, browser, is_recent=now().timestamp() - issued < RECENT.total_seconds())


def new_key() -> str:
    """A one-time key for a form, which makes a repeated submission count once."""
    return secrets.token_urlsafe(12)


def _mark(browser: str) -> bytes:
    return hashlib.sha256(browser.encode()).digest()[:8]


def _mac(payload: bytes) -> bytes:
    return hmac.new(settings().secret.encode(), b"form" + payload, hashlib.sha256).digest()[:_MAC]
