"""Imports of people by a lead: upload, columns, matches, trial, import, repetition."""

import re
from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from tests import cast
from tests.cast import NOW, Cast
from tests.client import Browser, Page, browser_of
from tests.imports.files import (
    AT,
    HEADING,
    NEW,
    OTHER,
    SCHOOL,
    Row,
    checked,
    counts,
    csv,
    imported,
    refused,
    sent,
    tried,
    worked,
    xlsx,
)
from web import clock
from web.database import fetch
from web.imports import progress
from web.imports.people import invitations, uploads
from web.notifications.outbox import TO_MANY
from web.pages.shell import render
from web.people import accounts, organizations
from web.people.directory import deactivation
from web.people.privacy import erasing
from web.settings import settings

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

Begin = Callable[[Browser, bytes], Awaitable[Page]]

JOANA = ("Joana Prates", "joana@ipe.example", "ipe-1", "(11) 98765-4321", "Escola Ipê", NEW, "vê tudo, aprova")
MARCO = ("Marco Sá", "marco@ipe.example", "", "", "", NEW, "")


async def entered() -> tuple[Cast, Browser]:
    people = await cast.enrol()
    return people, await browser_of(people.lia)


async def rows(sql: str) -> list[list[object]]:
    return [list(row.values()) for row in await fetch(sql)]


PEOPLE = (
    "SELECT p.name, (SELECT min(value) FROM identity i WHERE i.person = p.id AND value LIKE '%@%') AS address, "
    "m.sees, m.approves, m.manages, o.name AS school FROM person p JOIN membership m ON m.person = p.id "
    "JOIN organization o ON o.id = m.organization WHERE o.cnpj = '19131243000197' ORDER BY p.name"
)
"""The people of the new school."""


async def test_people_and_their_organization_are_made_once_tried_out_and_confirmed(database: None) -> None:
    _, lia = await entered()
    page = await tried(lia, csv(JOANA, MARCO))
    assert counts(page) == {
        "Pessoas novas": "2",
        "Pessoas alteradas": "0",
        "Já estão assim": "0",
        "Organizações novas": "1",
        "Linhas recusadas": "0",
    }
    assert await rows(PEOPLE) == []
    page = await imported(lia, page)
    assert (page.text("#report"), counts(page)["Pessoas novas"]) == ("Importado", "2")
    assert await rows(PEOPLE) == [
        ["Joana Prates", "joana@ipe.example", "organization", True, False, "Escola Ipê"],
        ["Marco Sá", "marco@ipe.example", "own", False, False, "Escola Ipê"],
    ]
    assert await rows("SELECT number FROM phone") == [["+5511987654321"]]


async def test_the_same_file_again_changes_nothing_and_says_so(database: None) -> None:
    _, lia = await entered()
    await imported(lia, await tried(lia, csv(JOANA, MARCO)))
    before = [await rows(f"SELECT count(*) AS n FROM {table}") for table in ("person", "identity", "setting_change")]
    page = await tried(lia, csv(JOANA, MARCO))
    assert counts(page)["Já estão assim"] == "2"
    assert "Nada vai mudar: tudo já está assim." in page.words
    assert page.html.css("form[action$='/start']") == []
    after = [await rows(f"SELECT count(*) AS n FROM {table}") for table in ("person", "identity", "setting_change")]
    assert after == before


async def test_a_requester_needs_no_organization(database: None) -> None:
    _, lia = await entered()
    page = await imported(lia, await tried(lia, csv(("Ari Sá", "ari@ipe.example", "", "", "", "", "solicitante"))))
    assert (counts(page)["Pessoas novas"], counts(page)["Linhas recusadas"]) == ("1", "0")


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([], "Nada vai mudar: não há o que importar no arquivo."),
        ([("Ari Sá", "", "", "", "", "", "")], "Nada vai mudar: tudo foi recusado."),
        ([("", "", "", "", "", "", ""), ("Ari Sá", "", "", "", "", "", "")], "Nada vai mudar: tudo foi recusado."),
        ([("", "", "", "", "", "", "")], "Nada vai mudar: não há o que importar no arquivo."),
    ],
    ids=["names_of_columns_alone", "refused", "refused_below_an_empty_line", "empty_line"],
)
async def test_a_file_of_which_nothing_comes_says_why(database: None, lines: list[Row], why: str) -> None:
    _, lia = await entered()
    assert (await tried(lia, csv(*lines))).text("[role=status]") == why


async def test_who_is_known_is_completed_and_what_they_may_do_is_told_to_the_log(database: None) -> None:
    people, lia = await entered()
    await imported(lia, await tried(lia, csv((*MARCO[:4], "Escola Ipê", NEW, ""))))
    named = ("Marco Antônio Sá", "marco@ipe.example", "ipe-2", "(11) 3456-7890", "", NEW, "gerencia")
    page = await imported(lia, await tried(lia, csv(named)))
    assert counts(page)["Pessoas alteradas"] == "1"
    assert await rows(PEOPLE) == [["Marco Antônio Sá", "marco@ipe.example", "own", False, True, "Escola Ipê"]]
    log = await (await browser_of(people.admin)).get("/desk/settings/log")
    assert "Permissão: Marco Antônio Sá, Escola Ipê" in log.words
    assert "Importação: pessoas.csv, criação organizações: 0 pessoas novas: 0 pessoas alteradas: 1" in log.words
    found = await lia.get("/desk/people?q=34567890")
    assert "Marco Antônio Sá" in found.words
    assert "Marco Antônio Sá" in (await lia.get("/desk/people?q=antonio")).words


async def test_lines_that_are_wrong_are_refused_in_words_and_the_others_go_in(database: None) -> None:
    _, lia = await entered()
    page = await tried(
        lia,
        csv(
            JOANA,
            ("Sem Dígitos", "a@ipe.example", "", "", "", "19131243000198", ""),
            ("Endereço", "não é", "", "", "", "", ""),
            ("Da Casa", settings().sender, "", "", "", "", ""),
            ("Joana de Novo", "JOANA@ipe.example", "", "", "", "", ""),
            ("Fórmula", "=1+1", "", "", "", "", ""),
            ("", "sem-nome@ipe.example", "", "", "", "", ""),
            ("Papel", "b@ipe.example", "", "", "", SCHOOL, "rei"),
            ("Líder", "c@ipe.example", "", "", "", SCHOOL, "atendente"),
            ("Grupo", "d@ipe.example", "", "", "", SCHOOL, "vê o grupo"),
            ("Bia", "bia@guiche.example", "", "", "", SCHOOL, ""),
            ("Excel", "e@ipe.example", "", "", "", "1,9E+13", ""),
            ("Sem escola", "f@ipe.example", "", "", "", "", "aprova"),
            ("Nova", "g@ipe.example", "", "", "", "33000167000101", ""),
            ("Nada", "", "", "", "", "", ""),
            ("Sem CNPJ", "h@ipe.example", "", "", "Escola Ipê", "", "solicitante"),
        ),
    )
    assert refused(page) == [
        ["3", "Sem Dígitos", "Os dois últimos dígitos de “19131243000198” não conferem com este CNPJ."],
        ["4", "Endereço", "“não é” não parece um endereço de e-mail."],
        ["5", "Da Casa", f"“{settings().sender}” é um endereço do próprio atendimento."],
        ["6", "Joana de Novo", "A mesma pessoa já está na linha 2."],
        ["7", "Fórmula", "Começa como uma fórmula: =1+1. Troque pelo texto."],
        ["8", "–", "Falta o nome."],
        ["9", "Papel", "Não conhecemos o papel “rei”. Use vê tudo, aprova, gerencia ou solicitante."],
        ["10", "Líder", "“atendente” é um papel do atendimento, que nunca vem por importação."],
        ["11", "Grupo", "“vê o grupo” é mais do que uma importação pode dar."],
        ["12", "Bia", "É alguém do atendimento, e o atendimento não muda por importação."],
        ["13", "Excel", "O Excel escreveu o CNPJ como 1,9E+13 e perdeu dígitos. Formate a coluna como texto."],
        ["14", "Sem escola", "Há permissões, mas falta o CNPJ da organização."],
        ["15", "Nova", "Não há organização com o CNPJ 33.000.167/0001-01. Para criá-la, escreva também o nome."],
        ["16", "Nada", "Falta o e-mail ou o login."],
        ["17", "Sem CNPJ", "Falta o CNPJ de “Escola Ipê”: é por ele que se sabe qual é a organização."],
    ]
    page = await imported(lia, page)
    assert [row[0] for row in await rows(PEOPLE)] == ["Joana Prates"]
    report = (await lia.get(f"{page.path}/report.csv")).response.text
    assert report.splitlines()[1] == '"2";"nova";"Joana Prates";"joana@ipe.example";""'
    assert '"7";"recusada";"Fórmula";"";"Começa como uma fórmula: =1+1. Troque pelo texto."' in report


async def test_an_address_of_somebody_else_and_a_shut_account_are_refused(database: None) -> None:
    people, lia = await entered()
    await deactivation.deactivate(people.rui.id, by=people.lia, at=NOW)
    await imported(lia, await tried(lia, csv(JOANA)))
    (rui,) = await rows(f"SELECT min(value) AS value FROM identity WHERE person = {people.rui.id}")
    retired = await organizations.insert("Retirada", OTHER)
    await organizations.set_active(retired, is_active=False, by=people.lia, at=NOW)
    page = await tried(
        lia,
        csv(
            ("Ana", "ana@aurora.example", "ipe-1", "", "", "", ""),
            ("Rui", rui[0], "", "", "", "", ""),
            ("Nova", "nova@ipe.example", "", "", "Retirada", OTHER, ""),
        ),
    )
    assert refused(page) == [
        ["2", "Ana", "“ipe-1” já é de outra pessoa."],
        ["3", "Rui", "O acesso desta pessoa foi encerrado."],
        ["4", "Nova", "A organização do CNPJ 11.444.777/0001-61 está desativada e não recebe mais ninguém."],
    ]


async def test_an_address_comes_to_nobody_by_an_import_but_a_login_does(database: None) -> None:
    _, lia = await entered()
    await imported(lia, await tried(lia, csv(JOANA)))
    page = await tried(lia, csv(("Joana Prates", "outra@ipe.example", "ipe-1", "", "", "", "")))
    only_she = "Esta pessoa ainda não tem “outra@ipe.example”, e só ela o confirma. Acrescente na página da pessoa."
    assert refused(page) == [["2", "Joana Prates", only_she]]
    await imported(lia, await tried(lia, csv(("Joana Prates", "joana@ipe.example", "ipe-9", "", "", "", ""))))
    assert await rows(
        "SELECT value, verified_at IS NOT NULL AS counts FROM identity WHERE value LIKE '%ipe%' ORDER BY value"
    ) == [["ipe-1", True], ["ipe-9", True], ["joana@ipe.example", False]]


async def test_columns_nobody_knows_are_matched_by_hand(database: None) -> None:
    _, lia = await entered()
    page = await sent(lia, csv(("Joana", "j@ipe.example"), heading=("Aluna", "Contato eletrônico")))
    action = f"{page.path}/columns"
    assert [page.values(action)[name] for name in ("header", "column0", "column1")] == ["1", "", ""]
    wrong = await lia.send(page, action)
    assert wrong.text("#columns-error") == (
        "Diga qual coluna traz o nome e qual traz o e-mail ou o login. Só de organizações: a do CNPJ."
    )
    twice = await lia.send(page, action, column0="name", column1="name")
    assert twice.text("#columns-error") == "Duas colunas foram marcadas como a mesma coisa. Deixe só uma."
    assert twice.values(action)["column1"] == "name"
    assert counts(await checked(lia, page, column0="name", column1="email"))["Pessoas novas"] == "1"


async def test_the_names_of_columns_stand_in_one_of_the_first_lines(database: None) -> None:
    _, lia = await entered()
    page = await sent(lia, csv(("Joana", "j@ipe.example"), heading=("Aluna", "Contato eletrônico")))
    values = {**page.values(f"{page.path}/columns"), "header": "40000", "column0": "name", "column1": "email"}
    refused = await lia.post(f"{page.path}/columns", values)
    assert (refused.status, refused.text("#header-error")) == (422, "Escolha uma das opções da lista.")
    assert counts(await checked(lia, page, column0="name", column1="email"))["Pessoas novas"] == "1"


async def test_without_names_of_columns_the_first_line_is_data(database: None) -> None:
    _, lia = await entered()
    page = await sent(lia, csv(heading=("Joana", "j@ipe.example")))
    assert page.values(f"{page.path}/columns")["header"] == "0"
    assert counts(await checked(lia, page, column0="name", column1="email"))["Pessoas novas"] == "1"


async def test_organizations_alone_need_no_people(database: None) -> None:
    _, lia = await entered()
    page = await tried(lia, csv(("Escola Ipê", NEW), ("Aurora", SCHOOL), heading=("Escola", "CNPJ")))
    assert counts(page)["Organizações novas"] == "1"
    await imported(lia, page)
    assert await rows(f"SELECT name FROM organization WHERE cnpj = '{NEW}'") == [["Escola Ipê"]]


async def test_somebody_of_two_organizations_stands_in_two_lines(database: None) -> None:
    _, lia = await entered()
    page = await tried(lia, csv(JOANA, (*JOANA[:4], "", SCHOOL, "")))
    assert (counts(page)["Pessoas novas"], counts(page)["Pessoas alteradas"]) == ("1", "1")
    await imported(lia, page)
    assert counts(await tried(lia, csv(JOANA, (*JOANA[:4], "", SCHOOL, ""))))["Já estão assim"] == "2"


async def test_new_people_are_sent_a_link_where_that_is_wanted_a_few_at_a_time(database: None) -> None:
    _, lia = await entered()
    some = [(f"Pessoa {n}", f"p{n}@ipe.example", "", "", "", "", "") for n in range(7)]
    await imported(lia, await tried(lia, csv(*some)), invites="1")
    assert [await invitations.invite(NOW, render=render.mail_texts()) for _ in range(3)] == [5, 2, 0]
    written = await rows("SELECT recipient, subject, urgency FROM outgoing ORDER BY id")
    assert written == [[f"p{n}@ipe.example", "Convite para o portal de atendimento", TO_MANY] for n in range(7)]
    (letter,) = await fetch("SELECT body FROM outgoing WHERE recipient = 'p0@ipe.example'")
    assert "Lia" in letter["body"]
    assert "vale por sete dias" in letter["body"]
    (path,) = re.findall(r"http://127\.0\.0\.1:8000(/claim/\S+)", letter["body"])
    assert (await Browser().get(path)).text("h1") == "Crie uma senha"


async def test_nobody_is_sent_anything_unless_that_is_wanted(database: None) -> None:
    _, lia = await entered()
    await imported(lia, await tried(lia, csv(JOANA)))
    assert await invitations.invite(NOW, render=render.mail_texts()) == 0


async def test_the_page_shows_how_far_it_came_and_asks_again_by_itself(database: None) -> None:
    people, lia = await entered()
    page = await sent(lia, csv(JOANA))
    page = await lia.send(page, f"{page.path}/columns")
    assert page.one("#progress").attributes["data-hx-trigger"] == "every 2s"
    assert (page.text("#state"), page.text("[role=status]")) == ("Conferindo", "Na fila. Atualizar")
    block = await (await browser_of(people.lia, htmx=True)).get(page.path)
    assert block.one("#progress").attributes["data-hx-get"] == page.path
    await worked()
    block = await (await browser_of(people.lia, htmx=True)).get(page.path)
    assert "data-hx-get" not in block.one("#progress").attributes


async def test_a_form_sent_twice_brings_one_file(database: None) -> None:
    _, lia = await entered()
    page = await lia.get(AT)
    paths = [(await lia.send(page, AT, files=[("p.csv", csv(JOANA))])).path for _ in range(2)]
    assert paths[0] == paths[1]


async def test_what_was_done_is_not_done_again_and_what_was_not_tried_is_not_done(database: None) -> None:
    _, lia = await entered()
    page = await tried(lia, csv(JOANA))
    start = {"_token": page.values(f"{page.path}/start")["_token"]}
    await imported(lia, page)
    assert (await lia.post(f"{page.path}/start", start)).status == 409
    assert (await lia.post(f"{page.path}/columns", start | {"column0": "name", "column1": "email"})).status == 409


@pytest.mark.parametrize("begin", [sent, tried], ids=["columns_not_matched_yet", "tried_out"])
async def test_an_import_that_waits_can_be_discarded_and_leaves_nothing(database: None, begin: Begin) -> None:
    _, lia = await entered()
    page = await begin(lia, csv(JOANA))
    after = await lia.send(page, f"{page.path}/removal")
    assert (after.text(".notice"), after.texts("main td")) == ("Importação descartada. Nada mudou.", [])
    assert (await lia.get(page.path)).status == 404
    assert [await rows(PEOPLE), await rows("SELECT id FROM people_import_line")] == [[], []]


async def test_what_was_imported_cannot_be_discarded(database: None) -> None:
    _, lia = await entered()
    before = await tried(lia, csv(JOANA))
    page = await imported(lia, before)
    assert page.html.css("form[action$='/removal']") == []
    assert (await lia.send(before, f"{page.path}/removal")).status == 409
    assert (await lia.get(page.path)).text("#report") == "Importado"


async def test_a_month_after_it_was_done_it_is_forgotten(database: None) -> None:
    _, lia = await entered()
    page = await imported(lia, await tried(lia, csv(JOANA)))
    await uploads.sweep(clock.now() + progress.KEPT * 0.9)
    assert (await lia.get(page.path)).status == 200
    await uploads.sweep(clock.now() + progress.KEPT * 1.1)
    assert (await lia.get(page.path)).status == 404
    assert await rows("SELECT sha256 FROM people_import") == []


async def test_who_is_erased_stands_in_no_import_any_more(database: None) -> None:
    people, lia = await entered()
    page = await imported(lia, await tried(lia, csv(JOANA)))
    found = await accounts.number_even_if_inactive("joana@ipe.example")
    await erasing.erase(found, called="Pessoa removida", by=people.admin, at=NOW)
    assert (await lia.get(page.path)).status == 404
    assert await rows("SELECT address FROM people_import_line") == []


async def test_a_workbook_is_read_like_text(database: None) -> None:
    _, lia = await entered()
    page = await tried(lia, xlsx([HEADING, JOANA, MARCO]), "pessoas.xlsx")
    assert counts(page)["Pessoas novas"] == "2"


async def test_a_cell_of_a_workbook_that_is_no_name_is_refused_as_it_is_read(database: None) -> None:
    _, lia = await entered()
    odd = [(12345, "a@ipe.example"), (date(2026, 12, 1), "b@ipe.example"), ('="Eva "&"Melo"', "c@ipe.example")]
    fine = ("Gil Porto", "gil@ipe.example", 11987654321, 1.9131243000197e13, "Escola Ipê", True)
    heading = ("Nome", "E-mail", "Telefone", "CNPJ", "Organização", "Gerencia")
    page = await tried(lia, xlsx([heading, *odd, fine]), "pessoas.xlsx")
    assert refused(page) == [
        ["2", "12345", "“12345” não parece um nome."],
        ["3", "01/12/2026", "“01/12/2026” não parece um nome."],
        ["4", "–", "Falta o nome."],
    ]
    await imported(lia, page)
    assert await rows(PEOPLE) == [["Gil Porto", "gil@ipe.example", "own", False, True, "Escola Ipê"]]
