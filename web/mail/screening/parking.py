"""Mail that the desk does not file by itself."""


class Parked(Exception):
    """A person has to look at it; `reason` says why."""

    state = "parked"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TurnedAway(Parked):
    """Nobody looks at it."""

    state = "ignored"
