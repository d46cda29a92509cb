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
    is_list = mail.marks.get("precedence") in ("bulk", "junk", "list") or "list-id" in mail.marks
    return Automatic.LIST if is_list else None


def _is_answer(mail: Mail) -> bool:
    marks = mail.marks
    if marks.get("auto-submitted", "no").split(";")[0].strip() not in ("no", ""):
        return True
    return "x-autoreply" in marks or "x-autorespond" in marks or marks.get("precedence") == "auto_reply"


def _is_bounce(mail: Mail) -> bool:
    """Whether it is a delivery report (RFC 3464), or mail of a server with a null return path (RFC 5321, 4.5.5)."""
    report = mail.marks.get("content-type", "")
    if (report.startswith("multipart/report") and "delivery-status" in report) or "x-failed-recipients" in mail.marks:
        return True
    if mail.marks.get("return-path", "").strip() == "<>":
        return True
    return mail.sender is not None and mail.sender.address.partition("@")[0] == "mailer-daemon"


_ABSENT = re.compile(
    r"^\W*((fora do escrit[óo]rio|out of (the )?office|fuera de (la )?oficina|absen(ce|t) du bureau|fuori ufficio)\b|"
    r"abwesenheits(notiz|meldung|nachricht|assistent)|"
    r"(resposta autom[áa]tica|(mensagem de )?aus[êe]ncia|aviso de f[ée]rias|em f[ée]rias|"
    r"auto(matic)?[ -]?(reply|response)|respuesta autom[áa]tica|r[ée]ponse automatique|automatische antwort|"
    r"risposta automatica)\s*(:|$))",
    re.IGNORECASE,
)
"""In six languages: Portuguese, English, Spanish, French, German, Italian.

Words with which a request may begin as well count only before a colon or alone: "Ausência de sinal" is a request.
"""
