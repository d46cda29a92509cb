"""The page of a ticket at the desk, and every move by its form, with and without htmx."""

from datetime import timedelta
from functools import partial

import pytest

from tests import cast, lead_settings
from tests.cast import NOW
from tests.client import Page, around, browser_of
from tests.pages.reading import events, happened, messages, option, refusals, said, statements, ticket_row, top_level
from tests.tickets.life.table import PRESETS
from tests.tickets.sla.hours import target
from web.clock import set_now
from web.database import fetch
from web.people import sessions
from web.tickets.actions import ratings, replies, resolution, timers
from web.tickets.life.moves import MOVES
from web.tickets.life.states import Resolution
from web.tickets.requests import drafts

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=1)
OPENING = "Os boletos vieram com o valor de outubro."


async def open_one(state: str = "new", **more):
    people = await cast.enrol()
    number = await cast.ticket(people.rui if state == "leave" else people.ana, **more)
    await cast.brought_to(number, state, by=people.bia, asker=people.ana)
    return people, number, f"/desk/tickets/{number}"


def aside(page: Page) -> dict[str, str]:
    return dict(zip(page.texts(".aside dt"), page.texts(".aside dd"), strict=True))


async def test_notes_and_replies_are_told_apart_by_word_and_by_mark(database):
    people, number, at = await open_one("open")
    await replies.reply(await cast.seen(number, people.bia), "Vou ver.", by=people.bia, at=NOW)
    await replies.note(await cast.seen(number, people.bia), "Cliente antigo.", by=people.bia, at=NOW)
    bia = await browser_of(people.bia)
    page = await bia.get(at)
    assert said(page) == [OPENING, "Vou ver.", "Cliente antigo."]
    (note,) = page.html.css(".message[data-mark=note]")
    assert note.css_first(".mark").text(separator=" ", strip=True, skip_empty=True) == "Nota interna: o cliente não vê"
    assert page.html.css_first("label[for=note]").text() == "Nota interna: o cliente não vê"


async def test_the_card_says_who_asks_of_which_organization_and_what_else_it_has(database):
    people, _, at = await open_one(copies=("direcao@aurora.example",))
    other = await cast.ticket(people.rui, "Nota fiscal")
    await cast.ticket(people.caio, "De outra escola")
    bia = await browser_of(people.bia)
    page = await bia.get(at)
    assert aside(page) == {
        "Endereços": "ana@aurora.example",
        "Organização": "Colégio Aurora 11.222.333/0001-81",
        "Em cópia": "direcao@aurora.example",
        "Aberto em": "seg., 23/11, 9h",
    }
    assert page.texts(".mini li") == [f"#{other} Nota fiscal Novo", "Todos de Ana · Todos da organização"]


async def test_the_page_takes_six_queries_however_long_the_talk_is(database):
    people, number, at = await open_one("open")
    bia = await browser_of(people.bia)
    made = []
    for times in (1, 12):
        for place in range(times):
            await replies.reply(await cast.seen(number, people.ana), f"{times} {place}", by=people.ana, at=NOW)
        with statements() as asked:
            await bia.client.get(at)
        made.append(len(asked))
    assert made == [6, 6]


FORMS = {
    "replies": "reply",
    "questions": "question",
    "notes": "note",
    "take": "take",
    "release": "release",
    "properties": "classification",
    "tags": "tags",
    "waits": "wait",
    "approval-requests": "approval_request",
    "overruling": "overruling",
    "withdrawal": "withdrawal",
    "resumption": "resumption",
    "reopening": "reopening",
    "solution": "solution",
    "merge": "merge",
    "unmerge": "unmerge",
    "split": "split",
    "case": "case",
    "handover": "wait",
    "links": "related",
    "correction": "correction",
}


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize(
    "state", ["new", "unassigned", "open", "leave", "waiting_requester", "waiting_until", "resolved", "closed"]
)
async def test_the_page_offers_exactly_the_moves_that_would_be_accepted(database, state, preset):
    people = await cast.enrol()
    await lead_settings.live_by(preset)
    number = await cast.ticket(people.rui)
    await cast.brought_to(number, state, by=people.bia, asker=people.rui)
    accepted, offered = {}, {}
    for me in (people.bia, people.davi, people.lia):
        sheet = await cast.seen(number, me)
        takes = set() if sheet.assignee == me.id else {"take"}
        nouns = {*FORMS.values()} - {"take"} | takes
        accepted[me.name] = {move.noun for move in MOVES if move.is_open(sheet, me)} & nouns
        offered[me.name] = moves_on(await (await browser_of(me)).get(f"/desk/tickets/{number}"), number)
    assert offered == accepted


def moves_on(page: Page, number: int) -> set[str]:
    nouns = {each.removeprefix(f"/desk/tickets/{number}/") for each in page.attributes("form", "action")}
    return {FORMS[noun] for noun in nouns if noun in FORMS}


@pytest.mark.parametrize("htmx", [False, True])
async def test_each_move_leaves_its_event_and_shows_the_ticket_again(database, storage, htmx):
    people, number, at = await open_one()
    bia = await browser_of(people.bia, htmx=htmx)
    page = await bia.get(at)
    for noun, press, typed in (
        ("take", None, {}),
        ("replies", None, {"body": "Vou ver."}),
        ("notes", None, {"body": "Cliente antigo."}),
        ("properties", None, {"priority": "high"}),
        ("tags", None, {"tags": "Reajuste, 2027"}),
        ("waits", None, {"wait": "until", "until": "2026-11-30T10:00"}),
        ("resumption", None, {}),
        ("questions", None, {"body": "Qual turma?", "days": "3", "closes": "1"}),
        ("resumption", None, {}),
        ("release", None, {}),
        ("replies", "solve", {"body": "Feito."}),
    ):
        page = await bia.send(page, f"{at}/{noun}", press=press, **typed)
        assert page.status == 200, page.words
        if htmx:
            assert top_level(page) == ["ticket"]
    assert await events(number) == [
        "submission",
        "take",
        "reply",
        "note",
        "classification",
        "tags",
        "wait",
        "resumption",
        "question",
        "resumption",
        "release",
        "take",
        "solution",
    ]
    assert happened(page) == [
        "Você assumiu o ticket",
        "Você mudou a prioridade de Normal para Alta",
        "Você mudou as etiquetas para reajuste, 2027",
        "Você colocou em espera: até 30/11, 10h",
        "Você retomou o atendimento",
        "Você retomou o atendimento",
        "Você devolveu o ticket à fila",
        "Você assumiu o ticket",
    ]
    assert page.texts(".message .mark:not([data-desk])") == ["Nota interna: o cliente não vê", "Pergunta", "Solução"]
    assert (await ticket_row(number))["status"] == "resolved"


@pytest.mark.parametrize(
    ("noun", "typed", "told"),
    [
        ("replies", {"body": " "}, {"body": "Escreva o texto."}),
        ("replies", {"body": "Oi", "copies": "isto não"}, None),
        ("notes", {"body": ""}, {"body": "Escreva o texto."}),
        ("questions", {"body": "Qual?", "days": "0"}, {"days": "Escreva um número de dias, de 1 a 365."}),
        ("questions", {"body": "Qual?", "closes": "1"}, {"days": "Preencha este campo."}),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
async def test_bad_input_comes_back_in_its_form_with_every_word(database, storage, noun, typed, told, htmx):
    people, number, at = await open_one("open")
    before = await events(number)
    bia = await browser_of(people.bia, htmx=htmx)
    refused = await bia.send(await bia.get(at), f"{at}/{noun}", **typed)
    assert refused.status == 422
    assert told is None or refusals(refused) == told
    assert {name: refused.values(f"{at}/{noun}").get(name) for name in typed} == typed
    assert await events(number) == before


def named(page: Page, noun: str) -> list[str]:
    """What the summary of a refusal calls the fields."""
    return page.texts(f"#do-{noun} .summary a")


def labelled(page: Page, noun: str) -> list[str]:
    """What the fields themselves are called."""
    places = page.attributes(f"#do-{noun} .summary a", "href")
    return [page.text(f"label[for='{each.removeprefix('#')}']") for each in places]


@pytest.mark.parametrize(
    ("noun", "typed", "told"),
    [
        ("waits", {"wait": ""}, "Escolha o que se espera."),
        ("waits", {"wait": "until", "until": "2020-01-01T10:00"}, "Escolha uma data que ainda não passou."),
        ("waits", {"wait": "until", "until": "amanhã"}, "Escolha uma data que ainda não passou."),
        ("waits", {"wait": "requester"}, "Preencha este campo."),
        ("waits", {"wait": "requester", "days": "muitos"}, "Escreva um número de dias, de 1 a 365."),
        ("solution", {"method": "communicated", "body": ""}, "Escreva como o ticket foi resolvido."),
        ("solution", {"method": "mágica"}, "Escolha o método de resolução."),
        ("properties", {"team": "999", "assignee": ""}, "Escolha uma das opções da lista."),
        ("properties", {"assignee": "1"}, "Escolha uma das opções da lista."),
        ("properties", {"priority": "altíssima"}, "Escolha uma das opções da lista."),
        ("properties", {"category": "999"}, "Escolha uma das opções da lista."),
        ("tags", {"tags": ",".join("abcdefghijkl")}, None),
    ],
)
async def test_a_move_that_lacks_something_says_what_beside_the_field(database, storage, noun, typed, told):
    people, number, at = await open_one("open")
    before = await events(number)
    bia = await browser_of(people.bia)
    refused = await bia.send(await bia.get(at), f"{at}/{noun}", **typed)
    assert refused.status == 422
    (sentence,) = refused.texts(f"form[action='{at}/{noun}'] .field__error")
    assert told is None or sentence == told
    assert named(refused, noun) == labelled(refused, noun)
    assert noun == "properties" or "open" in around(refused.form(f"{at}/{noun}"), "details").attributes
    assert await events(number) == before


@pytest.mark.parametrize(
    ("noun", "typed", "told"),
    [
        ("merge", {"into": ""}, "Preencha este campo."),
        ("merge", {"into": "98765"}, "Não encontramos este ticket. Confira o número."),
        ("merge", {"into": "{own}"}, "É este mesmo ticket. Escreva o número do outro."),
        ("merge", {"into": "{theirs}"}, "Os dois tickets são de clientes diferentes e não podem ser unidos."),
        ("split", {"parts": " \n "}, "Preencha este campo."),
        ("case", {"case": "", "description": "Um texto longo."}, "Preencha este campo."),
        ("handover", {"to": "", "what": "Um texto longo."}, "Preencha este campo."),
        ("links", {"other": "{own}"}, "É este mesmo ticket. Escreva o número do outro."),
    ],
)
async def test_tickets_that_cannot_belong_together_are_refused_in_words(database, storage, noun, typed, told):
    people, number, at = await open_one("open")
    theirs = await cast.ticket(people.caio)
    typed = {name: text.format(own=number, theirs=theirs) for name, text in typed.items()}
    before = await events(number)
    bia = await browser_of(people.bia)
    refused = await bia.send(await bia.get(at), f"{at}/{noun}", **typed)
    assert (refused.status, refused.texts(f"form[action='{at}/{noun}'] .field__error")) == (422, [told])
    assert named(refused, noun) == labelled(refused, noun)
    kept = refused.values(f"{at}/{noun}")
    assert {name: kept[name].strip() for name in typed} == {name: text.strip() for name, text in typed.items()}
    assert await events(number) == before


async def test_work_handed_to_n2_comes_back_by_itself_when_it_is_done(database, storage):
    people, number, at = await open_one("open")
    bia, davi = await browser_of(people.bia), await browser_of(people.davi)
    page = await bia.get(at)
    held = await bia.send(page, f"{at}/handover", to=option(page, "to", "Integrações"), what="Vincular a turma 8B.")
    assert held.text(".head__sub .chip") == "Em espera"
    work, _, _ = (await davi.get("/desk")).links()["Boletos com o valor errado"].partition("#")
    there = await davi.get(work)
    assert (said(there), there.texts(".mini li")) == (
        ["Vincular a turma 8B."],
        [f"#{number} Boletos com o valor errado origem · Em espera"],
    )
    await davi.send(there, f"{work}/replies", press="solve", body="Vinculada.")
    inbox = await bia.get("/desk")
    assert inbox.texts(".line[data-turn] .line__next strong") == ["A outra equipe terminou."]


async def test_leave_to_go_on_is_asked_of_the_organization_and_comes_back_highlighted(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.rui)
    await cast.brought_to(number, "open", by=people.bia, asker=people.rui)
    at, bia, ana = f"/desk/tickets/{number}", await browser_of(people.bia), await browser_of(people.ana)
    page = await bia.get(at)
    asked = await bia.send(page, f"{at}/approval-requests", body="São mais R$ 300,00 por mês. Podemos?")
    assert (asked.text(".head__sub .chip"), said(asked)[-1]) == (
        "Aguardando aprovação",
        "São mais R$ 300,00 por mês. Podemos?",
    )
    hers = await ana.get(f"/tickets/{number}")
    assert hers.text(f"#approval-{number} + p") == (
        "O atendimento parou e pede a sua aprovação para seguir. Leia na conversa o que foi pedido."
    )
    own = await bia.get("/desk?view=own")
    assert own.texts(".line__next") == ["Aguarda a aprovação da organização. Bia: São mais R$ 300,00 por mês. Podemos?"]
    await ana.send(hers, f"/tickets/{number}/approval")
    inbox = await bia.get("/desk")
    assert inbox.texts(".line[data-turn] .line__next strong") == ["Ana aprovou."]
    assert (await bia.get(at)).text(".head__sub .chip") == "Aberto"


async def test_an_approver_who_has_not_seen_the_latest_question_is_shown_it_first(database, storage):
    people, number, at = await open_one("leave")
    ana, bia = await browser_of(people.ana), await browser_of(people.bia)
    old = await ana.get(f"/tickets/{number}")
    await bia.send(await bia.get(at), f"{at}/withdrawal")
    await bia.send(await bia.get(at), f"{at}/approval-requests", body="São R$ 900,00 por mês.")
    refused = await ana.send(old, f"/tickets/{number}/approval")
    assert (refused.status, refused.text("h1")) == (409, "O ticket mudou")
    assert (await ticket_row(number))["status"] == "approval"


async def test_an_approval_is_asked_for_only_where_somebody_may_give_it(database, storage):
    people, _, at = await open_one("open")
    ruis = await cast.ticket(people.rui, "De Rui")
    await cast.brought_to(ruis, "open", by=people.bia, asker=people.rui)
    bia = await browser_of(people.bia)
    assert "Pedir aprovação" in (await bia.get(f"/desk/tickets/{ruis}")).texts("summary")
    assert "Pedir aprovação" not in (await bia.get(at)).texts("summary")


async def test_a_message_on_a_page_gone_stale_is_refused_once_with_the_news(database, storage):
    people, number, at = await open_one("open")
    bia = await browser_of(people.bia)
    page = await bia.get(at)
    await replies.reply(await cast.seen(number, people.davi), "Eu cuido.", by=people.davi, at=NOW)
    set_now(NOW + timedelta(minutes=1))
    refused = await bia.send(page, f"{at}/replies", body="Já vou.")
    assert refused.status == 409
    assert refused.text(".notice[role=alert]") == (
        "Davi respondeu há 1 min. Seu texto está aqui. Confira a conversa e, se ainda couber, envie assim mesmo."
    )
    assert said(refused) == [OPENING, "Eu cuido."]
    assert refused.values(f"{at}/replies")["body"] == "Já vou."
    assert refused.text(f"form[action='{at}/replies'] button[data-kind=main]") == "Enviar assim mesmo"
    sent = await bia.send(refused, f"{at}/replies")
    assert (sent.status, await messages(number)) == (200, [OPENING, "Eu cuido.", "Já vou."])


async def test_what_the_clock_tells_of_deadlines_stands_in_nobodys_way(database, storage):
    await target("first_response", 1)
    people, _, at = await open_one("new")
    bia = await browser_of(people.bia)
    page = await bia.get(at)
    soon = NOW + timedelta(hours=50)
    assert await timers.run_due(soon) == 2
    set_now(soon)
    done = await bia.send(page, f"{at}/take")
    assert (done.status, done.text(".done")) == (200, "Você assumiu o ticket. Desfazer")


async def test_a_note_of_a_colleague_is_news_too(database, storage):
    people, number, at = await open_one("open")
    bia = await browser_of(people.bia, at=NOW + timedelta(minutes=1))
    page = await bia.get(at)
    await replies.note(await cast.seen(number, people.davi), "Não responda ainda.", by=people.davi, at=NOW)
    refused = await bia.send(page, f"{at}/replies", press="solve", body="Feito.")
    assert refused.status == 409
    assert refused.text(".notice[role=alert] strong") == "Davi deixou uma nota há 1 min."
    assert await messages(number) == [OPENING, "Não responda ainda."]
    assert (await ticket_row(number))["status"] == "open"


async def test_what_two_agents_change_at_once_is_refused_to_the_second_until_seen(database, storage):
    people, number, at = await open_one()
    bia, davi = await browser_of(people.bia), await browser_of(people.davi)
    bias, davis = await bia.get(at), await davi.get(at)
    await bia.send(bias, f"{at}/take")
    refused = await davi.send(davis, f"{at}/take")
    assert (refused.status, refused.text(".notice[role=alert] strong")) == (409, "Bia assumiu o ticket agora.")
    assert (await ticket_row(number))["assignee"] == people.bia.id
    await davi.send(refused, f"{at}/take")
    assert (await ticket_row(number))["assignee"] == people.davi.id


async def test_sent_twice_it_is_one_event(database, storage):
    people, number, at = await open_one("open")
    bia = await browser_of(people.bia)
    page = await bia.get(at)
    for _ in range(2):
        await bia.send(page, f"{at}/replies", body="Uma vez.")
    assert await messages(number) == [OPENING, "Uma vez."]


@pytest.mark.parametrize(("noun", "name"), [("replies", "body"), ("remarks", "remark"), ("split", "parts")])
async def test_who_loses_sight_of_a_ticket_while_writing_keeps_the_words(database, storage, noun, name):
    people, number, at = await open_one("open")
    davi = await browser_of(people.davi)
    page = await davi.get(at)
    await cast.hand_to(number, "Ouvidoria", by=people.lia)
    refused = await davi.send(page, f"{at}/{noun}", **{name: "Já ia dizer."})
    assert (refused.status, refused.text("h1")) == (404, "Não encontramos esta página")
    assert (refused.text("textarea"), "Boletos" in refused.response.text) == ("Já ia dizer.", False)


async def test_who_goes_back_and_writes_something_else_is_heard_twice(database, storage):
    people, number, at = await open_one("open")
    bia = await browser_of(people.bia)
    page = await bia.get(at)
    for body in ("Vou ver.", "Vou ver.", "Já vi."):
        await bia.send(page, f"{at}/replies", body=body)
    assert await messages(number) == [OPENING, "Vou ver.", "Já vi."]


async def test_the_wrong_moment_gives_the_text_back(database, storage):
    people, number, at = await open_one("open")
    bia = await browser_of(people.bia)
    page = await bia.get(at)
    await resolution.resolve(await cast.seen(number, people.bia), Resolution.SPAM, by=people.bia, at=NOW)
    refused = await bia.send(page, f"{at}/replies", body="Ainda não saiu.")
    told = "O ticket mudou e isto já não pode ser enviado por aqui. Copie o que ainda servir:"
    assert (refused.status, told in refused.words) == (409, True)
    assert "Ainda não saiu." in refused.texts("textarea")


@pytest.mark.parametrize("swaps", [False, True])
@pytest.mark.parametrize(
    ("state", "noun", "fields"),
    [
        ("closed", "replies", {"body": "Ainda não saiu."}),
        ("waiting_team", "questions", {"body": "Qual turma?", "days": "3"}),
        ("resolved", "solution", {"method": "communicated", "body": "Pronto.", "as": "message"}),
        ("resolved", "approval-requests", {"body": "Pode?"}),
        ("waiting_team", "handover", {"to": "1", "what": "Ver o log."}),
        ("waiting_team", "split", {"parts": "Um"}),
        ("waiting_team", "case", {"case": "Erro", "description": "Em toda parte."}),
    ],
)
async def test_what_somebody_else_put_an_end_to_comes_back_with_its_words(
    database, storage, state, noun, fields, swaps
):
    people = await cast.enrol()
    number = await cast.ticket(people.rui)
    await cast.brought_to(number, "open", by=people.bia, asker=people.rui)
    at, bia = f"/desk/tickets/{number}", await browser_of(people.bia, htmx=swaps)
    page = await bia.get(at)
    sent = page.values(f"{at}/{noun}") | fields
    await cast.brought_to(number, state, by=people.lia, asker=people.rui)
    events = await fetch("SELECT count(*) AS number FROM event")
    refused = await bia.post(f"{at}/{noun}", sent)
    words = [text for name, text in fields.items() if name in ("body", "what", "parts", "case", "description")]
    left = refused.html.css_first(f"#unsendable-{noun}").text().strip()
    assert (refused.status, left) == (409, "\n\n".join(words))
    assert "Lia" in refused.text("[data-focus] strong")
    assert await fetch("SELECT count(*) AS number FROM event") == events


async def test_what_was_begun_and_can_be_sent_no_more_is_shown_until_it_is_thrown_away(database, storage):
    people, number, at = await open_one("open")
    bia = await browser_of(people.bia)
    typing = {"_token": (await bia.get(at)).values(f"{at}/replies")["_token"], "noun": "split", "body": "Uma parte"}
    await bia.post(f"{at}/unsent", typing)
    assert (await bia.get(at)).values(f"{at}/split")["parts"] == "Uma parte"
    await cast.brought_to(number, "resolved", by=people.lia, asker=people.ana)
    page = await bia.get(at)
    assert page.html.css_first("#unsendable-split").text().strip() == "Uma parte"
    after = await bia.send(page, f"{at}/discard")
    assert (after.path, after.html.css("#unsendable-split")) == (at, [])


async def test_only_who_is_in_charge_gives_it_back(database, storage):
    people, number, at = await open_one("open")
    bia, davi = await browser_of(people.bia), await browser_of(people.davi)
    page = await bia.get(at)
    values = page.values(f"{at}/release") | {"_token": (await davi.get(at)).values(f"{at}/tags")["_token"]}
    refused = await davi.post(f"{at}/release", values)
    assert (refused.status, refused.text("h1")) == (403, "Você não pode fazer isto")
    await bia.send(page, f"{at}/release")
    assert (await ticket_row(number))["assignee"] is None


async def test_what_is_begun_is_there_again_until_it_is_sent(database, storage):
    people, _, at = await open_one("open")
    bia, davi = await browser_of(people.bia), await browser_of(people.davi)
    page = await bia.get(at)
    typing = {"_token": page.values(f"{at}/replies")["_token"], "noun": "replies", "body": "Boa tarde, Ana. Vi que"}
    assert (await bia.post(f"{at}/unsent", typing)).status == 204
    again = await bia.get(at)
    assert again.values(f"{at}/replies")["body"] == "Boa tarde, Ana. Vi que"
    assert again.values(f"{at}/notes")["body"] == ""
    assert (await davi.get(at)).values(f"{at}/replies")["body"] == ""
    sent = await bia.send(again, f"{at}/replies", body="Boa tarde, Ana. Vi que faltou.")
    assert sent.values(f"{at}/replies")["body"] == ""
    assert await fetch("SELECT body FROM unsent") == []


async def test_a_session_that_ended_keeps_the_text_for_the_desks_page(database, storage):
    people, _, at = await open_one("open")
    bia = await browser_of(people.bia)
    page = await bia.get(at)
    await sessions.end_all(people.bia.id)
    entrance = await bia.send(page, f"{at}/replies", body="Um texto longo.")
    assert entrance.status == 401
    back = await (await browser_of(people.bia)).get(entrance.values("/sign-in")["next"])
    assert back.path.startswith(f"{at}?kept=")
    assert back.values(f"{at}/replies")["body"] == "Um texto longo."


async def test_a_ticket_handed_to_a_confidential_team_leaves_the_agents_sight(database, storage):
    people, _, at = await open_one("open")
    bia = await browser_of(people.bia)
    page = await bia.get(at)
    after = await bia.send(page, f"{at}/properties", team=option(page, "team", "Ouvidoria"), assignee="")
    assert (after.path, after.text("h1")) == ("/desk", "Caixa de entrada")
    assert (await bia.get(at)).status == 404


async def test_an_agents_draft_opens_where_it_is_written(database, storage):
    people = await cast.enrol()
    made = await drafts.draft(drafts.Request("Livros", "Turmas."), by=people.bia, at=NOW)
    bia = await browser_of(people.bia)
    assert (await bia.get(f"/desk/tickets/{made.ticket}")).path == f"/tickets/{made.ticket}"


@pytest.mark.parametrize("noun", ["replies", "notes", "split"])
async def test_an_open_page_learns_that_a_colleague_is_writing_and_that_they_stopped(database, storage, noun):
    people, _, at = await open_one("open")
    davi = await browser_of(people.davi)
    page = await davi.get(at)
    token = page.values(f"{at}/replies")["_token"]
    bia = await browser_of(people.bia)
    asks = (await bia.get(at)).html.css_first("#presence").attributes["data-hx-get"]
    bia.client.headers["HX-Request"] = "true"
    told = []
    for body in ("Vou trocar", ""):
        await davi.post(f"{at}/unsent", {"_token": token, "noun": noun, "body": body})
        shown = await bia.get(asks)
        told += shown.texts("#presence .notice")
        asks = shown.html.css_first("#presence").attributes["data-hx-get"]
    assert (await bia.get(asks)).status == 204
    await (await browser_of(people.lia)).get(at)
    assert (await bia.get(asks)).texts("#presence .notice") == [
        "Davi Reis e Lia Castro também estão com este ticket aberto."
    ]
    assert told == [
        "Davi Reis está escrevendo agora. Combinem quem responde.",
        "Davi Reis também está com este ticket aberto.",
    ]


@pytest.mark.parametrize(
    ("preset", "state", "told"),
    [
        (
            "central",
            "waiting_requester",
            ["Aguardando a resposta de Ana até qua., 02/12, 18h. Depois disso consideramos resolvido."],
        ),
        ("processo", "waiting_until", ["Em espera até qui., 26/11, 9h."]),
        ("guiche", "resolved", ["Resolvido em 23/11; encerra em 30/11, às 12h."]),
        ("processo", "waiting_team", []),
        ("processo", "open", []),
    ],
)
async def test_what_it_waits_for_until_when_and_what_becomes_of_it_then_is_said(database, storage, preset, state, told):
    people = await cast.enrol()
    await lead_settings.live_by(preset)
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, state, by=people.bia, asker=people.ana)
    page = await (await browser_of(people.bia)).get(f"/desk/tickets/{number}")
    assert page.texts(".head__sub strong") == told


async def test_an_open_page_learns_who_came_and_what_was_done(database, storage):
    people, _, at = await open_one("open")
    bia = await browser_of(people.bia)
    page = await bia.get(at)
    asks = page.html.css_first("#presence").attributes["data-hx-get"]
    davi = await browser_of(people.davi, htmx=True)
    await davi.send(await davi.get(at), f"{at}/notes", body="Vi isto ontem.")
    bia.client.headers["HX-Request"] = "true"
    shown = await bia.get(asks)
    assert top_level(shown) == ["presence"]
    assert shown.texts(".notice") == [
        "Davi Reis também está com este ticket aberto.",
        "Davi deixou uma nota agora. Mostrar",
    ]


async def test_a_remark_about_the_customer_is_shown_on_their_other_tickets(database, storage):
    people, _, at = await open_one("open")
    other = await cast.ticket(people.rui, "De Rui")
    bia, ana = await browser_of(people.bia), await browser_of(people.ana)
    page = await bia.get(at)
    page = await bia.send(page, f"{at}/remarks", remark="Só fala pela manhã.", about="person")
    page = await bia.send(page, f"{at}/remarks", remark="Contrato até junho.", about="organization")
    of_person, of_both = "Só fala pela manhã. Bia, sobre a pessoa", "Contrato até junho. Bia, sobre a organização"
    assert page.texts(".remark") == [of_both, of_person]
    assert (await bia.get(f"/desk/tickets/{other}")).texts(".remark") == [of_both]
    assert "Contrato até junho" not in (await ana.get("/tickets")).response.text


async def test_what_the_customer_thought_of_earlier_solutions_is_on_the_card(database, storage):
    people, _, at = await open_one("open")
    bia = await browser_of(people.bia)
    assert "Últimas avaliações de Ana" not in (await bia.get(at)).texts("h3")
    theirs = [await cast.ticket(each, "Senha") for each in (people.ana, people.rui)]
    for other, asker in zip(theirs, (people.ana, people.rui), strict=True):
        await cast.brought_to(other, "resolved", by=people.bia, asker=asker)
        rate = partial(ratings.rate, await cast.seen(other, asker), service=5, quality=4, comment="Obrigado")
        await rate(by=asker, at=NOW)
    page = await bia.get(at)
    assert page.texts("#asker ~ div h3 + ul:first-of-type li") == [
        f"#{theirs[0]} Senha atendimento 5 de 5, solução 4 de 5"
    ]


async def test_properties_are_set_by_one_form_and_say_what_they_did(database, storage):
    people, number, at = await open_one("open")
    bia = await browser_of(people.bia)
    page = await bia.get(at)
    chosen = {"priority": "urgent", "team": option(page, "team", "Integrações")}
    page = await bia.send(page, f"{at}/properties", **chosen)
    assert page.text(".done p") == ("Você mudou a prioridade de Normal para Urgente · Você encaminhou a Integrações.")
    row = await ticket_row(number)
    assert (row["priority"], row["assignee"], page.text("#holder")) == ("urgent", None, "Sem atendente")
    await bia.send(page, f"{at}/properties")
    assert (await events(number))[-2:] == ["classification", "assignment"]


async def test_what_a_form_shows_unchanged_yields_to_what_was_done_since(database, storage):
    people, number, at = await open_one()
    bia = await browser_of(people.bia)
    page = await bia.get(at)
    await bia.send(page, f"{at}/take")
    await bia.send(page, f"{at}/properties", priority="low")
    row = await ticket_row(number)
    assert (row["priority"], row["assignee"]) == ("low", people.bia.id)


async def test_what_was_changed_last_is_undone_by_who_did_it_in_time(database, storage):
    people, number, at = await open_one("open")
    bia, davi = await browser_of(people.bia), await browser_of(people.davi)
    davis = await davi.get(at)
    before = await ticket_row(number)
    chosen = {"priority": "low", "team": option(davis, "team", "Integrações"), "assignee": str(people.lia.id)}
    page = await davi.send(davis, f"{at}/properties", **chosen)
    assert "Desfazer" not in (await bia.get(at)).texts("button")
    undone = await davi.send(page, f"{at}/undo")
    after = await ticket_row(number)
    same = ("priority", "category", "topic", "team", "assignee", "offered_to", "status")
    assert [after[name] for name in same] == [before[name] for name in same]
    assert undone.text(".done p") == (
        "Você encaminhou a Financeiro · Bia Nunes · Você mudou a prioridade de Baixa para Normal."
    )
    set_now(NOW + timedelta(minutes=1))
    late = await davi.send(undone, f"{at}/undo")
    assert (late.status, late.texts(".summary li")) == (
        422,
        ["Desfazer : Já não dá para desfazer: passou o tempo ou aconteceu outra coisa depois."],
    )
    assert await ticket_row(number) == after


async def test_tags_and_taking_are_undone_too(database, storage):
    people, number, at = await open_one("open")
    davi = await browser_of(people.davi)
    page = await davi.send(await davi.get(at), f"{at}/tags", tags="reajuste, 2027")
    page = await davi.send(page, f"{at}/tags", tags="2027, boleto")
    page = await davi.send(page, f"{at}/undo")
    assert page.text(".done p") == "Você mudou as etiquetas para 2027, reajuste."
    assert page.texts(".head__sub .tag") == ["2027", "reajuste"]
    before = await ticket_row(number)
    page = await davi.send(page, f"{at}/take")
    assert (await ticket_row(number))["assignee"] == people.davi.id
    await davi.send(page, f"{at}/undo")
    after = await ticket_row(number)
    same = ("team", "assignee", "offered_to", "status")
    assert [after[name] for name in same] == [before[name] for name in same]


async def test_giving_a_ticket_back_is_undone_but_not_where_that_ended_a_wait(database, storage):
    people, number, at = await open_one("open")
    bia = await browser_of(people.bia)
    before = await ticket_row(number)
    released = await bia.send(await bia.get(at), f"{at}/release")
    assert released.text(".done") == "Você devolveu o ticket à fila. Desfazer"
    undone = await bia.send(released, f"{at}/undo")
    after = await ticket_row(number)
    same = ("team", "assignee", "offered_to", "status")
    assert [after[name] for name in same] == [before[name] for name in same]
    assert undone.text("#holder") == "Com você"
    waiting = await bia.send(undone, f"{at}/waits", wait="requester", days="3")
    released = await bia.send(waiting, f"{at}/release")
    assert released.text(".done") == "Você devolveu o ticket à fila."


async def test_a_reply_may_wait_for_its_answer_by_the_button_beside_the_others(database, storage):
    people, number, at = await open_one("open")
    bia = await browser_of(people.bia)
    page = await bia.send(await bia.get(at), f"{at}/replies", press="ask", body="Qual é o CNPJ?")
    assert (page.text(".head__sub .chip"), said(page)[-1]) == ("Aguardando solicitante", "Qual é o CNPJ?")
    row = await ticket_row(number)
    assert (row["status"], row["wait"], (await events(number))[-1]) == ("waiting", "requester", "question")


async def test_what_may_be_done_besides_stands_in_one_fold_open_where_something_is_wrong(database, storage):
    people, _, at = await open_one("open")
    bia = await browser_of(people.bia)
    page = await bia.get(at)
    (fold,) = [each for each in page.html.css("aside details") if each.css(".others")]
    assert (fold.css_first("summary").text(), "open" in fold.attributes) == ("Outras ações", False)
    assert {each.text(): each.attributes["data-key"] for each in fold.css(".others summary")} == {
        "Passar a outra equipe (N2)": "h",
        "Dividir em vários": "d",
        "Lançar caso": "i",
        "Unir a outro": "b",
        "Ligar a outro": "v",
        "Corrigir solicitante": "q",
    }
    refused = await bia.send(page, f"{at}/merge", into="nada")
    assert [each.css_first("summary").text() for each in refused.html.css("aside details[open]")] == [
        "Outras ações",
        "Unir a outro",
    ]


async def test_what_others_did_since_one_looked_is_marked_once(database, storage):
    people, number, at = await open_one("open")
    bia = await browser_of(people.bia)
    first = await bia.get(at)
    assert first.texts("#unseen") == []
    later = NOW + timedelta(minutes=5)
    await replies.reply(await cast.seen(number, people.ana), "E agora?", by=people.ana, at=later)
    set_now(later + timedelta(minutes=1))
    asks = first.html.css_first("#presence").attributes["data-hx-get"]
    told = await browser_of(people.bia, htmx=True, at=later + timedelta(minutes=1))
    assert (await told.get(asks)).texts(".notice") == ["Ana respondeu há 1 min. Mostrar"]
    (link,) = (await bia.get("/desk?view=all")).attributes(".row__title", "href")
    page = await bia.get(at)
    assert link == f"{at}#{page.html.css_first('.unread').id}"
    assert page.texts("#unseen, #unseen + .message .message__body") == ["Novo desde que você viu", "E agora?"]
    assert (await bia.get(at)).texts("#unseen") == []


async def test_what_happened_between_two_messages_folds_once_it_is_much(database, storage):
    people, number, at = await open_one("open")
    bia = await browser_of(people.bia)
    for priority in ("high", "low"):
        await bia.send(await bia.get(at), f"{at}/properties", priority=priority)
    assert (await bia.get(at)).texts("details > summary.event") == []
    await replies.reply(await cast.seen(number, people.bia), "Vou ver.", by=people.bia, at=NOW)
    page = await bia.get(at)
    assert page.texts("details > summary.event") == ["3 acontecimentos"]
    assert happened(page)[-1] == "Você mudou a prioridade de Alta para Baixa"
    assert page.html.css_first("details:has(> .event)").attributes.get("open", "folded") == "folded"


async def test_a_fold_with_what_is_new_is_open(database, storage):
    people, number, at = await open_one("open")
    bia, davi = await browser_of(people.bia), await browser_of(people.davi)
    await bia.get(at)
    set_now(LATER)
    for priority in ("high", "low", "urgent"):
        await davi.send(await davi.get(at), f"{at}/properties", priority=priority)
    await replies.reply(await cast.seen(number, people.bia), "Vou ver.", by=people.bia, at=LATER)
    page = await bia.get(at)
    (fold,) = [each for each in page.html.css("details.more") if each.css(".unread")]
    assert "open" in fold.attributes
