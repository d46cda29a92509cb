"""Parses mail in a process of its own with limits. Mail that crashes it is refused; the next mail gets a new one."""

from web.mail.incoming.parse import LARGEST, Mail, parse
from web.mail.incoming.parts import Refused
from web.processes.limited import Died, Limited, Limits

LIMITS = Limits(cpu=2, memory=768 * 2**20, patience=20)


class Reader:
    """Parses one mail after another. Use it in one task at a time, and close it."""

    def __init__(self) -> None:
        self._limited = Limited(answer, LIMITS)

    async def read(self, raw: bytes) -> Mail:
        """Parses a mail. Raises `Refused`, with the code `too_costly` if the mail crashed the process."""
        if len(raw) > LARGEST:
            raise Refused("too_large")
        try:
            found = await self._limited.call(raw)
        except Died:
            raise Refused("too_costly") from None
        if isinstance(found, Mail):
            return found
        raise Refused(str(found))

    async def close(self) -> None:
        await self._limited.close()


def answer(raw: bytes) -> Mail | str:
    """The mail, or the code of why it was refused."""
    try:
        return parse(raw)
    except Refused as error:
        return error.code
    except Exception:
        return "unreadable"
