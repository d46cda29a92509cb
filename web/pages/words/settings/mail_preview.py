"""Example data for the preview of each message about a ticket."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from web.mail.outgoing.transcripts import Said, Transcript
from web.notifications.rules import OF_AGENTS, Occasion
from web.pages.words.notifications import NOTICES
from web.settings import settings
from web.tickets.record.ticket import Rated

_REQUESTER, _AGENT = "Maria Souza", "João Lima"
_OF_REQUESTERS = (Occasion.REQUESTER_ANSWERED, Occasion.OBJECTION, Occasion.BAD_RATING, Occasion.APPROVAL_ASKED)
"""Occasions whose actor is a requester; the others are an agent's."""
_OPENING = "O boleto veio com o valor errado."
_SAID = {
    **dict.fromkeys((Occasion.ACKNOWLEDGED, Occasion.APPROVAL_ASKED, Occasion.NEW_IN_QUEUE), _OPENING),
    Occasion.ANSWERED: "Bom dia!\n\nO boleto novo já está no portal.",
    Occasion.QUESTION: "Qual é o CNPJ da escola?",
    Occasion.SILENCE_WARNING: "Qual é o CNPJ da escola?",
    Occasion.SOLUTION: "Corrigimos o valor. O boleto novo já está no portal.",
    Occasion.REQUESTER_ANSWERED: "O CNPJ segue no anexo.",
    Occasion.OBJECTION: "O boleto ainda mostra o valor antigo.",
    Occasion.MENTIONED: "Pode conferir o valor antes da resposta?",
}
_STATES = {
    Occasion.SOLUTION: "resolved",
    Occasion.SURVEY: "closed",
    Occasion.CLOSED: "closed",
    Occasion.TRANSCRIPT: "closed",
    Occasion.CANCELLED: "closed",
    Occasion.BAD_RATING: "closed",
}
_SIGNED = (Occasion.ANSWERED,)


@dataclass(frozen=True)
class _Ticket:
    """The values of a ticket in the templates."""

    state: str
    lapses_at: datetime
    answer_due: datetime
    due_at: datetime
    rating: Rated
    lapses_to: str = "closed"
    number: int = 1234
    resolution: str | None = None
    channel: str = "portal"
    team_name: str = "Financeiro"
    requester_name: str = _REQUESTER
    links: tuple[()] = ()


def occasions() -> dict[str, list[tuple[str, str]]]:
    """The occasions with their words, by who receives them."""
    groups: dict[str, list[tuple[str, str]]] = {"A quem solicita": [], "A quem atende": []}
    for each in Occasion:
        group = "A quem atende" if each in OF_AGENTS else "A quem solicita"
        groups[group].append((each.value, NOTICES[each].format(actor=_actor(each))))
    return groups


def example(occasion: Occasion, *, zone: str | None, at: datetime) -> dict[str, object]:
    """The values of its templates. Its links lead nowhere."""
    is_asked = occasion in (Occasion.SOLUTION, Occasion.SURVEY, Occasion.TRANSCRIPT)
    desk = "/desk" if occasion in OF_AGENTS else ""
    return {
        "occasion": occasion,
        "kind": "approval",
        "is_automatic": False,
        "ticket": _ticket(occasion, at),
        "title": "Boleto com o valor errado",
        "actor": _actor(occasion),
        "body": _SAID.get(occasion),
        "signature": f"{_AGENT}\nFinanceiro" if occasion in _SIGNED else "",
        "transcript": _transcript(at) if occasion is Occasion.TRANSCRIPT else None,
        "mail_reason": "",
        "confirms": occasion is Occasion.SOLUTION,
        "files": 1 if occasion is Occasion.REQUESTER_ANSWERED else 0,
        "link": f"{settings().base_url}{desk}/tickets/1234",
        "answer": f"{settings().base_url}/answers/exemplo" if is_asked else None,
        "is_desk": occasion in OF_AGENTS,
        "replies": _replies(occasion) if settings().takes_mail else "",
        "zone": zone,
    }


def _ticket(occasion: Occasion, at: datetime) -> _Ticket:
    return _Ticket(
        state=_STATES.get(occasion, "open"),
        lapses_at=at + timedelta(days=3),
        answer_due=at + timedelta(hours=4),
        due_at=at + timedelta(hours=2),
        rating=Rated(service=2, quality=1, comment="Demorou muito.", at=at),
    )


def _replies(occasion: Occasion) -> str:
    is_over = occasion in _STATES
    if occasion in OF_AGENTS:
        return "" if is_over else "to_requester"
    return "new_ticket" if is_over else "reply"


def _transcript(at: datetime) -> Transcript:
    asked, answered = at - timedelta(minutes=9), at - timedelta(minutes=7)
    lines = [
        Said(_REQUESTER, asked, _OPENING, "boleto.pdf"),
        Said(_AGENT, answered, _SAID[Occasion.SOLUTION], ""),
    ]
    return Transcript(lines, is_cut=False)


def _actor(occasion: Occasion) -> str:
    return _REQUESTER if occasion in _OF_REQUESTERS else _AGENT
