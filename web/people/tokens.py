"""Random secrets given to people, and the hashes of them that the database stores."""

import hashlib
import secrets


def new() -> str:
    """256 random bits in characters that fit in an address or a cookie."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """The hash that is stored. The token cannot be computed from it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
