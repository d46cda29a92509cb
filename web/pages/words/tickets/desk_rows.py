"""Words of the desk's lists: their names, columns and rows."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from web.pages.words.formats import DAYS, ago, clock_time, dated, day, exactly, first_name, local
from web.pages.words.labels import CHANNELS, PRIORITIES
from web.pages.words.tickets.conversation import Chip, desk_chip
from web.pages.words.tickets.desk_steps import step
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


TITLE = "Título"
COLUMNS = {
    "who": "Solicitante",
    "status": "Status",
    "assignee": "Com",
    "due": "Prazo",
    "number": "Nº",
    "updated": "Mudou",
    "team": "Equipe",
    "category": "Categoria",
    "channel": "Canal",
    "opened": "Aberto em",
}
"""The columns besides the title and the last message."""
SORTS = {
    "oldest": "Mais antigos primeiro",
    "due": "Prazo mais próximo",
    "-due": "Prazo mais distante",
    "title": "Título, de A a Z",
    "-title": "Título, de Z a A",
    "who": "Solicitante, de A a Z",
    "-who": "Solicitante, de Z a A",
    "status": "Status, do novo ao encerrado",
    "-status": "Status, do encerrado ao novo",
    "assignee": "Com quem está, de A a Z",
    "-assignee": "Com quem está, de Z a A",
    "number": "Número, do menor ao maior",
    "-number": "Número, do maior ao menor",
    "opened": "Abertos há mais tempo",
    "-opened": "Abertos há menos tempo",
}
"""The orders of a list, besides its own."""
DEFAULT_COLUMNS, MOST_COLUMNS = ("who", "status", "assignee", "due", "number", "updated"), 8


def columns_of(category: int | None) -> dict[str, str]:
    """The labels of all possible columns; for one category also its custom fields."""
    fields = catalog.of_category(category) if category else []
    return COLUMNS | {each.name: each.label for each in fields}


def whole_text(count: str, total: int | None, most: int) -> str:
    """The tickets of a bulk move on a whole list."""
    return f"Todos os {count} da lista" if total and total <= most else f"Os {most} primeiros dos {count} da lista"


class Cell(NamedTuple):
    """A fact of a ticket: the name of its column, its text, and a longer text."""

    name: str
    text: str
    more: str = ""
    tone: str = ""


class DeskRow(NamedTuple):
    """A row of a list."""

    number: int
    title: str
    chip: Chip
    step: Step
    cells: list[Cell]
    last_message: str
    is_note: bool
    priority: str
    """Empty for the normal priority."""
    viewers: str


def row(found: DeskTicket, me: Actor, now: datetime, columns: Sequence[str]) -> DeskRow:
    state = state_of(found.status, found.wait, found.assignee)
    return DeskRow(
        number=found.id,
        title=found.title or "(sem título)",
        chip=desk_chip(state, workflow(found.workflow), found.resolution),
        step=step(state, found, me, tells_holder="assignee" not in columns),
        cells=[_cell(name, found, me, now) for name in columns],
        last_message=_last_message(found),
        is_note=found.said_kind == "note",
        priority="" if found.priority == "normal" else PRIORITIES[found.priority],
        viewers=found.viewers or "",
    )


def _cell(name: str, found: DeskTicket, me: Actor, now: datetime) -> Cell:
    if name in _CELLS:
        return Cell(name, *_CELLS[name](found))
    match name:
        case "assignee":
            return _holder(found, me)
        case "due":
            return Cell(name, *due_words(found.due_at, now)) if found.due_at else Cell(name, "")
        case "updated":
            return Cell(name, ago(found.updated_at, now), exactly(found.updated_at))
    kept = {each.field.name: each.shown for each in of_ticket(found.field_values, by=me)}
    return Cell(name, kept.get(name, ""))


def _holder(found: DeskTicket, me: Actor) -> Cell:
    """The assignee's initials; the whole name if there is room."""
    if found.assignee is None:
        return Cell("assignee", "fila", f"Fila {found.team_name or 'geral'}", "rest")
    name = found.assignee_name or ""
    return Cell("assignee", initials(name), name, "work" if found.assignee == me.id else "")


def initials(name: str) -> str:
    """BN, for Bia Nunes (bia@guiche.example)."""
    words = name.partition(" (")[0].split()
    return "".join(word[0] for word in (*words[:1], *words[1:][-1:])).upper()


def due_words(due: datetime, now: datetime) -> tuple[str, str, str]:
    """When, in few words ("hoje, 17h", "seg., 30/11", "venceu 9h"), when exactly, and whether it is over."""
    here = local(due)
    near = {-1: "ontem", 0: "hoje", 1: "amanhã"}.get(here.toordinal() - local(now).toordinal(), "")
    if due <= now:
        return f"venceu {clock_time(due) if near == 'hoje' else near or day(due)}", exactly(due), "late"
    return f"{near}, {clock_time(due)}" if near else f"{DAYS[here.weekday()]}, {day(due)}", exactly(due), ""


_CELLS: dict[str, Callable[[DeskTicket], tuple[str, ...]]] = {
    "who": lambda found: (found.requester_name, found.organization_name or ""),
    "status": lambda found: ("",),
    "number": lambda found: (f"#{found.id}",),
    "team": lambda found: (found.team_name or "Sem equipe",),
    "category": lambda found: (_joined(" / ", found.category_name, found.topic_name) or "Sem categoria",),
    "channel": lambda found: (CHANNELS[found.channel],),
    "opened": lambda found: (dated(found.submitted_at or found.created_at),),
}


def _joined(between: str, *texts: str | None) -> str:
    return between.join(filter(None, texts))


def _last_message(found: DeskTicket) -> str:
    """The last speaker, and the first line of the message."""
    if found.said is None:
        return ""
    first_line = next((line.strip() for line in found.said.splitlines() if line.strip()), "")
    speaker = first_name(found.speaker_name or "")
    return f"{speaker}: {first_line[:140]}"
