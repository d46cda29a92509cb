"""The page of reports for leads, and its CSV files."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of, folded
from tests.pages.csv_files import sheet
from tests.pages.reading import statements
from tests.tickets.life.states import at
from tests.tickets.sla import hours
from web.database import fetch
from web.pages.shell import spreadsheets
from web.people import organizations
from web.tickets.actions import replies, resolution
from web.tickets.life.states import Resolution
from web.tickets.record.messages import NewMessage

pytestmark = pytest.mark.anyio

HOUR = timedelta(hours=1)
WEEK = "from=2026-11-17&to=2026-11-23"


def figures(page: Page) -> dict[str, str]:
    return dict(zip(page.texts(".figures dt"), page.texts(".figures dd"), strict=True))


def table(page: Page, heading: str) -> list[list[str]]:
    """The rows below a heading, without purely graphical ones."""
    section = next(each for each in page.html.css(".section") if heading in each.css_first("h2").text())
    rows = section.css("table tbody tr")
    return [[folded(cell) for cell in row.css("th, td") if not cell.css("svg")] for row in rows]


async def _a_week(people):
    """Two solved tickets and one that waits."""
    for place, (answered, solved) in enumerate(((1, 2), (3, 30))):
        start = NOW - timedelta(days=3 - place)
        number = await cast.ticket(people.ana, f"Ticket {place}", at=start)
        await replies.reply(await cast.seen(number, people.bia), "Vendo.", by=people.bia, at=start + answered * HOUR)
        message = NewMessage(f"Pronto {place}.")
        await resolution.solve(
            await cast.seen(number, people.bia), message=message, by=people.bia, at=start + solved * HOUR
        )
    await cast.ticket(people.caio, "Senha", category="Acesso ao portal", topic="Senha")


async def test_a_lead_reads_the_figures_of_a_period(database, storage):
    people = await cast.enrol()
    await _a_week(people)
    page = await (await browser_of(people.lia)).get(f"/desk/reports?{WEEK}")
    assert (page.text("h1"), page.title) == ("Relatórios", "Relatórios · Guichê")
    assert figures(page) == {
        "Abertos": "3",
        "Resolvidos": "2",
        "Primeira resposta, mediana": "1 h",
        "Resolução, mediana": "2 h",
        "No prazo": "–",
        "Reabertos": "0%",
        "Satisfação, de 1 a 5": "–",
    }
    assert table(page, "Por canal") == [["Formulário", "3", "100%"]]
    assert table(page, "Em aberto hoje")[0] == ["Menos de 1 dia", "1", "0", "0"]
    assert table(page, "Tempos e satisfação por equipe") == [
        ["Financeiro", "2", "2", "1 h · 3 h", "2 h · 30 h", "–", "0", "0%", "–"],
        ["Atendimento", "1", "0", "–", "–", "", "–", "0", "–", "–"],
    ]


async def test_open_tickets_past_their_target_are_missed_now(database, storage):
    """One solved in time, one late, four still open and late, one open in time and one that waits, in time."""
    people = await cast.enrol()
    await hours.target("resolution", 8)
    monday = at("16/11 9:00")
    for title, solved in (("No prazo", "16/11 12:00"), ("Fora", "18/11 9:00")):
        number = await cast.ticket(people.ana, title, at=monday)
        message = NewMessage(f"{title}: pronto.")
        await resolution.solve(await cast.seen(number, people.bia), message=message, by=people.bia, at=at(solved))
    for place in range(4):
        await cast.ticket(people.ana, f"Atrasado {place}", at=monday)
    await cast.ticket(people.ana, "Hoje", at=at("23/11 8:00"))
    asked = await cast.ticket(people.ana, "Perguntado", at=monday)
    await cast.brought_to(asked, "waiting_requester", by=people.bia, asker=people.ana, at=monday)
    lia = await browser_of(people.lia)
    page = await lia.get("/desk/reports?from=2026-11-16&to=2026-11-23")
    assert page.text(".figures + p strong") == "4 em atraso agora."
    assert figures(page)["No prazo"] == "17%"
    assert table(page, "por equipe")[0][-4:] == ["17%", "4", "0%", "–"]
    assert [row[-1] for row in table(page, "Em aberto hoje")] == ["0", "0", "0", "4", "0", "0"]
    groups = sheet(await lia.get("/desk/reports/groups.csv?from=2026-11-16&to=2026-11-23"))
    named = dict(zip(groups[0], groups[1], strict=True))
    assert [named[name] for name in ("Com prazo", "No prazo", "Em atraso agora", "Fora dos prazos")] == list("6140")


async def test_late_ones_of_before_the_period_are_late_now_as_well(database, storage):
    people = await cast.enrol()
    await hours.target("first_response", 8)
    await cast.ticket(people.ana, at=at("16/11 9:00"))
    page = await (await browser_of(people.lia)).get(f"/desk/reports?{WEEK}")
    assert (page.text(".figures + p strong"), figures(page)["Abertos"]) == ("1 em atraso agora.", "0")


async def test_what_ended_without_a_solution_is_left_out_of_targets_and_times_and_the_page_says_so(database, storage):
    people = await cast.enrol()
    await hours.target("first_response", 2)
    await hours.target("resolution", 8)
    lia = await browser_of(people.lia)
    told = [(await lia.get(f"/desk/reports?{WEEK}")).text(".figures + p .quiet")]
    for ending in ("cancelled", "merged", "refused", "spam"):
        await cast.unsolved(people, ending, opened=at("23/11 9:00"), at=at("27/11 9:00"))
        told.append((await lia.get(f"/desk/reports?{WEEK}")).text(".figures + p .quiet"))
    conta = "“No prazo” conta os resolvidos e os que já passaram do prazo."
    assert told[:3] == [
        conta,
        f"{conta} 1 cancelado, unido a outro, recusado ou spam fica fora dos prazos e dos tempos.",
        f"{conta} 2 cancelados, unidos a outros, recusados ou spam ficam fora dos prazos e dos tempos.",
    ]
    page = await lia.get(f"/desk/reports?{WEEK}")
    assert [figures(page)[name] for name in ("Abertos", "Resolução, mediana", "No prazo")] == ["5", "–", "–"]


async def test_an_answered_ticket_that_was_cancelled_shortens_no_median(database, storage):
    people = await cast.enrol()
    await hours.target("first_response", 2)
    number = await cast.ticket(people.ana, at=at("23/11 9:00"))
    await replies.reply(await cast.seen(number, people.bia), "Vendo.", by=people.bia, at=at("23/11 9:01"))
    sheet_of = await cast.seen(number, people.bia)
    await resolution.resolve(sheet_of, Resolution.SPAM, by=people.bia, at=at("23/11 9:02"))
    await _answered(people, at("23/11 11:00"))
    page = await (await browser_of(people.lia, at=at("23/11 12:00"))).get(f"/desk/reports?{WEEK}")
    assert figures(page)["Primeira resposta, mediana"] == "2 h"


async def _answered(people, when) -> None:
    """A ticket that was opened at nine and answered then."""
    number = await cast.ticket(people.ana, "Outro", at=at("23/11 9:00"))
    await replies.reply(await cast.seen(number, people.bia), "Vendo.", by=people.bia, at=when)


async def test_the_times_are_called_what_they_are(database, storage):
    people = await cast.enrol()
    page = await (await browser_of(people.lia)).get("/desk/reports")
    headings = page.texts("thead th")
    assert [text for text in headings if "mediana" in text] == [
        *("1ª resposta: mediana · 9 em cada 10", "Resolução: mediana · 9 em cada 10")
    ]


async def test_every_day_of_the_period_is_drawn_and_told(database, storage):
    people = await cast.enrol()
    await _a_week(people)
    page = await (await browser_of(people.lia)).get(f"/desk/reports?{WEEK}")
    drawn = page.texts(".chart__columns title")
    assert drawn == ["17/11: 0", "18/11: 0", "19/11: 0", "20/11: 1", "21/11: 1", "22/11: 0", "23/11: 1"]
    assert [f"{row[0]}: {row[-1]}" for row in table(page, "Abertos por dia")] == drawn
    heights = [float(each) for each in page.attributes(".chart__columns rect", "height")]
    assert heights == [0, 0, 0, 100, 100, 0, 100]


async def test_a_long_period_is_told_month_by_month(database, storage):
    people = await cast.enrol()
    await _a_week(people)
    page = await (await browser_of(people.lia)).get("/desk/reports?from=2026-06-15&to=2026-11-23")
    assert page.texts(".chart__columns title") == [
        *(f"{month:02}/2026: 0" for month in range(6, 11)),
        "11/2026: 3",
    ]


async def test_the_period_and_the_groups_stay_in_the_form_and_in_the_addresses_of_the_files(database, storage):
    people = await cast.enrol()
    await _a_week(people)
    page = await (await browser_of(people.lia)).get(f"/desk/reports?{WEEK}&by=organization")
    assert page.values("/desk/reports") == {"from": "2026-11-17", "to": "2026-11-23", "by": "organization"}
    assert page.attributes(".section__head a", "href") == [
        f"/desk/reports/{part}.csv?{WEEK}&by=organization" for part in ("volume", "backlog", "groups")
    ]
    assert [row[:2] for row in table(page, "por organização")] == [["Colégio Aurora", "2"], ["Escola Horizonte", "1"]]


async def test_without_a_period_it_is_the_last_thirty_days(database, storage):
    people = await cast.enrol()
    page = await (await browser_of(people.lia)).get("/desk/reports")
    assert page.values("/desk/reports") == {"from": "2026-10-25", "to": "2026-11-23", "by": "team"}
    assert page.links()["7 dias"] == "/desk/reports?from=2026-11-17&to=2026-11-23&by=team"


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("from=2026-11-23&to=2026-11-17", "2026-11-17", "2026-11-23"),
        ("from=ontem&to=%00", "2026-10-25", "2026-11-23"),
        ("from=0001-01-01&to=9999-12-31", "2026-10-25", "2026-11-23"),
        ("to=2026-02-30", "2026-10-25", "2026-11-23"),
    ],
)
async def test_what_an_address_does_not_spell_well_is_left_out(database, storage, query, first, last):
    people = await cast.enrol()
    page = await (await browser_of(people.lia)).get(f"/desk/reports?{query}&by=nada")
    assert page.values("/desk/reports") == {"from": first, "to": last, "by": "team"}


async def test_the_two_scores_of_a_group_are_named(database, storage):
    people = await cast.enrol()
    page = await (await browser_of(people.lia)).get("/desk/reports")
    assert page.texts("thead th")[-1] == "Satisfação: atendimento · solução"


async def test_an_empty_period_says_so(database, storage):
    people = await cast.enrol()
    page = await (await browser_of(people.lia)).get("/desk/reports?from=2020-01-01&to=2020-01-31")
    assert table(page, "por equipe") == table(page, "Por canal") == [["Nenhum ticket foi aberto neste período."]]
    assert figures(page)["Primeira resposta, mediana"] == "–"
    assert page.texts("figcaption span") == ["01/01", "nenhum no período", "31/01"]


async def test_only_leads_and_administrators_come_to_the_reports(database, storage):
    people = await cast.enrol()
    for path in ("/desk/reports", "/desk/reports/volume.csv"):
        for somebody in (people.ana, people.bia, people.davi):
            page = await (await browser_of(somebody)).get(path)
            assert (page.status, page.text("h1")) == (404, "Não encontramos esta página")
        assert (await Browser().get(path)).path.startswith("/sign-in")
        for somebody in (people.lia, people.admin):
            assert (await (await browser_of(somebody)).get(path)).status == 200


async def test_files_hold_the_same_numbers(database, storage):
    people = await cast.enrol()
    await _a_week(people)
    lia = await browser_of(people.lia)
    answer = await lia.get(f"/desk/reports/volume.csv?{WEEK}")
    assert answer.response.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.response.headers["content-disposition"] == (
        'attachment; filename="abertos-2026-11-17-2026-11-23.csv"'
    )
    assert sheet(answer) == [
        ["Dia ou mês", "Canal", "Abertos"],
        ["2026-11-20", "Formulário", "1"],
        ["2026-11-21", "Formulário", "1"],
        ["2026-11-23", "Formulário", "1"],
    ]
    assert sheet(await lia.get("/desk/reports/backlog.csv"))[1] == ["Menos de 1 dia", "1", "0", "0"]
    assert sheet(await lia.get(f"/desk/reports/groups.csv?{WEEK}"))[1:] == [
        ["Financeiro", "2", "2", "0", "3600", "10800", "7200", "108000", *7 * ["0"]],
        ["Atendimento", "1", "0", "0", "", "", "", "", *7 * ["0"]],
    ]


@pytest.mark.parametrize("name", ["nada.csv", "volume", "volume.xls", "..%2fvolume.csv"])
async def test_a_file_that_there_is_not_is_not_found(database, storage, name):
    people = await cast.enrol()
    assert (await (await browser_of(people.lia)).get(f"/desk/reports/{name}")).status == 404


@pytest.mark.parametrize(
    "start",
    [
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "'=",
        '"=',
        ' "=',
        " @",
        "\u00a0=",
        "＝",
        "＋",
        "－",
        "＠",
        "−",
        "\u200b=",
        "\u2060\ufeff@",
        "“＝",
        "\u3000=",
    ],
)
async def test_a43_no_name_becomes_a_formula(database, storage, start):
    people = await cast.enrol()
    name = f'{start}HYPERLINK("http://mau.example";"Clique")'
    # older rows have names that would be cleaned or refused today
    await fetch("UPDATE organization SET name = {}", name)
    await cast.ticket(people.ana)
    lia = await browser_of(people.lia)
    answer = await lia.get(f"/desk/reports/groups.csv?{WEEK}&by=organization")
    assert sheet(answer)[1][0] == f"'{name}"
    assert spreadsheets.cell(f"{name};=1+1") == f"'{name};=1+1"


async def test_a43_every_cell_stands_between_quotes(database, storage):
    people = await cast.enrol()
    await aurora_called('Escola; "=1+1", =2', people)
    await cast.ticket(people.ana)
    answer = await (await browser_of(people.lia)).get(f"/desk/reports/groups.csv?{WEEK}&by=organization")
    assert answer.response.text.splitlines()[1].startswith('"Escola; ""=1+1"", =2";"1";"0"')


async def test_the_page_takes_as_many_queries_however_many_tickets_there_are(database, storage):
    people = await cast.enrol()
    lia = await browser_of(people.lia)
    counts = []
    for _ in range(2):
        with statements() as made:
            await lia.get(f"/desk/reports?{WEEK}")
        counts.append(len(made))
        await _a_week(people)
    assert counts == [6, 6]


async def aurora_called(name: str, people: cast.Cast) -> None:
    (aurora,) = people.ana.organizations
    wanted = organizations.OrganizationInput(name, "11222333000181")
    await organizations.change(aurora, wanted, by=people.lia, at=NOW)


async def test_a_name_of_a_group_is_text(database, storage):
    people = await cast.enrol()
    await aurora_called("<script>alert(1)</script>", people)
    await cast.ticket(people.ana)
    page = await (await browser_of(people.lia)).get(f"/desk/reports?{WEEK}&by=organization")
    assert table(page, "por organização")[0][0] == "<script>alert(1)</script>"
