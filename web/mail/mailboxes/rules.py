"""Validates a mailbox when it is saved."""

from web.database import fetch_column
from web.errors import Invalid, refuse
from web.mail.mailboxes import lookup, servers
from web.mail.mailboxes.listing import MailboxInput, MailboxShown
from web.mail.mailboxes.lookup import Mailbox
from web.mail.mailboxes.servers import TLS, Fault, Server
from web.people.agents.teams import TeamName, active_teams, is_active_team
from web.people.identifiers.addresses import is_address
from web.settings import settings
from web.text import too_long, wrong_name
from web.tickets.requests.categories import CategoryName, open_to_all

STRANGERS = ("ticket", "parked", "refused")
LONGEST = 255
LONGEST_USER = 254


async def check(wanted: MailboxInput, found: MailboxShown | None) -> None:
    refuse(await _wrong(wanted, found))
    for name, server in (("imap", wanted.imap), ("smtp", wanted.smtp)):
        if server and wanted.is_active:
            await _reach(name, server)


async def _reach(name: str, server: Server) -> None:
    """Checks that connections to the server are allowed. A server that does not answer now is accepted."""
    try:
        await servers.reach(server)
    except Fault as fault:
        place, code = _FORBIDDEN[fault.code]
        raise Invalid(f"{name}_{place}", code) from None


_FORBIDDEN = {
    "dns": ("host", "unresolved"),
    "private_address": ("host", "mail_private_address"),
    "not_tls": ("tls", "mail_not_tls"),
}


async def _wrong(wanted: MailboxInput, found: MailboxShown | None) -> dict[str, str | None]:
    number = found.id if found else 0
    taken = await fetch_column(int, "SELECT id FROM mailbox WHERE address = {} AND id <> {}", wanted.address, number)
    is_somebodys = await fetch_column(int, "SELECT id FROM identity WHERE value = {}", wanted.address)
    offered = [each.id for each in await open_to_all()]
    return {
        "address": _wrong_address(wanted) or ("in_use" if taken or is_somebodys else None),
        "name": wrong_name(wanted.name, longest=100),
        "login": None if wanted.login in ("", *settings().token_commands) else "unknown",
        "folder": _wrong_folder(wanted.folder) or await _read_by_another(wanted, number),
        "team": None if wanted.team is None or await is_active_team(wanted.team) else "unknown",
        "category": None if wanted.category in (None, *offered) else "unknown",
        "strangers": None if wanted.strangers in STRANGERS else "unknown",
        **_wrong_server("imap", wanted, found),
        **_wrong_server("smtp", wanted, found),
    }


def _wrong_folder(folder: str) -> str | None:
    return None if folder and folder.isprintable() and len(folder) < 200 else "malformed"


async def _read_by_another(wanted: MailboxInput, number: int) -> str | None:
    """The code of an error if another mailbox fetches from the same account and folder."""
    if not wanted.is_active or not wanted.imap:
        return None
    others = [each for each in await lookup.reading() if each.id is None or each.id != number]
    return "mail_read_twice" if any(_source(each) == _source(wanted) for each in others) else None


def _source(box: MailboxInput | Mailbox) -> tuple[str, str, str]:
    folder = "INBOX" if box.folder.upper() == "INBOX" else box.folder
    return box.imap.host.lower(), box.imap.user, folder


async def choices() -> tuple[list[TeamName], list[CategoryName]]:
    """The teams and categories that incoming mail and tickets of visitors can be routed to."""
    return await active_teams(), await open_to_all()


def _wrong_address(wanted: MailboxInput) -> str | None:
    """The code of an error in the address.

    Signed reply addresses add a part after a plus, so that it has none itself.
    """
    return None if is_address(wanted.address) and "+" not in wanted.address else "not_an_address"


def _wrong_server(side: str, wanted: MailboxInput, found: MailboxShown | None) -> dict[str, str | None]:
    server: Server = getattr(wanted, side)
    if not server:
        return {f"{side}_host": "mail_no_side" if side == "imap" and not wanted.smtp else None}
    is_named = len(server.host) <= LONGEST and server.host.isascii() and not set(server.host) & set(" /@:\r\n\t")
    needs_user = side == "imap" or bool(wanted.login)
    return {
        f"{side}_host": None if is_named else "not_a_server_name",
        f"{side}_port": None if 0 < server.port < 65536 else "not_a_port",
        f"{side}_tls": None if server.tls in TLS else "unknown",
        f"{side}_user": _wrong_user(server.user, is_needed=needs_user),
        f"{side}_password": _wrong_password(side, wanted, found),
    }


def _wrong_user(user: str, *, is_needed: bool) -> str | None:
    return "missing" if is_needed and not user else too_long(user, LONGEST_USER)


def _wrong_password(side: str, wanted: MailboxInput, found: MailboxShown | None) -> str | None:
    """The code of an error in a password. A stored one is not sent to another server than before."""
    server: Server = getattr(wanted, side)
    if server.password or wanted.login or not server.user:
        return None
    if found is not None and getattr(found, f"has_{side}_secret"):
        kept = getattr(found, f"{side}_host"), getattr(found, f"{side}_user")
        return None if kept == (server.host, server.user) else "password_again"
    return "missing"
