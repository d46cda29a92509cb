"""Lines of notices, and subjects of messages, by kind of notification."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from web.notifications.alerts import Alert
from web.notifications.notices import NoticeRow
from web.notifications.preferences import Wanted
from web.notifications.rules import Notification
from web.pages.words.formats import ago, exactly, iso
from web.people.permissions import Actor

NOTICES: dict[str, str] = {
    Notification.ACKNOWLEDGED: "Solicitação recebida",
    Notification.COPIED: "{actor} colocou você em cópia",
    Notification.ANSWERED: "{actor} respondeu",
    Notification.QUESTION: "{actor} perguntou e espera sua resposta",
    Notification.SILENCE_WARNING: "Ainda esperamos sua resposta",
    Notification.SOLUTION: "{actor} propôs uma solução",
    Notification.SURVEY: "Como foi o atendimento? Avalie",
    Notification.REOPENED: "{actor} reabriu",
    Notification.APPROVAL_ASKED: "{actor} espera sua aprovação",
    Notification.APPROVAL_DECIDED: "{actor} decidiu sobre a aprovação",
    Notification.CLOSED: "Encerrada",
    Notification.TRANSCRIPT: "A conversa terminou: ela foi inteira para o seu e-mail",
    Notification.CANCELLED: "{actor} cancelou",
    Notification.NEW_IN_QUEUE: "Nova na fila",
    Notification.ASSIGNED: "{actor} passou para você",
    Notification.REQUESTER_ANSWERED: "{actor} respondeu",
    Notification.CAME_BACK: "Voltou para atendimento",
    Notification.BREACH_NEAR: "O prazo está acabando",
    Notification.BREACHED: "O prazo passou",
    Notification.OBJECTION: "{actor} disse NÃO: o problema continua",
    Notification.BAD_RATING: "{actor} avaliou mal o atendimento",
    Notification.MENTIONED: "{actor} citou você em uma nota",
    Notification.HELD_BACK: "Uma mensagem deixada para depois não foi enviada",
}

_DECISIONS = {
    "approval": "{actor} aprovou o pedido",
    "refusal": "{actor} não aprovou o pedido",
    "overruling": "O pedido seguiu sem aprovação",
}
"""What was decided about an approval, by the kind of its event."""

ALERTS: dict[str, tuple[str, str]] = {
    Alert.MAILBOX_UNREAD: ("A caixa de e-mail não é lida", "/desk/settings/mail/mailboxes/{number}"),
    Alert.MAILBOX_UNSENT: ("A caixa de e-mail não envia", "/desk/settings/mail/mailboxes/{number}"),
    Alert.MAILBOX_READ_AGAIN: ("A caixa de e-mail voltou a ser lida", "/desk/settings/mail/mailboxes/{number}"),
    Alert.MAILBOX_SENT_AGAIN: ("A caixa de e-mail voltou a enviar", "/desk/settings/mail/mailboxes/{number}"),
    Alert.WEBHOOK_OFF: (
        "Um webhook foi desligado: ninguém respondeu por três dias",
        "/desk/settings/webhooks/{number}",
    ),
    Alert.KIOSK_COPIED: ("O quiosque foi desligado: apareceu em dois aparelhos", "/desk/settings/kiosks/{number}"),
    Alert.KIOSK_CALLED: ("Alguém chama um atendente no quiosque", "/desk"),
    Alert.JOIN_ASKED: ("Alguém pede para entrar na organização", "/organization"),
}
"""The notice about a setting or an organization, and the page about it."""

MAIL: dict[str, str] = {
    Wanted.OWN: "O que é meu ou espera por mim",
    Wanted.ALL: "Tudo, também o que é novo na fila",
    Wanted.NONE: "Nada",
}
"""Which messages somebody wants by e-mail; queues are for agents."""

SOUNDS = {"bell": "Sino", "drop": "Gota", "knock": "Batida na porta"}
"""The sounds of alerts."""

CHAT_SOUNDS = {"discreet": "Discreto", "clear": "Nítido"}
"""The sounds of alerts about waiting chats."""


@dataclass(frozen=True)
class NoticeLine:
    """A notice as its page shows it."""

    id: int
    text: str
    about: str
    address: str
    ago: str
    exactly: str
    iso: str
    is_unread: bool


def notice_lines(rows: Sequence[NoticeRow], me: Actor, *, now: datetime) -> list[NoticeLine]:
    return [_line(row, me, now) for row in rows]


def _line(row: NoticeRow, me: Actor, now: datetime) -> NoticeLine:
    text, about, address = _of_ticket(row, me) if row.ticket else _of_setting(row)
    return NoticeLine(
        id=row.id,
        text=text,
        about=about,
        address=address,
        ago=ago(row.at, now),
        exactly=exactly(row.at),
        iso=iso(row.at),
        is_unread=row.read_at is None,
    )


def _of_ticket(row: NoticeRow, me: Actor) -> tuple[str, str, str]:
    """What happened, the ticket, and the address that shows it."""
    decided = _DECISIONS.get(row.kind or "") if row.occasion == Notification.APPROVAL_DECIDED else None
    told = (decided or NOTICES[row.occasion]).format(actor=row.actor)
    at = f"/desk/tickets/{row.ticket}#unseen" if me.is_agent else f"/tickets/{row.ticket}"
    return told, f"#{row.ticket} {row.title}", at


def _of_setting(row: NoticeRow) -> tuple[str, str, str]:
    told, page = ALERTS[row.occasion]
    return told, row.name, page.format(number=row.setting)
