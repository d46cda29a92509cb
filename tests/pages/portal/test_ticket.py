"""The page of a ticket for each reader; 404 for strangers."""

from datetime import timedelta

import pytest

from tests import cast, lead_settings
from tests.cast import NOW
from tests.client import Browser, browser_of
from tests.lead_settings import set_rights
from tests.pages.reading import facts, forms, happened, impersonal, said, statements, top_level
from web.clock import set_now
from web.people.permissions import Sees
from web.tickets.actions import assignment, participants, replies, resolution, waits
from web.tickets.life.states import Wait
from web.tickets.record.attachments import save_file
from web.tickets.record.messages import NewMessage

pytestmark = pytest.mark.anyio


async def test_the_requester_reads_title_status_turn_conversation_and_details(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana, copies=("rui@aurora.example",), at=NOW - timedelta(hours=2))
    sheet = await cast.seen(number, people.bia)
    await assignment.take(sheet, by=people.bia, at=NOW - timedelta(hours=1))
    await waits.ask(sheet, "Qual é o CNPJ da nota?", by=people.bia, at=NOW - timedelta(minutes=5))
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert page.title == f"#{number} Boletos com o valor errado · Guichê"
    assert page.text("h1") == "Boletos com o valor errado"
    assert page.text(".head__sub") == "Aguardando você Cobrança / Boletos · última atividade há 5 min"
    assert page.text(".next") == "Sua vez: Responda até qua., 02/12, 18h; depois disso consideramos resolvido."
    assert page.texts(".message__who") == [
        "Você seg., 23/11, 7h · pelo portal",
        "Bia Nunes Atendimento · Financeiro seg., 23/11, 8h55 · pelo portal",
    ]
    assert said(page) == ["Os boletos vieram com o valor de outubro.", "Qual é o CNPJ da nota?"]
    assert happened(page) == ["Bia assumiu o ticket"]
    assert facts(page) == {
        "Número": f"#{number}",
        "Com quem está": "Bia Nunes, Financeiro",
        "Categoria": "Cobrança / Boletos",
        "Prioridade": "Normal",
        "Aberto por": "Ana Prado, Colégio Aurora",
        "Em cópia": "rui@aurora.example",
        "Aberto em": "seg., 23/11, 7h",
        "Canal": "Formulário",
    }


async def test_a_long_conversation_leads_from_its_head_to_the_answer(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    for turn in range(7):
        await replies.reply(await cast.seen(number, people.ana), f"E mais {turn}.", by=people.ana, at=NOW)
    assert "Adicionar à conversa" not in (await ana.get(f"/tickets/{number}")).links()
    await replies.reply(await cast.seen(number, people.ana), "E mais esta.", by=people.ana, at=NOW)
    page = await ana.get(f"/tickets/{number}")
    assert page.links()["Adicionar à conversa"] == f"#body-{number}"
    assert page.html.css_first(f"#body-{number}").tag == "textarea"


@pytest.mark.parametrize(
    ("state", "to_ana", "to_bia"),
    [
        ("new", ("Novo", "Na fila Financeiro."), ("Novo", "Na fila Financeiro.")),
        ("open", ("Aberto", "Com Bia, da equipe Financeiro."), ("Aberto", "Com Bia, da equipe Financeiro.")),
        ("unassigned", ("Aberto", "Na fila Financeiro."), ("Aberto", "Na fila Financeiro.")),
        (
            "waiting_requester",
            ("Aguardando você", "Sua vez: Responda até qua., 02/12, 18h; depois disso consideramos resolvido."),
            ("Aguardando solicitante", "Aguardando a resposta de Ana até qua., 02/12, 18h."),
        ),
        (
            "waiting_team",
            ("Em espera", "Aguardando outra equipe (N2)."),
            ("Em espera", "Aguardando outra equipe (N2)."),
        ),
        (
            "waiting_until",
            ("Em espera", "Em espera até qui., 26/11, 9h."),
            ("Em espera", "Em espera até qui., 26/11, 9h."),
        ),
        (
            "resolved",
            ("Resolvido", "Sua vez: O problema foi resolvido? Sem resposta, encerra em 30/11, às 12h. Responder"),
            ("Resolvido", "Resolvido em 23/11; encerra em 30/11, às 12h."),
        ),
        ("closed", ("Fechado", "Encerrado em 23/11."), ("Fechado", "Encerrado em 23/11.")),
    ],
)
async def test_each_reader_is_told_the_status_and_what_happens_next(database, state, to_ana, to_bia):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, state, by=people.bia, asker=people.ana)
    told = []
    for somebody in (people.ana, people.bia):
        page = await (await browser_of(somebody)).get(f"/tickets/{number}")
        told.append((page.text(".head__sub .chip"), page.text(".next")))
    assert told == [to_ana, to_bia]


async def test_the_conversation_tells_in_words_all_that_happened(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)

    async def then(act, by, *args, **more):
        await act(await cast.seen(number, by), *args, by=by, at=NOW, **more)

    await then(assignment.take, people.bia)
    await then(participants.add, people.ana, ["rui@aurora.example", "direcao@aurora.example"])
    await then(waits.wait, people.bia, Wait.TEAM)
    await then(waits.resume, people.bia)
    await then(assignment.release, people.bia)
    await then(resolution.solve, people.bia, message=NewMessage("Emitidos de novo."))
    await then(resolution.object_to, people.ana, "Ainda não.")
    await then(resolution.solve, people.bia, message=NewMessage("Agora sim."))
    await then(resolution.confirm, people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert happened(page) == [
        "Bia assumiu o ticket",
        "Você incluiu em cópia: rui@aurora.example e direcao@aurora.example",
        "Bia colocou o ticket em espera",
        "Bia retomou o atendimento",
        "Bia devolveu o ticket à fila",
        "Bia assumiu o ticket",
        "Você confirmou a solução",
    ]
    assert page.texts(".message[data-mark=solution] .message__body") == ["Emitidos de novo.", "Agora sim."]


async def test_a_note_is_read_by_the_desk_alone(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana, copies=("rui@aurora.example",))
    file = await save_file(
        name="print.png", media_type="image/png", size=4, sha256="a" * 64, person=people.bia.id, at=NOW
    )
    await replies.note(
        await cast.seen(number, people.bia), "Cliente inadimplente.", files=[file], by=people.bia, at=NOW
    )
    davi = await browser_of(people.davi)
    page = await davi.get(f"/tickets/{number}")
    assert page.text(".message[data-mark=note]") == (
        "Nota interna: o cliente não vê Bia Nunes Atendimento · Financeiro seg., 23/11, 9h · pelo portal "
        "Cliente inadimplente. print.png 4 bytes"
    )
    for somebody in (people.ana, people.rui):
        theirs = await browser_of(somebody)
        page = await theirs.get(f"/tickets/{number}")
        assert said(page) == ["Os boletos vieram com o valor de outubro."]
        assert "inadimplente" not in page.response.text
        assert "print.png" not in page.response.text
        assert (await theirs.get(f"/attachments/{file}/print.png")).text("h1") == "Não encontramos esta página"


async def test_a_stranger_finds_what_an_unknown_number_finds(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    for somebody in (people.caio, people.rui):
        theirs = await browser_of(somebody)
        unseen, absent = await theirs.get(f"/tickets/{number}"), await theirs.get("/tickets/999999999")
        assert (unseen.status, absent.status) == (404, 404)
        assert unseen.words.startswith(
            "Não encontramos esta página Ela pode ter mudado de endereço, ou não estar disponível para você. "
            "Confira o que foi digitado."
        )
        assert impersonal(unseen) == impersonal(absent)


async def test_a_page_not_found_does_not_lead_back_to_itself(database):
    people = await cast.enrol()
    caio = await browser_of(people.caio)
    page = await caio.get("/tickets/999999999")
    assert "/tickets/999999999" not in page.links().values()


@pytest.mark.parametrize(
    "number", ["0", "-1", "00", "9223372036854775807", "9223372036854775808", "9" * 40, "abc", "1.0", "%00"]
)
async def test_an_impossible_number_is_not_found(database, number):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert (page.status, page.text("h1")) == (404, "Não encontramos esta página")


async def test_a_stranger_with_htmx_gets_the_refusal_alone(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    caio = await browser_of(people.caio, htmx=True)
    block = await caio.get(f"/tickets/{number}")
    assert (block.status, top_level(block), block.text("h2")) == (404, ["section"], "Não encontramos esta página")


async def test_who_may_see_a_ticket_reads_the_same_conversation(database):
    people = await cast.enrol()
    number = await cast.ticket(people.rui, copies=("caio@horizonte.example",))
    for somebody in (people.rui, people.ana, people.caio, people.bia, people.davi):
        page = await (await browser_of(somebody)).get(f"/tickets/{number}")
        assert (page.status, said(page)) == (200, ["Os boletos vieram com o valor de outubro."])


async def test_htmx_gets_the_ticket_alone(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana, htmx=True)
    block = await ana.get(f"/tickets/{number}")
    assert (top_level(block), said(block)) == (
        [f"ticket-{number}"],
        ["Os boletos vieram com o valor de outubro."],
    )
    boosted = await ana.get(f"/tickets/{number}", HX_Boosted="true")
    assert boosted.text("h1") == "Boletos com o valor errado"


async def test_two_tickets_open_in_one_list_share_no_id(database):
    people = await cast.enrol()
    numbers = [await cast.ticket(people.ana), await cast.ticket(people.ana)]
    ana = await browser_of(people.ana, htmx=True)
    ids = [each for number in numbers for each in (await ana.get(f"/tickets/{number}")).attributes("[id]", "id")]
    assert len(ids) == len(set(ids))


async def test_a_long_conversation_begins_with_its_end_and_leads_to_what_came_before(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana, text="Dia 0")
    sheet = await cast.seen(number, people.ana)
    for day in range(1, 53):
        await replies.reply(sheet, f"Dia {day}", by=people.ana, at=NOW)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert said(page) == [f"Dia {day}" for day in range(3, 53)]
    whole = await ana.get(page.links()["Ver tudo, para imprimir"])
    assert said(whole) == [f"Dia {day}" for day in range(53)]
    before = await ana.get(page.links()["Ver o que veio antes"])
    assert said(before) == ["Dia 0", "Dia 1", "Dia 2"]
    assert "Ver o que veio antes" not in before.links()


@pytest.mark.parametrize("before", ["", "abc", "-1", "%C2%B2", "9" * 17, "9" * 40])
async def test_a_place_in_the_conversation_that_means_nothing_shows_its_end(database, before):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}?before={before}")
    assert (page.status, said(page)) == (200, ["Os boletos vieram com o valor de outubro."])


async def test_what_people_write_is_shown_as_text_with_its_lines(database):
    people = await cast.enrol()
    text = 'Bom dia!\n\n<img src=x onerror="alert(1)"> {{ 7 * 7 }} & "aspas" 😀'
    number = await cast.ticket(people.ana, "<b>Urgente</b>", text)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert page.text("h1") == "<b>Urgente</b>"
    assert page.title == f"#{number} <b>Urgente</b> · Guichê"
    assert page.html.css_first(".message__body").text() == text
    assert page.html.css("img") == []


async def test_addresses_in_what_people_write_are_links_that_vouch_for_nothing(database):
    people = await cast.enrol()
    text = "Veja https://exemplo.com/a?b=1&c=<2> e javascript:alert(1), ou data:text/html,x."
    number = await cast.ticket(people.ana, text=text)
    page = await (await browser_of(people.ana)).get(f"/tickets/{number}")
    body = page.one(".message__body")
    assert body.text() == text
    assert [(each.attributes["href"], each.attributes["rel"]) for each in body.css("a")] == [
        ("https://exemplo.com/a?b=1&c=<2>", "nofollow noopener noreferrer")
    ]


@pytest.mark.parametrize(
    ("preset", "state", "why"),
    [
        ("expresso", "resolved", "Este ticket está resolvido e não recebe mais mensagens."),
        (
            "avaliacao",
            "resolved",
            "Este ticket está resolvido e aguarda a sua avaliação. Se o problema continua, diga nela.",
        ),
        ("guiche", "closed", "Este ticket está encerrado e não reabre."),
        ("central", "closed", "Este ticket está encerrado e não reabre."),
    ],
)
async def test_where_no_reply_is_taken_the_page_says_why(database, preset, state, why):
    people = await cast.enrol()
    await lead_settings.live_by(preset)
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, state, by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    told = page.text(".notice p:first-child")
    assert told.removesuffix(" Se ainda precisar de ajuda, abra um novo, ligado a este.") == why
    assert f"/tickets/{number}/replies" not in forms(page)
    assert page.form(f"/tickets/{number}/follow-ups").css_first("button").text() == "Novo ticket ligado a este"


@pytest.mark.parametrize("preset", ["central", "processo"])
async def test_where_a_reply_reopens_a_resolved_ticket_the_form_is_there(database, preset):
    people = await cast.enrol()
    await lead_settings.live_by(preset)
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    buttons = [button.text() for button in page.form(f"/tickets/{number}/replies").css("button")]
    assert buttons == ["Não foi resolvido", "Só agradecer", "É outro assunto"]


async def test_the_files_of_a_message_are_listed_and_come_back_as_they_went(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    await ana.send(
        page,
        f"/tickets/{number}/replies",
        body="Seguem.",
        files=[("relação de alunos (5º ano).csv", b"nome;turma\n"), ("../../etc/passwd", b"x" * 2048)],
    )
    bia, caio = await browser_of(people.bia), await browser_of(people.caio)
    page = await bia.get(f"/tickets/{number}")
    assert page.texts(".file") == ["relação de alunos (5º ano).csv 11 bytes", "passwd 2 KB"]
    addresses = page.attributes(".file", "href")
    assert [(await bia.get(address)).response.content for address in addresses] == [b"nome;turma\n", b"x" * 2048]
    unseen = await caio.get(addresses[0])
    assert (unseen.status, unseen.text("h1")) == (404, "Não encontramos esta página")


async def test_the_ticket_asks_the_database_as_often_for_three_messages_as_for_one(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    with statements() as for_one:
        await ana.get(f"/tickets/{number}")
    for word in ("Um", "Dois"):
        await replies.reply(
            await cast.seen(number, people.ana),
            word,
            copies=(f"{word}@aurora.example".lower(),),
            by=people.ana,
            at=NOW,
        )
    with statements() as for_three:
        page = await ana.get(f"/tickets/{number}")
    assert len(said(page)) == 3
    assert (len(for_one), len(for_three)) == (3, 3)


async def test_a_person_who_lost_their_grant_no_longer_finds_the_ticket(database):
    people = await cast.enrol()
    number = await cast.ticket(people.rui)
    ana = await browser_of(people.ana)
    assert (await ana.get(f"/tickets/{number}")).text("h1") == "Boletos com o valor errado"
    await set_rights(people.ana, sees=Sees.OWN, by=people.lia)
    assert (await ana.get(f"/tickets/{number}")).text("h1") == "Não encontramos esta página"


async def test_a_visitor_is_led_to_the_entrance_and_back_to_the_ticket(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    set_now(NOW)
    page = await Browser().get(f"/tickets/{number}")
    assert (page.text("h1"), page.values("/sign-in")["next"]) == ("Entrar", f"/tickets/{number}")
