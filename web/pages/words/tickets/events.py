"""Sentences about the events of a ticket, and the log with their changes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from web.pages.words.formats import exactly, first_name, iso, joined, moment
from web.pages.words.labels import PRIORITIES
from web.people.permissions import SYSTEM, Actor
from web.tickets.life.states import Status
from web.tickets.life.timeline import EventData, Json
from web.tickets.life.workflows import state_of
from web.tickets.record.conversation import Entry

EVENTS = {
    "submission": "{who} abriu o ticket",
    "approval": "{who} aprovou o pedido",
    "refusal": "{who} recusou o pedido",
    "approval_request": "{who} pediu a aprovação de um responsável",
    "overruling": "{who} liberou o pedido sem aprovação",
    "withdrawal": "{who} retirou o pedido de aprovação",
    "take": "{who} assumiu o ticket",
    "release": "{who} devolveu o ticket à fila",
    "assignment": "{who} encaminhou o ticket",
    "departure": "O ticket voltou à fila",
    "question": "{who} fez uma pergunta",
    "wait": "{who} colocou o ticket em espera",
    "resumption": "{who} retomou o atendimento",
    "reply": "{who} respondeu",
    "thanks": "{who} agradeceu",
    "participation": "{who} incluiu pessoas em cópia",
    "solution": "{who} marcou o ticket como resolvido",
    "confirmation": "{who} confirmou a solução",
    "objection": "{who} disse que não foi resolvido",
    "reopening": "{who} reabriu o ticket",
    "rating": "{who} avaliou o atendimento",
    "closing": "O ticket foi encerrado",
    "cancellation": "{who} cancelou o ticket",
    "rejection": "{who} recusou o ticket",
    "merge": "{who} uniu este ticket a outro sobre o mesmo assunto",
    "unmerge": "{who} separou este ticket de novo",
    "split": "{who} dividiu o ticket em partes",
    "case": "{who} abriu um trabalho maior sobre este ticket",
    "classification": "{who} mudou a classificação",
    "correction": "{who} corrigiu para quem é este ticket",
    "fields": "{who} preencheu os campos",
    "holding": "{who} deixou uma mensagem para ser enviada depois",
    "recall": "{who} desfez o envio de uma mensagem",
    "holdback": "Uma mensagem deixada para depois não foi enviada",
    "follow_up": "{who} abriu um novo ticket ligado a este",
    "deadline": "Os prazos foram calculados de novo",
}

TIMER_EVENTS = {
    ("silence_warning", "reminder"): "O prazo para responder está no fim",
    ("silence", "solution"): "Sem resposta no prazo, o ticket foi considerado resolvido",
    ("silence", "closing"): "Sem resposta no prazo, o ticket foi encerrado",
    ("silence", "resumption"): "Sem resposta no prazo, o atendimento continua",
    ("follow_up", "resumption"): "Chegou a data marcada, o atendimento continua",
    ("due_soon:first_response", "due_soon"): "O prazo da primeira resposta está no fim",
    ("due_soon:resolution", "due_soon"): "O prazo da solução está no fim",
    ("breach:first_response", "breach"): "O prazo da primeira resposta venceu",
    ("breach:resolution", "breach"): "O prazo da solução venceu",
}
"""What a timer did, by its name and the move it made."""

_CLAIMED = "O ticket passou a ser de quem é dono do e-mail que veio com ele"
_ADOPTED = "O ticket passou a ser da organização do solicitante"


def event_text(entry: Entry, who: str) -> str:
    """An event as a sentence: Bia assumiu o ticket."""
    if sentence := TIMER_EVENTS.get((str(entry.data.get("timer", "")), entry.kind)):
        return sentence
    if entry.kind == "intake":
        return ". ".join(_intake(entry.data))
    if entry.kind == "overruling" and entry.actor == SYSTEM.id:
        return "Ninguém da organização podia aprovar: o pedido seguiu sem aprovação"
    if entry.kind == "correction" and entry.actor == SYSTEM.id:
        return _CLAIMED if "requester" in entry.data else _ADOPTED
    sentence = EVENTS.get(entry.kind, "{who} atualizou o ticket").format(who=first_name(who))
    if entry.kind == "participation" and (copied := _texts(entry.data.get("copies"))):
        return f"{first_name(who)} incluiu em cópia: {joined(copied)}"
    if removed := _texts(entry.data.get("removed")):
        return f"{first_name(who)} retirou da cópia: {joined(removed)}"
    if entry.kind == "rating" and "before" in entry.data:
        return f"{first_name(who)} mudou a avaliação"
    return f"{sentence}: {entry.data['reason']}" if entry.data.get("reason") else sentence


def _intake(data: EventData) -> Iterator[str]:
    """Where a visitor opened the ticket, and what they left there without proof."""
    site = data.get("site") or "uma página de fora do portal"
    yield f"Aberto no quiosque {data['kiosk']}" if "kiosk" in data else f"Aberto em {site}"
    yield "O site confirmou quem escreveu" if data.get("is_vouched") else "Ninguém conferiu quem escreveu"
    if "organization" in data:
        yield f"Disse que é de: {data['organization']}"
    if "address" in data:
        yield f"Deixou o e-mail: {data['address']}"


def _texts(value: Json) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


class LogLine(NamedTuple):
    """One event of the log: what happened, what it changed, and when."""

    id: int
    text: str
    changes: list[str]
    at: str
    exactly: str
    iso: str


class _KnownState(NamedTuple):
    """The state of a ticket by the events so far; an empty status is unknown."""

    status: str = ""
    wait: str | None = None
    assignee: object | None = None


def log_lines(entries: Sequence[Entry], labels: Mapping[str, str], me: Actor) -> list[LogLine]:
    """Each event with its changes, newest first. Labels are those of the states for `me`."""
    known, lines = _KnownState(), []
    for entry in entries:
        before, known = known, _after(known, entry)
        was = _label(before, labels) or _label(_KnownState(_simple(entry.data.get("from"))), labels)
        changes = [_changed("Status", was, _label(known, labels)), _priority(entry), *_fields(entry)]
        lines.append(_log_line(entry, [change for change in changes if change], me))
    return lines[::-1]


def _log_line(entry: Entry, changes: list[str], me: Actor) -> LogLine:
    return LogLine(
        id=entry.id,
        text=event_text(entry, "Você" if entry.actor == me.id else entry.actor_name),
        changes=changes,
        at=moment(entry.at),
        exactly=exactly(entry.at),
        iso=iso(entry.at),
    )


def _after(known: _KnownState, entry: Entry) -> _KnownState:
    to = entry.data.get("to")
    status = str(to) if to in _STATUSES else known.status
    wait = entry.data.get("wait", known.wait) if status == "waiting" else None
    return _KnownState(
        status=status,
        wait=str(wait) if wait else None,
        assignee=None if entry.kind in ("release", "departure") else entry.data.get("assignee", known.assignee),
    )


_STATUSES = frozenset(Status)


def _simple(status: object) -> str:
    """A status that is a state by itself, without assignee or wait; otherwise empty."""
    return str(status) if status in _STATUSES - {Status.OPEN, Status.WAITING} else ""


def _label(known: _KnownState, labels: Mapping[str, str]) -> str:
    if not known.status or (known.status == "waiting" and known.wait is None):
        return ""
    return labels[state_of(*known)]


def _priority(entry: Entry) -> str:
    changed = entry.data.get("priority")
    if not isinstance(changed, Mapping):
        return ""
    return _changed("Prioridade", PRIORITIES[str(changed["from"])], PRIORITIES[str(changed["to"])])


def _fields(entry: Entry) -> list[str]:
    """The custom fields that were set or cleared."""
    changed = entry.data.get("fields")
    if not isinstance(changed, Mapping):
        return []
    pairs = {label: each for label, each in changed.items() if isinstance(each, Mapping)}
    return [f"{label}: de {each['from'] or '–'} para {each['to'] or '–'}" for label, each in pairs.items()]


def _changed(what: str, before: str, after: str) -> str:
    if before == after or not after:
        return ""
    return f"{what}: de {before} para {after}" if before else f"{what}: {after}"
