"""How somebody may still speak to a ticket, in words, and what of it is theirs to change."""

from collections.abc import Sequence
from datetime import datetime

from web.pages.words.conversation import Line
from web.pages.words.formats import first_name
from web.pages.words.next_step import wants_an_answer
from web.people.permissions import Actor
from web.tickets.life.moves import OBJECTION, PARTICIPATION, RATING, REPLY
from web.tickets.life.rights import is_requester, may_edit, may_remove
from web.tickets.life.states import Status
from web.tickets.life.workflows import ReplyWhenResolved
from web.tickets.record.conversation import Entry
from web.tickets.record.ticket import Copy, TicketDetails


def how_to_speak(ticket: TicketDetails, me: Actor) -> str:
    """On a ticket that is resolved or over: what a message does, or why none is taken and what is the way.

    Nothing for the desk, which speaks as it likes.
    """
    if me.is_agent and not is_requester(me, ticket):
        return ""
    if ticket.state == "closed":
        return "Este ticket está encerrado e não reabre. Se ainda precisar de ajuda, abra um novo, ligado a este."
    if ticket.state != "resolved":
        return ""
    if not (REPLY.is_open(ticket, me) or OBJECTION.is_open(ticket, me)) and wants_an_answer(ticket.workflow):
        return f"Este ticket está resolvido e espera a resposta de {first_name(ticket.requester_name)}."
    return _WHEN_RESOLVED[ticket.workflow.reply_when_resolved]


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


def solution(entries: Sequence[Entry], lines: Sequence[Line]) -> Line | None:
    """The message that is the present solution, if it has one and it is on the page."""
    for entry, shown in zip(reversed(entries), reversed(lines), strict=True):
        if shown.mark == "solution" and shown.body is not None:
            return shown
        if entry.data.get("from") == Status.RESOLVED and entry.data.get("to") == Status.OPEN:
            break
    return None


def may_rate(ticket: TicketDetails, me: Actor, now: datetime) -> bool:
    """Whether a rating given now would be taken."""
    return RATING.is_open(ticket, me) and (ticket.rating is None or may_edit(ticket.rating.at, now))


def removable(ticket: TicketDetails, me: Actor) -> list[Copy]:
    """People in copy whom this reader may take out."""
    if not PARTICIPATION.is_open(ticket, me):
        return []
    return [each for each in ticket.copied if may_remove(me, ticket, person=each.person, added_by=each.added_by)]
