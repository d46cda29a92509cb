"""The log of a ticket: every event as a sentence, with what it changed in the reader's words."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from web.pages.words.conversation import event_text
from web.pages.words.formats import exactly, moment
from web.pages.words.labels import CANONICAL, PRIORITIES
from web.people.permissions import Actor
from web.tickets.life.states import Status
from web.tickets.life.workflows import Workflow, state_of
from web.tickets.record.conversation import Entry


class LogLine(NamedTuple):
    """One event of the log: what somebody did, what it changed, and when."""

    id: int
    text: str
    changes: list[str]
    at: str
    exactly: str
    iso: str


class _Known(NamedTuple):
    """What of a ticket's state the events told so far; nothing yet where the status is empty."""

    status: str = ""
    wait: str | None = None
    assignee: object | None = None


def lines(entries: Sequence[Entry], flow: Workflow, me: Actor) -> list[LogLine]:
    """Each event with what it changed, in the reader's words, newest first."""
    known, told = _Known(), []
    for entry in entries:
        before, known = known, _after(known, entry)
        was = _label(before, flow, me) or _label(_Known(_simple(entry.data.get("from"))), flow, me)
        changes = [_changed("Status", was, _label(known, flow, me)), _priority(entry)]
        told.append(
            LogLine(
                id=entry.id,
                text=event_text(entry, "Você" if entry.actor == me.id else entry.actor_name),
                changes=[change for change in changes if change],
                at=moment(entry.at),
                exactly=exactly(entry.at),
                iso=entry.at.isoformat(timespec="seconds"),
            )
        )
    return told[::-1]


def _after(known: _Known, entry: Entry) -> _Known:
    to = entry.data.get("to")
    status = to if to in _STATUSES else known.status
    return _Known(
        status=status,
        wait=entry.data.get("wait", known.wait) if status == "waiting" else None,
        assignee=None if entry.kind == "release" else entry.data.get("assignee", known.assignee),
    )


_STATUSES = frozenset(Status)


def _simple(status: object) -> str:
    """A status that is a state by itself, whoever holds the ticket and whatever it waits for."""
    return str(status) if status in _STATUSES - {Status.OPEN, Status.WAITING} else ""


def _label(known: _Known, flow: Workflow, me: Actor) -> str:
    if not known.status or (known.status == "waiting" and known.wait is None):
        return ""
    state = state_of(*known)
    return CANONICAL[state] if me.is_agent else flow.label(state)


def _priority(entry: Entry) -> str:
    changed = entry.data.get("priority")
    if not isinstance(changed, Mapping):
        return ""
    return _changed("Prioridade", PRIORITIES[changed["from"]], PRIORITIES[changed["to"]])


def _changed(what: str, before: str, after: str) -> str:
    if before == after or not after:
        return ""
    return f"{what}: de {before} para {after}" if before else f"{what}: {after}"
