"""Dates of a calendar or an organization: the preview equals the effect after saving."""

import random
import re
from datetime import date, timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of
from tests.pages.reading import refusals
from tests.tickets.sla import hours
from web.pages.words.settings.time import open_text
from web.tickets.sla import policy
from web.tickets.sla.policy import PolicyKey

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]

OFFICE = "/desk/settings/calendars/1"
RECESSES = "/desk/settings/recesses"
CARNAVAL, ASHES, CORPUS_CHRISTI, BRIDGE = "2027-02-09", "2027-02-10", "2027-05-27", "2027-05-28"


async def lead() -> tuple[cast.Cast, Browser]:
    people = await cast.enrol()
    return people, await browser_of(people.lia)


async def checked(browser: Browser, at: str, **typed: str) -> Page:
    """The preview of these dates."""
    action = at if at == RECESSES else f"{at}/closures"
    check = await browser.send(await browser.get(at), action, **{"name": "Plantão"} | typed)
    assert check.text("h1") == "Conferir antes", check.words
    return check


async def saved(browser: Browser, check: Page) -> Page:
    return await browser.send(check, check.path, press="save")


async def holds(day: str, organization: int | None = None) -> str:
    """The hours of a date for a ticket, in the words of the preview."""
    of = await policy.policy_of(PolicyKey("guiche", "normal", None, None, organization))
    return open_text(of.calendar.hours(date.fromisoformat(day)))


@pytest.mark.parametrize("day", [CARNAVAL, CORPUS_CHRISTI, "2026-12-25", "2026-11-28"])
async def test_a_lead_opens_a_day_that_the_calendar_closes(day):
    _, lia = await lead()
    assert await holds(day) == "fechado"
    check = await checked(lia, OFFICE, first=day, hours="09:00-18:00")
    assert check.text("main p strong") == f"Plantão, {date.fromisoformat(day):%d/%m/%Y}: aberto 9h às 18h."
    page = await saved(lia, check)
    assert await holds(day) == "aberto 9h às 18h"
    assert page.texts(".table td[data-label=Atendimento]") == ["aberto 9h às 18h"]


async def test_time_counts_on_a_bridge_day_that_was_closed_and_is_opened_again():
    people, lia = await lead()
    await hours.target("resolution", 18)
    await hours.closure("2026-11-24", name="Ponte", calendar=1)
    check = await checked(lia, OFFICE, first="2026-11-24", hours="9h às 18h")
    number = await cast.ticket(people.ana)
    assert (await cast.seen(number, people.ana)).solve_due == NOW + timedelta(days=2, hours=9)
    await saved(lia, check)
    number = await cast.ticket(people.ana, "Outro")
    assert (await cast.seen(number, people.ana)).solve_due == NOW + timedelta(days=1, hours=9)


async def test_a_lead_opens_a_day_for_longer_than_the_calendar_does():
    _, lia = await lead()
    await saved(lia, await checked(lia, OFFICE, first=ASHES, hours="08:00-20:00"))
    assert await holds(ASHES) == "aberto 8h às 20h"


async def test_hours_that_only_shorten_leave_closed_what_is_closed_and_the_preview_says_which_days():
    _, lia = await lead()
    check = await checked(lia, OFFICE, first="2026-12-24", last="2026-12-28", hours="08:00-12:00", narrows="1")
    assert check.text("main p strong") == (
        "Plantão, 24/12/2026: aberto 9h às 12h; 25/12/2026 a 27/12/2026: fechado; 28/12/2026: aberto 9h às 12h."
    )
    page = await saved(lia, check)
    assert [await holds(f"2026-12-{day}") for day in (24, 25, 26, 27, 28)] == [
        *("aberto 9h às 12h", "fechado", "fechado", "fechado", "aberto 9h às 12h")
    ]
    assert page.texts(".table td[data-label=Atendimento]") == ["no máximo 8h às 12h"]


async def test_going_back_keeps_that_hours_only_shorten():
    _, lia = await lead()
    check = await checked(lia, OFFICE, first=CARNAVAL, hours="08:00-12:00", narrows="1")
    page = await lia.send(check, f"{OFFICE}/closures", press="edit")
    assert page.values(f"{OFFICE}/closures")["narrows"] == "1"


async def test_taking_an_opening_away_says_what_the_days_are_afterwards():
    _, lia = await lead()
    page = await saved(lia, await checked(lia, OFFICE, first=CARNAVAL, last=ASHES, hours="09:00-18:00"))
    action = next(to for to in page.attributes("form", "action") if to.endswith("/removal"))
    check = await lia.send(page, action)
    assert check.text("main p strong") == (
        "Remover Plantão, 09/02/2027 a 10/02/2027. Depois disso, 09/02/2027: fechado; 10/02/2027: aberto 14h às 18h."
    )
    await saved(lia, check)
    assert [await holds(CARNAVAL), await holds(ASHES)] == ["fechado", "aberto 14h às 18h"]


async def test_an_organizations_day_is_told_for_each_calendar_that_differs():
    people, lia = await lead()
    await hours.calendar("Manhã", week=(((28800, 43200),),) * 5 + ((), ()))
    typed = {"organization": "Colégio Aurora", "first": "2026-12-22", "hours": "10:00-15:00"}
    check = await checked(lia, RECESSES, **typed, narrows="1")
    assert check.text("main p strong") == (
        "Colégio Aurora: Plantão, Horário comercial: 22/12/2026: aberto 10h às 15h. "
        "Manhã: 22/12/2026: aberto 10h às 12h."
    )
    await saved(lia, await checked(lia, RECESSES, **typed | {"first": CARNAVAL}))
    (aurora,), (horizonte,) = people.ana.organizations, people.caio.organizations
    assert [await holds(CARNAVAL, each) for each in (aurora, horizonte)] == ["aberto 10h às 15h", "fechado"]


async def test_an_organizations_day_outweighs_the_calendars_own_whichever_was_written_first():
    people, lia = await lead()
    (aurora,) = people.ana.organizations
    await saved(lia, await checked(lia, RECESSES, organization="Colégio Aurora", first=BRIDGE, hours="10:00-12:00"))
    await saved(lia, await checked(lia, OFFICE, first=BRIDGE, hours="09:00-18:00"))
    assert [await holds(BRIDGE, aurora), await holds(BRIDGE)] == ["aberto 10h às 12h", "aberto 9h às 18h"]


async def test_whatever_dates_pile_up_the_preview_says_what_holds():
    """Forty closings and openings over the same two months, holidays and weekends among them."""
    _, lia = await lead()
    chance = random.Random(17)
    for each in range(40):
        first = date(2026, 12, 1) + timedelta(days=chance.randrange(60))
        opens = chance.randrange(6, 12)
        typed = {
            "name": f"Data {each}",
            "first": first.isoformat(),
            "last": (first + timedelta(days=chance.randrange(6))).isoformat(),
            "hours": chance.choice(["", f"{opens}-{opens + 7}", f"{opens}:30-12:30, 14-{opens + 9}"]),
            **({"narrows": "1"} if chance.randrange(3) == 0 else {}),
        }
        check = await checked(lia, OFFICE, **typed)
        told = _days_told(check.text("main p strong"))
        await saved(lia, check)
        assert told == {day: await holds(day) for day in told}, typed
        assert len(told) == (date.fromisoformat(typed["last"]) - first).days + 1


def _days_told(sentence: str) -> dict[str, str]:
    """The text of the preview for each date."""
    told = {}
    for part in sentence.rstrip(".").partition(", ")[2].split("; "):
        dates, _, hours_of = part.partition(": ")
        first, *more = [date(*map(int, reversed(each.split("/")))) for each in re.findall(r"\d+/\d+/\d+", dates)]
        for day in range(((more or [first])[0] - first).days + 1):
            told[(first + timedelta(days=day)).isoformat()] = hours_of
    return told


async def test_the_coming_dates_tell_apart_days_that_are_open_at_other_hours():
    _, lia = await lead()
    page = await saved(
        lia,
        await checked(lia, OFFICE, first="2026-11-27", last="2026-11-30", hours="09:00-12:00", narrows="1"),
    )
    assert page.texts("[aria-labelledby=ahead] tbody tr")[:3] == [
        "27/11/2026 Plantão aberto 9h às 12h",
        "28/11/2026 a 29/11/2026 Plantão fechado",
        "30/11/2026 Plantão aberto 9h às 12h",
    ]


async def test_hours_that_are_none_are_refused_and_nothing_typed_is_lost():
    _, lia = await lead()
    page = await lia.get(OFFICE)
    typed = {"name": "Plantão", "first": CARNAVAL, "hours": "o dia todo", "narrows": "1"}
    page = await lia.send(page, f"{OFFICE}/closures", **typed)
    assert (page.status, refusals(page)) == (422, {"hours": "Escreva os horários assim: 9h às 12h, 13h às 18h."})
    assert typed.items() <= page.values(f"{OFFICE}/closures").items()


async def test_a_date_hours_and_a_cnpj_are_taken_as_they_were_pasted():
    _, lia = await lead()
    typed = {
        "first": "\u00a009/02/2027\u200b",
        "hours": "\t09:00–18:00 \n",
        "organization": " 11.222.333/0001–81\u2060",
    }
    check = await checked(lia, RECESSES, name=" Plan\u202etão\u200b ", **typed)
    assert check.text("main p strong").endswith("Plantão, 09/02/2027: aberto 9h às 18h.")
