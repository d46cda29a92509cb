"""The audit log: one line of JSON for each thing that somebody may have to answer for. It never holds a secret."""

import json
import logging

log = logging.getLogger("guiche.audit")


def note(event: str, *, person: int | None, **about: str | int | bool | None) -> None:
    """Who did it, and to what; JSON keeps whatever was typed on its one line."""
    log.info(json.dumps({"event": event, "person": person, **about}))
