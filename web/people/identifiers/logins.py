"""Logins of organizations: what a store signs in with that has no e-mail address."""

import re

_SHAPE = re.compile(r"[^\s@]{2,100}")


def wrong_login(login: str) -> str | None:
    """Why nobody can sign in by it, as a code."""
    return None if _SHAPE.fullmatch(login) else "not_a_login"
