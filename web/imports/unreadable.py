"""Why a file can't be read as a table."""


class Unreadable(Exception):
    """The whole file is refused; `line` says where, as far as that is known."""

    def __init__(self, code: str, line: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
