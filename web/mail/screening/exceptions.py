"""Exceptions for mail that the desk does not file."""


class Quarantined(Exception):
    """The mail goes into quarantine, where an administrator looks at it; `reason` is a code."""

    state = "parked"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TurnedAway(Quarantined):
    """The mail is refused without anybody looking at it."""

    state = "ignored"
