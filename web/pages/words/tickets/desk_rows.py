"""The lists of the desk in words: their names, their columns and their rows."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from web.pages.words.formats import ago, bounded, clock_time, dated, day, exactly, first_name, iso
from web.pages.words.labels import ALERTS, CHANNELS, PRIORITIES, spoken
from web.pages.words.tickets.conversation import Chip, desk_chip
from web.pages.words.tickets.next_step import Step
from web.people.permissions import Actor
from web.tickets.fields import catalog
from web.tickets.fields.values import of_ticket
from web.tickets.life.workflows import state_of, workflow
from web.tickets.lists.desk import DeskTicket


def views(preset: str) -> dict[str, str]:
    """The lists of the navigation by the name in their address."""
    return {
        "inbox": "Caixa de entrada",
        "own": "Trabalho próprio",
        "drafts": f"{workflow(preset).words['draft'].capitalize()}s",
        "chats": "Conversas agora",
        "due": "Vencendo",
        "unassigned": "Não atribuídos",
        "alerts": "Para conferir",
        "all": "Todos os tickets",
    }


COLUMNS = {
    "who": "Solicitante",
    "team": "Equipe",
    "assignee": "{Agent}",
    "category": "Categoria",
    "channel": "Canal",
    "opened": "Data de abertura",
}
"""Optional facts of a row, besides its title, status, deadline and number."""
DEFAULT_COLUMNS, MOST_COLUMNS = ("who",), 3


def columns_of(category: int | None) -> dict[str, str]:
    """The labels of what may be a column of a list: of one category, the fields that leads gave it as well."""
    fields = catalog.of_category(category) if category else []
    usual = {name: spoken(label) for name, label in COLUMNS.items()}
    return usual | {each.name: each.label for each in fields}


class Cell(NamedTuple):
    """A fact of a ticket with the name of its column."""

    label: str
    text: str


class DeskRow(NamedTuple):
    """One row of a list, as words."""

    number: int
    title: str
    chip: Chip
    step: Step
    cells: list[Cell]
    last_message: str
    is_note: bool
    priority: str
    """Empty for the normal priority."""
    due: str
    is_late: bool
    viewers: str
    updated: str
    updated_exactly: str
    updated_iso: str


def row(found: DeskTicket, me: Actor, now: datetime, columns: Sequence[str]) -> DeskRow:
    state = state_of(found.status, found.wait, found.assignee)
    return DeskRow(
        number=found.id,
        title=found.title or "(sem título)",
        chip=desk_chip(state, workflow(found.workflow), found.resolution),
        step=step(state, found, me),
        cells=_cells(found, me, columns),
        last_message=_last_message(found),
        is_note=found.said_kind == "note",
        priority="" if found.priority == "normal" else PRIORITIES[found.priority],
        due=f"{day(found.due_at)}, {clock_time(found.due_at)}" if found.due_at else "",
        is_late=found.due_at is not None and found.due_at <= now,
        viewers=found.viewers or "",
        updated=ago(found.updated_at, now),
        updated_exactly=exactly(found.updated_at),
        updated_iso=iso(found.updated_at),
    )


def _cells(found: DeskTicket, me: Actor, columns: Sequence[str]) -> list[Cell]:
    kept = {each.field.name: each.shown for each in of_ticket(found.field_values, by=me)}
    labels = {field.name: field.label for name in columns if (field := catalog.named(name))}
    return [
        Cell(labels[name], kept.get(name, "")) if name in labels else Cell(spoken(COLUMNS[name]), _CELLS[name](found))
        for name in columns
    ]


_CELLS: dict[str, Callable[[DeskTicket], str]] = {
    "who": lambda found: _joined(" · ", found.requester_name, found.organization_name),
    "team": lambda found: found.team_name or "Sem equipe",
    "assignee": lambda found: found.assignee_name or spoken("Sem {agent}"),
    "category": lambda found: _joined(" / ", found.category_name, found.topic_name) or "Sem categoria",
    "channel": lambda found: CHANNELS[found.channel],
    "opened": lambda found: f"aberto em {dated(found.submitted_at or found.created_at)}",
}


def _joined(between: str, *texts: str | None) -> str:
    return between.join(filter(None, texts))


def step(state: str, found: DeskTicket, me: Actor) -> Step:
    """Whose turn it is. What brought the ticket back, or was said while it waits, is the loud part for its assignee."""
    if found.alert:
        return Step(_with_whom(state, found, me), f"{ALERTS[found.alert]}.", "turn")
    if why := came_back(found, me) if state in _AT_WORK else wrote_meanwhile(state, found):
        tone = "turn" if found.assignee in (me.id, None) else "rest"
        return Step(_with_whom(state, found, me), f"{why}.", tone)
    return Step(_with_whom(state, found, me), tone="work" if found.assignee == me.id else "rest")


_AT_WORK = ("open", "unassigned")


def wrote_meanwhile(state: str, found: DeskTicket) -> str:
    """Who of the customer's side wrote while the ticket waits for something else; empty once the desk has acted."""
    if state not in _WAITS_ELSEWHERE or found.happened != "reply" or not _is_customers(found):
        return ""
    return f"{first_name(found.actor_name or '')} escreveu"


_WAITS_ELSEWHERE = ("waiting_team", "waiting_until", "waiting_children", "waiting_case")


def news_text(count: int, bound: int) -> str:
    """How many of one's own tickets have a message while they wait."""
    return f"{bounded(count, bound)} com mensagem nova" if count else ""


def came_back(found: DeskTicket, me: Actor) -> str:
    """Why the ticket came back; empty once an agent has acted on it."""
    if found.happened == "resumption" and found.actor_role == "system":
        return _waited_for(json.loads(found.waited or "{}"))
    if found.happened == "release" and found.actor != me.id:
        return f"{first_name(found.actor_name or '')} devolveu"
    if not _is_customers(found):
        return ""
    who = first_name(found.actor_name or "")
    return {
        "reply": f"{who} respondeu",
        "objection": "Não foi resolvido",
        "approval": f"{who} aprovou",
        "refusal": f"{who} não aprovou",
    }.get(found.happened or "", "")


def _is_customers(found: DeskTicket) -> bool:
    """Whether somebody on the customer's side acted last."""
    return found.actor_role == "requester" or found.actor == found.requester


def _waited_for(waited: dict[str, object]) -> str:
    match waited.get("wait"):
        case "requester":
            days = waited.get("days")
            return f"{days} {'dia' if days == 1 else 'dias'} sem resposta" if days else "Sem resposta"
        case "until":
            return "Chegou a data"
        case "team":
            return "A outra equipe terminou"
        case "children":
            return "As partes foram resolvidas"
        case "case":
            return "O caso foi resolvido"
    return "Voltou da espera"


def _with_whom(state: str, found: DeskTicket, me: Actor) -> str:
    holder = "você" if found.assignee == me.id else first_name(found.assignee_name or "")
    match state:
        case "new" | "unassigned" if found.offered_to:
            return f"Para {'você' if found.offered_to == me.id else first_name(found.offered_name or '')} assumir."
        case "new" | "unassigned":
            return f"Na fila {found.team_name or 'geral'}."
        case "open":
            return f"Com {holder}."
        case "waiting_until" if found.wait_until:
            return f"Até {day(found.wait_until)}, {clock_time(found.wait_until)}."
        case "resolved" if found.resolved_at:
            return f"Resolvido em {day(found.resolved_at)}."
        case "closed" if found.closed_at:
            return f"Encerrado em {day(found.closed_at)}."
    return _WAITS.get(state, "").format(who=first_name(found.requester_name))


_WAITS = {
    "draft": "Só você vê. Termine e envie quando quiser.",
    "approval": "Aguarda a aprovação da organização.",
    "waiting_requester": "Aguarda {who}.",
    "waiting_team": "Aguarda outra equipe.",
    "waiting_children": "Aguarda as partes.",
    "waiting_case": "Aguarda o caso.",
}


def _last_message(found: DeskTicket) -> str:
    """The last speaker, and the first line of the message."""
    if found.said is None:
        return ""
    first_line = next((line.strip() for line in found.said.splitlines() if line.strip()), "")
    speaker = first_name(found.speaker_name or "")
    return f"{speaker}: {first_line[:140]}"
