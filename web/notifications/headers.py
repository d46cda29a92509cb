"""The policy of headers in outgoing messages."""

from email.header import Header
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.policy import EmailPolicy, Policy


class _Whole(UnstructuredHeader, BaseHeader):
    """A header of ids or links. One that is longer than a line would be encoded, and no mail program could read it."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


class _Subject(UnstructuredHeader, BaseHeader):
    """A subject in encoded words (RFC 2047). Python's own folding loses a space between two of them."""

    def fold(self, *, policy: Policy) -> str:
        if self.isascii():
            return super().fold(policy=policy)
        encoded = Header(self, "utf-8", header_name=self.name).encode(linesep=policy.linesep)
        return f"{self.name}: {encoded}{policy.linesep}"


_REGISTRY = HeaderRegistry()
_REGISTRY.map_to_type("Subject", _Subject)
for _name in ("References", "List-Id", "List-Unsubscribe"):
    _REGISTRY.map_to_type(_name, _Whole)

HEADERS = EmailPolicy(header_factory=_REGISTRY)
"""Keeps ids and links in one piece, however long the host is, and the spaces of subjects."""
