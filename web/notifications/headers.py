"""The policy of headers in outgoing messages."""

from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.policy import EmailPolicy, Policy


class _Whole(UnstructuredHeader, BaseHeader):
    """A header of ids or links. One that is longer than a line would be encoded, and no mail program could read it."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_REGISTRY = HeaderRegistry()
for _name in ("References", "List-Id", "List-Unsubscribe"):
    _REGISTRY.map_to_type(_name, _Whole)

WHOLE_IDS = EmailPolicy(header_factory=_REGISTRY)
"""Keeps ids and links in one piece, however long the host is."""
