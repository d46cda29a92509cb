"""The lists of the desk: their tickets, reopened ones with the reason, and who has one open."""

import re
from datetime import timedelta
from itertools import chain
from urllib.parse import quote

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of, folded
from tests.lead_settings import retire_topic, set_category, team
from tests.pages.reading import NUMBER_WRITTEN, many_like, option, statements, titles, top_level
from tests.tickets.sla.hours import target
from web.database import fetch
from web.people import accounts, actors
from web.people.directory import deactivation
from web.people.permissions import SYSTEM, Role
from web.tickets.actions import assignment, replies, resolution, waits
from web.tickets.actions.properties import classification
from web.tickets.life.states import Channel
from web.tickets.lists import presence
from web.tickets.record import reindexing
from web.tickets.requests import submission
from web.tickets.requests.drafts import Request

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=1)


def steps(page: Page) -> dict[str, str]:
    """The turn of each row by title, without the last message."""
    rows = page.html.css(".line")
    for said in page.html.css(".line__said"):
        said.decompose()
    return dict(zip(titles(page), [folded(row.css_first(".line__next")) for row in rows], strict=True))


def doors(page: Page) -> dict[str, str]:
    """The lists of the navigation and their counts."""
    return {
        text.rpartition(" ")[0]: text.rpartition(" ")[2]
        for text in page.texts(".navigation ul:first-of-type a")
        if text[-1].isdigit()
    }


def heads_of(page: Page) -> list[str]:
    """The columns of a list after the title."""
    return page.texts(".list th")[1:]


async def pages_of(browser: Browser, path: str) -> list[Page]:
    """All pages, from the first to the last."""
    pages = [await browser.get(path)]
    while "Próximos" in pages[-1].links():
        pages.append(await browser.get(pages[-1].links()["Próximos"]))
    return pages


def highlighted(page: Page) -> list[str]:
    return page.texts(".line[data-turn] .row__title")


async def test_the_inbox_holds_what_is_mine_and_what_nobody_holds_in_my_teams(database):
    people = await cast.enrol()
    mine = await cast.ticket(people.ana, "Meu")
    await cast.brought_to(mine, "open", by=people.bia, asker=people.ana)
    await cast.ticket(people.ana, "Da fila", at=NOW + timedelta(minutes=1))
    lias = await cast.ticket(people.ana, "De Lia", at=NOW + timedelta(minutes=2))
    await cast.brought_to(lias, "open", by=people.lia, asker=people.ana)
    await cast.ticket(people.ana, "Da outra equipe", category="Sistema de avaliações", topic="Resultados")
    waiting = await cast.ticket(people.ana, "Espera")
    await cast.brought_to(waiting, "waiting_requester", by=people.bia, asker=people.ana)
    solved = await cast.ticket(people.ana, "Resolvido")
    await cast.brought_to(solved, "resolved", by=people.bia, asker=people.ana)
    bia = await browser_of(people.bia, at=LATER)
    inbox = await bia.get("/desk")
    assert (inbox.text("h1"), titles(inbox)) == ("Caixa de entrada", ["Da fila", "Meu"])
    own = await bia.get(inbox.links()["Trabalho próprio 1"])
    assert (own.text("h1"), titles(own)) == ("Trabalho próprio", ["Espera"])
    assert titles(await bia.get(own.links()["Não atribuídos 2"])) == ["Da fila", "Da outra equipe"]
    assert titles(await bia.get(own.links()["Financeiro 1"])) == ["Da fila"]
    assert doors(inbox) == {
        "Caixa de entrada": "2",
        "Trabalho próprio": "1",
        "Rascunhos": "0",
        "Vencendo": "0",
        "Não atribuídos": "2",
        "Atendimento": "0",
        "Financeiro": "1",
        "Para conferir": "0",
    }
    assert len(titles(await bia.get(own.links()["Todos os tickets"]))) == 6


async def test_an_empty_inbox_says_so_kindly(database):
    people = await cast.enrol()
    davi = await browser_of(people.davi)
    assert (await davi.get("/desk")).text(".empty") == (
        "Nada espera por você O que chegar às suas equipes, ou voltar para você, aparece aqui. Ver os não atribuídos"
    )


async def test_a_row_says_whose_turn_it_is_who_asked_and_what_was_said_last(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana, at=NOW - timedelta(minutes=5))
    sheet = await cast.brought_to(number, "open", by=people.bia, asker=people.ana)
    await replies.note(sheet, "Falei com o banco.\nVoltam amanhã.", by=people.bia, at=NOW)
    bia = await browser_of(people.bia, at=LATER)
    assert (await bia.get("/desk")).text(".line") == (
        "Boletos com o valor errado Nota interna de Bia: Falei com o banco. Ana Prado · Colégio Aurora "
        f"Aberto BN Bia Nunes #{number} há 1 h"
    )


async def test_what_came_back_is_highlighted_and_says_why(database):
    people = await cast.enrol()
    numbers = {}
    for title, state in (
        ("Respondida", "waiting_requester"),
        ("Contestada", "resolved"),
        ("Quieta", "open"),
        ("Na data", "waiting_until"),
        ("Devolvida", "open"),
        ("Largada", "open"),
    ):
        numbers[title] = await cast.ticket(people.ana, title)
        await cast.brought_to(numbers[title], state, by=people.bia, asker=people.ana)
    numbers["Sem resposta"] = await cast.ticket(people.ana, "Sem resposta")
    asked = await cast.brought_to(numbers["Sem resposta"], "open", by=people.bia, asker=people.ana)
    await waits.ask(asked, "Qual turma?", days=3, by=people.bia, at=NOW)
    await replies.reply(await cast.seen(numbers["Respondida"], people.ana), "Sim.", by=people.ana, at=NOW)
    await resolution.object_to(await cast.seen(numbers["Contestada"], people.ana), "Não.", by=people.ana, at=NOW)
    await assignment.release(await cast.seen(numbers["Devolvida"], people.lia), by=people.lia, at=NOW)
    await assignment.release(await cast.seen(numbers["Largada"], people.bia), by=people.bia, at=NOW)
    for title in ("Na data", "Sem resposta"):
        await _time_passes(numbers[title])
    bia = await browser_of(people.bia, at=LATER)
    page = await bia.get("/desk")
    assert sorted(highlighted(page)) == ["Contestada", "Devolvida", "Na data", "Respondida", "Sem resposta"]
    assert steps(page) == {
        "Respondida": "Ana respondeu.",
        "Contestada": "Não foi resolvido.",
        "Quieta": "",
        "Na data": "Chegou a data.",
        "Sem resposta": "3 dias sem resposta.",
        "Devolvida": "Lia devolveu.",
        "Largada": "",
    }
    assert dict(zip(titles(page), page.texts(".line__holder"), strict=True)) == {
        title: "Fila Financeiro" if title in ("Devolvida", "Largada") else "Bia Nunes" for title in numbers
    }
    assert steps(await bia.get("/desk?columns=number"))["Devolvida"] == "Lia devolveu. Na fila Financeiro."
    await replies.note(await cast.seen(numbers["Respondida"], people.bia), "Vejo já.", by=people.bia, at=LATER)
    assert "Respondida" not in highlighted(await bia.get("/desk"))


@pytest.mark.parametrize(
    "words",
    [
        "convenio",
        "Ana Prado",
        "ana@aurora.example",
        "colegio aurora",
        "11.222.333/0001-81",
        "11222333000181",
        "boletos aurora",
    ],
)
async def test_search_finds_by_words_requester_organization_and_cnpj(database, words):
    people = await cast.enrol()
    await cast.ticket(people.ana, "De Ana", "Boletos do convênio novo.")
    await cast.ticket(people.caio, "De Caio", "Outra coisa.")
    bia = await browser_of(people.bia)
    assert titles(await bia.get(f"/desk?view=all&q={words}")) == ["De Ana"]


@pytest.mark.parametrize("written", NUMBER_WRITTEN)
async def test_a_number_goes_straight_to_its_ticket(database, written):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    page = await (await browser_of(people.bia)).get("/desk?q=" + quote(written.format(number)))
    assert (page.path, page.text("h1")) == (f"/desk/tickets/{number}", "Boletos com o valor errado")


async def test_a_number_that_texts_have_too_leads_to_them(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    other = await cast.seen(await cast.ticket(people.caio, "Outra escola"), people.bia)
    await replies.note(other, f"É como no {number}.", by=people.bia, at=NOW)
    bia = await browser_of(people.bia)
    page = await bia.get(f"/desk?q={number}")
    assert page.path == f"/desk/tickets/{number}?texts=1"
    assert titles(await bia.get(page.links()[f"Procurar {number} nos textos"])) == ["Outra escola"]


async def test_results_that_are_cut_off_say_so(database):
    people = await cast.enrol()
    await many_like(await cast.ticket(people.ana, "Boletos"), 201)
    await reindexing.start()
    while await reindexing.run_page():
        pass
    first, *_, last = await pages_of(await browser_of(people.bia), "/desk?view=all&q=boletos")
    assert (first.text(".pager span.tabular"), last.text(".pager span.tabular")) == (
        "1 a 25 de 200+",
        "176 a 200 de 200+",
    )
    assert "A busca mostra os 200 mais recentes." in last.words
    assert "A busca mostra" not in first.words


async def test_filters_narrow_every_list_and_stay_in_its_address(database):
    people = await cast.enrol()
    first = await cast.ticket(people.ana, "Cobrança aberta")
    await cast.brought_to(first, "open", by=people.bia, asker=people.ana)
    category, topic = await cast.subject("Acesso ao portal", "Senha")
    told = Request("Senha esquecida", "Não entra.", category, topic, requester=people.caio.id, channel=Channel.PHONE)
    second = (await submission.open_ticket(told, by=people.bia, at=NOW)).ticket
    await cast.set_priority(second, "urgent", by=people.bia)
    third = await cast.ticket(people.ana, "Cobrança resolvida")
    await cast.brought_to(third, "resolved", by=people.bia, asker=people.ana)
    await classification.tag(await cast.seen(third, people.bia), ["Reajuste"], by=people.bia, at=NOW)
    bia = await browser_of(people.bia, at=LATER)
    page = await bia.get("/desk?view=all")
    (horizonte,) = people.caio.organizations
    found = {
        query: sorted(titles(await bia.get(f"/desk?view=all&{query}")))
        for query in (
            "status=open",
            "status=active",
            "status=resolved",
            "priority=urgent",
            f"category={option(page, 'category', 'Cobrança')}",
            f"team={option(page, 'team', 'Atendimento')}",
            f"assignee={option(page, 'assignee', 'Bia Nunes')}",
            f"organization={horizonte}",
            "tag=reajuste",
            "channel=phone",
            f"topic={option(page, 'topic', 'Senha')}",
            f"requester={people.caio.id}",
            f"requester={people.ana.id}&channel=form&status=resolved",
            f"category={option(page, 'category', 'Cobrança')}&priority=urgent",
            f"status=active&assignee={option(page, 'assignee', 'Bia Nunes')}",
        )
    }
    assert list(found.values()) == [
        ["Cobrança aberta"],
        ["Cobrança aberta", "Senha esquecida"],
        ["Cobrança resolvida"],
        ["Senha esquecida"],
        ["Cobrança aberta", "Cobrança resolvida"],
        ["Senha esquecida"],
        ["Cobrança aberta", "Cobrança resolvida"],
        ["Senha esquecida"],
        ["Cobrança resolvida"],
        ["Senha esquecida"],
        ["Senha esquecida"],
        ["Senha esquecida"],
        ["Cobrança resolvida"],
        [],
        ["Cobrança aberta"],
    ]
    assert titles(await bia.get("/desk?priority=urgent")) == ["Senha esquecida"]


async def test_filters_are_typed_shown_as_chips_and_taken_away_one_by_one(database):
    people = await cast.enrol()
    await target("resolution", 8)
    for title, who, text in (
        ("Boleto errado", people.ana, "Veio em dobro."),
        ("Livro", people.ana, "Falta o boleto."),
        ("Boleto perdido", people.caio, "Sumiu."),
    ):
        await cast.ticket(who, title, text)
    bia = await browser_of(people.bia, at=LATER)
    page = await bia.get(f"/desk?view=all&q={quote('assunto:boleto de:ana prazo:<2d')}")
    assert page.path == f"/desk?view=all&requester={people.ana.id}&due=48&subject=boleto"
    assert (titles(page), page.texts(".cuts a")) == (
        ["Boleto errado"],
        ["prazo: em até 2 dias ×", "de: Ana Prado ×", "assunto: boleto ×"],
    )
    page = await bia.get(page.links()["Tirar o filtro de: Ana Prado"])
    assert sorted(titles(page)) == ["Boleto errado", "Boleto perdido"]
    page = await bia.get(page.links()["Tirar o filtro assunto: boleto"])
    assert (len(titles(page)), page.texts(".cuts a")) == (3, ["prazo: em até 2 dias ×"])
    assert titles(await bia.get("/desk?view=all&due=2")) == []


async def test_a_filter_by_what_is_out_of_use_keeps_its_name_and_its_choice(database):
    people = await cast.enrol()
    await cast.ticket(people.ana, "Boleto")
    await cast.ticket(people.ana, "Livro", category="Material didático", topic="Troca")
    category, topic = await cast.subject("Cobrança", "Boletos")
    await retire_topic("Boletos", of=category, by=people.lia)
    await set_category("Cobrança", by=people.lia, is_active=False)
    await deactivation.deactivate(people.davi.id, by=people.admin, at=LATER)
    bia = await browser_of(people.bia, at=LATER)
    page = await bia.get(f"/desk?view=all&category={category}&topic={topic}")
    assert (titles(page), page.texts(".cuts a")) == (
        ["Boleto"],
        ["categoria: Cobrança ×", "assunto da categoria: Boletos ×"],
    )
    assert page.texts(".sieve__extra option[selected]")[:2] == ["Cobrança", "Boletos"]
    page = await bia.get(f"/desk?view=all&assignee={people.davi.id}")
    assert page.texts(".cuts a") == ["com: Davi Reis ×"]
    assert page.texts(".sieve__extra option[selected]") == ["Davi Reis"]
    page = await bia.get("/desk?view=all")
    assert {"Cobrança", "Davi Reis"}.isdisjoint(page.texts(".sieve__extra option"))


async def test_what_is_typed_as_a_filter_and_is_none_is_said(database):
    people = await cast.enrol()
    await cast.ticket(people.ana, "Boleto")
    bia = await browser_of(people.bia)
    page = await bia.get(f"/desk?q={quote('boleto de:zulmira equipe:fin')}")
    assert (page.texts(".tools ~ [role=status]"), page.texts(".cuts a")) == (
        ["Ninguém se chama “zulmira”."],
        ["equipe: Financeiro ×"],
    )
    assert page.element("q").attributes["value"] == 'boleto de:"zulmira"'
    page = await bia.get(f"/desk?q={quote('de:example')}")
    (said,) = page.texts(".tools ~ [role=status]")
    assert said.startswith("“example” pode ser ")


@pytest.mark.parametrize("view", ["inbox", "unassigned", "all"])
async def test_a_list_can_hold_only_what_changed_lately_or_has_not_for_long(database, view):
    people = await cast.enrol()
    for days in (0, 6, 8, 31, 91):
        await cast.ticket(people.ana, f"De {days}", at=NOW - timedelta(days=days))
    bia = await browser_of(people.bia, at=NOW + timedelta(minutes=1))
    page = await bia.get("/desk")
    words = page.html.css("#updated option")
    found = {
        each.text(): titles(await bia.get(f"/desk?view={view}&updated={each.attributes['value']}")) for each in words
    }
    assert found == {
        "Em qualquer data": ["De 0", "De 6", "De 8", "De 31", "De 91"],
        "Nas últimas 24 horas": ["De 0"],
        "Nos últimos 7 dias": ["De 0", "De 6"],
        "Nos últimos 30 dias": ["De 0", "De 6", "De 8"],
        "Há mais de 7 dias": ["De 8", "De 31", "De 91"],
        "Há mais de 30 dias": ["De 31", "De 91"],
        "Há mais de 90 dias": ["De 91"],
    }
    old = await bia.get(f"/desk?view={view}&updated=-30&sort=oldest&team={option(page, 'team', 'Financeiro')}")
    assert (titles(old), old.html.css_first("#updated [selected]").text()) == (["De 91", "De 31"], "Há mais de 30 dias")


@pytest.mark.parametrize(
    "query",
    ["view=tudo", "status=%00", "team=abc", "after=x", "sort=;", "q=%20", "assignee=-1", "updated=5"],
)
async def test_a_value_without_meaning_is_as_if_it_were_not_there(database, query):
    people = await cast.enrol()
    await cast.ticket(people.ana)
    bia = await browser_of(people.bia)
    assert titles(await bia.get(f"/desk?{query}")) == ["Boletos com o valor errado"]


@pytest.mark.parametrize("sort", ["newest", "oldest"])
async def test_pages_follow_one_another_without_repeating_or_losing_a_ticket(database, sort):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await many_like(number, 56)
    bia = await browser_of(people.bia)
    page = await bia.get(f"/desk?sort={sort}")
    seen = [page.texts("td[data-column=number]")]
    assert page.text(".pager") == "1 a 25 de 57 Próximos"
    while "Próximos" in page.links():
        page = await bia.get(page.links()["Próximos"])
        seen.append(page.texts("td[data-column=number]"))
    assert [len(each) for each in seen] == [25, 25, 7]
    numbers = [int(each.removeprefix("#")) for each in chain.from_iterable(seen)]
    assert numbers == sorted(set(numbers), reverse=sort == "newest")
    back = [page.texts("td[data-column=number]")]
    assert page.text(".pager") == "Anteriores 51 a 57 de 57"
    while "Anteriores" in page.links():
        page = await bia.get(page.links()["Anteriores"])
        back.append(page.texts("td[data-column=number]"))
    assert (back[::-1], page.text(".pager")) == (seen, "1 a 25 de 57 Próximos")


async def test_going_back_in_a_list_that_became_shorter_leads_to_its_beginning(database):
    people = await cast.enrol()
    await many_like(await cast.ticket(people.ana), 79)
    bia = await browser_of(people.bia)
    page = await bia.get("/desk")
    for _ in range(3):
        page = await bia.get(page.links()["Próximos"])
    ouvidoria = await team("Ouvidoria")
    for row in await fetch("SELECT id FROM ticket ORDER BY id DESC LIMIT 60"):
        await assignment.assign(
            await cast.seen(row["id"], people.lia), team=ouvidoria, person=None, by=people.lia, at=NOW
        )
    page = await bia.get(page.links()["Anteriores"])
    assert (page.text(".pager"), len(titles(page))) == ("1 a 20 de 20", 20)


@pytest.mark.parametrize(
    ("column", "first", "then"),
    [
        ("Título", "Água boleto Zelo", "Zelo boleto Água"),
        ("Solicitante", "boleto Zelo Água", "Água Zelo boleto"),
        ("Prazo", "Zelo Água boleto", "Água Zelo boleto"),
        ("Nº", "boleto Zelo Água", "Água Zelo boleto"),
        ("Com", "boleto Zelo Água", "Água Zelo boleto"),
        ("Mudou", "boleto Zelo Água", "Água Zelo boleto"),
    ],
)
async def test_a_click_on_a_column_sorts_by_it_and_another_one_turns_it_round(database, column, first, then):
    people = await cast.enrol()
    await target("resolution", 2, priority="urgent")
    await target("resolution", 24, priority="high")
    await cast.ticket(people.ana, "boleto")
    for title, who, agent, priority in (
        ("Zelo", people.caio, people.bia, "urgent"),
        ("Água", people.rui, people.lia, "high"),
    ):
        number = await cast.ticket(who, title)
        await assignment.take(await cast.seen(number, agent), by=agent, at=NOW)
        await cast.set_priority(number, priority, by=agent)
    bia = await browser_of(people.bia, at=LATER)
    page, seen = await bia.get("/desk?view=all"), []
    for way in ("ascending", "descending"):
        page = await bia.get(page.links()[column])
        seen.append(" ".join(titles(page)))
        assert {each.attributes["aria-sort"]: folded(each) for each in page.html.css("[aria-sort]")} == {way: column}
    assert seen == [first, then]


async def test_a_sorted_list_goes_on_by_pages_and_says_how_far_it_is_sorted(database):
    people = await cast.enrol()
    await many_like(await cast.ticket(people.ana), 1006)
    bia = await browser_of(people.bia)
    first = await bia.get("/desk?sort=number")
    second = await bia.get(first.links()["Próximos"])
    last = await bia.get(re.sub("=25(?=&|$)", "=975", first.links()["Próximos"]))
    before = await bia.get(last.links()["Anteriores"])
    shown = [page.texts("td[data-column=number]") for page in (first, second, before, last)]
    numbers = [int(each.removeprefix("#")) for each in chain.from_iterable(shown)]
    assert (len(numbers), numbers, numbers[-1] - numbers[0]) == (100, sorted(numbers), 999)
    assert (last.text(".pager"), "Próximos" in last.links()) == ("Anteriores 976 a 1.000 de 1.000+", False)
    assert "A ordem vale para os 1.000 primeiros da lista." in last.words


@pytest.mark.parametrize("view", ["inbox", "own", "unassigned", "all"])
async def test_a_list_takes_four_queries_however_many_rows_it_has(database, view):
    people = await cast.enrol()
    bia = await browser_of(people.bia)
    made = []
    for times in (1, 30):
        number = await cast.ticket(people.ana, f"{times}")
        await many_like(number, times)
        with statements() as asked:
            await bia.client.get(f"/desk?view={view}")
        made.append(len(asked))
    assert made == [4, 4]


async def test_counts_beside_the_lists_end_at_two_hundred_the_one_of_the_list_itself_does_not(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await many_like(number, 199)
    bia = await browser_of(people.bia)
    assert doors(await bia.get("/desk"))["Financeiro"] == "200"
    await many_like(number, 1)
    inbox = await bia.get("/desk")
    assert (inbox.text(".navigation [aria-current]"), inbox.text(".pager .tabular")) == (
        "Caixa de entrada 200+",
        "1 a 25 de 201",
    )


@pytest.mark.parametrize("kind", ["team", "until", "children", "case"])
async def test_what_waits_is_found_by_what_it_waits_for(database, kind):
    people = await cast.enrol()
    for each in ("team", "until", "children", "case"):
        number = await cast.ticket(people.ana, f"Por {each}")
        await cast.brought_to(number, f"waiting_{each}", by=people.bia, asker=people.ana)
    bia = await browser_of(people.bia)
    assert titles(await bia.get(f"/desk?view=own&status={kind}")) == [f"Por {kind}"]


async def test_words_not_found_in_a_list_can_be_sought_in_all_of_them(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana, "Boleto")
    await cast.brought_to(number, "closed", by=people.bia, asker=people.ana)
    bia = await browser_of(people.bia)
    page = await bia.get("/desk?q=boleto+%26")
    assert page.text(".empty p") == "Procuramos só nesta lista."
    assert titles(await bia.get(page.links()["Procurar em todos os tickets"])) == ["Boleto"]


async def test_a_swapped_list_is_the_block_alone(database):
    people = await cast.enrol()
    await cast.ticket(people.ana)
    bia = await browser_of(people.bia, htmx=True)
    assert top_level(await bia.get("/desk?status=new")) == ["list"]


async def test_a_ticket_looked_at_from_its_list_tells_what_was_said_last_in_few_queries(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    sheet = await cast.brought_to(number, "open", by=people.bia, asker=people.ana)
    for each in range(4):
        await replies.note(sheet, f"Nota {each}", by=people.bia, at=NOW + timedelta(minutes=each))
    bia = await browser_of(people.bia, htmx=True, at=LATER)
    with statements() as asked:
        page = await bia.get(f"/desk/tickets/{number}/peek")
    assert (page.text("h2"), page.texts(".message__body")) == (
        "Boletos com o valor errado",
        ["Nota 1", "Nota 2", "Nota 3"],
    )
    assert ("O que veio antes está no ticket." in page.words, len(asked)) == (True, 3)
    plain = await (await browser_of(people.bia)).get(f"/desk/tickets/{number}/peek")
    assert plain.path == f"/desk/tickets/{number}"


async def test_a_saved_list_shows_the_columns_it_was_saved_with(database):
    people = await cast.enrol()
    await cast.ticket(people.ana)
    bia = await browser_of(people.bia, at=LATER)
    chosen = await bia.get("/desk?view=all&columns=opened&columns=team&columns=category&columns=nada")
    assert chosen.texts(".line [data-column]") == ["23/11/2026", "Financeiro", "Cobrança / Boletos"]
    saved = await bia.send(chosen, "/desk/views", name="Minha lista")
    assert (saved.text("h1"), saved.texts(".list th")[1:]) == ("Minha lista", ["Aberto em", "Equipe", "Categoria"])
    usual = await bia.get(chosen.links()["Todos os tickets"])
    assert usual.texts(".list th")[1:] == ["Solicitante", "Status", "Com", "Prazo", "Nº", "Mudou"]


async def test_columns_are_chosen_and_moved_for_each_list_and_remembered(database):
    people = await cast.enrol()
    await cast.ticket(people.ana)
    bia = await browser_of(people.bia)
    page = await bia.get("/desk?view=all")
    page = await bia.send(page, "/desk/columns", columns=["who", "due", "team"], roomy="1")
    assert (page.path, heads_of(page)) == ("/desk?view=all", ["Solicitante", "Prazo", "Equipe"])
    page = await bia.send(page, "/desk/columns", columns=["who", "due", "team"], earlier="team")
    assert (page.path, heads_of(page)) == ("/desk?view=all&look=team", ["Solicitante", "Equipe", "Prazo"])
    assert page.texts("details[open] > summary") == ["Colunas"]
    assert page.attributes("[autofocus]", "aria-label") == ["Mover Equipe para antes"]
    inbox = await bia.get("/desk")
    assert heads_of(inbox) == ["Solicitante", "Status", "Com", "Prazo", "Nº", "Mudou"]
    assert ("data-roomy" in inbox.html.css_first(".list").attributes, len(page.html.css("[data-roomy]"))) == (True, 1)
    davi = await browser_of(people.davi)
    assert heads_of(await davi.get("/desk?view=all")) == heads_of(inbox)


async def test_a_saved_list_has_columns_of_its_own(database):
    people = await cast.enrol()
    await cast.ticket(people.ana)
    bia = await browser_of(people.bia)
    saved = await bia.send(await bia.get("/desk?view=all"), "/desk/views", name="Minha lista")
    changed = await bia.send(saved, "/desk/columns", columns=["number", "channel"])
    assert (changed.text("h1"), heads_of(changed)) == ("Minha lista", ["Nº", "Canal"])
    everything = await bia.get("/desk?view=all")
    assert heads_of(everything) == ["Solicitante", "Status", "Com", "Prazo", "Nº", "Mudou"]
    assert heads_of(await bia.get(everything.links()["Minha lista"])) == ["Nº", "Canal"]


async def test_who_else_has_it_open_is_said_for_a_minute(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    davi = await browser_of(people.davi)
    await davi.get(f"/desk/tickets/{number}")
    said = []
    for seconds in (30, 90):
        bia = await browser_of(people.bia, at=NOW + timedelta(seconds=seconds))
        said.append((await bia.get("/desk")).texts(".line__viewers"))
        said.append((await bia.get(f"/desk/tickets/{number}")).texts("#presence .notice"))
    assert said == [["Davi Reis está vendo"], ["Davi Reis também está com este ticket aberto."], [], []]


async def test_visits_are_bounded_for_each_person(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await many_like(number, 60)
    rows = await fetch("SELECT id FROM ticket ORDER BY id")
    for place, row in enumerate(rows):
        await presence.note_visit(
            await cast.seen(row["id"], people.bia), by=people.bia, at=NOW + timedelta(seconds=place)
        )
    await presence.sweep(LATER)
    left = await fetch("SELECT ticket FROM visit ORDER BY at DESC")
    assert [row["ticket"] for row in left] == [row["id"] for row in rows[:-51:-1]]


async def test_a_ticket_of_a_confidential_team_is_in_no_list_and_no_count_of_others(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana, "Reservado")
    ouvidoria = await team("Ouvidoria")
    await assignment.assign(await cast.seen(number, people.lia), team=ouvidoria, person=None, by=people.lia, at=NOW)
    seen = {}
    for name in ("bia", "lia"):
        browser = await browser_of(getattr(people, name))
        pages = [
            await browser.get(f"/desk?{query}") for query in ("", "view=unassigned", "view=all", "view=all&q=reservado")
        ]
        seen[name] = [titles(page) for page in pages]
    assert seen == {"bia": [[]] * 4, "lia": [["Reservado"]] * 4}


async def _time_passes(number: int) -> None:
    """Runs the timers at the end of a wait."""
    await waits.resume(await cast.seen(number, SYSTEM), by=SYSTEM, at=NOW)


# Two people of one name


async def test_two_people_of_one_name_are_told_apart_wherever_they_are_chosen_or_listed(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    twin = await accounts.create("Ana Prado", ["ana.prado@horizonte.example"], at=NOW)
    actor = await actors.of_person(twin)
    assert actor is not None
    other = await cast.ticket(actor, "Outra Ana", "Sou outra pessoa.")
    await accounts.create("Bia Nunes", ["bia.nunes@guiche.example"], role=Role.AGENT, at=NOW)
    bia = await browser_of(people.bia)
    both = ["Bia Nunes (bia.nunes@guiche.example)", "Bia Nunes (bia@guiche.example)"]
    page = await bia.get("/desk")
    assert [each for each in page.options("assignee") if "Bia" in each] == both
    assert [each for each in page.options("to_assignee") if "Bia" in each] == both
    sheet = await bia.get(f"/desk/tickets/{number}")
    assert [each for each in sheet.options("assignee") if "Bia" in each] == both
    who = " ".join(page.texts(".line"))
    assert ("Ana Prado (ana@aurora.example)" in who, "Ana Prado (ana.prado@horizonte.example)" in who) == (True, True)
    narrowed = await bia.get(f"/desk?view=all&requester={twin}")
    assert titles(narrowed) == ["Outra Ana"]
    assert "Ana Prado (ana.prado@horizonte.example)" in narrowed.words
    assert (await bia.get(f"/desk/tickets/{other}")).text("#asker").startswith("Ana Prado")
