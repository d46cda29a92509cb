"""Words of a chat: whether it is attended now, and how many come first."""

from datetime import datetime
from typing import NamedTuple

from web.business_time.calendars import Calendar
from web.pages.words.formats import moment
from web.pages.words.help.hours import opens_at
from web.pages.words.tickets.next_step import Step
from web.people.identifiers import desk_addresses
from web.tickets.record.ticket import TicketDetails
from web.tickets.requests.chats import MOST_AHEAD


class Hours(NamedTuple):
    """Whether a chat is attended now, and what its visitor can expect."""

    is_open: bool
    text: str

    @property
    def offer(self) -> str:
        """What leads to it: nobody talks at once while the desk is closed."""
        return "Conversar agora" if self.is_open else "Deixar uma mensagem"


def hours_of(calendar: Calendar, at: datetime) -> Hours:
    """Respondemos agora. Respondemos a partir de amanhã, 9h."""
    if calendar.is_open(at):
        return Hours(True, "Respondemos agora.")
    when = opens_at(calendar, at)
    return Hours(False, f"Respondemos a partir de {when}." if when else "Respondemos assim que abrirmos.")


def standing(
    ticket: TicketDetails, ahead: int, calendar: Calendar | None, at: datetime, *, by_code: bool = False
) -> Step:
    """The next step of a chat that nobody has taken. `by_code` means that its visitor can come back by a code."""
    queue = (
        f"Você é a {ahead + 1}ª pessoa da fila." if ahead <= MOST_AHEAD else f"Há mais de {MOST_AHEAD} na sua frente."
    )
    if calendar is None:
        return Step(queue)
    hours = hours_of(calendar, at)
    if hours.is_open:
        return Step(queue, hours.text, "work")
    promised = ticket.answer_due if ticket.answer_due and ticket.answer_due > at else None
    lead = f"Respondemos até {moment(promised)}." if promised else hours.text
    if by_code:
        way = "com o número e o código você volta a esta conversa."
    else:
        way = _BY_MAIL if desk_addresses.sends_mail() else _HERE
    return Step(f"Pode fechar a página: {way}", lead)


_HERE = "a resposta fica aqui, e a conversa continua."
_BY_MAIL = "você recebe a resposta por e-mail, e a conversa continua aqui."
