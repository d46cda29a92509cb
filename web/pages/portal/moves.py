"""What the requester's side does to a ticket besides replying: each a button, or a box that asks why."""

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response.base import Response

from web.pages.portal.tickets import PAGE, page, ticket_form
from web.pages.shell import render
from web.pages.shell.acting import Stamp, moved
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.tickets.actions import approvals, cancellation, participants, ratings, resolution
from web.tickets.life.moves import (
    APPROVAL,
    CANCELLATION,
    CONFIRMATION,
    DUPLICATION,
    EDITION,
    FOLLOW_UP,
    OBJECTION,
    PARTICIPATION,
    RATING,
    REFUSAL,
)
from web.tickets.record.events import MoveResult
from web.tickets.record.ticket import TicketDetails
from web.tickets.requests import copies, drafts


@post(
    "/tickets/{number:int}/confirmation",
    name="confirmation",
    status_code=303,
    form=ticket_form("confirmation", CONFIRMATION),
)
async def confirm(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(request, ticket, page, lambda form, stamp: resolution.confirm(ticket, **stamp))


@post(
    "/tickets/{number:int}/objection",
    name="objection",
    status_code=303,
    form=ticket_form("objection", OBJECTION, "body", "files", written=("body",)),
)
async def object_to(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(
        request,
        ticket,
        page,
        lambda form, stamp: resolution.object_to(ticket, form.text("body"), files=form.files, **stamp),
    )


@post(
    "/tickets/{number:int}/rating",
    name="rating",
    status_code=303,
    form=ticket_form("rating", RATING, "service", "quality", "comment", written=("comment",)),
)
async def rate(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(
        request,
        ticket,
        page,
        lambda form, stamp: ratings.rate(ticket, **_scores(form), comment=form.text("comment"), **stamp),
    )


def _scores(form: Form) -> dict[str, int | None]:
    return {"service": form.number("service"), "quality": form.number("quality")}


@post(
    "/tickets/{number:int}/cancellation",
    name="cancellation",
    status_code=303,
    form=ticket_form("cancellation", CANCELLATION, "reason", written=("reason",)),
)
async def cancel(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(
        request, ticket, page, lambda form, stamp: cancellation.cancel(ticket, reason=form.text("reason"), **stamp)
    )


@post("/tickets/{number:int}/approval", name="approval", status_code=303, form=ticket_form("approval", APPROVAL))
async def approve(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(
        request, ticket, page, lambda form, stamp: approvals.approve(ticket, seen=form.number("seen") or 0, **stamp)
    )


@post(
    "/tickets/{number:int}/refusal",
    name="refusal",
    status_code=303,
    form=ticket_form("refusal", REFUSAL, "reason", written=("reason",)),
)
async def disapprove(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(
        request,
        ticket,
        page,
        lambda form, stamp: approvals.disapprove(
            ticket, reason=form.text("reason"), seen=form.number("seen") or 0, **stamp
        ),
    )


@post(
    "/tickets/{number:int}/discard",
    name="discard",
    status_code=303,
    form=FormSpec("discard", PAGE, move=EDITION, after="/tickets"),
)
async def discard(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    await read_form(request)
    await drafts.discard(ticket, by=person_of(request))
    return render.redirect(request, "/tickets?done=discarded")


@post(
    "/tickets/{number:int}/duplicates", name="duplicates", status_code=303, form=ticket_form("duplicates", DUPLICATION)
)
async def duplicate(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(request, ticket, page, lambda form, stamp: copies.duplicate(ticket, **stamp))


@post("/tickets/{number:int}/follow-ups", name="follow_ups", status_code=303, form=ticket_form("follow-ups", FOLLOW_UP))
async def follow_up(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(
        request,
        ticket,
        page,
        lambda form, stamp: copies.follow_up(ticket, **stamp),
    )


@post(
    "/tickets/{number:int}/participants",
    name="participants",
    status_code=303,
    form=ticket_form("participants", PARTICIPATION, "copies"),
)
async def copy_in(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """People come in copy; "Dispensar" says that somebody whom a mail proposed does not."""

    async def settle(form: Form, stamp: Stamp) -> MoveResult:
        act = participants.dismiss if form.is_checked("dismiss") else participants.add
        return await act(ticket, form.addresses("copies"), **stamp)

    return await moved(request, ticket, page, settle)


@post(
    "/tickets/{number:int}/participants/{person:int}/removal",
    name="remove_copy",
    status_code=303,
    form=ticket_form("removal", PARTICIPATION),
)
async def remove_copy(
    request: PageRequest, ticket: NamedDependency[TicketDetails], person: FromPath[int]
) -> Response[str]:
    return await moved(request, ticket, page, lambda form, stamp: participants.remove(ticket, person, **stamp))
