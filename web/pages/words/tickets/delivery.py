"""Words of mail deliveries for agents: one line for all recipients with the same state."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from web.notifications.tracking import Sending
from web.people.identifiers import desk_addresses


class Told(NamedTuple):
    """Recipients of a message with the same state."""

    text: str
    is_bad: bool


def told(sendings: Iterable[Sending]) -> dict[int, list[Told]]:
    """The deliveries by event."""
    return {event: _of_one(list(some)) for event, some in groupby(sendings, key=lambda each: each.event)}


def _of_one(sendings: Sequence[Sending]) -> list[Told]:
    groups: dict[str, list[str]] = {}
    for each in sendings:
        groups.setdefault(_state(each), []).append(each.name if each.state == "sent" else _whom(each))
    return [Told(f"{state}: {', '.join(names)}", not state.startswith(_GOOD)) for state, names in groups.items()]


def _state(sending: Sending) -> str:
    if sending.state == "sent":
        return _SENT if desk_addresses.sends_mail() else _KEPT
    return {"bounced": "Voltou", "failed": "Não foi possível enviar"}.get(sending.state, _WAITING)


def _whom(sending: Sending) -> str:
    """The recipient with the address and the server's answer, if it gave one. A lost connection is no answer."""
    is_answer = sending.state == "bounced" or sending.answer[:3].isdecimal()
    return f"{sending.name} ({sending.recipient}: {sending.answer})" if is_answer else sending.name


_SENT, _KEPT = "Entregue ao servidor", "Guardada, pois este portal ainda não envia e-mail"
_WAITING = "Ainda não enviada"
_GOOD = (_SENT, _KEPT, _WAITING)
