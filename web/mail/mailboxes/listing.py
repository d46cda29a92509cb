"""Mailboxes as administrators enter them and as pages show them. Secrets are never shown again."""

from dataclasses import dataclass

from web.database import columns_of, existing, fetch_as
from web.mail.mailboxes.servers import Server


@dataclass(frozen=True)
class MailboxInput:
    """The settings of a mailbox. An empty password keeps the stored one."""

    address: str
    name: str
    imap: Server
    folder: str
    smtp: Server
    login: str = ""
    team: int | None = None
    category: int | None = None
    strangers: str = "ticket"
    is_active: bool = True


@dataclass(frozen=True)
class MailboxShown:
    """A mailbox, with whether secrets are stored instead of the secrets. The defaults are those of a new one."""

    id: int = 0
    address: str = ""
    name: str = ""
    is_active: bool = True
    login: str = ""
    imap_host: str = ""
    imap_port: int = 993
    imap_tls: str = "tls"
    imap_user: str = ""
    has_imap_secret: bool = False
    folder: str = "INBOX"
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_tls: str = "starttls"
    smtp_user: str = ""
    has_smtp_secret: bool = False
    team: int | None = None
    team_name: str | None = None
    category: int | None = None
    category_name: str | None = None
    strangers: str = "ticket"


_OWN = (
    *("id", "address", "name", "is_active", "login", "imap_host", "imap_port", "imap_tls", "imap_user"),
    *("folder", "smtp_host", "smtp_port", "smtp_tls", "smtp_user", "team", "category", "strangers"),
)
_SHOWN = f"""
SELECT {", ".join(f"mailbox.{each}" if each in _OWN else each for each in columns_of(MailboxShown))} FROM (
    SELECT mailbox.*, imap_secret <> '' AS has_imap_secret, smtp_secret <> '' AS has_smtp_secret,
           (SELECT team.name FROM team WHERE team.id = mailbox.team) AS team_name,
           (SELECT category.name FROM category WHERE category.id = mailbox.category) AS category_name FROM mailbox
) mailbox
"""


async def listed() -> list[MailboxShown]:
    """All mailboxes, active ones first."""
    return await fetch_as(MailboxShown, _SHOWN + "ORDER BY is_active DESC, id LIMIT 100")


async def mailbox(number: int) -> MailboxShown:
    """Returns the mailbox. Raises `NotFound`."""
    return existing(await fetch_as(MailboxShown, _SHOWN + "WHERE id = {}", number), "mailbox")
