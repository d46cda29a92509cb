"""Moves of the requester's side except replies: each is a button, or a box that asks for a reason."""

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response.base import Response

from web.pages.portal.tickets import PAGE, page, ticket_form
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest
from web.pages.shell.ticket_form_handler import moved
from web.pages.ticket_forms import moving, settle_copies
from web.tickets.actions import approvals, cancellation, participants
from web.tickets.life.moves import (
    APPROVAL,
    CANCELLATION,
    DUPLICATION,
    EDITION,
    FOLLOW_UP,
    PARTICIPATION,
    REFUSAL,
)
from web.tickets.record.ticket import TicketDetails
from web.tickets.requests import copies, drafts

ANSWERING = moving("/tickets", "", page)


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
    form=ticket_form("participants", PARTICIPATION, "copies", of="inclusion"),
)
async def copy_in(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(request, ticket, page, lambda form, stamp: settle_copies(ticket, form, stamp))


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
