"""The ways to fewer messages: a link at the foot of a message, and headers by which mail programs unsubscribe."""

from email.message import EmailMessage

from web.mail.signatures import Unsubscription, unsubscribe_token
from web.notifications.preferences import OF_QUEUES, Subscription
from web.notifications.rules import TO_COPIES
from web.people.permissions import Actor
from web.settings import settings
from web.tickets.life.moves import PARTICIPATION
from web.tickets.record.ticket import TicketDetails


def offered(occasion: str | None, ticket: TicketDetails, reader: Actor, *, is_trusted: bool) -> Subscription | None:
    """What its reader may unsubscribe from.

    People in copy leave that one ticket, because their own tickets matter to them as before. An address that is not
    verified switches nothing off: a stranger may read it.
    """
    if occasion in TO_COPIES and _is_only_in_copy(reader, ticket):
        return Subscription.COPY if PARTICIPATION.is_open(ticket, reader) else None
    if not is_trusted:
        return None
    return Subscription.QUEUES if occasion in OF_QUEUES else Subscription.ALL


def _is_only_in_copy(reader: Actor, ticket: TicketDetails) -> bool:
    return reader.id in ticket.participants and reader.id not in (ticket.requester, ticket.primary_contact)


def link(message: int, what: Subscription) -> str:
    return f"{settings().base_url}/unsubscribe/{unsubscribe_token(Unsubscription(message, what))}"


def foot(message: int, what: Subscription | None, *, is_trusted: bool) -> dict[str, str]:
    """The link at the foot, for the templates: out of the copy, or to the settings of who has an account."""
    leaves = link(message, what) if what is Subscription.COPY else ""
    return {"leaves": leaves, "choices": choices() if is_trusted else ""}


def choices() -> str:
    """The page where people choose which messages they get."""
    return f"{settings().base_url}/account#own-notices"


def mark(message: EmailMessage, number: int, what: Subscription | None) -> None:
    """Adds the headers of RFC 2369 and, for one click, of RFC 8058."""
    if what is not None:
        message["List-Unsubscribe"] = f"<{link(number, what)}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
