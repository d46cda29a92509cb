"""Who may see which tickets, as one condition on the rows."""

from web.people.permissions import Actor
from web.sql import ALWAYS, Condition, literals


def visible_to(person: Actor) -> Condition:
    """The tickets this person may see, as a condition on `ticket`.

    A ticket that was never sent is visible to its author only, even once it is closed. Otherwise people see tickets
    that they requested, registered as an agent, or are copied on, and those that their grants open. Agents see all
    tickets except those of confidential teams of others. A former requester does not see a ticket just because they
    wrote it.
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
        sight.insert(0, _desk(person))  # first, because it is true for nearly every row and needs only the row
    hidden = f"ticket.submitted_at IS NULL AND ticket.author <> {person.id}"
    return Condition(f"(NOT ({hidden}) AND ({' OR '.join(sight)}))")  # negated, it tempts no index


def _own_draft(person: Actor) -> str:
    return f"(ticket.author = {person.id} AND ticket.submitted_at IS NULL)"


def _desk(person: Actor) -> str:
    if not person.shut_out:
        return "1 = 1"
    return f"(ticket.assignee = {person.id} OR ticket.team IS NULL OR ticket.team NOT IN ({literals(person.shut_out)}))"
