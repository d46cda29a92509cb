"""Who may see which tickets, as one condition on the rows."""

from web.people.permissions import Actor
from web.sql import ALWAYS, Condition, any_of, values


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
        Condition("ticket.requester = {}", (person.id,)),
        Condition("ticket.author = {}", (person.id,)) & (ALWAYS if person.is_agent else _UNSENT),
        Condition("EXISTS (SELECT 1 FROM participant c WHERE c.ticket = ticket.id AND c.person = {})", (person.id,)),
    ]
    if person.sees:
        sight.append(Condition("ticket.organization IN ({})", (values(sorted(person.sees)),)))
    if person.approves:
        organizations = values(sorted(person.approves))
        sight.append(Condition("ticket.status = 'approval' AND ticket.organization IN ({})", (organizations,)))
    if person.is_agent:
        sight.insert(0, _desk(person))  # first, because it is true for nearly every row and needs only the row
    hidden = _UNSENT & Condition("ticket.author <> {}", (person.id,))
    return ~hidden & any_of(sight)  # negated, it tempts no index


_UNSENT = Condition("ticket.submitted_at IS NULL")


def _desk(person: Actor) -> Condition:
    if not person.shut_out:
        return ALWAYS
    return Condition(
        "(ticket.assignee = {} OR ticket.team IS NULL OR ticket.team NOT IN ({}))",
        (person.id, values(sorted(person.shut_out))),
    )
