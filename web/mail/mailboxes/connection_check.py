"""Tests the connections of a mailbox for an administrator: each side gives a code, empty if it works."""

import asyncio
import re
from dataclasses import dataclass
from imaplib import IMAP4

import aiosmtplib
from imap_tools.errors import ImapToolsError

from web.mail.mailboxes import imap, servers
from web.mail.mailboxes.lookup import Mailbox
from web.mail.mailboxes.servers import Fault
from web.mail.outgoing.smtp import connected

PATIENCE = 30
"""The most seconds for a side."""
NEARLY_FULL = 0.95
UNUSED = "unused"
"""The code for a side that the mailbox does not use."""


@dataclass(frozen=True)
class Findings:
    """The code of each side."""

    imap: str
    smtp: str


async def check(mailbox: Mailbox) -> Findings:
    """Checks both sides at once. No mail is read, marked or sent."""
    return Findings(*await asyncio.gather(_checked(mailbox, "imap"), _checked(mailbox, "smtp")))


async def _checked(mailbox: Mailbox, side: str) -> str:
    if not (mailbox.imap if side == "imap" else mailbox.smtp):
        return UNUSED
    try:
        async with asyncio.timeout(PATIENCE):
            await (_read if side == "imap" else _send)(mailbox)
    except (ImapToolsError, IMAP4.error, aiosmtplib.SMTPException, OSError, ValueError) as error:
        return servers.code_of(error)
    return ""


async def _read(mailbox: Mailbox) -> None:
    address, secret = await servers.reach(mailbox.imap), await servers.secret_of(mailbox.imap)
    await asyncio.to_thread(_open, mailbox, address, secret)


def _open(mailbox: Mailbox, address: str, secret: str) -> None:
    with imap.opened(mailbox.imap, mailbox.folder, address=address, secret=secret) as box:
        if "QUOTA" in box.client.capabilities:
            _refuse_full(box.client, mailbox.folder)


def _refuse_full(client: IMAP4, folder: str) -> None:
    """Raises the fault of a full mailbox. RFC 9208: `"User quota" (STORAGE 980 1000)`, used and limit."""
    _, (_, quotas) = client.getquotaroot(folder)
    for line in quotas:
        for used, most in re.findall(rb"(?:STORAGE|MESSAGE) (\d+) (\d+)", line or b""):
            if int(most) and int(used) >= int(most) * NEARLY_FULL:
                raise Fault("quota")


async def _send(mailbox: Mailbox) -> None:
    """Goes as far as the server accepting the address as sender and recipient."""
    server = await connected(mailbox.smtp)
    try:
        await server.mail(mailbox.address)
        await server.rcpt(mailbox.address)
    except aiosmtplib.SMTPRecipientRefused as error:
        raise Fault("quota" if servers.code_of(error) == "quota" else "sender") from None
    finally:
        server.close()
