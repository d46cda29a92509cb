"""The columns of ticket lists in CSV files."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from web.pages.words.formats import counted, local, stamp
from web.pages.words.labels import CHANNELS, PRIORITIES, spoken
from web.pages.words.tickets.conversation import chip
from web.people.permissions import Actor
from web.tickets.fields import catalog
from web.tickets.fields.field import Field
from web.tickets.fields.values import of_ticket
from web.tickets.life.turns import is_turn
from web.tickets.life.workflows import state_of, workflow
from web.tickets.lists.exports import Export, ExportedTicket

Columns = Mapping[str, Callable[[ExportedTicket, Actor], object]]


def file_name(at: datetime) -> str:
    return f"tickets-{local(at).date()}.csv"


def table(found: Export, columns: Columns, me: Actor) -> tuple[list[str], Iterator[list[object]]]:
    """The header and the rows, with a column for each field that the reader may read.

    A last row tells what was cut off.
    """
    fields = _fields(found, me)
    heading = [*map(spoken, columns), *(each.label for each in fields)]
    return heading, _rows(found, columns, fields, me)


def _rows(found: Export, columns: Columns, fields: list[Field], me: Actor) -> Iterator[list[object]]:
    for row in found.rows:
        kept = {each.field.id: each.shown for each in of_ticket(row.field_values, by=me)}
        yield [*(cell(row, me) for cell in columns.values()), *(kept.get(each.id, "") for each in fields)]
    if found.is_cut:
        yield [f"O arquivo para em {counted(found.bound)} tickets. Para baixar os outros, filtre a lista."]


def _fields(found: Export, me: Actor) -> list[Field]:
    """The fields of the categories in the file, and others with values on its tickets."""
    asked = {each.id for row in {row.category for row in found.rows} for each in catalog.of_category(row)}
    kept = {each.field.id for row in found.rows for each in of_ticket(row.field_values, by=me)}
    known = catalog.find_all(asked | kept)
    return [each for each in known if each.is_read_by(me) and (each.is_active or each.id in kept)]


def _status(found: ExportedTicket, me: Actor) -> str:
    flow, state = workflow(found.workflow), state_of(found.status, found.wait, found.assignee)
    turn = is_turn(me, found, state, flow)
    return chip(state, flow, me, is_turn=turn, outcome=found.outcome, resolution=found.resolution).label


def _time(instant: datetime | None) -> str:
    return stamp(instant) if instant else ""


PORTAL: Columns = {
    "Número": lambda found, _: found.id,
    "Título": lambda found, _: found.title,
    "Status": _status,
    "Prioridade": lambda found, _: PRIORITIES[found.priority],
    "Categoria": lambda found, _: found.category_name,
    "Assunto": lambda found, _: found.topic_name,
    "Solicitante": lambda found, _: found.requester_name,
    "Organização": lambda found, _: found.organization_name,
    "Aberto em": lambda found, _: _time(found.submitted_at or found.created_at),
    "Atualizado em": lambda found, _: _time(found.updated_at),
    "Resolvido em": lambda found, _: _time(found.resolved_at),
    "Encerrado em": lambda found, _: _time(found.closed_at),
}
"""The columns for requesters."""
DESK: Columns = {
    **PORTAL,
    "Canal": lambda found, _: CHANNELS[found.channel],
    "Equipe": lambda found, _: found.team_name,
    "{Agent}": lambda found, _: found.assignee_name,
    "Vence em": lambda found, _: _time(found.due_at),
}
