"""Organization logins, for sign-in without an e-mail address."""

import re

_SHAPE = re.compile(r"[^\s@]{2,100}")


def wrong_login(login: str) -> str | None:
    """The code of the error in a login."""
    return None if _SHAPE.fullmatch(login) else "not_a_login"
