"""Settings do not add statements or bytes to pages of requesters."""

from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, browser_of
from tests.pages.reading import statements
from web.kiosks import settings as kiosks
from web.kiosks.settings import KioskInput
from web.people.permissions import Actor
from web.sql import Condition
from web.tickets.actions import canned_replies
from web.tickets.actions.canned_replies import NewCannedReply
from web.tickets.fields.kinds import Kind
from web.tickets.life.workflow_rules import input_of
from web.tickets.life.workflows import preset
from web.tickets.settings import categories, fields, teams, topics, workflows
from web.tickets.settings.categories import CategoryInput
from web.tickets.settings.fields import FieldInput
from web.tickets.settings.teams import TeamInput
from web.tickets.settings.topics import TopicInput
from web.tickets.sla.impact import apply_change

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]


async def test_list_and_ticket_are_as_before_whatever_is_configured() -> None:
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    paths = ("/tickets", f"/tickets/{number}")
    before = [await cost(ana, path) for path in paths]
    await much_configured(people.lia)
    await kiosks.add(KioskInput("Saguão", words="Bom dia!"), by=people.admin, at=NOW)
    await ana.get("/")  # the first page after a change reads workflows and fields anew
    assert [await cost(ana, path) for path in paths] == before


async def much_configured(lia: Actor) -> None:
    """Ten teams, each with a category that has a workflow, a topic, a field and a canned reply."""
    for each in range(10):
        await applied(teams.save_team, TeamInput(f"Equipe {each}", 1, False, 1, frozenset()), by=lia)
        await applied(categories.save_category, CategoryInput(f"Categoria {each}", "guiche", None), by=lia)
        (of,) = [found.id for found in await categories.categories() if found.name == f"Categoria {each}"]
        await applied(workflows.save_workflow, input_of(preset("central"), "central"), by=lia, of=of)
        await topics.save_topic(TopicInput("Assunto"), of=of, by=lia, at=NOW)
        await fields.save_field(FieldInput("Número do pedido", Kind.TEXT), of=of, by=lia, at=NOW)
        await canned_replies.save_canned(NewCannedReply(f"Resposta {each}", "Bom dia!"), by=lia, at=NOW)


async def applied(save: Callable[..., Awaitable[Condition]], wanted: object, *, by: Actor, **more: int) -> None:
    await apply_change(partial(save, wanted, **more), by=by, at=NOW)


async def cost(browser: Browser, path: str) -> tuple[int, int]:
    """The statements, and the characters of the page without the filter's categories."""
    with statements() as asked:
        page = await browser.get(path)
    filters = page.html.css("select[name=category] option")
    return len(asked), len(page.html.html or "") - sum(len(each.html or "") for each in filters)
