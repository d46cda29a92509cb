"""A ticket in words for one reader: its label, whose turn it is, and what happens next."""

from datetime import datetime
from typing import NamedTuple

from web.database import Row
from web.pages.wording import CANONICAL, EVENTS, ago, day, exactly, first_name, joined, moment
from web.people.actor import Actor
from web.tickets.conversation import Entry
from web.tickets.queries import Sheet
from web.tickets.workflows import Rating, Workflow, state_of, workflow

_TONES = {
    "draft": ("rest", "ring"),
    "approval": ("rest", "pause"),
    "new": ("rest", "ring"),
    "unassigned": ("rest", "ring"),
    "open": ("work", "half"),
    "resolved": ("good", "check"),
    "closed": ("rest", "check"),
}


class Chip(NamedTuple):
    """A status in shape, word and colour."""

    label: str
    tone: str
    icon: str


class Step(NamedTuple):
    """What happens next; `lead` is the loud part, and only the reader whose turn it is gets one."""

    text: str
    lead: str = ""
    tone: str = "rest"


class Partner(NamedTuple):
    """The other half of one protocol: the contact that was recorded, or the ticket that does the work."""

    number: int
    is_contact: bool


class TicketRow(NamedTuple):
    """One line of a list, every word ready."""

    number: int
    is_draft: bool
    title: str
    chip: Chip
    step: Step
    seen: str
    stamp: str
    created: str
    partner: Partner | None


class Line(NamedTuple):
    """One entry of a conversation, every word ready."""

    id: int
    who: str
    at: str
    exactly: str
    iso: str
    text: str
    """What happened, for an event without words of its own."""
    body: str | None
    side: str
    mark: str
    files: tuple[object, ...]


def chip(state: str, flow: Workflow, me: Actor, *, is_turn: bool) -> Chip:
    label = CANONICAL[state] if me.is_agent else flow.label(state)
    tone, icon = _TONES.get(state, ("rest", "pause"))
    if state in ("waiting_requester", "approval") and is_turn:
        tone, icon = "turn", "turn"
    return Chip(label, tone, icon)


def row(found: Row, me: Actor, now: datetime) -> TicketRow:
    flow = workflow(found["workflow"])
    state = state_of(found["status"], found["wait"], found["assignee"])
    turn = is_turn(state, found, flow, me)
    return TicketRow(
        number=found["id"],
        is_draft=state == "draft",
        title=found["title"] or "(sem título)",
        chip=chip(state, flow, me, is_turn=turn),
        step=next_step(state, found, flow, me),
        seen=ago(found["updated_at"], now),
        stamp=exactly(found["updated_at"]),
        created=day(found["created_at"]),
        partner=_partner(found),
    )


def _partner(found: Row) -> Partner | None:
    number = found["contact"] or found["handling"]
    return Partner(number, is_contact=bool(found["contact"])) if number else None


def is_turn(state: str, found: Row, flow: Workflow, me: Actor) -> bool:
    """Whether the ticket waits for this very reader."""
    if state == "approval":
        return found["organization"] in me.approves and me.id not in (found["requester"], found["author"])
    if found["requester"] != me.id:
        return False
    return state == "waiting_requester" or (state == "resolved" and wants_an_answer(flow))


def next_step(state: str, found: Row, flow: Workflow, me: Actor) -> Step:
    """The sentence under a ticket's title."""
    if is_turn(state, found, flow, me):
        return Step(_asked(state, flow), "Sua vez:", "turn")
    return Step(_what_next(state, found), tone=_STEP_TONES.get(state, "rest"))


def _what_next(state: str, found: Row) -> str:
    team = found["team_name"]
    match state:
        case "draft":
            return "Só você vê. Termine e envie quando quiser."
        case "approval":
            return "Aguardando a aprovação de um responsável."
        case "new" | "unassigned":
            return f"Na fila {team}." if team else "Na fila, aguardando um atendente."
        case "open":
            return f"Com {_holder(found)}."
        case "waiting_requester":
            return f"Aguardando a resposta de {first_name(found['requester_name'])}."
        case "waiting_team":
            return "Aguardando outra equipe (N2)."
        case "resolved":
            return f"Resolvido em {_day(found['resolved_at'])}."
        case "closed":
            return f"Encerrado em {_day(found['closed_at'])}."
    return "Em espera por uma etapa do nosso lado."


_STEP_TONES = {"open": "work", "resolved": "good"}


def _asked(state: str, flow: Workflow) -> str:
    """What is wanted of the reader whose turn it is."""
    if state == "approval":
        return "Aprove ou recuse este pedido."
    if state == "waiting_requester":
        return "Precisamos da sua resposta para continuar."
    return "A solução resolveu?" if flow.asks_confirmation else "Avalie o atendimento para concluir."


def _day(instant: datetime | None) -> str:
    return day(instant) if instant is not None else "data não registrada"


def step_of(ticket: Sheet, me: Actor) -> Step:
    return next_step(ticket.state, vars(ticket), ticket.workflow, me)


def chip_of(ticket: Sheet, me: Actor) -> Chip:
    turn = is_turn(ticket.state, vars(ticket), ticket.workflow, me)
    return chip(ticket.state, ticket.workflow, me, is_turn=turn)


def line(entry: Entry, me: Actor) -> Line:
    who = "Você" if entry.actor == me.id else entry.actor_name
    return Line(
        id=entry.id,
        who=who,
        at=moment(entry.at),
        exactly=exactly(entry.at),
        iso=entry.at.isoformat(timespec="seconds"),
        text=event_text(entry, who),
        body=entry.body,
        side="me" if entry.actor == me.id or (me.is_agent and entry.is_ours) else "us",
        mark="note" if entry.is_note and entry.body is not None else "solution" if entry.is_resolution else "",
        files=entry.files,
    )


def event_text(entry: Entry, who: str) -> str:
    """What happened, as a sentence: Bia assumiu o ticket."""
    sentence = EVENTS.get(entry.kind, "{who} atualizou o ticket").format(who=first_name(who))
    if entry.kind == "participation" and (copied := entry.data.get("copies")):
        return f"{first_name(who)} incluiu em cópia: {joined(list(copied))}"
    if removed := entry.data.get("removed"):
        return f"{first_name(who)} retirou da cópia: {joined(list(removed))}"
    if entry.kind == "rating" and "before" in entry.data:
        return f"{first_name(who)} mudou a avaliação"
    return f"{sentence}: {entry.data['reason']}" if entry.data.get("reason") else sentence


def wants_an_answer(flow: Workflow) -> bool:
    return flow.asks_confirmation or flow.rating is Rating.REQUIRED


def _holder(found: Row) -> str:
    name = first_name(found["assignee_name"] or "a equipe")
    return f"{name}, da equipe {found['team_name']}" if found["team_name"] else name
