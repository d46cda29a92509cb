"""Recognizes automatic mail, which is never answered and mostly ignored (RFC 3834)."""

import re
from enum import StrEnum

from web.mail.incoming.parse import Mail


class Automatic(StrEnum):
    """The kind of machine that wrote a mail."""

    BOUNCE = "bounce"
    ABSENCE = "absence"
    LIST = "list"
    ANSWER = "answer"


def kind_of(mail: Mail) -> Automatic | None:
    """Returns None when nothing shows that a machine wrote the mail."""
    if _is_bounce(mail):
        return Automatic.BOUNCE
    if _ABSENT.match(mail.subject):
        return Automatic.ABSENCE
    if _is_answer(mail):
        return Automatic.ANSWER
    if _has_null_path(mail):
        return Automatic.BOUNCE
    is_list = mail.marks.get("precedence") in ("bulk", "junk", "list") or "list-id" in mail.marks
    return Automatic.LIST if is_list else None


def _is_answer(mail: Mail) -> bool:
    marks = mail.marks
    if marks.get("auto-submitted", "no").split(";")[0].strip() not in ("no", ""):
        return True
    if marks.get("content-type", "").startswith("multipart/report"):  # a receipt (RFC 8098)
        return True
    return "x-autoreply" in marks or "x-autorespond" in marks or marks.get("precedence") == "auto_reply"


def _is_bounce(mail: Mail) -> bool:
    """Whether it is a delivery report (RFC 3464), or a server's own mail about a delivery."""
    if is_report(mail) or "x-failed-recipients" in mail.marks:
        return True
    by = mail.sender.address.partition("@")[0] if mail.sender else ""
    return by == "mailer-daemon" or (by == "postmaster" and (_is_answer(mail) or _has_null_path(mail)))


def is_report(mail: Mail) -> bool:
    kind = mail.marks.get("content-type", "")
    return kind.startswith("multipart/report") and "delivery-status" in kind


def _has_null_path(mail: Mail) -> bool:
    """Whether no answer is wanted (RFC 5321, 4.5.5). Servers send reports so, and many programs absences (RFC 3834)."""
    return mail.marks.get("return-path", "").strip() == "<>"


_ABSENT = re.compile(
    r"^\W*((fora do escrit[óo]rio|out of (the )?office|(fuera|ausente) de (la )?oficina|absen(ce|t) du bureau|"
    r"fuori (ufficio|sede)|mensagem autom[áa]tica de aus[êe]ncia)\b|"
    r"abwesenheits(notiz|meldung|nachricht|assistent)|"
    r"(resposta autom[áa]tica|(mensagem de )?aus[êe]ncia( tempor[áa]ria)?|abwesend|aviso de f[ée]rias|em f[ée]rias|"
    r"auto(matic)?[ -]?(reply|response)|respuesta autom[áa]tica|r[ée]ponse automatique|automatische antwort|"
    r"risposta automatica)\s*(:|$))",
    re.IGNORECASE,
)
"""In six languages: Portuguese, English, Spanish, French, German, Italian.

Words with which a request may begin as well count only before a colon or alone: "Ausência de sinal" is a request.
"""
