"""Adds, changes and retires mailboxes. Secrets are never logged."""

from dataclasses import replace
from datetime import datetime

from web import audit
from web.database import execute, fetch_column, transaction
from web.encryption import seal
from web.errors import NotPermitted
from web.mail.mailboxes import faults, rules
from web.mail.mailboxes.listing import MailboxInput, MailboxShown, mailbox
from web.mail.tables import Mailbox
from web.people.identifiers import desk_addresses
from web.people.permissions import Actor
from web.settings_log.listing import refuse_overtaken
from web.settings_log.recording import Kind, Values, record_change


async def add(wanted: MailboxInput, *, by: Actor, at: datetime, form_key: str | None) -> int:
    """Adds a mailbox. Returns its number, which is the same if the form is sent again. Raises `Invalid`."""
    check_admin(by)
    if made := await fetch_column(int, "SELECT id FROM mailbox WHERE form_key = {}", form_key):
        return made[0]
    wanted = _with_one_password(wanted)
    await rules.check(wanted, None)
    async with transaction():
        row = Mailbox(address=wanted.address, name=wanted.name, form_key=form_key)
        await row.save()
        number = int(row.id)
        await _write(number, wanted)
        after = await mailbox(number)
        await record_change(Kind.MAILBOX, number, wanted.address, None, _told(after), by=by.id, at=at)
    await desk_addresses.renew()
    audit.note("mailbox_made", person=by.id, mailbox=number)
    return number


async def change(number: int, wanted: MailboxInput, *, seen: int | None = None, by: Actor, at: datetime) -> None:
    """Changes a mailbox. Raises `Invalid`, and `Overtaken` when its log is newer than `seen`."""
    check_admin(by)
    wanted = _with_one_password(wanted)
    await rules.check(wanted, await mailbox(number))
    async with transaction():
        await refuse_overtaken(Kind.MAILBOX, number, seen)
        before = await mailbox(number)
        await _write(number, wanted)
        sides = [side for side, server in (("imap", wanted.imap), ("smtp", wanted.smtp)) if server and wanted.is_active]
        await faults.forget(number, sides)
        was, now = _told(before), _told(await mailbox(number), wanted)
        await record_change(Kind.MAILBOX, number, wanted.address, was, now, by=by.id, at=at)
    await desk_addresses.renew()
    audit.note("mailbox_changed", person=by.id, mailbox=number)


async def check(wanted: MailboxInput, number: int | None = None, *, by: Actor) -> None:
    """Raises `Invalid` if the mailbox could not be added or changed so."""
    check_admin(by)
    await rules.check(_with_one_password(wanted), await mailbox(number) if number else None)


def _with_one_password(wanted: MailboxInput) -> MailboxInput:
    """Uses the typed password for both sides if they have the same user."""
    imap, smtp = wanted.imap, wanted.smtp
    is_meant = smtp and not smtp.password and smtp.user == imap.user
    return replace(wanted, smtp=replace(smtp, password=imap.password)) if is_meant else wanted


def check_admin(by: Actor) -> None:
    if not by.is_admin:
        raise NotPermitted("mailbox")


async def _write(number: int, wanted: MailboxInput) -> None:
    sides = [
        value
        for side in (wanted.imap, wanted.smtp)
        for value in (side.host, side.port, side.tls, side.user, seal(side.password) if side.password else None)
    ]
    own = (wanted.address, wanted.name, wanted.is_active, wanted.login, wanted.folder)
    led = (wanted.team, wanted.category, wanted.strangers)
    await execute(_CHANGED, *own, *led, *sides, number)


_CHANGED = (
    "UPDATE mailbox SET address = {}, name = {}, is_active = {}, login = {}, folder = {}, "
    "team = {}, category = {}, strangers = {}, "
    "imap_host = {}, imap_port = {}, imap_tls = {}, imap_user = {}, imap_secret = COALESCE({}, imap_secret), "
    "smtp_host = {}, smtp_port = {}, smtp_tls = {}, smtp_user = {}, smtp_secret = COALESCE({}, smtp_secret) "
    "WHERE id = {}"
)


def _told(shown: MailboxShown, wanted: MailboxInput | None = None) -> Values:
    """The values for the log of settings: whether a password was changed, but not the password."""
    return {
        "address": shown.address,
        "name": shown.name,
        "is_active": shown.is_active,
        "login": shown.login,
        "imap": _line(shown, "imap"),
        "folder": shown.folder,
        "smtp": _line(shown, "smtp"),
        "team": shown.team_name,
        "category": shown.category_name,
        "strangers": shown.strangers,
        "new_password": bool(wanted and (wanted.imap.password or wanted.smtp.password)),
    }


def _line(shown: MailboxShown, side: str) -> str:
    """A server as one line: suporte@mail.escola.example:993, tls."""
    host, port, tls, user = (getattr(shown, f"{side}_{each}") for each in ("host", "port", "tls", "user"))
    return f"{user}@{host}:{port}, {tls}" if host else ""
