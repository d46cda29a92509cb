"""What our own mail servers found out about the sender of a mail (RFC 8601)."""

import re
from collections.abc import Sequence

from web.mail.incoming.parse import Mail


def is_forged(mail: Mail, servers: Sequence[str]) -> bool:
    """Whether one of our own servers found that the address is not the sender's: only their word counts."""
    return any(_is_failure(line.lower()) for line in mail.results if _server(line) in servers)


def _server(line: str) -> str:
    """Its name; a version may follow it."""
    name, _, _ = _plain(line).partition(";")
    return next(iter(name.lower().split()), "")


def _is_failure(line: str) -> bool:
    """SPF also fails where a list or an old address forwards a mail; DMARC then says whether the signature holds.

    A failure counts wherever it stands, a pass only where the sender can't have written it.
    """
    return bool(_DMARC_FAILS.search(line) or (_SPF_FAILS.search(line) and not _DMARC_PASSES.search(_plain(line))))


def _plain(line: str) -> str:
    """Without comments and quoted text, which the sender may have written."""
    return _WRITTEN_BY_OTHERS.sub("", line)


_DMARC_FAILS = re.compile(r"\bdmarc(?:/\d+)?\s*=\s*fail\b")
_SPF_FAILS = re.compile(r"\bspf(?:/\d+)?\s*=\s*fail\b")
_DMARC_PASSES = re.compile(r";\s*dmarc(?:/\d+)?\s*=\s*pass\b")
_WRITTEN_BY_OTHERS = re.compile(r'"(?:\\.|[^"\\])*"|\([^()]*\)')
