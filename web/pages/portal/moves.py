"""What the requester's side does to a ticket besides replying: each a button, or a box that asks why."""

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response.base import Response

from web.pages.portal.acting import moved
from web.pages.shell.session import PageRequest
from web.tickets.actions import approvals, cancellation, participants, ratings, resolution
from web.tickets.record.ticket import TicketDetails
from web.tickets.requests import copies


@post("/tickets/{number:int}/confirmation", name="confirmation", status_code=303)
async def confirm(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(request, ticket, lambda form, **who: resolution.confirm(ticket, **who))


@post("/tickets/{number:int}/objection", name="objection", status_code=303)
async def object_to(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(
        request,
        ticket,
        lambda form, **who: resolution.object_to(ticket, form.text("body"), files=form.files, **who),
    )


@post("/tickets/{number:int}/rating", name="rating", status_code=303)
async def rate(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(
        request,
        ticket,
        lambda form, **who: ratings.rate(
            ticket,
            service=form.number("service"),
            quality=form.number("quality"),
            comment=form.text("comment"),
            **who,
        ),
    )


@post("/tickets/{number:int}/cancellation", name="cancellation", status_code=303)
async def cancel(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(
        request, ticket, lambda form, **who: cancellation.cancel(ticket, reason=form.text("reason"), **who)
    )


@post("/tickets/{number:int}/approval", name="approval", status_code=303)
async def approve(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(
        request, ticket, lambda form, **who: approvals.approve(ticket, seen=form.number("seen") or 0, **who)
    )


@post("/tickets/{number:int}/refusal", name="refusal", status_code=303)
async def disapprove(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(
        request,
        ticket,
        lambda form, **who: approvals.disapprove(
            ticket, reason=form.text("reason"), seen=form.number("seen") or 0, **who
        ),
    )


@post("/tickets/{number:int}/duplicates", name="duplicates", status_code=303)
async def duplicate(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(request, ticket, lambda form, **who: copies.duplicate(ticket, **who))


@post("/tickets/{number:int}/follow-ups", name="follow_ups", status_code=303)
async def follow_up(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(
        request,
        ticket,
        lambda form, **who: copies.follow_up(ticket, form.text("body"), files=form.files, **who),
    )


@post("/tickets/{number:int}/participants", name="participants", status_code=303)
async def copy_in(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(request, ticket, lambda form, **who: participants.add(ticket, form.addresses("copies"), **who))


@post("/tickets/{number:int}/participants/{person:int}/removal", name="remove_copy", status_code=303)
async def remove_copy(
    request: PageRequest, ticket: NamedDependency[TicketDetails], person: FromPath[int]
) -> Response[str]:
    return await moved(request, ticket, lambda form, **who: participants.remove(ticket, person, **who))
