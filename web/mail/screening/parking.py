"""Exceptions for mail that the desk does not file."""


class Parked(Exception):
    """A person has to look at the mail; `reason` says why."""

    state = "parked"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TurnedAway(Parked):
    """The mail is refused without anybody looking at it."""

    state = "ignored"
