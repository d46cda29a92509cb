"""Edit conflicts: the second to save a setting sees the first change, and keeps the typed text."""

import pytest

from tests import cast
from tests.cast import NOW, Cast
from tests.client import Browser, Page, browser_of
from tests.pages.reading import to_the_minute
from web.business_time.durations import Unit
from web.database import fetch_column
from web.people import memberships
from web.tickets.actions.canned_replies import NewCannedReply, save_canned
from web.tickets.sla import settings
from web.tickets.sla.settings_rules import TargetInput
from web.tickets.sla.targets import Promise

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]


async def place(kind: str, people: Cast) -> tuple[str, str]:
    """The page of a setting, which is made where there is none, and the address its form is sent to."""
    if kind == "calendar":
        return ("/desk/settings/calendars/1",) * 2
    if kind == "target":
        await settings.promise(TargetInput(Promise.RESOLUTION, 8, Unit.BUSINESS_HOURS, 1), by=people.lia, at=NOW)
        [number] = await fetch_column(int, "SELECT id FROM target")
        return (f"/desk/settings/targets/{number}",) * 2
    if kind == "topic":
        category, topic = await cast.subject("Cobrança", "Boletos")
        return f"/desk/settings/categories/{category}", f"/desk/settings/categories/{category}/topics/{topic}"
    if kind == "canned reply":
        number = await save_canned(NewCannedReply("Saudação", "Olá."), by=people.lia, at=NOW)
        return "/desk/settings/canned", f"/desk/settings/canned/{number}"
    [organization] = people.rui.organizations
    number = await memberships.number_of(people.rui.id, organization) or 0
    return (f"/desk/people/{people.rui.id}/memberships/{number}",) * 2


async def saved(browser: Browser, page: Page, action: str, **typed: str) -> Page:
    """Past the page that shows what would move, where there is one."""
    answer = await browser.send(page, action, **typed)
    return await browser.send(answer, action, press="save") if answer.text("h1") == "Conferir antes" else answer


@pytest.mark.parametrize(
    ("kind", "first", "second", "told"),
    [
        (
            "calendar",
            {"saturday": "09:00-12:00"},
            {"sunday": "09:00-12:00"},
            "horários era seg. a sex. 9h às 18h, passou a seg. a sex. 9h às 18h; sáb. 9h às 12h.",
        ),
        ("target", {"amount": "4"}, {"warns_at": "50"}, "quanto tempo era 8, passou a 4."),
        ("topic", {"priority": "high"}, {"name": "Boleto"}, "prioridade era –, passou a Alta."),
        ("canned reply", {"body": "Bom dia"}, {"name": "Cumprimento"}, "texto era Olá., passou a Bom dia."),
        ("membership", {"approves": "1"}, {"manages": "1"}, "aprova era não, passou a sim."),
    ],
)
async def test_the_second_sees_the_difference_and_keeps_what_they_typed(
    kind: str, first: dict[str, str], second: dict[str, str], told: str
) -> None:
    people = await cast.enrol()
    lia, ivo = await browser_of(people.lia), await browser_of(people.admin)
    at, action = await place(kind, people)
    page = await lia.get(at)
    assert (await saved(ivo, await ivo.get(at), action, **first)).status == 200
    refused = await saved(lia, page, action, **second)
    news = [to_the_minute(each) for each in refused.texts(".notice[role=alert] p")]
    assert (refused.status, news[:2]) == (
        409,
        ["Outra pessoa mudou isto enquanto você editava.", f"Ivo Braga, 23/11/2026, 9h00: {told}"],
    )
    [(name, text)] = second.items()
    assert refused.values(action)[name] == text
    assert (await saved(lia, refused, action)).status == 200
