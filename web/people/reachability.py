"""Whether mail reaches an address, by the last answer of its server."""

import re

_GONE = re.compile(r"\b5\.(?:1\.\d{1,3}|2\.1)\b|^55[013]\b(?![ -]5\.)")


def last_answer(identity: str) -> str:
    """In SQL: why the last message to this row's address bounced; empty if it was accepted or none was sent."""
    return (
        "COALESCE((SELECT CASE WHEN outgoing.state = 'bounced' THEN outgoing.error ELSE '' END FROM outgoing "
        f"WHERE outgoing.recipient = {identity}.value AND outgoing.state IN ('sent', 'bounced') "
        "ORDER BY outgoing.id DESC LIMIT 1), '')"
    )


def is_gone(answer: str) -> bool:
    """Whether it means that the address does not exist (RFC 3463: 5.1.x and 5.2.1), not a refused message."""
    return bool(_GONE.search(answer))
