"""The initial contents of the request form: empty, a draft, or a copy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from web.pages.shell.form import Form
from web.people import accounts
from web.people.permissions import Actor
from web.tickets.life.moves import FOLLOW_UP
from web.tickets.record.attachments import File, files_of
from web.tickets.record.messages import opening_of
from web.tickets.record.ticket import TicketDetails
from web.tickets.requests.origins import Origin


@dataclass(frozen=True)
class Draft:
    """What the form shows before anything is typed."""

    title: str = ""
    description: str = ""
    category: int | None = None
    topic: int | None = None
    organization: int | None = None
    requester: str = ""
    primary_contact: str = ""
    copies: str = ""
    files: list[File] = field(default_factory=list)
    fields: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """Values of custom fields, by the number of the field."""


async def draft_shown(ticket: TicketDetails | None, origin: Origin | None, form: Form, me: Actor) -> Draft:
    """The saved draft, or one prefilled from the ticket it comes from.

    A category or topic that was just typed replaces the saved one, because it decides which fields are offered.
    """
    begun = ticket or (origin.ticket if origin else None)
    draft = Draft() if begun is None else await _draft_of(begun, me)
    if origin and origin.move is FOLLOW_UP:
        draft = replace(draft, title="", description="", files=[])
    typed = [name for name in ("category", "topic", "organization") if name in form.values]
    return replace(draft, **{name: form.number(name) for name in typed})  # type: ignore[arg-type]


async def _draft_of(ticket: TicketDetails, me: Actor) -> Draft:
    opening = await opening_of(ticket)
    for_another = ticket.requester != me.id
    return Draft(
        title=ticket.title,
        description=opening.body,
        category=ticket.category,
        topic=ticket.topic,
        organization=ticket.organization,
        requester=await accounts.address_of(ticket.requester) if for_another else "",
        primary_contact=await accounts.address_of(ticket.primary_contact) if for_another else "",
        copies=", ".join(ticket.copies),
        files=await files_of(opening.id),
        fields={each.field.id: each.values for each in ticket.fields},
    )
