"""Reports on both databases: which tickets, days and times count."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests import cast, lead_settings
from tests.cast import NOW
from tests.lead_settings import set_category
from tests.pages.reading import many_like, statements
from tests.tickets.sla.hours import target
from web.database import fetch
from web.people.agents.teams import team_of
from web.people.permissions import Actor
from web.tickets.actions import assignment, replies, resolution
from web.tickets.actions.ownership import departures
from web.tickets.actions.ratings import rate
from web.tickets.lists.reporting import reports
from web.tickets.lists.reporting.percentiles import Percentiles
from web.tickets.lists.reporting.reports import Dimension, Period, Volume
from web.tickets.record.messages import NewMessage
from web.tickets.requests import drafts
from web.tickets.requests.drafts import Request

pytestmark = pytest.mark.anyio

ZONE = ZoneInfo("America/Sao_Paulo")
NOVEMBER = Period(datetime(2026, 11, 1, tzinfo=ZONE), datetime(2026, 12, 1, tzinfo=ZONE))
YEAR = Period(datetime(2026, 1, 1, tzinfo=ZONE), datetime(2027, 1, 1, tzinfo=ZONE))
HOUR = timedelta(hours=1)


async def _report(by: Actor, dimension: Dimension = Dimension.TEAM, period: Period = NOVEMBER) -> reports.Report:
    return await reports.report(period, dimension, by=by, at=NOW)


async def _solved(people, title, *, answered: float, solved: float, by=None, **about):
    """A ticket answered and solved `answered` and `solved` hours after it was opened."""
    agent = by or people.bia
    number = await cast.ticket(people.ana, title, at=NOW - 100 * HOUR, **about)
    at = NOW - 100 * HOUR
    await replies.reply(await cast.seen(number, agent), f"Vendo {title}.", by=agent, at=at + answered * HOUR)
    message = NewMessage(f"Pronto {title}.")
    await resolution.solve(await cast.seen(number, agent), message=message, by=agent, at=at + solved * HOUR)
    return number


async def test_times_run_from_the_opening_to_the_first_answer_and_to_the_solution(database):
    people = await cast.enrol()
    for place, hours in enumerate((1, 2, 3, 4, 50)):
        await _solved(people, f"Ticket {place}", answered=hours / 2, solved=hours)
    total = (await _report(people.lia)).total
    assert (total.opened, total.resolved) == (5, 5)
    assert total.answer == Percentiles(5400, 90_000)
    assert total.solve == Percentiles(3 * 3600, 50 * 3600)


async def test_neither_notes_nor_the_requester_count_as_an_answer(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await replies.note(await cast.seen(number, people.bia), "Ver.", by=people.bia, at=NOW + HOUR)
    await replies.reply(await cast.seen(number, people.ana), "Alguém?", by=people.ana, at=NOW + 2 * HOUR)
    assert (await _report(people.lia)).total.answer is None
    await replies.reply(await cast.seen(number, people.bia), "Sim.", by=people.bia, at=NOW + 3 * HOUR)
    await replies.reply(await cast.seen(number, people.bia), "Pronto.", by=people.bia, at=NOW + 5 * HOUR)
    assert (await _report(people.lia)).total.answer == Percentiles(3 * 3600, 3 * 3600)


async def test_a_lead_counts_the_tickets_of_their_teams_and_an_administrator_all_in_sight(database):
    people = await cast.enrol()
    await set_category("Cobrança", team=await team_of("Ouvidoria"), by=people.lia)
    await cast.ticket(people.ana, "Segredo", category="Cobrança")
    await cast.ticket(people.ana, "Senha", category="Acesso ao portal", topic="Senha")
    await cast.ticket(people.ana, "Turmas", category="Sistema de avaliações", topic="Resultados")
    names = {
        name: sorted(group.name for group in (await _report(person)).groups)
        for name, person in (("lia", people.lia), ("admin", people.admin))
    }
    assert names == {"lia": ["Atendimento", "Ouvidoria"], "admin": ["Atendimento", "Integrações"]}
    for person, seen in ((people.lia, 2), (people.admin, 2)):
        found = await _report(person)
        assert sum(row.count for row in found.volume) == sum(row.count for row in found.backlog) == seen


async def test_a_lead_without_a_team_counts_nothing(database):
    people = await cast.enrol()
    await cast.ticket(people.ana)
    for team in people.lia.teams:
        await departures.leave_team(people.lia.id, team, at=NOW)
    found = await _report(await cast.fresh(people.lia))
    assert (found.volume, found.backlog, found.groups, found.total.opened) == ([], [], [], 0)


@pytest.mark.parametrize(
    ("dimension", "names"),
    [
        (Dimension.TEAM, [("Financeiro", 2), ("Atendimento", 1)]),
        (Dimension.AGENT, [("Bia Nunes", 1), ("Lia Castro", 1), (None, 1)]),
        (Dimension.CATEGORY, [("Cobrança", 2), ("Acesso ao portal", 1)]),
        (Dimension.ORGANIZATION, [("Colégio Aurora", 2), ("Escola Horizonte", 1)]),
    ],
)
async def test_tickets_are_told_apart_by(database, dimension, names):
    people = await cast.enrol()
    one, two = await cast.ticket(people.ana, "Um"), await cast.ticket(people.caio, "Dois")
    await cast.ticket(people.ana, "Três", category="Acesso ao portal", topic="Senha")
    await assignment.take(await cast.seen(one, people.bia), by=people.bia, at=NOW)
    await assignment.take(await cast.seen(two, people.lia), by=people.lia, at=NOW)
    found = await _report(people.lia, dimension)
    assert sorted(((group.name, group.opened) for group in found.groups), key=str) == sorted(names, key=str)
    assert found.total.opened == 3


async def test_a_day_begins_at_midnight_where_people_are(database):
    people = await cast.enrol()
    for title, at in (
        ("Antes", datetime(2026, 11, 1, 2, 59, 59, tzinfo=UTC)),
        ("Primeiro", datetime(2026, 11, 1, 3, 0, tzinfo=UTC)),
        ("De noite", datetime(2026, 11, 6, 2, 59, 59, tzinfo=UTC)),
        ("Depois", datetime(2026, 12, 1, 3, 0, tzinfo=UTC)),
    ):
        await cast.ticket(people.ana, title, at=at)
    assert (await _report(people.lia)).volume == [
        Volume("2026-11-01", "form", 1),
        Volume("2026-11-05", "form", 1),
    ]
    assert (await _report(people.lia, period=YEAR)).volume == [
        Volume("2026-10", "form", 1),
        Volume("2026-11", "form", 2),
        Volume("2026-12", "form", 1),
    ]


async def test_a_draft_is_in_no_report(database):
    people = await cast.enrol()
    await drafts.draft(Request("Rascunho", "Ainda não."), by=people.ana, at=NOW)
    found = await _report(people.admin)
    assert (found.volume, found.backlog, found.groups) == ([], [], [])


async def test_what_is_open_is_told_by_age_and_by_whose_turn_it_is(database):
    people = await cast.enrol()
    for days in (0, 2, 2, 40):
        await cast.ticket(people.ana, f"De {days} dias", at=NOW - timedelta(days=days, hours=1))
    asked = await cast.ticket(people.ana, "Perguntado", at=NOW - timedelta(days=2, hours=1))
    await cast.brought_to(asked, "waiting_requester", by=people.bia, asker=people.ana)
    over = await cast.ticket(people.ana, "Encerrado", at=NOW - timedelta(days=2, hours=1))
    await cast.brought_to(over, "closed", by=people.bia, asker=people.ana)
    told = [(row.age, row.theirs, row.count) for row in (await _report(people.lia)).backlog]
    assert told == [(0, False, 1), (1, False, 2), (1, True, 1), (5, False, 1)]


async def test_a_ticket_reopened_twice_counts_once(database):
    people = await cast.enrol()
    number = await _solved(people, "Teimoso", answered=1, solved=2)
    await _solved(people, "Outro", answered=1, solved=2)
    for hours in (1, 2):
        await resolution.object_to(
            await cast.seen(number, people.ana), f"Ainda não {hours}.", by=people.ana, at=NOW + hours * HOUR
        )
        message = NewMessage(f"Agora sim {hours}.")
        await resolution.solve(
            await cast.seen(number, people.bia), message=message, by=people.bia, at=NOW + hours * HOUR
        )
    total = (await _report(people.lia)).total
    assert (total.resolved, total.reopened) == (2, 1)


async def test_a_reply_that_reopens_counts_as_one(database):
    people = await cast.enrol()
    await lead_settings.live_by("central")
    number = await _solved(people, "Teimoso", answered=1, solved=2)
    await replies.reply(await cast.seen(number, people.ana), "Ainda não.", by=people.ana, at=NOW)
    assert (await _report(people.lia)).total.reopened == 1


async def test_scores_are_summed(database):
    people = await cast.enrol()
    for place, (service, quality) in enumerate(((5, 4), (3, 3))):
        number = await _solved(people, f"Ticket {place}", answered=1, solved=2)
        sheet = await cast.seen(number, people.ana)
        await rate(sheet, service=service, quality=quality, comment="", by=people.ana, at=NOW)
    await _solved(people, "Sem nota", answered=1, solved=2)
    total = (await _report(people.lia)).total
    assert (total.rated, total.service, total.quality) == (2, 8, 7)


async def test_where_time_was_promised_business_time_counts_and_whether_it_was_kept(database):
    people = await cast.enrol()
    await target("first_response", 20)
    await target("resolution", 30)
    for title, answered, solved in (("Logo", 0.5, 1), ("Dia seguinte", 25, 26)):
        await _solved(people, title, answered=answered, solved=solved)
    found = await _report(people.lia)
    opened = NOW - 100 * HOUR
    assert opened.astimezone(ZONE).strftime("%a %Hh") == "Thu 05h", "before the desk opens, at nine"
    assert found.counts_business_time
    assert found.total.answer == Percentiles(0, 9 * 3600)
    assert found.total.solve == Percentiles(0, 9 * 3600)
    assert (found.total.judged, found.total.on_time) == (2, 2)
    await _solved(people, "Tarde", answered=1, solved=200)
    total = (await _report(people.lia)).total
    assert (total.judged, total.on_time) == (3, 2)


async def test_a_report_takes_five_statements(database):
    people = await cast.enrol()
    for place in range(3):
        await _solved(people, f"Ticket {place}", answered=1, solved=2)
    with statements() as made:
        await _report(people.lia)
    assert len(made) == 5


@pytest.mark.parametrize(
    ("minutes", "median", "ninetieth"),
    [
        *(([7], 7, 7), ([0], 0, 0), ([1, 2], 1, 2), ([3, 1, 2], 2, 3), ([5, 5, 5, 1], 5, 5)),
        *((range(1, 11), 5, 9), (range(1, 12), 6, 10), (range(101, 0, -1), 51, 91)),
    ],
)
async def test_half_took_at_most_the_median_and_nine_of_ten_at_most_the_ninetieth(database, minutes, median, ninetieth):
    people = await cast.enrol()
    await cast.ticket(people.ana, "Senha", category="Acesso ao portal", topic="Senha")
    await _answered_after(people, [minute * 60 for minute in minutes])
    found = await _report(people.lia)
    spread = Percentiles(median * 60, ninetieth * 60)
    assert {group.name: group.answer for group in found.groups} == {"Financeiro": spread, "Atendimento": None}
    assert found.total.answer == spread


async def test_times_within_one_minute_are_told_by_the_longest_of_them(database):
    people = await cast.enrol()
    await _answered_after(people, [61, 60, 119, 600])
    assert (await _report(people.lia)).total.answer == Percentiles(119, 600)


async def test_the_times_of_all_groups_are_put_in_one_order(database):
    people = await cast.enrol()
    for name, seconds in (("Cobrança", (60, 120, 180)), ("Acesso ao portal", (90, 125, 6000, 7000))):
        for place, took in enumerate(seconds):
            topic = "Boletos" if name == "Cobrança" else "Senha"
            await _solved(people, f"{name} {place}", answered=0, solved=took / 3600, category=name, topic=topic)
    found = await _report(people.lia)
    assert {group.name: group.solve for group in found.groups} == {
        "Financeiro": Percentiles(120, 180),
        "Atendimento": Percentiles(125, 7000),
    }
    assert found.total.solve == Percentiles(125, 7000)


async def _answered_after(people, seconds):
    """Tickets of one team, one for each of `seconds`, answered after that time."""
    number = await cast.ticket(people.ana, "Demora")
    if len(seconds) > 1:
        await many_like(number, len(seconds) - 1)
    numbers = [row["id"] for row in await fetch("SELECT id FROM ticket WHERE title = 'Demora' ORDER BY id")]
    cases = " ".join(f"WHEN {number} THEN {took}" for number, took in zip(numbers, seconds, strict=True))
    await fetch(f"UPDATE ticket SET answer_seconds = CASE id {cases} END WHERE title = 'Demora'")
