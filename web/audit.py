"""The audit log: one line of JSON for each security event. It never contains a secret."""

import json
import logging

log = logging.getLogger("guiche.audit")


def note(event: str, *, person: int | None, **about: str | int | bool | None) -> None:
    """Logs an event with its person and details. JSON keeps typed text on one line."""
    log.info(json.dumps({"event": event, "person": person, **about}))
