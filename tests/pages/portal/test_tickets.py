"""The list of tickets: scopes, filters, search and pages, all in its address."""

from datetime import timedelta
from itertools import chain
from urllib.parse import quote

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, browser_of
from tests.pages.reading import (
    NUMBER_WRITTEN,
    chips,
    chosen,
    filtered,
    impersonal,
    many_like,
    option,
    statements,
    titles,
    top_level,
)
from web.clock import set_now
from web.tickets.actions import participants, replies
from web.tickets.requests import drafts
from web.tickets.requests.drafts import Request

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=1)


async def test_a_row_says_what_where_and_whose_turn_it_is(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana, at=NOW - timedelta(days=1))
    await cast.brought_to(number, "waiting_requester", by=people.bia, asker=people.ana, at=NOW - timedelta(minutes=9))
    ana, rui = await browser_of(people.ana), await browser_of(people.rui)
    await participants.add(
        await cast.seen(number, people.ana), ["rui@aurora.example"], by=people.ana, at=NOW - timedelta(minutes=9)
    )
    assert (await ana.get("/tickets")).text(".row") == (
        "Boletos com o valor errado Sua vez: Responda até qua., 02/12, 18h; depois disso consideramos resolvido. "
        f"Aguardando você #{number} mudou há 9 min Ver Detalhe"
    )
    assert (await rui.get("/tickets?scope=copied")).text(".row") == (
        "Boletos com o valor errado Aguardando a resposta de Ana até qua., 02/12, 18h. "
        f"Aguardando resposta #{number} de Ana Prado mudou há 9 min Ver Detalhe"
    )


async def test_each_reader_is_offered_the_scopes_they_have_a_use_for(database):
    people = await cast.enrol()
    offered = {}
    for name in ("ana", "rui", "caio", "bia"):
        browser = await browser_of(getattr(people, name))
        offered[name] = (await browser.get("/tickets")).options("scope")
    mine, copied = "Minhas solicitações", "Solicitações nas quais estou em cópia"
    assert offered == {
        "ana": ["Solicitações da organização", mine, copied],
        "rui": [mine, copied],
        "caio": ["Solicitações da organização", mine, copied],
        "bia": ["Todos os tickets", mine, copied],
    }


async def test_the_heading_follows_the_scope_and_a_colleague_is_filtered_by_name(database):
    people = await cast.enrol()
    for person, title in ((people.ana, "De Ana"), (people.rui, "De Rui"), (people.caio, "De Caio")):
        await cast.ticket(person, title)
    ana = await browser_of(people.ana, at=LATER)
    page = await ana.get("/tickets")
    assert page.texts("#heading > *") == ["Meus tickets", "Solicitações da organização"]
    assert page.options("person") == ["Qualquer pessoa", "Rui Alves"]
    page = await filtered(ana, page, scope="Solicitações da organização")
    assert page.texts("#heading > *") == ["Solicitações da organização"]
    assert sorted(titles(page)) == ["De Ana", "De Rui"]
    page = await filtered(ana, page, person="Rui Alves")
    assert (titles(page), chosen(page, "person")) == (["De Rui"], "Rui Alves")
    assert titles(await filtered(ana, page, "rui")) == ["De Rui"]
    page = await filtered(ana, page, scope="Minhas solicitações")
    assert (page.texts("#heading > *"), titles(page)) == (["Meus tickets"], ["De Ana"])
    for person in (people.caio.id, 999, "x"):
        unseen = await ana.get(f"/tickets?scope=organization&person={person}")
        assert set(titles(unseen)) <= {"De Ana", "De Rui"}


async def test_each_scope_shows_its_own_tickets(database):
    people = await cast.enrol()
    await cast.ticket(people.ana, "De Ana")
    await cast.ticket(people.rui, "De Rui", at=NOW + timedelta(minutes=1))
    await cast.ticket(people.caio, "De Caio", copies=("ana@aurora.example",), at=NOW + timedelta(minutes=2))
    ana, bia = await browser_of(people.ana, at=LATER), await browser_of(people.bia, at=LATER)
    page = await ana.get("/tickets")
    assert titles(await filtered(ana, page, scope="Solicitações da organização")) == ["De Rui", "De Ana"]
    assert titles(await filtered(ana, page, scope="Minhas solicitações")) == ["De Ana"]
    assert titles(await filtered(ana, page, scope="Solicitações nas quais estou em cópia")) == ["De Caio"]
    assert titles(await bia.get("/tickets")) == ["De Caio", "De Rui", "De Ana"]
    assert titles(await filtered(bia, await bia.get("/tickets"), scope="Minhas solicitações")) == []


@pytest.mark.parametrize("scope", ["organization", "all", "around"])
async def test_who_writes_a_scope_they_were_not_offered_sees_their_own(database, scope):
    people = await cast.enrol()
    await cast.ticket(people.ana, "De Ana")
    await cast.ticket(people.rui, "De Rui")
    rui = await browser_of(people.rui)
    page = await rui.get(f"/tickets?scope={scope}")
    assert (chosen(page, "scope"), titles(page)) == ("Minhas solicitações", ["De Rui"])


async def test_the_same_address_shows_each_reader_what_they_may_see(database):
    people = await cast.enrol()
    for name in ("ana", "rui", "caio"):
        for state in ("new", "resolved"):
            number = await cast.ticket(getattr(people, name), f"{state} de {name}")
            await cast.brought_to(number, state, by=people.bia, asker=getattr(people, name))
    ana = await browser_of(people.ana, at=LATER)
    sent = await filtered(
        ana, await ana.get("/tickets"), scope="Solicitações da organização", status="Resolvido", category="Cobrança"
    )
    seen = {}
    for name in ("ana", "rui", "caio"):
        browser = await browser_of(getattr(people, name), at=LATER)
        page = await browser.get(sent.path)
        assert (chosen(page, "status"), chosen(page, "category")) == ("Resolvido", "Cobrança")
        seen[name] = titles(page)
    assert seen == {
        "ana": ["resolved de rui", "resolved de ana"],
        "rui": ["resolved de rui"],
        "caio": ["resolved de caio"],
    }


async def test_each_status_shows_the_tickets_that_carry_its_label(database):
    people = await cast.enrol()
    about, _ = await cast.subject()
    for state in (
        "new",
        "open",
        "unassigned",
        "waiting_requester",
        "waiting_team",
        "waiting_until",
        "waiting_children",
        "waiting_case",
        "resolved",
        "closed",
    ):
        await cast.brought_to(await cast.ticket(people.ana, state), state, by=people.lia, asker=people.ana)
    await drafts.draft(Request("draft", "", about), by=people.ana, at=NOW)
    ana = await browser_of(people.ana, at=LATER)
    everything = await ana.get("/tickets?scope=mine")
    labels = everything.options("status")
    assert labels == [
        "Qualquer um",
        "Rascunho",
        "Aguardando aprovação",
        "Novo",
        "Aberto",
        "Aguardando resposta",
        "Em espera",
        "Resolvido",
        "Fechado",
    ]
    assert len(chips(everything)) == 11
    for label in labels[1:]:
        page = await filtered(ana, everything, status=label)
        mine = "Aguardando você" if label == "Aguardando resposta" else label
        assert chips(page) == {title: chip for title, chip in chips(everything).items() if chip == mine}, label
    with_the_team = await ana.get((await ana.get("/")).links()["Acompanhar : com a equipe"])
    assert sorted(titles(with_the_team)) == [
        "new",
        "open",
        "unassigned",
        "waiting_case",
        "waiting_children",
        "waiting_team",
        "waiting_until",
    ]


async def test_search_needs_every_word_and_minds_neither_accents_case_nor_plurals(database):
    people = await cast.enrol()
    await cast.ticket(people.ana, "Emissão de boletos", "A turma do 5º ano.", at=NOW)
    await cast.ticket(people.ana, "Boleto em dobro", "A turma do 6º ano.", at=NOW + timedelta(minutes=1))
    ana = await browser_of(people.ana, at=LATER)
    page = await ana.get("/tickets")
    found = {
        words: titles(await filtered(ana, page, words))
        for words in ("boleto", "BOLETOS turma", "emissao boleto", "emissao dobro", "emiss", "livro", "ano 6")
    }
    assert found == {
        "boleto": ["Boleto em dobro", "Emissão de boletos"],
        "BOLETOS turma": ["Boleto em dobro", "Emissão de boletos"],
        "emissao boleto": ["Emissão de boletos"],
        "emissao dobro": [],
        "emiss": ["Emissão de boletos"],
        "livro": [],
        "ano 6": ["Boleto em dobro"],
    }


async def test_search_finds_what_was_said_later_but_a_note_only_for_the_desk(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await replies.reply(await cast.seen(number, people.bia), "Troquei o convênio.", by=people.bia, at=NOW)
    await replies.note(await cast.seen(number, people.bia), "Cliente inadimplente.", by=people.bia, at=NOW)
    ana, bia = await browser_of(people.ana), await browser_of(people.bia)
    found = [
        len(titles(await browser.get(f"/tickets?q={word}")))
        for browser in (ana, bia)
        for word in ("convenio", "inadimplente")
    ]
    assert found == [1, 0, 1, 1]


@pytest.mark.parametrize("space", ["\t", "\u00a0", "\u2009", "  ", "\u3000"])
async def test_whatever_stands_between_words_is_a_space(database, space):
    people = await cast.enrol()
    await cast.ticket(people.ana, "Boletos errados")
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets?q=" + quote(f"boletos{space}errados"))
    assert (titles(page), page.element("q").attributes["value"]) == (["Boletos errados"], "boletos errados")


async def test_search_finds_nothing_of_a_strangers_ticket(database):
    people = await cast.enrol()
    await cast.ticket(people.caio, "Boletos da Horizonte")
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets?q=boletos")
    assert page.text(".empty h2") == "Nenhum ticket com este filtro"


@pytest.mark.parametrize("written", NUMBER_WRITTEN)
async def test_a_number_goes_straight_to_its_ticket(database, written):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets?q=" + quote(written.format(number)))
    assert (page.path, page.text("h1")) == (f"/tickets/{number}", "Boletos com o valor errado")


async def test_a_number_that_texts_have_too_leads_to_them(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await cast.ticket(people.ana, "Continua o erro", f"É como no {number}.")
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets?q=%23{number}")
    assert (page.path, page.text("h1")) == (f"/tickets/{number}?texts=1", "Boletos com o valor errado")
    texts = await ana.get(page.links()[f"Procurar {number} nos textos"])
    assert (titles(texts), texts.element("q").attributes["value"]) == (["Continua o erro"], f'"{number}"')


@pytest.mark.parametrize("who", ["ana", "rui"])
async def test_a_number_in_texts_out_of_sight_is_not_told_of(database, who):
    people = await cast.enrol()
    number = await cast.ticket(getattr(people, who))
    await cast.ticket(people.caio, "Continua o erro", f"É como no {number}.")
    sheet = await cast.seen(await cast.ticket(people.ana, "Outro"), people.bia)
    await replies.note(sheet, f"Ver {number}.", by=people.bia, at=NOW)
    page = await (await browser_of(getattr(people, who))).get(f"/tickets?q={number}")
    assert (page.path, [each for each in page.links() if "textos" in each]) == (f"/tickets/{number}", [])


async def test_a_number_typed_with_htmx_goes_straight_to_its_ticket_too(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana, htmx=True)
    answer = await ana.get(f"/tickets?q={number}")
    assert (answer.response.headers["hx-redirect"], answer.response.text) == (f"/tickets/{number}", "")


async def test_the_number_of_an_unseen_ticket_is_like_one_that_does_not_exist(database):
    people = await cast.enrol()
    theirs = await cast.ticket(people.caio)
    ana = await browser_of(people.ana)
    unseen, absent = await ana.get(f"/tickets?q={theirs}"), await ana.get("/tickets?q=999999999")
    assert unseen.text(".empty h2") == "Nenhum ticket com este filtro"
    assert impersonal(unseen).replace(str(theirs), "") == impersonal(absent).replace("999999999", "")


async def test_a_number_that_is_no_ticket_is_searched_as_a_word(database):
    people = await cast.enrol()
    await cast.ticket(people.ana, "Nota fiscal 4711")
    ana = await browser_of(people.ana)
    assert titles(await ana.get("/tickets?q=4711")) == ["Nota fiscal 4711"]


@pytest.mark.parametrize(
    "query",
    [
        "scope=everything",
        "scope=",
        "scope=mine%00&scope=organization",
        "status=resolved",
        "status=%F0%9F%A6%86",
        "priority=highest",
        "priority='%20OR%201=1--",
        "category=abc",
        "category=-1",
        "category=%C2%B2",
        "category=1e3",
        "category=99999999999999999999",
        "sort=title;drop",
        "after=yesterday",
        "after=-",
        "after=1-",
        "after=%C2%B2-1",
        "after=99999999999999999999-1",
        "page=2&limit=0",
        "q=",
        "q=%20%20",
        "q=%00",
        "after=99999999999999999-1",
        "after=1-99999999999999999&sort=created",
        "&&&=&",
        "%FF%FE=%FF",
    ],
)
async def test_a_value_without_meaning_is_as_if_it_were_not_there(database, query):
    people = await cast.enrol()
    await cast.ticket(people.ana, "De Ana")
    await cast.ticket(people.rui, "De Rui", at=NOW + timedelta(minutes=1))
    ana = await browser_of(people.ana, at=LATER)
    page = await ana.get(f"/tickets?{query}")
    assert page.status == 200
    assert titles(page) == ["De Rui", "De Ana"]
    assert page.text(".pager .tabular") == "2 de 2"


@pytest.mark.parametrize(
    "query",
    [
        "q=%FF%FE",
        "q=%22",
        "q=*",
        "q=AND%20OR%20NOT",
        "q=NEAR(boletos)",
        "q=title%3Aboletos%26%21%28",
        "q=%27%3B%20DROP%20TABLE%20ticket%3B--",
        "q=" + "a" * 5000,
        "q=" + "9" * 17,
        "q=" + "9" * 400,
        "q=%EF%BC%91%EF%BC%92",
        "q=0",
        "q=-1",
        "category=0",
        "category=999999999",
        "after=0-0",
        "after=0-1&sort=created",
    ],
)
async def test_a_value_out_of_reach_finds_nothing_and_is_no_error(database, query):
    people = await cast.enrol()
    await cast.ticket(people.ana, "Lista de livros")
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets?{query}")
    assert (page.status, page.text("h1")) == (200, "Meus tickets")
    assert len(page.html.css("#tickets .empty")) == 1
    assert titles(await ana.get("/tickets")) == ["Lista de livros"]


async def test_pages_follow_one_another_without_repeating_or_losing_a_ticket(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await many_like(number, 56)
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets?scope=mine")
    seen = [page.texts(".row__meta span")]
    assert (page.text(".pager"), len(seen[0])) == ("25 de 57 Próximos", 25)
    while "Próximos" in page.links():
        page = await ana.get(page.links()["Próximos"])
        seen.append(page.texts(".row__meta span"))
    assert [len(each) for each in seen] == [25, 25, 7]
    assert page.text(".pager") == "Voltar ao início 7 de 57"
    numbers = [int(each.removeprefix("#")) for each in chain.from_iterable(seen)]
    assert numbers == sorted(set(numbers), reverse=True)
    first = await ana.get(page.links()["Voltar ao início"])
    assert first.texts(".row__meta span") == seen[0]


@pytest.mark.parametrize("sort", ["updated", "created"])
async def test_the_next_page_keeps_filter_and_order(database, sort):
    people = await cast.enrol()
    number = await cast.ticket(people.ana, "Boletos", at=NOW)
    await many_like(number, 26)
    await cast.ticket(people.ana, "Livros", category="Material didático", topic="Pedido", at=NOW)
    await replies.reply(await cast.seen(number, people.ana), "De novo.", by=people.ana, at=LATER)
    ana = await browser_of(people.ana, at=LATER)
    listed = await ana.get("/tickets")
    category = option(listed, "category", "Cobrança")
    first = await ana.get(f"/tickets?scope=mine&status=novo&category={category}&sort={sort}")
    second = await ana.get(first.links()["Próximos"])
    assert [chosen(second, name) for name in ("scope", "status", "category")] == [
        "Minhas solicitações",
        "Novo",
        "Cobrança",
    ]
    assert (titles(second), second.text(".pager .tabular")) == (["Boletos"] * 2, "2 de 27")
    place = {"updated": first, "created": second}[sort].texts(".row__meta span").index(f"#{number}")
    assert place == {"updated": 0, "created": 1}[sort]


async def test_the_filter_bar_keeps_the_order_of_the_list(database):
    people = await cast.enrol()
    first = await cast.ticket(people.ana, "Primeiro", at=NOW)
    await cast.ticket(people.ana, "Segundo", at=NOW)
    await replies.reply(await cast.seen(first, people.ana), "De novo.", by=people.ana, at=LATER)
    ana = await browser_of(people.ana, at=LATER)
    page = await ana.get("/tickets?sort=created")
    assert titles(page) == ["Segundo", "Primeiro"]
    assert titles(await filtered(ana, page, status="Novo")) == ["Segundo", "Primeiro"]


async def test_who_has_no_ticket_is_told_how_to_begin(database):
    people = await cast.enrol()
    rui = await browser_of(people.rui)
    page = await rui.get("/tickets")
    assert page.text(".empty") == (
        "Nenhum ticket por aqui Quando você abrir uma solicitação, ela aparece nesta lista com tudo o que acontecer. "
        "Abrir solicitação"
    )
    assert (await rui.get("/tickets?scope=copied")).text(".empty") == (
        "Nenhum ticket por aqui Quando colocarem você em cópia de uma solicitação, ela aparece nesta lista."
    )


async def test_a_filter_that_fits_nothing_offers_to_be_cleared(database):
    people = await cast.enrol()
    await cast.ticket(people.ana, "De Ana")
    ana = await browser_of(people.ana)
    page = await filtered(ana, await ana.get("/tickets"), "inexistente", scope="Minhas solicitações")
    assert page.text(".empty") == (
        "Nenhum ticket com este filtro Tente outras palavras, ou veja todos sem filtrar. Limpar o filtro"
    )
    assert page.values("/tickets")["q"] == "inexistente"
    cleared = await ana.get(page.links()["Limpar o filtro"])
    assert (chosen(cleared, "scope"), titles(cleared)) == ("Minhas solicitações", ["De Ana"])


async def test_htmx_gets_the_list_alone_and_every_other_way_the_page(database):
    people = await cast.enrol()
    await cast.ticket(people.ana, "De Ana")
    ana = await browser_of(people.ana, htmx=True)
    block = await ana.get("/tickets?scope=mine")
    assert (top_level(block), titles(block)) == (["heading", "tickets"], ["De Ana"])
    assert block.response.headers["vary"].startswith("HX-Request")
    boosted = await ana.get("/tickets?scope=mine", HX_Boosted="true")
    restored = await ana.get("/tickets?scope=mine", HX_History_Restore_Request="true")
    assert (boosted.text("h1"), restored.text("h1")) == ("Meus tickets", "Meus tickets")


async def test_an_empty_list_is_a_block_for_htmx_too(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana, htmx=True)
    block = await ana.get("/tickets?q=nada")
    assert (top_level(block), block.text("#tickets h2")) == (["heading", "tickets"], "Nenhum ticket com este filtro")


async def test_the_list_asks_the_database_as_often_for_three_tickets_as_for_one(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    await cast.ticket(people.ana, copies=("rui@aurora.example",))
    with statements() as for_one:
        await ana.get("/tickets?scope=mine&q=boletos")
    for _ in range(2):
        number = await cast.ticket(people.ana, copies=("rui@aurora.example", "x@aurora.example"))
        await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    with statements() as for_three:
        page = await ana.get("/tickets?scope=mine&q=boletos")
    assert len(titles(page)) == 3
    assert (len(for_one), len(for_three)) == (3, 3)


async def test_a_title_is_shown_as_text_whatever_is_in_it(database):
    people = await cast.enrol()
    await cast.ticket(people.ana, '<script>alert("1")</script> & "aspas"')
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets")
    assert titles(page) == ['<script>alert("1")</script> & "aspas"']
    assert ["src" in script.attributes for script in page.html.css("script")] == [True]


async def test_a_visitor_is_led_to_the_entrance_and_back_to_the_filter(database):
    await cast.enrol()
    set_now(NOW)
    page = await Browser().get("/tickets?scope=mine&q=boletos")
    assert (page.text("h1"), page.values("/sign-in")["next"]) == ("Entrar", "/tickets?scope=mine&q=boletos")
