"""CSV exports of lists: their columns and bounds, and no formulas."""

import asyncio
from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of
from tests.pages.csv_files import sheet
from tests.pages.fields.test_desk import opened
from tests.pages.reading import many_like, statements
from tests.tickets.fields.factories import field
from web.tickets.fields.field import Asks
from web.tickets.fields.kinds import Kind

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]

USUAL = ["Número", "Título", "Status", "Prioridade", "Categoria", "Assunto", "Solicitante", "Organização"]
TIMES = ["Aberto em", "Atualizado em", "Resolvido em", "Encerrado em"]
DESKS = ["Canal", "Equipe", "Atendente", "Vence em"]


async def test_agents_download_the_list_as_it_is_filtered_with_what_it_has_in_fields():
    people = await cast.enrol()
    cost = await field(people.lia, "Valor", Kind.MONEY)
    hidden = await field(people.lia, "Causa", requester_submission=Asks.NO, is_public=False)
    number = await opened(people, {cost: "1234,5"})
    await cast.ticket(people.rui, "Senha", category="Acesso ao portal", topic="Senha")
    bia = await browser_of(people.bia)
    page = await bia.get(f"/desk?view=all&category={cost.category}")
    answer = await bia.get(page.links()["Baixar em CSV"])
    assert answer.response.headers["content-disposition"] == 'attachment; filename="tickets-2026-11-23.csv"'
    heading, row = sheet(answer)
    assert heading == [*USUAL, *TIMES, *DESKS, "Valor", "Causa"]
    opening = "23/11/2026 09:00:00"
    assert dict(zip(heading, row, strict=True)) == {
        "Número": str(number),
        "Título": "Boletos",
        "Status": "Novo",
        "Prioridade": "Normal",
        "Categoria": "Cobrança",
        "Assunto": "",
        "Solicitante": "Ana Prado",
        "Organização": "Colégio Aurora",
        "Aberto em": opening,
        "Atualizado em": opening,
        "Resolvido em": "",
        "Encerrado em": "",
        "Canal": "Formulário",
        "Equipe": "Financeiro",
        "Atendente": "",
        "Vence em": "",
        hidden.label: "",
        "Valor": "R$ 1.234,50",
    }


async def test_requesters_download_their_own_list_without_what_only_agents_read():
    people = await cast.enrol()
    cost = await field(people.lia, "Valor", Kind.MONEY)
    await field(people.lia, "Causa", requester_submission=Asks.NO, is_public=False)
    await field(people.lia, "Sala", category="Acesso ao portal")
    number = await opened(people, {cost: "9"})
    await cast.ticket(people.caio, "De outra escola")
    ana = await browser_of(people.ana)
    answer = await ana.get((await ana.get("/tickets?scope=mine")).links()["Baixar em CSV"])
    heading, *rows = sheet(answer)
    assert heading == [*USUAL, *TIMES, "Valor"]
    assert [(row[0], row[-1]) for row in rows] == [(str(number), "R$ 9,00")]


@pytest.mark.parametrize("query", ["", "sort=oldest", "q=boletos", "view=all&sort=oldest&updated=7"])
async def test_a_file_has_the_rows_of_the_list_in_its_order(query):
    people = await cast.enrol()
    for day, title in enumerate(("Boletos um", "Boletos dois", "Boletos três")):
        await cast.ticket(people.ana, title, at=NOW - timedelta(days=day))
    bia = await browser_of(people.bia)
    page = await bia.get(f"/desk?{query}")
    rows = sheet(await bia.get(page.links()["Baixar em CSV"]))
    assert [row[1] for row in rows[1:]] == page.texts(".row__title")


async def test_a_file_ends_at_its_bound_and_says_so_and_takes_as_many_statements_as_batches():
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    bia, made = await browser_of(people.bia), []
    for more in (1, 2_000, 8_000):
        await many_like(number, more)
        with statements() as counted:
            answer = await bia.get("/desk/tickets.csv?view=all")
        made.append((len(counted), len(sheet(answer))))
    usual = made[0][0]
    assert made == [(usual, 3), (usual + 2, 2_003), (usual + 9, 10_002)]
    assert sheet(answer)[-1] == ["O arquivo para em 10.000 tickets. Para baixar os outros, filtre a lista."]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\"'="])
async def test_a43_neither_a_title_nor_a_field_of_a_list_becomes_a_formula(start):
    people = await cast.enrol()
    text = f'{start}HYPERLINK("http://mau.example";"Clique")'
    asked = await field(people.lia, f"{start}1+1")
    await opened(people, {asked: text})
    await cast.ticket(people.ana, text)
    for who, path in ((people.bia, "/desk/tickets.csv?view=all"), (people.ana, "/tickets.csv")):
        heading, *rows = sheet(await (await browser_of(who)).get(path))
        assert heading[-1] == f"'{start}1+1"
        assert {row[1] for row in rows} | {row[-1] for row in rows} == {f"'{text}", "Boletos", ""}


async def test_a78_a_list_asked_for_many_times_at_once_is_each_readers_own():
    people = await cast.enrol()
    await cast.ticket(people.ana, "De Ana")
    await cast.ticket(people.caio, "De Caio")
    ana, caio = await browser_of(people.ana), await browser_of(people.caio)
    answers = await asyncio.gather(*(who.get("/tickets.csv?scope=all") for who in [ana, caio] * 25))
    assert [[row[1] for row in sheet(each)[1:]] for each in answers] == [["De Ana"], ["De Caio"]] * 25
    assert (await ana.get("/desk/tickets.csv?view=all")).status == 404
