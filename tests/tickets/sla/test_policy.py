"""The policy of a ticket: its team's calendar, its exceptions, and its targets."""

from dataclasses import replace
from datetime import date

import pytest

from tests import cast
from tests.cast import NOW
from tests.pages.reading import statements
from tests.tickets.sla import hours
from web.database import fetch
from web.errors import Invalid
from web.people.agents.teams import team_of
from web.people.permissions import Actor
from web.tickets.sla import policy, settings, stored_deadlines
from web.tickets.sla.policy import PolicyKey
from web.tickets.sla.targets import Policy

ANY = PolicyKey(workflow="guiche", priority="normal", category=None, team=None, organization=None)
WEEK = "[" + ", ".join(["[[32400, 64800]]"] * 5 + ["[]", "[]"]) + "]"


@pytest.fixture
async def people(database):
    return await cast.enrol()


def targets(of: Policy) -> dict[str, str]:
    return {str(each.promise): str(each.duration) for each in of.targets}


@pytest.mark.anyio
async def test_without_a_promise_there_are_timers_and_office_hours(people):
    of = await policy.policy_of(ANY)
    assert (of.targets, of.timers.silence.amount, of.calendar.zone.key) == ((), 72, "America/Sao_Paulo")
    assert of.calendar.hours(date(2026, 11, 23)) == ((32400, 64800),)


@pytest.mark.anyio
async def test_the_most_particular_promise_counts_and_a_category_outweighs_a_priority(people):
    category, _ = await cast.subject("Cobrança")
    await hours.target("resolution", 40)
    await hours.target("resolution", 4, priority="urgent")
    await hours.target("resolution", 16, category=category)
    await hours.target("resolution", 2, priority="urgent", category=category)
    await hours.target("first_response", 1, "calendar_days")
    found = {
        (priority, about): targets(await policy.policy_of(replace(ANY, priority=priority, category=about)))
        for priority in ("normal", "urgent")
        for about in (None, category)
    }
    assert {case: each["resolution"] for case, each in found.items()} == {
        ("normal", None): "40 business_hours",
        ("urgent", None): "4 business_hours",
        ("normal", category): "16 business_hours",
        ("urgent", category): "2 business_hours",
    }
    assert {each["first_response"] for each in found.values()} == {"1 calendar_days"}


@pytest.mark.anyio
async def test_timers_count_on_the_calendar_of_the_team_and_a_promise_on_its_own(people):
    acre, noronha = [await hours.calendar(name, zone=f"America/{name}") for name in ("Rio_Branco", "Noronha")]
    team = await team_of("Financeiro")
    await settings.use_calendar(acre, team=team, by=people.lia, at=NOW)
    await hours.target("resolution", 8, calendar=noronha)
    of = await policy.policy_of(replace(ANY, team=team))
    assert (of.calendar.zone.key, of.targets[0].calendar.zone.key) == ("America/Rio_Branco", "America/Noronha")
    assert (await policy.policy_of(ANY)).calendar.zone.key == "America/Sao_Paulo"


@pytest.mark.anyio
async def test_rule_13_a_recess_closes_for_its_organization_alone(people):
    aurora, horizonte = _organization(people.ana), _organization(people.caio)
    await hours.closure("2026-12-21", "2027-01-08", name="Recesso escolar", organization=aurora)
    day = date(2026, 12, 22)
    found = [(await policy.policy_of(replace(ANY, organization=each))).calendar for each in (aurora, horizonte, None)]
    assert [each.hours(day) for each in found] == [(), ((32400, 64800),), ((32400, 64800),)]
    assert found[0].why_closed(day) == "Recesso escolar"


@pytest.mark.anyio
async def test_rule_13_a_citys_holiday_closes_its_calendar_alone(people):
    other = await hours.calendar()
    await hours.closure("2026-11-25", name="Aniversário da cidade", hours=((32400, 43200),), calendar=other)
    await hours.target("resolution", 8, calendar=other)
    of = await policy.policy_of(ANY)
    day = date(2026, 11, 25)
    assert (of.calendar.hours(day), of.targets[0].calendar.hours(day)) == (((32400, 64800),), ((32400, 43200),))


@pytest.mark.anyio
async def test_however_many_promises_there_are_they_are_found_in_one_query(people):
    for priority in ("low", "normal", "high", "urgent"):
        await hours.target("resolution", 8, priority=priority)
        await hours.closure("2026-12-24", calendar=await hours.calendar(priority))
    with statements() as made:
        await policy.policy_of(ANY)
    assert len(made) == 1


@pytest.mark.anyio
@pytest.mark.parametrize("gone", ["organization", "category", "team"])
async def test_a_ticket_without_one_of_them_has_terms_as_well(people, gone):
    number = await cast.ticket(people.ana)
    await fetch(f"UPDATE ticket SET {gone} = NULL WHERE id = {{}}", number)
    _, of, _ = await stored_deadlines.load(number)
    assert of.calendar.zone.key == "America/Sao_Paulo"


@pytest.mark.anywhere
def test_rule_13_holidays_of_the_country_and_the_state_fixed_movable_and_half():
    calendar = policy.build_calendar(("America/Sao_Paulo", WEEK, "SP"))
    assert {
        day.isoformat(): (calendar.why_closed(day), calendar.hours(day))
        for day in map(date.fromisoformat, ("2026-02-17", "2026-02-18", "2026-04-03", "2026-06-04", "2026-07-09"))
    } == {
        "2026-02-17": ("Carnaval", ()),
        "2026-02-18": ("Quarta-feira de Cinzas", ((50400, 64800),)),
        "2026-04-03": ("Sexta-feira Santa", ()),
        "2026-06-04": ("Corpus Christi", ()),
        "2026-07-09": ("Revolução Constitucionalista", ()),
    }
    elsewhere = policy.build_calendar(("America/Sao_Paulo", WEEK, "RJ"))
    assert elsewhere.hours(date(2026, 7, 9)) == ((32400, 64800),)


@pytest.mark.anywhere
def test_rule_13_holidays_recur_every_year_and_movable_ones_move():
    calendar = policy.build_calendar(("America/Sao_Paulo", WEEK, None))
    assert [calendar.why_closed(date(year, 12, 25)) for year in (2026, 2027, 2040)] == ["Natal"] * 3
    assert [calendar.why_closed(date(2027, month, day)) for month, day in ((2, 9), (2, 10), (3, 26))] == [
        "Carnaval",
        "Quarta-feira de Cinzas",
        "Sexta-feira Santa",
    ]


@pytest.mark.anywhere
def test_rule_13_a_day_that_is_two_things_is_open_only_where_both_are():
    half = ("2026-02-18", "2026-02-18", "Reunião", "[[57600, 64800]]", False)
    calendar = policy.build_calendar(("America/Sao_Paulo", WEEK, None), (half,))
    day = date(2026, 2, 18)
    assert (calendar.hours(day), calendar.why_closed(day)) == (((57600, 64800),), "Quarta-feira de Cinzas, Reunião")


@pytest.mark.anywhere
@pytest.mark.parametrize(
    ("drawn", "field", "code"),
    [
        (("America/Sampa", WEEK, None), "zone", "unknown_zone"),
        (("", WEEK, None), "zone", "unknown_zone"),
        (("America/Sao_Paulo", WEEK, "ZZ"), "state", "unknown_state"),
    ],
)
def test_f31_a_calendar_of_no_known_place_is_refused(drawn, field, code):
    with pytest.raises(Invalid) as refused:
        policy.build_calendar(drawn)
    assert (refused.value.field, refused.value.code) == (field, code)


def _organization(of: Actor) -> int:
    (organization,) = of.organizations
    return organization
