"""The leaf parts of a mail: its text, its HTML, its files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import Message

from web.files import kind_of, refusal
from web.mail.incoming import headers, winmail
from web.mail.incoming.markup.text import text_of
from web.mail.incoming.replies import format_flowed
from web.storage import HEAD

MOST_PARTS = 200
MOST_HTML = 512 * 1024
MOST_TEXT = 100_000
"""The most characters that are read; the original is kept whole."""


class Refused(Exception):
    """The mail exceeds a limit; `code` names it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class File:
    """An attachment. `inline` is the id under which the text shows it as a picture, or empty."""

    name: str
    media_type: str
    content: bytes
    inline: str = ""

    @property
    def is_mail(self) -> bool:
        return self.media_type == "message/rfc822" or self.name.lower().endswith(".eml")

    @property
    def is_invitation(self) -> bool:
        return self.media_type == "text/calendar" or self.name.lower().endswith(".ics")


def leaves(mail: Message) -> Iterator[Message]:
    """Yields the leaves in order. A mail inside a mail is one leaf: a file."""
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


def text(parts: Sequence[Message], html: str) -> str:
    """The plain text, or else the text of the HTML."""
    plain = "\n\n".join(filter(None, (_plain(part).strip() for part in parts if _is_body(part, "text/plain"))))
    said = plain or text_of(html) or _of_winmail(parts)
    return said[:MOST_TEXT].replace("\r\n", "\n").replace("\r", "\n")


def html(parts: Sequence[Message]) -> str:
    return "\n".join(_content(part) for part in parts if _is_body(part, "text/html"))[:MOST_HTML]


def files(parts: Sequence[Message]) -> Iterator[File]:
    """Yields everything that is no body, and the files inside winmail.dat."""
    for part in parts:
        if _is_body(part, "text/plain") or _is_body(part, "text/html"):
            continue
        kind, content = part.get_content_type(), _bytes(part)
        if winmail.is_one(kind, _name(part)):
            yield from (File(name, "application/octet-stream", inner) for name, inner in winmail.files(content))
        elif content:
            yield File(_name(part) or _unnamed(kind), kind, content, inline=_inline(part))


def is_picture(file: File) -> bool:
    """Whether it is a picture that the desk accepts and a page may show."""
    head = file.content[:HEAD]
    is_taken = refusal(head, file.name, len(file.content)) is None
    return bool(file.inline) and is_taken and kind_of(head, file.name).inline


def _is_body(part: Message, kind: str) -> bool:
    return (
        part.get_content_type() == kind and part.get_content_disposition() != "attachment" and not part.get_filename()
    )


def _of_winmail(parts: Sequence[Message]) -> str:
    return next(
        (winmail.text(_bytes(part)) for part in parts if winmail.is_one(part.get_content_type(), _name(part))), ""
    )


def _content(part: Message) -> str:
    """The text without NUL, which PostgreSQL cannot store."""
    return headers.in_charset(_bytes(part), _charset(part)).replace("\0", "")


def _plain(part: Message) -> str:
    if str(part.get_param("format", "")).lower() != "flowed":
        return _content(part)
    return format_flowed.whole(_content(part), keeps_space=str(part.get_param("delsp", "")).lower() != "yes")


def _charset(part: Message) -> str:
    charset = part.get_param("charset", "")
    return charset[2] if isinstance(charset, tuple) else str(charset)


def _bytes(part: Message) -> bytes:
    inner = part.get_payload()
    if isinstance(inner, list):
        return b"\n".join(each.as_bytes() for each in inner if isinstance(each, Message))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


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
