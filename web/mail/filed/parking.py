"""Mail that the desk does not file by itself."""


class Parked(Exception):
    """A person has to look at it; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
