"""Results of sender authentication that our own mail servers report (RFC 8601)."""

import re
from collections.abc import Sequence

from web.mail.incoming.parse import Mail


def is_forged(mail: Mail, servers: Sequence[str]) -> bool:
    """Whether one of our own servers found that the sender's address is forged.

    Results of other servers are ignored.
    """
    return any(_is_failure(line.lower()) for line in mail.results if _server(line) in servers)


def is_proven(mail: Mail, servers: Sequence[str]) -> bool:
    """Whether the newest result of one of our own servers confirms the sender's address (RFC 7489, 3.1).

    A failed or missing check confirms nothing.
    """
    ours = [line for line in mail.results if _server(line) in servers]
    if not ours or mail.sender is None or is_forged(mail, servers):
        return False
    said, domain = _plain(ours[0].lower()), mail.sender.address.rpartition("@")[2]
    return bool(_DMARC_PASSES.search(said)) or any(_is_of(domain, each[1]) for each in _NAMES_THE_SENDER.finditer(said))


def _is_of(domain: str, signer: str) -> bool:
    """Whether the domain is the one that signed, or a subdomain of it."""
    return domain == signer or ("." in signer and domain.endswith(f".{signer}"))


def _server(line: str) -> str:
    """The name of the server, without the version that may follow it."""
    name, _, _ = _plain(line).partition(";")
    return next(iter(name.lower().split()), "")


def _is_failure(line: str) -> bool:
    """Whether the line reports a failure.

    SPF also fails when a list or an old address forwards a mail; then DMARC says whether the signature holds. A
    failure counts anywhere in the line, a pass only where the sender cannot have written it.
    """
    return bool(_DMARC_FAILS.search(line) or (_SPF_FAILS.search(line) and not _DMARC_PASSES.search(_plain(line))))


def _plain(line: str) -> str:
    """The line without comments and quoted text, which the sender may have written."""
    return _WRITTEN_BY_OTHERS.sub("", line)


_DMARC_FAILS = re.compile(r"\bdmarc(?:/\d+)?\s*=\s*fail\b")
_SPF_FAILS = re.compile(r"\bspf(?:/\d+)?\s*=\s*fail\b")
_DMARC_PASSES = re.compile(r";\s*dmarc(?:/\d+)?\s*=\s*pass(?=[\s;]|$)")
_NAMES_THE_SENDER = re.compile(
    r";\s*(?:dkim(?:/\d+)?\s*=\s*pass(?=\s)[^;]*?\sheader\.[di]|spf(?:/\d+)?\s*=\s*pass(?=\s)[^;]*?\ssmtp\.mailfrom)"
    r"\s*=\s*(?:[^\s;@]*@)?([a-z0-9.-]+)(?=[\s;]|$)"
)
"""A signature or the envelope, with the domain that it is for."""
_WRITTEN_BY_OTHERS = re.compile(r'"(?:\\.|[^"\\])*"|\([^()]*\)')
