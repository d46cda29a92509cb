"""Parses a mail from its bytes, in a process of its own (`sandbox.py`), because hostile mail may crash the parser."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes, policy

from web.mail.incoming import headers, invitations, parts
from web.mail.incoming.headers import Address
from web.mail.incoming.invitations import Invitation
from web.mail.incoming.markup.cleaned import Cleaned
from web.mail.incoming.parts import MOST_PARTS, File, Refused
from web.mail.incoming.replies import quotes
from web.mail.screening import forward_parsing
from web.mail.screening.forward_parsing import Forwarded

LARGEST = 25 * 2**20
DEEPEST = 20
MOST_ENCLOSED = 5
"""The most enclosed mails or invitations that are read; further ones are files."""


@dataclass(frozen=True)
class Html:
    """The sanitized HTML of the mail. Its pictures are numbers in `Mail.files` (`markup.pictures.placed`).

    `reply`, `opening` and `forwarded` show `text`, `text` with `rest`, and the forwarded message. Each is empty if the
    HTML says something else, or no more than the text.
    """

    whole: str = ""
    reply: str = ""
    opening: str = ""
    forwarded: str = ""


@dataclass(frozen=True)
class Mail:
    """A parsed mail. `rest` is what `quotes.split` removed from `text`."""

    message_id: str
    references: tuple[str, ...]
    subject: str
    sender: Address | None
    reply_to: Address | None
    to: tuple[Address, ...]
    copies: tuple[Address, ...]
    date: datetime | None
    text: str
    rest: str
    html: Html
    files: tuple[File, ...]
    marks: dict[str, str]
    """Headers by which automatic mail is recognized: the first value of each, by its name in lower case."""
    forwarded: Forwarded | None
    """The original author and message, if it was forwarded."""
    results: tuple[str, ...]
    """The Authentication-Results headers of servers on the way, the newest first (RFC 8601)."""
    mails: "tuple[Mail, ...]" = ()
    """The enclosed mails; mails inside these are not read."""
    invitations: tuple[Invitation, ...] = ()
    mailbox: int | None = None
    """The mailbox it came through, if that was set by page."""
    is_let_in: bool = False
    """Whether an administrator accepted it without a check of its author."""


_MARKS = (
    "auto-submitted",
    "precedence",
    "x-autoreply",
    "x-autorespond",
    "x-auto-response-suppress",
    "return-path",
    "list-id",
    "list-unsubscribe",
    "x-loop",
    "x-failed-recipients",
    "content-type",
)


def parse(raw: bytes) -> Mail:
    """Parses a mail. Raises `Refused`; any other exception also means that the mail is at fault."""
    mail = _read(raw)
    enclosed = [_enclosed(each.content) for each in mail.files if each.is_mail][:MOST_ENCLOSED]
    invited = (invitations.parse(each.content) for each in mail.files if each.is_invitation)
    return replace(
        mail,
        mails=tuple(filter(None, enclosed)),
        invitations=tuple(filter(None, invited))[:MOST_ENCLOSED],
    )


def _enclosed(raw: bytes) -> Mail | None:
    """Returns None for an enclosed mail that cannot be parsed; it stays a file."""
    try:
        return replace(_read(raw), files=())
    except Exception:
        return None


def _read(raw: bytes) -> Mail:
    _refuse_beyond(raw)
    mail = message_from_bytes(raw, policy=policy.compat32)
    leaves = list(parts.leaves(mail))
    html = parts.html(leaves)
    said = parts.text(leaves, html)
    subject = headers.text(mail, "Subject")
    senders, answers = headers.addresses(mail, "From"), headers.addresses(mail, "Reply-To")
    by = senders[0].name if len(senders) == 1 else ""
    reply = quotes.Reply(said) if forward_parsing.is_forward(subject) else quotes.split(said, by)
    files = tuple(parts.files(leaves))
    passed_on = forward_parsing.of(subject, said, next((each.content for each in files if each.is_mail), None))
    return Mail(
        message_id=next(iter(headers.ids(mail, "Message-ID")), ""),
        references=headers.ids(mail, "In-Reply-To", "References"),
        subject=subject,
        sender=senders[0] if len(senders) == 1 else None,
        reply_to=answers[0] if answers else None,
        to=headers.addresses(mail, "To"),
        copies=headers.addresses(mail, "Cc"),
        date=headers.date(mail),
        text=reply.text,
        rest=reply.rest,
        html=_html(html, files, said, reply.text, passed_on),
        files=files,
        marks={name: headers.text(mail, name).lower()[:500] for name in _MARKS if mail.get(name) is not None},
        forwarded=passed_on,
        results=tuple(headers.line(str(each))[:2000] for each in mail.get_all("Authentication-Results", []))[:20],
    )


def _refuse_beyond(raw: bytes) -> None:
    """Refuses, before parsing, mail that would make the standard library slow or recurse too deep."""
    if len(raw) > LARGEST:
        raise Refused("too_large")
    head = raw[: raw.find(b"\n\n")] if b"\n\n" in raw[: 2**20] else raw[: 2**20]
    if max(map(len, head.split(b"\n\n")[0].split(b"\r\n\r\n")), default=0) > 512 * 1024:
        raise Refused("long_headers")
    if raw.count(b"\n--") > 5 * MOST_PARTS:
        raise Refused("too_many_parts")
    if raw.count(b"\nContent-Type:") + raw.count(b"\ncontent-type:") > MOST_PARTS or raw.count(b"boundary=") > DEEPEST:
        raise Refused("too_many_parts")


def _html(html: str, files: Sequence[File], said: str, text: str, passed_on: Forwarded | None) -> Html:
    if not html:
        return Html()
    shown = {each.inline.strip("<>"): number for number, each in enumerate(files) if parts.is_picture(each)}
    read = Cleaned(html, shown)
    return Html(
        read.whole(), read.part(text, said), read.part(said, said), read.part(passed_on.text, said) if passed_on else ""
    )
