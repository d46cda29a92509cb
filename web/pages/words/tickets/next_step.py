"""The next step of a ticket in a sentence: who has it, what it waits for, until when, and how to reply."""

from datetime import datetime
from typing import NamedTuple

from web.pages.words.formats import clock_time, day, first_name, moment
from web.pages.words.labels import spoken
from web.people.permissions import Actor
from web.tickets.life.moves import CONFIRMATION, OBJECTION, RATING, REPLY
from web.tickets.life.rights import is_requester
from web.tickets.life.states import Resolution
from web.tickets.life.turns import expects_an_answer
from web.tickets.life.workflows import ReplyWhenResolved, Workflow
from web.tickets.lists.portal import ListedTicket
from web.tickets.record.ticket import TicketDetails

Ticket = ListedTicket | TicketDetails


class Step(NamedTuple):
    """A sentence. `lead` is its emphasized part, when it is the reader's turn or the ticket is late."""

    text: str
    lead: str = ""
    tone: str = "rest"


def next_step(state: str, found: Ticket, flow: Workflow, *, is_turn: bool, is_agent: bool, now: datetime) -> Step:
    """The sentence below a ticket's title."""
    if is_turn:
        return Step(_wanted_of_reader(state, found, flow), "Sua vez:", "turn")
    due = found.due_at
    if due is not None and due < now and (is_agent or state not in _STANDS_STILL):
        text = _what_next(state, found, promised="")
        return Step(f"{text} O prazo era {moment(due)}.", "Atrasado:", "late")
    text = _what_next(state, found, promised=_promised(found))
    if is_agent and due is not None and found.soon_at is not None and found.soon_at <= now:
        return Step(text, "Vence em breve:", "turn")
    return Step(text, tone=_TONES.get(state, "rest"))


_TONES = {"open": "work", "resolved": "good"}
_STANDS_STILL = ("waiting_requester", "approval")
"""Waits in which the customer's side is shown no past date."""


def _wanted_of_reader(state: str, found: Ticket, flow: Workflow) -> str:
    """What the reader, whose turn it is, has to do."""
    if state == "approval":
        return "Aprove ou recuse este pedido."
    until = found.lapses_at
    if state == "waiting_requester":
        if until is None:
            return "Precisamos da sua resposta para continuar."
        return f"Responda até {moment(until)}; depois disso {_AFTERWARDS[found.lapses_to or '']}."
    if flow.asks_confirmation:
        return "O problema foi resolvido?" + _if_unanswered(until)
    return "Avalie o atendimento para concluir." + (f" Sem avaliação, conclui sozinho {_on(until)}." if until else "")


def _if_unanswered(until: datetime | None) -> str:
    return f" Sem resposta, encerra {_on(until)}." if until else ""


_AFTERWARDS = {
    "resolved": "consideramos resolvido",
    "closed": "o ticket é encerrado",
    "open": "seguimos sem a resposta",
}


def _what_next(state: str, found: Ticket, *, promised: str) -> str:
    match state:
        case "draft":
            return "Só você vê. Termine e envie quando quiser."
        case "approval":
            return "Aguardando a aprovação de um responsável."
        case "new" | "unassigned":
            team = found.team_name
            return (f"Na fila {team}." if team else spoken("Na fila, aguardando um {agent}.")) + promised
        case "open":
            return f"Com {_holder(found)}." + promised
        case "waiting_requester":
            return _awaited(found)
        case "waiting_team":
            return "Aguardando outra equipe (N2)." + promised
        case "waiting_until" if found.lapses_at:
            return f"Em espera até {moment(found.lapses_at)}."
        case "resolved":
            ends = f"; encerra {_on(found.lapses_at)}" if found.lapses_at else ""
            return f"Resolvido em {_day(found.resolved_at)}{ends}."
        case "closed":
            return f"{_ENDED.get(found.resolution or '', 'Encerrado')} em {_day(found.closed_at)}."
    return "Em espera por uma etapa do nosso lado."


_ENDED = {
    Resolution.MERGED.value: "Unido a outro ticket",
    Resolution.CANCELLED.value: "Cancelado",
    Resolution.REFUSED.value: "Não aprovado",
}


def lapse(state: str, found: Ticket) -> str:
    """What the desk waits for, until when, and what happens then; empty if it does not wait."""
    if found.lapses_at is None or state not in ("waiting_requester", "waiting_until", "resolved"):
        return ""
    text = _what_next(state, found, promised="")
    return f"{text} Depois disso {_AFTERWARDS[found.lapses_to or '']}." if state == "waiting_requester" else text


def how_to_reply(ticket: TicketDetails, me: Actor) -> str:
    """What a reply to a resolved or closed ticket does, or what to do instead.

    Empty for an agent, unless it is their own request.
    """
    if me.is_agent and not is_requester(me, ticket):
        return ""
    if ticket.resolution is Resolution.MERGED:
        return f"Este ticket foi unido a outro. A conversa continua {_where_merged(ticket)}."
    if ticket.state == "closed":
        return "Este ticket está encerrado e não reabre. Se ainda precisar de ajuda, abra um novo, ligado a este."
    if ticket.state != "resolved":
        return ""
    if CONFIRMATION.is_open(ticket, me):
        return _WHEN_RESOLVED[ReplyWhenResolved.CONFIRMATION] + _if_unanswered(ticket.lapses_at)
    flow = ticket.workflow
    asked = RATING if flow.reply_when_resolved is ReplyWhenResolved.RATING else OBJECTION
    if not (REPLY.is_open(ticket, me) or asked.is_open(ticket, me)) and expects_an_answer(flow):
        return f"Este ticket está resolvido e espera a resposta de {first_name(ticket.requester_name)}."
    return _WHEN_RESOLVED[flow.reply_when_resolved]


def _where_merged(ticket: TicketDetails) -> str:
    numbers = [each.number for each in ticket.links if each.kind == "merge" and each.is_origin]
    return f"no #{numbers[0]}" if numbers else "lá"


_WHEN_RESOLVED = {
    ReplyWhenResolved.REFUSED: "Este ticket está resolvido e não recebe mais mensagens. "
    "Se ainda precisar de ajuda, abra um novo, ligado a este.",
    ReplyWhenResolved.REOPENS: "Este ticket está resolvido. “Não foi resolvido” reabre; “Só agradecer” não reabre; "
    "“É outro assunto” leva o seu texto para um novo ticket, ligado a este.",
    ReplyWhenResolved.CONFIRMATION: "Este ticket está resolvido. Diga se a solução serviu: SIM encerra, NÃO reabre.",
    ReplyWhenResolved.RATING: "Este ticket está resolvido e aguarda a sua avaliação. "
    "Se o problema continua, diga nela.",
    ReplyWhenResolved.WINDOW: "Este ticket está resolvido e ainda ouve você. “Não foi resolvido” reabre; "
    "“Só agradecer” não reabre; “É outro assunto” leva o seu texto para um novo ticket, ligado a este.",
}


def _promised(found: Ticket) -> str:
    if found.answer_due:
        return f" Primeira resposta até {moment(found.answer_due)}."
    return f" Previsão de solução: {moment(found.solve_due)}." if found.solve_due else ""


def _awaited(found: Ticket) -> str:
    until = f" até {moment(found.lapses_at)}" if found.lapses_at else ""
    return f"Aguardando a resposta de {first_name(found.requester_name)}{until}."


def _on(instant: datetime) -> str:
    """em 26/11, às 14h."""
    return f"em {day(instant)}, às {clock_time(instant)}"


def _day(instant: datetime | None) -> str:
    return day(instant) if instant is not None else "data não registrada"


def _holder(found: Ticket) -> str:
    name = first_name(found.assignee_name or "a equipe")
    return f"{name}, da equipe {found.team_name}" if found.team_name else name
