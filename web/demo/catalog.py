"""Categories, teams and settings of the demonstration: the example setup, and a little more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from web.business_time.durations import Unit
from web.database import execute, fetch_as, fetch_column
from web.kiosks import settings as kiosk_settings
from web.kiosks.settings import KioskInput
from web.people.agents.teams import team_of
from web.people.permissions import Actor
from web.settings import settings
from web.tickets.actions import canned_replies
from web.tickets.actions.canned_replies import NewCannedReply
from web.tickets.settings.example import example
from web.tickets.sla.tables import ServiceTarget
from web.tickets.tables import Category, Topic

CONFIDENTIAL = "Ouvidoria"
PURCHASES = ("Compras", "Atendimento", ("Licenças", "Material extra"))
"""A category whose work costs the school money, and needs its approval."""

CANNED = (
    NewCannedReply(
        "Recebido",
        "Olá, {solicitante}! Recebemos o seu pedido, de número {número}, e já estamos olhando.\n\n{atendente}",
    ),
    NewCannedReply("Falta o CNPJ", "{solicitante}, qual é o CNPJ que deve sair na nota?", takes=True, ends="question"),
    NewCannedReply("Ao financeiro", "Pedido de nota: conferir com o financeiro.", is_note=True, tag="nota fiscal"),
)


async def add_kiosk(*, by: Actor, at: datetime) -> None:
    """Adds a kiosk, which is bound by the link in its settings."""
    await kiosk_settings.add(KioskInput("Recepção", team=await team_of("Atendimento")), by=by, at=at)


async def add_teams(members: Mapping[str, Sequence[int]]) -> None:
    tiers = {each.name: each.tier for each in example().teams}
    for name, people in members.items():
        [team] = await fetch_column(
            int,
            "INSERT INTO team (name, tier, is_confidential) VALUES ({}, {}, {}) RETURNING id",
            name,
            tiers.get(name, 1),
            name == CONFIDENTIAL,
        )
        for person in people:
            await execute("INSERT INTO team_member (team, person) VALUES ({}, {})", team, person)


async def add_categories() -> None:
    for position, each in enumerate(example().categories):
        await add_category(each.name, each.team, each.topics, position=position)


async def add_purchases() -> None:
    """Adds the category whose requests need approval."""
    await add_category(*PURCHASES, position=len(example().categories), needs_approval=True)


async def add_category(
    name: str, team: str, topics: Sequence[str], *, position: int, needs_approval: bool = False
) -> None:
    queue, flow = await team_of(team), settings().preset
    category = Category(name=name, workflow=flow, team=queue, position=position, needs_approval=needs_approval)
    await category.save()
    for place, topic in enumerate(topics):
        await Topic(category=category.id, name=topic, position=place).save()


async def add_targets() -> None:
    """Adds targets in business hours on the default calendar."""
    for each in example().targets:
        for kind, amount in (("first_response", each.first_response), ("resolution", each.resolution)):
            await ServiceTarget(
                promise=kind, priority=each.priority, amount=amount, unit=Unit.BUSINESS_HOURS, calendar=1
            ).save()


async def add_canned_replies(*, by: Actor, at: datetime) -> None:
    for each in CANNED:
        await canned_replies.save_canned(each, by=by, at=at)


@dataclass(frozen=True)
class _Subject:
    """A category and one of its topics."""

    category: int
    topic: int


async def subject(category: str, topic: str) -> tuple[int, int]:
    """The ids of a category and of one of its topics."""
    found, *_ = await fetch_as(
        _Subject,
        "SELECT category.id AS category, topic.id AS topic FROM category JOIN topic ON topic.category = category.id "
        "WHERE category.name = {} AND topic.name = {}",
        category,
        topic,
    )
    return found.category, found.topic
