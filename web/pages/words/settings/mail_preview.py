"""Example data for the preview of each message about a ticket."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from web.mail.outgoing import unsubscribing
from web.mail.outgoing.transcripts import Transcript, TranscriptLine
from web.notifications.rules import OF_AGENTS, Notification
from web.pages.words.notifications import NOTICES
from web.settings import settings
from web.tickets.record.ticket import SolutionRating

_REQUESTER, _AGENT = "Maria Souza", "João Lima"
_OF_REQUESTERS = (
    Notification.REQUESTER_ANSWERED,
    Notification.OBJECTION,
    Notification.BAD_RATING,
    Notification.APPROVAL_ASKED,
)
"""Notifications whose actor is a requester; the others are an agent's."""
_OPENING = "O boleto veio com o valor errado."
_SAID = {
    **dict.fromkeys((Notification.ACKNOWLEDGED, Notification.APPROVAL_ASKED, Notification.NEW_IN_QUEUE), _OPENING),
    Notification.ANSWERED: "Bom dia!\n\nO boleto novo já está no portal.",
    Notification.QUESTION: "Qual é o CNPJ da escola?",
    Notification.SILENCE_WARNING: "Qual é o CNPJ da escola?",
    Notification.SOLUTION: "Corrigimos o valor. O boleto novo já está no portal.",
    Notification.REQUESTER_ANSWERED: "O CNPJ segue no anexo.",
    Notification.OBJECTION: "O boleto ainda mostra o valor antigo.",
    Notification.MENTIONED: "Pode conferir o valor antes da resposta?",
}
_STATES = {
    Notification.SOLUTION: "resolved",
    Notification.SURVEY: "closed",
    Notification.CLOSED: "closed",
    Notification.TRANSCRIPT: "closed",
    Notification.CANCELLED: "closed",
    Notification.BAD_RATING: "closed",
}
_SIGNED = (Notification.ANSWERED,)


@dataclass(frozen=True)
class _Ticket:
    """The values of a ticket in the templates."""

    state: str
    lapses_at: datetime
    answer_due: datetime
    due_at: datetime
    rating: SolutionRating
    lapses_to: str = "closed"
    number: int = 1234
    resolution: str | None = None
    channel: str = "portal"
    team_name: str = "Financeiro"
    requester_name: str = _REQUESTER
    links: tuple[()] = ()


def notifications() -> dict[str, list[tuple[str, str]]]:
    """The kinds of notification with their words, by who receives them."""
    groups: dict[str, list[tuple[str, str]]] = {"A quem solicita": [], "A quem atende": []}
    for each in Notification:
        group = "A quem atende" if each in OF_AGENTS else "A quem solicita"
        groups[group].append((each.value, NOTICES[each].format(actor=_actor(each))))
    return groups


def example(kind: Notification, *, zone: str | None, at: datetime) -> dict[str, object]:
    """The values of its templates. Its links lead nowhere."""
    is_asked = kind in (Notification.SOLUTION, Notification.SURVEY, Notification.TRANSCRIPT)
    desk = "/desk" if kind in OF_AGENTS else ""
    return {
        "occasion": kind,
        "kind": "approval",
        "is_automatic": False,
        "ticket": _ticket(kind, at),
        "title": "Boleto com o valor errado",
        "actor": _actor(kind),
        "body": _SAID.get(kind),
        "signature": f"{_AGENT}\nFinanceiro" if kind in _SIGNED else "",
        "transcript": _transcript(at) if kind is Notification.TRANSCRIPT else None,
        "mail_reason": "",
        "confirms": kind is Notification.SOLUTION,
        "files": 1 if kind is Notification.REQUESTER_ANSWERED else 0,
        "link": f"{settings().base_url}{desk}/tickets/1234",
        "answer": f"{settings().base_url}/answers/exemplo" if is_asked else None,
        "is_desk": kind in OF_AGENTS,
        "replies": _replies(kind) if settings().takes_mail else "",
        "zone": zone,
        "leaves": f"{settings().base_url}/unsubscribe/exemplo" if kind is Notification.COPIED else "",
        "choices": unsubscribing.choices(),
    }


def _ticket(kind: Notification, at: datetime) -> _Ticket:
    return _Ticket(
        state=_STATES.get(kind, "open"),
        lapses_at=at + timedelta(days=3),
        answer_due=at + timedelta(hours=4),
        due_at=at + timedelta(hours=2),
        rating=SolutionRating(service=2, quality=1, comment="Demorou muito.", at=at),
    )


def _replies(kind: Notification) -> str:
    is_over = kind in _STATES
    if kind in OF_AGENTS:
        return "" if is_over else "to_requester"
    return "new_ticket" if is_over else "reply"


def _transcript(at: datetime) -> Transcript:
    asked, answered = at - timedelta(minutes=9), at - timedelta(minutes=7)
    lines = [
        TranscriptLine(_REQUESTER, asked, _OPENING, "boleto.pdf"),
        TranscriptLine(_AGENT, answered, _SAID[Notification.SOLUTION], ""),
    ]
    return Transcript(lines, is_cut=False)


def _actor(kind: Notification) -> str:
    return _REQUESTER if kind in _OF_REQUESTERS else _AGENT
