"""Random secrets given to people, and the hashes the database keeps of them."""

import hashlib
import secrets


def new() -> str:
    """256 random bits that fit in an address or a cookie."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """The hash that is stored: nobody can get back from it to the token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
