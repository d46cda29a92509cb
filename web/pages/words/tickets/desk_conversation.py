"""A conversation for agents, with details of the desk's moves that requesters do not see."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from web.pages.words.formats import ago, clock_time, day, first_name, moment
from web.pages.words.labels import LINK_KINDS, METHODS, PRIORITIES
from web.pages.words.tickets.conversation import Line, line
from web.pages.words.tickets.delivery import Told
from web.pages.words.tickets.events import event_text
from web.pages.words.tickets.held import NOUNS, why_words
from web.people.permissions import SYSTEM, Actor
from web.tickets.actions.properties.properties import UNDO_OFFERED, UNDONE
from web.tickets.life.states import Status, Wait
from web.tickets.lists.sidebar import LinkedTicket
from web.tickets.record.conversation import Entry
from web.tickets.record.ticket import TicketDetails


class DeskLine(NamedTuple):
    """A line of a conversation, with the merged ticket it comes from, and whether it is the solution.

    `told` has the deliveries of its messages.
    """

    line: Line
    origin: int | None
    is_solution: bool
    asks: str
    told: Sequence[Told]


def desk_line(
    entry: Entry, ticket: TicketDetails, me: Actor, names: dict[int, str], told: Mapping[int, Sequence[Told]]
) -> DeskLine:
    base = line(entry, me)
    full = base._replace(text=_desk_sentence(entry, first_name(base.who), names) or event_text(entry, base.who))
    origin = entry.ticket if entry.ticket != ticket.number else None
    return DeskLine(full, origin, entry.is_resolution, _ASKS.get(entry.kind, ""), told.get(entry.id, ()))


class Run(NamedTuple):
    """Consecutive lines: messages, or the events between two; `is_folded` if there are many old ones."""

    lines: Sequence[DeskLine]
    is_folded: bool


def runs_of(lines: Sequence[DeskLine]) -> list[Run]:
    """The conversation, with three or more events between messages folded."""
    runs = [(is_said, list(some)) for is_said, some in groupby(lines, lambda each: each.line.body is not None)]
    last = len(runs) - 1
    return [Run(some, not is_said and len(some) > 2 and at != last) for at, (is_said, some) in enumerate(runs)]


class Done(NamedTuple):
    """What the reader did a moment ago; `undoes` is its event, if it can be undone."""

    text: str
    undoes: int | None


def done_of(entries: Sequence[Entry], lines: Sequence[DeskLine], me: Actor, now: datetime) -> Done | None:
    """The latest action of a person, if it was the reader's, seconds ago."""
    done = [(entry, line) for entry, (line, *_) in zip(entries, lines, strict=True) if entry.actor != SYSTEM.id]
    if not done or done[-1][0].actor != me.id or now - done[-1][0].at > UNDO_OFFERED:
        return None
    last = done[-1][0]
    told = ["Você deixou uma nota" if each.is_note else line.text for each, line in done if each.at == last.at]
    return Done(" · ".join(told), last.id if last.kind in UNDONE and "was" in last.data else None)


def news_text(entry: Entry, now: datetime) -> str:
    """What somebody did while the page was open: Davi respondeu há 1 min."""
    who = first_name(entry.actor_name)
    done = f"{who} deixou uma nota" if entry.is_note else event_text(entry, who)
    return f"{done} {ago(entry.at, now)}"


def unread_from(entries: Sequence[Entry], visited: datetime | None, me: Actor) -> int | None:
    """The first action of others since the reader's last visit; None without a visit, or if all was seen."""
    others = (each for each in entries if visited and each.at > visited and each.actor not in (me.id, SYSTEM.id))
    return next((each.id for each in others), None)


def wrote_meanwhile(ticket: TicketDetails, entries: Sequence[Entry]) -> str:
    """Who on the customer's side wrote last while the ticket waits for something else; empty if nobody did."""
    last = next((entry for entry in reversed(entries) if entry.actor != SYSTEM.id), None)
    is_elsewhere = ticket.status is Status.WAITING and ticket.wait is not Wait.REQUESTER
    if last is None or not is_elsewhere or last.kind != "reply":
        return ""
    is_customers = not last.is_ours or last.actor == ticket.requester
    return f"{first_name(last.actor_name)} escreveu durante a espera." if is_customers else ""


_ASKS = {"question": "Pergunta", "approval_request": "Pedido de aprovação"}


def link_words(link: LinkedTicket) -> str:
    """The relation of the other ticket to this one."""
    return LINK_KINDS.get((link.kind, link.is_origin), "ligado")


def _desk_sentence(entry: Entry, who: str, names: dict[int, str]) -> str:
    """The sentence of a move that only agents make; empty for others."""
    data = entry.data
    if entry.kind == "assignment":
        return f"{who} encaminhou a {_whom(data, names)}"
    if entry.kind == "departure":
        return f"Voltou à fila: {first_name(str(data['left']))} não está mais no atendimento"
    if entry.kind == "resumption":
        return f"Voltou da espera: #{data['ticket']} terminou" if "ticket" in data else ""
    if entry.kind == "holdback":
        return f"A {_held(data)} não foi enviada: {why_words(str(data['why'])).rstrip('.')}"
    sentence = _SENTENCES.get(entry.kind)
    return f"{who} {sentence(data)}" if sentence else ""


_SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "classification": lambda data: (
        f"mudou {' e '.join(_changes(data))}" if _changes(data) else "conferiu a classificação"
    ),
    "wait": lambda data: f"colocou em espera: {_what_for(data)}",
    "correction": lambda data: f"corrigiu {' e '.join(_corrections(data))}",
    "tags": lambda data: f"mudou as etiquetas para {', '.join(data['tags'])}" if data["tags"] else "tirou as etiquetas",
    "solution": lambda data: f"resolveu: {METHODS.get(data.get('method', ''), 'sem método')}",
    "rejection": lambda data: f"encerrou: {METHODS.get(data.get('method', ''), 'sem método')}",
    "deadline": lambda data: f"recalculou {' e '.join(_deadlines(data))} ({_why_moved(data)})",
    "merge": lambda data: f"uniu ao #{data['into']}: Fundida" if "into" in data else f"uniu aqui o #{data['merged']}",
    "unmerge": lambda data: f"desfez a união com #{data['other']}",
    "split": lambda data: f"dividiu em {', '.join(f'#{each}' for each in data['parts'])}",
    "case": lambda data: f"lançou o caso #{data['case']}",
    "holding": lambda data: f"deixou uma {NOUNS[data['form']]} para {_when(data['until'])}",
    "recall": lambda data: f"desfez o envio da {_held(data)}",
    "related": lambda data: f"ligou ao #{data['other']}",
}


def _changes(data: Mapping[str, Any]) -> list[str]:
    changes = []
    if each := data.get("priority"):
        changes.append(f"a prioridade de {PRIORITIES[each['from']]} para {PRIORITIES[each['to']]}")
    if each := data.get("category"):
        changes.append(f"a categoria de {each['from'] or 'nenhuma'} para {each['to']}")
    return changes


def _corrections(data: Mapping[str, Any]) -> list[str]:
    return [
        f"{what}: era {data[name]['from'] or 'nenhuma'}, agora é {data[name]['to'] or 'nenhuma'}"
        for name, what in _CORRECTED.items()
        if name in data
    ]


_CORRECTED = {"requester": "o solicitante", "primary_contact": "o contato primário", "organization": "a organização"}

_PROMISED = {"answer_due": "o prazo de primeira resposta", "solve_due": "o prazo de solução"}


def _deadlines(data: Mapping[str, Any]) -> list[str]:
    return [
        f"{_PROMISED[name]}: era {_when(old)}, passou a {_when(data['new'][name])}"
        for name, old in data["old"].items()
        if _when(old) != _when(data["new"][name])
    ]


def _when(instant: str | None) -> str:
    return moment(datetime.fromisoformat(instant)) if instant else "sem prazo"


def _why_moved(data: Mapping[str, Any]) -> str:
    return {
        "calendar": "mudou o calendário ou o que se promete",
        "classification": "mudou a classificação",
    }.get(data["why"], "mudou o ticket")


def _held(data: Mapping[str, Any]) -> str:
    return f"{NOUNS[data['form']]} de {first_name(data['author'])}"


def _whom(data: Mapping[str, Any], names: dict[int, str]) -> str:
    person = data.get("assignee") or data.get("offered_to")
    return (
        " · ".join(names[each] for each in (data.get("team"), -person if person else None) if each in names) or "outro"
    )


def _what_for(data: Mapping[str, Any]) -> str:
    match data.get("wait"):
        case "requester":
            days = data.get("days")
            ends = ", e então fecha" if data.get("closes") else ""
            return "mais informações" + (f", {days} {'dia' if days == 1 else 'dias'}{ends}" if days else "")
        case "until" if data.get("until"):
            until = datetime.fromisoformat(data["until"])
            return f"até {day(until)}, {clock_time(until)}"
        case "team":
            return "outra equipe" + (f" (#{data['ticket']})" if data.get("ticket") else "")
        case "children":
            return "as partes"
        case "case":
            return "um caso"
    return "sem motivo registrado"
