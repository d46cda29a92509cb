"""How many guesses a password withstands, as zxcvbn counts. Runs in a process of its own: its words take 12 MB."""

from collections.abc import Sequence


def guesses(password: str, known: Sequence[str]) -> float:
    from zxcvbn import zxcvbn  # noqa: PLC0415 - only this process needs it

    return float(zxcvbn(password, user_inputs=[*known])["guesses"])
