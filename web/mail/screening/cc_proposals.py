"""Proposes people to whom a mail was copied. Only people add them, never the mail itself."""

import re
from datetime import datetime

from web.mail.incoming import phrases
from web.mail.incoming.parse import Mail
from web.people import accounts
from web.tickets.record import proposed_participants

MOST = 10
"""The most proposals of one mail."""


async def propose(mail: Mail, ticket: int, *, is_unproven: bool, at: datetime) -> None:
    sender = mail.sender.address if mail.sender else ""
    named = [each.address for each in mail.copies if each.address != sender and is_persons(each.address)]
    await proposed_participants.propose(ticket, named[:MOST], is_unproven=is_unproven, at=at)


def is_persons(address: str) -> bool:
    """Whether it may be a person's address: neither ours nor a machine's."""
    words = re.split(r"[._+=-]+", address.partition("@")[0])
    is_machines = words[0] in phrases.MACHINES or phrases.NO_REPLY.match("".join(words))
    return not (is_machines or accounts.is_the_desks(address))
