"""Reads mail in a process of its own, with limits: what takes it down is refused, and the next mail finds a new one."""

from web.mail.incoming.parse import LARGEST, Mail, parse
from web.mail.incoming.parts import Refused
from web.processes.limited import Died, Limited, Limits

LIMITS = Limits(cpu=2, memory=768 * 2**20, patience=20)


class Reader:
    """Reads one mail after another; to be used by one task at a time, and closed."""

    def __init__(self) -> None:
        self._limited = Limited(answer, LIMITS)

    async def read(self, raw: bytes) -> Mail:
        """Raises `Refused`, with `too_costly` where the mail took the process down."""
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
    """The mail, or the code of why there is none."""
    try:
        return parse(raw)
    except Refused as error:
        return error.code
    except Exception:
        return "unreadable"
