"""Words of held replies: when they are sent, whose they are, and why one was not sent."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from web.business_time.calendars import Calendar
from web.pages.words.formats import clock_time, first_name, local, moment
from web.pages.words.refusals.wording import refusal
from web.people.permissions import Actor
from web.tickets.record.held_replies import HeldFile, Waiting

NOUNS = {"replies": "resposta", "questions": "pergunta", "solution": "solução"}
"""The word for a held form, by its noun."""

WHY = {
    "left": "quem a escreveu não está mais no atendimento",
    "out_of_sight": "quem a escreveu não vê mais este ticket",
    "merged": "este ticket foi unido a outro",
    "closed": "este ticket foi encerrado",
    "answered": "chegou outra mensagem depois dela",
    "missing_field": "falta preencher um campo do ticket",
    "already_sent": "a mesma mensagem já tinha sido enviada",
    "refused": "ela não cabe mais na situação do ticket",
}

OPENINGS = 3
"""How many openings of the team are proposed."""
_SOON = timedelta(minutes=1)


@dataclass(frozen=True)
class HeldLine:
    """A held reply of the ticket's page. `is_soon` means that it is sent within seconds."""

    id: int
    noun: str
    text: str
    body: str
    files: list[HeldFile]
    is_kept_back: bool
    is_soon: bool
    is_mine: bool
    may_take_back: bool
    may_still_go: bool


def held_lines(waiting: Iterable[Waiting], me: Actor, at: datetime) -> list[HeldLine]:
    return [_line(each, me, at) for each in waiting]


def _line(held: Waiting, me: Actor, at: datetime) -> HeldLine:
    typed, due = json.loads(held.typed), datetime.fromisoformat(held.due_at)
    noun, is_mine = NOUNS[held.noun], held.person == me.id
    whose = f"Sua {noun}" if is_mine else f"A {noun} de {first_name(held.author)}"
    goes = f"será enviada {due_words(due, at)}{_then(typed)}"
    kept_back = f"não foi enviada: {why_words(held.why)}"
    return HeldLine(
        id=held.id,
        noun=held.noun,
        text=f"{whose} {kept_back if held.kept_back_at else goes}".rstrip(".") + ".",
        body="".join(typed.get("body", [])),
        files=[HeldFile(**each) for each in json.loads(held.files)],
        is_kept_back=held.kept_back_at is not None,
        is_soon=held.kept_back_at is None and due - at < _SOON,
        is_mine=is_mine,
        may_take_back=held.is_for(me),
        may_still_go=is_mine and held.why in ("", "answered"),
    )


def _then(typed: Mapping[str, object]) -> str:
    return " e resolve o ticket" if "solve" in typed else " e aguarda a resposta" if "ask" in typed else ""


def why_words(code: str) -> str:
    """The reason why it was not sent: a code of its own, or a refusal of its form."""
    return WHY.get(code) or refusal(code)


def due_words(due: datetime, at: datetime) -> str:
    """Em alguns segundos; hoje, 13h; amanhã, 9h; qua., 25/11, 9h."""
    if due - at < _SOON:
        return "em alguns segundos"
    days = local(due).toordinal() - local(at).toordinal()
    return f"{('hoje', 'amanhã')[days]}, {clock_time(due)}" if days in (0, 1) else moment(due)


def due_choices(calendar: Calendar, at: datetime, typed: str = "") -> list[tuple[str, str]]:
    """When a reply can be sent: now, in a moment, at the next openings of the team; and the present choice."""
    openings = {each.isoformat(): due_words(each, at).capitalize() for each in islice(calendar.openings(at), OPENINGS)}
    choices = {"": "Agora", "moment": "Em 10 segundos, com tempo de desfazer", **openings}
    return [*choices.items(), *([(typed, typed)] if typed not in choices else [])]
