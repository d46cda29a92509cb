"""Who may see which tickets, as one condition on the rows."""

from web.people.permissions import Actor
from web.sql import ALWAYS, Condition, literals


def visible_to(person: Actor) -> Condition:
    """The tickets this person may see, as a condition on `ticket`.

    What was never sent is its author's alone, even once it is closed. Of all else: what they asked for, or registered
    as an agent; what they are copied on; what their grants open; all of the desk's for an agent but other people's
    confidential teams'. Who is no longer the requester sees no more of it for having written it.
    """
    if person.is_system:
        return ALWAYS
    sight = [
        f"ticket.requester = {person.id}",
        f"ticket.author = {person.id}" if person.is_agent else _own_draft(person),
        f"EXISTS (SELECT 1 FROM participant c WHERE c.ticket = ticket.id AND c.person = {person.id})",
    ]
    if person.sees:
        sight.append(f"ticket.organization IN ({literals(person.sees)})")
    if person.approves:
        sight.append(f"(ticket.status = 'approval' AND ticket.organization IN ({literals(person.approves)}))")
    if person.is_agent:
        sight.insert(0, _desk(person))  # true of nearly every row, and told by the row alone
    hidden = f"ticket.submitted_at IS NULL AND ticket.author <> {person.id}"
    return Condition(f"(NOT ({hidden}) AND ({' OR '.join(sight)}))")  # negated, it tempts no index


def _own_draft(person: Actor) -> str:
    return f"(ticket.author = {person.id} AND ticket.submitted_at IS NULL)"


def _desk(person: Actor) -> str:
    if not person.shut_out:
        return "1 = 1"
    return f"(ticket.assignee = {person.id} OR ticket.team IS NULL OR ticket.team NOT IN ({literals(person.shut_out)}))"
