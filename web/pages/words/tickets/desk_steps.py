"""Whose turn it is, and why a ticket came back, for a row of the desk."""

import json

from web.pages.words.formats import bounded, clock_time, day, first_name
from web.pages.words.labels import ALERTS
from web.pages.words.tickets.next_step import Step
from web.people.permissions import Actor
from web.tickets.lists.desk import DeskTicket


def step(state: str, found: DeskTicket, me: Actor, *, tells_holder: bool = True) -> Step:
    """Whose turn it is. For the assignee, the reason for its return or a new message is emphasized.

    Unless `tells_holder`, the assignee and the queue are left out, because a column shows them.
    """
    is_told = not tells_holder and state in _HELD and not found.offered_to
    text = "" if is_told else _with_whom(state, found, me)
    if found.alert:
        return Step(text, f"{ALERTS[found.alert]}.", "turn")
    if why := came_back(found, me) if state in _AT_WORK else wrote_meanwhile(state, found):
        tone = "turn" if found.assignee in (me.id, None) else "rest"
        return Step(text, f"{why}.", tone)
    return Step(text, tone="work" if found.assignee == me.id else "rest")


_HELD = ("new", "open", "unassigned")


_AT_WORK = ("open", "unassigned")


def wrote_meanwhile(state: str, found: DeskTicket) -> str:
    """Who on the customer's side wrote while the ticket waits for something else; empty once the desk has acted."""
    if state not in _WAITS_ELSEWHERE or found.happened != "reply" or not _is_customers(found):
        return ""
    return f"{first_name(found.actor_name or '')} escreveu"


_WAITS_ELSEWHERE = ("waiting_team", "waiting_until", "waiting_children", "waiting_case")


def news_text(count: int, bound: int) -> str:
    """How many of one's own waiting tickets have a new message."""
    return f"{bounded(count, bound)} com mensagem nova" if count else ""


def came_back(found: DeskTicket, me: Actor) -> str:
    """Why the ticket came back; empty once an agent has acted on it."""
    if found.happened == "resumption" and found.actor_role == "system":
        return _waited_for(json.loads(found.waited or "{}"))
    if found.happened == "release" and found.actor != me.id:
        return f"{first_name(found.actor_name or '')} devolveu"
    if not _is_customers(found):
        return ""
    return _DONE_BY_CUSTOMER.get(found.happened or "", "").format(who=first_name(found.actor_name or ""))


_DONE_BY_CUSTOMER = {
    "reply": "{who} respondeu",
    "objection": "Não foi resolvido",
    "approval": "{who} aprovou",
    "refusal": "{who} não aprovou",
}


def _is_customers(found: DeskTicket) -> bool:
    """Whether somebody on the customer's side acted last."""
    return found.actor_role == "requester" or found.actor == found.requester


def _waited_for(waited: dict[str, object]) -> str:
    wait, days = waited.get("wait"), waited.get("days")
    if wait == "requester" and days:
        return f"{days} {'dia' if days == 1 else 'dias'} sem resposta"
    return _WAIT_OVER.get(str(wait), "Voltou da espera")


_WAIT_OVER = {
    "requester": "Sem resposta",
    "until": "Chegou a data",
    "team": "A outra equipe terminou",
    "children": "As partes foram resolvidas",
    "case": "O caso foi resolvido",
}


def _with_whom(state: str, found: DeskTicket, me: Actor) -> str:
    holder = "você" if found.assignee == me.id else first_name(found.assignee_name or "")
    match state:
        case "new" | "unassigned" if found.offered_to:
            return f"Para {'você' if found.offered_to == me.id else first_name(found.offered_name or '')} assumir."
        case "new" | "unassigned":
            return f"Na fila {found.team_name or 'geral'}."
        case "open":
            return f"Com {holder}."
        case "waiting_until" if found.wait_until:
            return f"Até {day(found.wait_until)}, {clock_time(found.wait_until)}."
        case "resolved" if found.resolved_at:
            return f"Resolvido em {day(found.resolved_at)}."
        case "closed" if found.closed_at:
            return f"Encerrado em {day(found.closed_at)}."
    return _WAITS.get(state, "").format(who=first_name(found.requester_name))


_WAITS = {
    "draft": "Só você vê. Termine e envie quando quiser.",
    "approval": "Aguarda a aprovação da organização.",
    "waiting_requester": "Aguarda {who}.",
    "waiting_team": "Aguarda outra equipe.",
    "waiting_children": "Aguarda as partes.",
    "waiting_case": "Aguarda o caso.",
}
