"""What a mail says, from its bytes. Meant for a process of its own (`guarded.py`): hostile mail may take it down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import Message

from web.files import kind_of, refusal
from web.mail.filed import forwarded
from web.mail.filed.forwarded import Forwarded
from web.mail.incoming import headers, html_text, quotes, winmail
from web.mail.incoming.headers import Address
from web.mail.incoming.markup.cleaned import Cleaned
from web.storage import HEAD

LARGEST = 25 * 2**20
MOST_PARTS = 200
DEEPEST = 20
MOST_HTML = 512 * 1024
MOST_TEXT = 100_000
"""Characters of what is read; the original stays whole."""


class Refused(Exception):
    """The mail is beyond what anybody writes; `code` says in which way."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class File:
    """One attachment. `inline` is the id under which the text shows it as a picture, or empty."""

    name: str
    media_type: str
    content: bytes
    inline: str = ""


@dataclass(frozen=True)
class Html:
    """The HTML of a mail, cleaned. Its pictures are numbers in `Mail.files` (`markup.pictures.placed`).

    `reply`, `opening` and `forwarded` show `text`, that with `rest`, and what was passed on; empty where HTML says
    anything else than they do, or no more.
    """

    whole: str = ""
    reply: str = ""
    opening: str = ""
    forwarded: str = ""


@dataclass(frozen=True)
class Mail:
    """A mail as it was written. `rest` is what `quotes.split` left out of `text`."""

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
    """Headers by which mail of machines is known, lower case, each its first value."""
    forwarded: Forwarded | None
    """Whose it was, where somebody passed it on."""
    results: tuple[str, ...]
    """What servers on the way found of the sender: each Authentication-Results header, the newest first (RFC 8601)."""
    mailbox: int | None = None
    """Through which it came, where that was set by page."""
    is_let_in: bool = False
    """Whether an administrator lets it in, whoever wrote it."""


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
    """Raises `Refused`; anything else it raises is a fault of the mail as well."""
    _refuse_beyond(raw)
    mail = message_from_bytes(raw, policy=policy.compat32)
    parts = list(_parts(mail))
    html = "\n".join(_content(part) for part in parts if _is_body(part, "text/html"))[:MOST_HTML]
    said = _text(parts, html)
    subject = headers.text(mail, "Subject")
    reply = quotes.Reply(said) if forwarded.is_forward(subject) else quotes.split(said)
    passed_on = forwarded.of(subject, said, next(_enclosed(parts), None))
    files = tuple(_files(parts))
    senders, answers = headers.addresses(mail, "From"), headers.addresses(mail, "Reply-To")
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


def _enclosed(parts: Sequence[Message]) -> Iterator[bytes]:
    return (_bytes(part) for part in parts if part.get_content_type() == "message/rfc822")


def _refuse_beyond(raw: bytes) -> None:
    """Before anything reads it: each of these makes the standard library slow, or dizzy."""
    if len(raw) > LARGEST:
        raise Refused("too_large")
    head = raw[: raw.find(b"\n\n")] if b"\n\n" in raw[: 2**20] else raw[: 2**20]
    if max(map(len, head.split(b"\n\n")[0].split(b"\r\n\r\n")), default=0) > 512 * 1024:
        raise Refused("long_headers")
    if raw.count(b"\n--") > 5 * MOST_PARTS:
        raise Refused("too_many_parts")
    if raw.count(b"\nContent-Type:") + raw.count(b"\ncontent-type:") > MOST_PARTS or raw.count(b"boundary=") > DEEPEST:
        raise Refused("too_many_parts")


def _parts(mail: Message) -> Iterator[Message]:
    """The leaves in order. A mail inside a mail is one leaf: a file."""
    waiting, seen = [mail], 0
    while waiting:
        part = waiting.pop(0)
        seen += 1
        if seen > MOST_PARTS:
            raise Refused("too_many_parts")
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting[:0] = [each for each in inner if isinstance(each, Message)]
        else:
            yield part


def _is_body(part: Message, kind: str) -> bool:
    return (
        part.get_content_type() == kind and part.get_content_disposition() != "attachment" and not part.get_filename()
    )


def _text(parts: Sequence[Message], html: str) -> str:
    """What is written, else what the HTML shows; a program that sends both means the same by them."""
    plain = "\n\n".join(filter(None, (_content(part).strip() for part in parts if _is_body(part, "text/plain"))))
    said = plain or html_text.text_of(html) or _of_winmail(parts)
    return said[:MOST_TEXT].replace("\r\n", "\n").replace("\r", "\n")


def _of_winmail(parts: Sequence[Message]) -> str:
    return next(
        (winmail.text(_bytes(part)) for part in parts if winmail.is_one(part.get_content_type(), _name(part))), ""
    )


def _html(html: str, files: Sequence[File], said: str, text: str, passed_on: Forwarded | None) -> Html:
    if not html:
        return Html()
    shown = {each.inline.strip("<>"): number for number, each in enumerate(files) if _is_picture(each)}
    read = Cleaned(html, shown)
    return Html(
        read.whole(), read.part(text, said), read.part(said, said), read.part(passed_on.text, said) if passed_on else ""
    )


def _is_picture(file: File) -> bool:
    """One that the desk takes, and that a page may show."""
    head = file.content[:HEAD]
    is_taken = refusal(head, file.name, len(file.content)) is None
    return bool(file.inline) and is_taken and kind_of(head, file.name).inline


def _content(part: Message) -> str:
    """Without NUL, which one of the databases can't keep."""
    return headers.in_charset(_bytes(part), _charset(part)).replace("\0", "")


def _charset(part: Message) -> str:
    charset = part.get_param("charset", "")
    return charset[2] if isinstance(charset, tuple) else str(charset)


def _bytes(part: Message) -> bytes:
    inner = part.get_payload()
    if isinstance(inner, list):
        return b"\n".join(each.as_bytes() for each in inner if isinstance(each, Message))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _files(parts: Sequence[Message]) -> Iterator[File]:
    """All that is no body; what winmail.dat hides comes out of it."""
    for part in parts:
        if _is_body(part, "text/plain") or _is_body(part, "text/html"):
            continue
        kind, content = part.get_content_type(), _bytes(part)
        if winmail.is_one(kind, _name(part)):
            yield from (File(name, "application/octet-stream", inner) for name, inner in winmail.files(content))
        elif content:
            yield File(_name(part) or _unnamed(kind), kind, content, inline=_inline(part))


def _name(part: Message) -> str:
    name = part.get_filename("")
    return headers.line(headers.decoded(str(name)))[:1000]


def _unnamed(kind: str) -> str:
    return _NAMES.get(kind) or f"anexo.{kind.rpartition('/')[2][:10]}"


def _inline(part: Message) -> str:
    return next(iter(headers.ids(part, "Content-ID")), "") if part.get_content_maintype() == "image" else ""


_NAMES = {
    "application/octet-stream": "anexo",
    "message/rfc822": "mensagem.eml",
    "message/delivery-status": "entrega.txt",
    "text/calendar": "convite.ics",
    "text/rfc822-headers": "cabecalhos.txt",
}
