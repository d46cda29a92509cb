"""The form "Adicionar à conversa": the effect of a reply, and text that is kept after a refusal."""

from datetime import timedelta

import pytest

from tests import cast, lead_settings
from tests.cast import NOW
from tests.client import browser_of
from tests.pages.reading import (
    GOOD_PASSWORD,
    count,
    events,
    facts,
    give_password,
    impersonal,
    messages,
    refusals,
    said,
    ticket_row,
    top_level,
)
from web.database import fetch
from web.people import sessions
from web.tickets.actions import replies
from web.tickets.record.attachments import save_file
from web.tickets.requests import drafts

pytestmark = pytest.mark.anyio

OPENING = "Os boletos vieram com o valor de outubro."


async def test_a_reply_is_kept_with_its_event_and_moves_the_ticket_up(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana, at=NOW - timedelta(days=1))
    ana = await browser_of(people.ana)
    await ana.send(await ana.get(f"/tickets/{number}"), f"/tickets/{number}/replies", body="São 28 famílias.")
    assert await messages(number) == [OPENING, "São 28 famílias."]
    assert await events(number) == ["submission", "reply"]
    row = await ticket_row(number)
    assert (row["status"], row["updated_at"] >= NOW) == ("new", True)


async def test_a_plain_form_leads_to_the_new_message_on_the_page(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    answer = await ana.send(page, f"/tickets/{number}/replies", body="São 28 famílias.", follow=False)
    path, _, mark = answer.location.partition("#")
    assert (answer.status, path) == (303, f"/tickets/{number}?done=replies")
    after = await ana.get(path)
    assert (said(after)[-1], after.text(f"#{mark}")) == ("São 28 famílias.", "Mensagem enviada.")
    assert after.element(mark).attributes["role"] == "status"
    assert after.values(f"/tickets/{number}/replies")["body"] == ""


async def test_htmx_gets_the_ticket_alone_with_an_empty_form(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana, htmx=True)
    page = await ana.get(f"/tickets/{number}")
    form = page.form(f"/tickets/{number}/replies").attributes
    assert (form["data-hx-post"], form["data-hx-target"]) == (f"/tickets/{number}/replies", f"#ticket-{number}")
    block = await ana.send(page, f"/tickets/{number}/replies", body="São 28 famílias.")
    assert (block.status, top_level(block)) == (200, [f"ticket-{number}"])
    assert said(block) == [OPENING, "São 28 famílias."]
    assert block.values(f"/tickets/{number}/replies")["body"] == ""
    assert block.values(f"/tickets/{number}/replies")["_key"] != page.values(f"/tickets/{number}/replies")["_key"]


async def test_the_requesters_answer_hands_the_ticket_back_to_the_team(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "waiting_requester", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana)
    after = await ana.send(await ana.get(f"/tickets/{number}"), f"/tickets/{number}/replies", body="11.222.333/0001-81")
    assert (after.text(".head__sub .chip"), after.text(".next")) == ("Aberto", "Com Bia, da equipe Financeiro.")
    row = await ticket_row(number)
    assert (row["status"], row["wait"], row["assignee"]) == ("open", None, people.bia.id)


async def test_an_objection_reopens_a_resolved_ticket(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana)
    after = await ana.send(await ana.get(f"/tickets/{number}"), f"/tickets/{number}/objection", body="Continua.")
    assert after.text(".head__sub .chip") == "Aberto"
    row = await ticket_row(number)
    assert (row["status"], row["resolution"], row["resolved_at"]) == ("open", None, None)


@pytest.mark.parametrize("name", ["ana", "rui", "caio", "bia"])
async def test_everybody_of_the_conversation_may_speak(database, storage, name):
    people = await cast.enrol()
    number = await cast.ticket(people.rui, copies=("caio@horizonte.example",))
    theirs = await browser_of(getattr(people, name))
    after = await theirs.send(await theirs.get(f"/tickets/{number}"), f"/tickets/{number}/replies", body="Oi.")
    assert (said(after), after.texts(".message__who strong")[-1]) == ([OPENING, "Oi."], "Você")


async def test_people_put_in_copy_join_those_already_there(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana, copies=("direcao@aurora.example",))
    ana = await browser_of(people.ana)
    after = await ana.send(
        await ana.get(f"/tickets/{number}"),
        f"/tickets/{number}/replies",
        body="Rui acompanha.",
        copies="Rui@Aurora.example; direcao@aurora.example",
    )
    assert facts(after)["Em cópia"] == "direcao@aurora.example, Rui@Aurora.example"
    rows = await fetch("SELECT person FROM participant WHERE ticket = {} ORDER BY id", number)
    assert people.rui.id in [row["person"] for row in rows]
    assert len(rows) == 2


async def test_a_form_sent_twice_is_one_message(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    first = await ana.send(page, f"/tickets/{number}/replies", body="Uma vez só.", follow=False)
    second = await ana.send(page, f"/tickets/{number}/replies", body="Uma vez só.", follow=False)
    assert (second.status, second.location) == (303, first.location)
    assert await messages(number) == [OPENING, "Uma vez só."]


async def test_f21_who_sends_the_same_words_again_is_asked_first(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana, address = await browser_of(people.ana), f"/tickets/{number}"
    await ana.send(await ana.get(address), f"{address}/replies", body="Oi?")
    asked = await ana.send(await ana.get(address), f"{address}/replies", body="Oi?")
    question = "Você já enviou isto há poucos minutos. Enviar de novo? Então envie mais uma vez."
    assert (asked.status, refusals(asked), said(asked)) == (422, {"body": question}, [OPENING, "Oi?"])
    assert asked.values(f"{address}/replies")["body"] == "Oi?"
    assert said(await ana.send(asked, f"{address}/replies")) == [OPENING, "Oi?", "Oi?"]


@pytest.mark.parametrize("again", [{"files": [("b.txt", b"Outro")]}, {"copies": "rui@aurora.example"}])
async def test_a87_the_same_words_with_something_else_are_another_message(database, storage, again):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana, address = await browser_of(people.ana), f"/tickets/{number}"
    await ana.send(await ana.get(address), f"{address}/replies", body="Segue.", files=[("a.txt", b"Um")])
    after = await ana.send(await ana.get(address), f"{address}/replies", body="Segue.", **again)
    assert said(after) == [OPENING, "Segue.", "Segue."]


async def test_a87_one_form_sent_again_with_another_file_is_another_message(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana, address = await browser_of(people.ana), f"/tickets/{number}"
    page = await ana.get(address)
    for content in (b"Um", b"Outro", b"Outro"):
        after = await ana.send(page, f"{address}/replies", body="Segue.", files=[("lista.txt", content)])
    assert said(after) == [OPENING, "Segue.", "Segue."]


async def test_files_can_be_sent_without_words(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana, address = await browser_of(people.ana), f"/tickets/{number}"
    after = await ana.send(await ana.get(address), f"{address}/replies", body="", files=[("boleto.pdf", b"%PDF-1.7")])
    assert (after.status, after.texts(".file")) == (200, ["boleto.pdf 8 bytes"])


async def test_line_ends_and_accents_are_kept_and_control_characters_are_not(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    await ana.send(page, f"/tickets/{number}/replies", body="Linha\x00 1\r\nAc\u0327a\u0303o\x07\x1b[31m\t😀\r\n")
    assert (await messages(number))[1] == "Linha 1\nAção[31m\t😀\n"


@pytest.mark.parametrize("body", ["", "   \r\n\t ", "\x00\x01\x1f"])
@pytest.mark.parametrize("htmx", [False, True])
async def test_an_empty_message_is_refused_beside_its_field(database, storage, body, htmx):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana, htmx=htmx)
    page = await ana.get(f"/tickets/{number}")
    refused = await ana.send(page, f"/tickets/{number}/replies", body=body, copies="rui@aurora.example")
    assert refused.status == 422
    assert refusals(refused) == {"body": "Escreva o texto."}
    assert refused.values(f"/tickets/{number}/replies")["copies"] == "rui@aurora.example"
    assert (refused.text(".summary h2"), refused.text(".summary a")) == (
        "Confira antes de enviar",
        "Adicionar à conversa",
    )
    assert top_level(refused) == ([f"ticket-{number}"] if htmx else ["html"])
    assert await events(number) == ["submission"]
    assert await count("participant") == 0


async def test_a_message_of_200_000_characters_comes_back_whole(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    body = "não " * 50_000
    refused = await ana.send(page, f"/tickets/{number}/replies", body=body)
    assert refused.status == 422
    assert refusals(refused) == {"body": "O texto pode ter até 100.000 caracteres; este tem 200.000."}
    assert refused.values(f"/tickets/{number}/replies")["body"] == body
    assert await messages(number) == [OPENING]


async def test_a_message_of_100_000_characters_is_taken(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    body = "é" * 100_000
    after = await ana.send(await ana.get(f"/tickets/{number}"), f"/tickets/{number}/replies", body=body)
    assert said(after) == [OPENING, body]


async def test_a_text_past_a_megabyte_is_refused_in_words(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    refused = await ana.send(page, f"/tickets/{number}/replies", body="é" * 600_000)
    assert (refused.status, refused.text("h1")) == (413, "É texto demais de uma vez")
    assert refused.text(".error-page > p") == "Divida em mais de uma mensagem ou envie como anexo."
    assert await messages(number) == [OPENING]


@pytest.mark.parametrize(
    ("copies", "sentence"),
    [
        ("rui", "Não entendi: rui. Escreva endereços de e-mail separados por vírgula."),
        ("rui@aurora.example, <b>@x.y", "Não entendi: <b>, @x.y. Escreva endereços de e-mail separados por vírgula."),
        (
            ",".join(f"p{each}@aurora.example" for each in range(21)),
            "São endereços demais: até 20 pessoas em cópia por vez.",
        ),
    ],
)
async def test_copies_that_cannot_be_are_refused_with_message_and_copies_kept(database, storage, copies, sentence):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    refused = await ana.send(page, f"/tickets/{number}/replies", body="Segue.", copies=copies)
    assert refused.status == 422
    assert refusals(refused) == {"copies": sentence}
    kept = refused.values(f"/tickets/{number}/replies")
    assert (kept["body"], kept["copies"]) == ("Segue.", copies)
    assert await messages(number) == [OPENING]
    assert await count("participant") == 0


@pytest.mark.parametrize(
    "copies",
    [
        "Rui Lima <rui@aurora.example>; eva@escola.example",
        "\"Lima, Rui\" <rui@aurora.example>, 'Eva Melo' <mailto:eva@escola.example>",
        "mailto:rui@aurora.example\n'eva@escola.example'",
        "rui@aurora.example\teva@escola.example;",
        "\u200brui@aurora.example,\u00a0 EVA@escola.example; eva@escola.example, Rui@aurora.example\u2060",
        '"rui@aurora.example" <rui@aurora.example> Eva <eva@escola.example>',
    ],
)
async def test_people_are_put_in_copy_as_mail_programs_paste_them(database, storage, copies):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    after = await ana.send(page, f"/tickets/{number}/replies", body="Segue.", copies=copies)
    assert after.status == 200
    copied = (await cast.seen(number, people.ana)).copies
    assert sorted(address.casefold() for address in copied) == ["eva@escola.example", "rui@aurora.example"]


@pytest.mark.parametrize(
    ("copies", "left_over"),
    [
        ("rui@aurora.example/", "rui@aurora.example/"),
        ("rui@aurora.example!", "rui@aurora.example!"),
        ("rui@aurora.example, Eva Melo", "Eva Melo"),
        ("<>; rui@aurora", "rui@aurora"),
    ],
)
async def test_what_is_no_address_is_named_and_nobody_is_put_in_copy(database, storage, copies, left_over):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    refused = await ana.send(page, f"/tickets/{number}/participants", copies=copies)
    assert (refused.status, refused.values(f"/tickets/{number}/participants")["copies"]) == (422, copies)
    sentence = f"Não entendi: {left_over}. Escreva endereços de e-mail separados por vírgula."
    assert refusals(refused) == {"copies": sentence}
    assert await count("participant") == 0


async def test_all_that_is_wrong_is_told_at_once(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    refused = await ana.send(page, f"/tickets/{number}/replies", body="", copies="rui")
    assert refusals(refused) == {
        "body": "Escreva o texto.",
        "copies": "Não entendi: rui. Escreva endereços de e-mail separados por vírgula.",
    }


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("virus.exe", b"MZ\x90\x00", "“virus.exe” é um programa, e programas não podem ser anexados."),
        ("vazio.txt", b"", "“vazio.txt” está vazio e não foi anexado."),
    ],
)
async def test_a_file_turned_away_is_named_and_the_rest_is_kept(database, storage, name, content, sentence):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    refused = await ana.send(
        page, f"/tickets/{number}/replies", body="Seguem.", files=[("boleto.pdf", b"%PDF-1.7"), (name, content)]
    )
    assert refused.status == 422
    assert refusals(refused) == {"files": sentence}
    assert refused.values(f"/tickets/{number}/replies")["body"] == "Seguem."
    assert refused.texts(".uploads li") == ["boleto.pdf 8 bytes"]

    after = await ana.send(refused, f"/tickets/{number}/replies")
    assert (said(after), after.texts(".file")) == ([OPENING, "Seguem."], ["boleto.pdf 8 bytes"])


async def test_the_eleventh_file_is_left_out_by_name(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    files = [(f"foto{each}.txt", b"x") for each in range(1, 12)]
    refused = await ana.send(page, f"/tickets/{number}/replies", body="Seguem.", files=files)
    assert refused.status == 422
    assert refusals(refused) == {"files": "São arquivos demais: até 10 por mensagem. “foto11.txt” ficou de fora."}
    assert len(refused.texts(".uploads li")) == 10


async def test_a_file_received_before_may_be_left_out_again(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    refused = await ana.send(
        page, f"/tickets/{number}/replies", body="", copies="x", files=[("boleto.pdf", b"%PDF-1.7")]
    )
    after = await ana.send(refused, f"/tickets/{number}/replies", body="Sem o boleto.", copies="", uploads=[])
    assert (said(after), after.texts(".file")) == ([OPENING, "Sem o boleto."], [])


@pytest.mark.parametrize("whose", ["another person's", "already sent", "unknown"])
async def test_a_file_that_is_not_ones_own_to_send_is_refused(database, storage, whose):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    owner = people.caio if whose == "another person's" else people.ana
    file = await save_file(
        name="alheio.pdf", media_type="application/pdf", size=4, sha256="a" * 64, person=owner.id, at=NOW
    )
    if whose == "already sent":
        await replies.reply(await cast.seen(number, people.ana), "Antes.", files=[file], by=people.ana, at=NOW)
    before = await messages(number)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    uploads = [str(file if whose != "unknown" else 10**12)]
    refused = await ana.send(page, f"/tickets/{number}/replies", body="Segue.", uploads=uploads)
    assert refused.status == 422
    assert refusals(refused) == {"files": "Um dos arquivos não pôde ser usado. Anexe de novo."}
    assert refused.values(f"/tickets/{number}/replies")["body"] == "Segue."
    assert await messages(number) == before


async def test_a_stranger_finds_no_ticket_to_reply_to(database, storage):
    people = await cast.enrol()
    own, theirs = await cast.ticket(people.caio), await cast.ticket(people.ana)
    caio = await browser_of(people.caio)
    page = await caio.get(f"/tickets/{own}")
    values = page.values(f"/tickets/{own}/replies") | {"body": "Deixe-me ver."}
    unseen = await caio.post(f"/tickets/{theirs}/replies", values)
    absent = await caio.post("/tickets/999999999/replies", values)
    assert (unseen.status, absent.status) == (404, 404)
    assert impersonal(unseen).replace(str(theirs), "") == impersonal(absent).replace("999999999", "")
    assert await messages(theirs) == [OPENING]


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("preset", "state"),
    [("guiche", "closed"), ("expresso", "resolved"), ("aprovacao", "resolved"), ("avaliacao", "resolved")],
)
async def test_at_the_wrong_moment_a_reply_is_refused_with_its_text(database, storage, preset, state, htmx):
    people = await cast.enrol()
    await lead_settings.live_by(preset)
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana, htmx=htmx)
    while_open = await ana.get(f"/tickets/{number}")
    await cast.brought_to(number, state, by=people.bia, asker=people.ana)
    told = await messages(number)
    refused = await ana.send(while_open, f"/tickets/{number}/replies", body="Ainda não chegou.")
    assert refused.status == 409
    unsent = refused.element(f"unsent-{number}")
    assert (refused.text(f"label[for=unsent-{number}]"), unsent.text()) == (
        "O ticket mudou enquanto isso. O que você escreveu está aqui:",
        "Ainda não chegou.",
    )
    assert top_level(refused) == ([f"ticket-{number}"] if htmx else ["html"])
    assert await messages(number) == told


async def test_a_draft_takes_no_reply(database, storage):
    people = await cast.enrol()
    made = await drafts.draft(drafts.Request("Livros", "Turmas."), by=people.ana, at=NOW)
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    values = page.values(f"/tickets/{number}/replies") | {"body": "Oi."}
    refused = await ana.post(f"/tickets/{made.ticket}/replies", values)
    assert (refused.status, refused.text("h1"), refused.text("textarea")) == (409, "O ticket mudou", "Oi.")
    assert await events(made.ticket) == ["draft"]


@pytest.mark.parametrize("htmx", [False, True])
async def test_after_the_session_is_over_the_text_waits_behind_the_entrance(database, storage, htmx):
    people = await cast.enrol()
    await give_password(people.ana)
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana, htmx=htmx)
    page = await ana.get(f"/tickets/{number}")
    await sessions.end_all(people.ana.id)
    entrance = await ana.send(
        page, f"/tickets/{number}/replies", body="Um texto longo.", files=[("boleto.pdf", b"%PDF-1.7")]
    )
    assert entrance.status == 401
    ana.client.headers.pop("HX-Request", None)
    if htmx:
        entrance = await ana.get(entrance.response.headers["hx-redirect"])
    assert (entrance.text("h1"), entrance.text(".notice")) == (
        "Entrar",
        "Sua sessão terminou. O que você escreveu está salvo: entre e continue de onde parou.",
    )
    back = await ana.send(entrance, "/sign-in", identifier="ana@aurora.example", password=GOOD_PASSWORD)
    assert back.path.startswith(f"/tickets/{number}?kept=")
    assert back.values(f"/tickets/{number}/replies")["body"] == "Um texto longo."
    assert back.texts(".uploads li") == ["boleto.pdf 8 bytes"]
    after = await ana.send(back, f"/tickets/{number}/replies")
    assert (said(after), after.texts(".file")) == ([OPENING, "Um texto longo."], ["boleto.pdf 8 bytes"])


async def test_what_was_kept_for_one_person_opens_for_nobody_else(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana, bia = await browser_of(people.ana), await browser_of(people.bia)
    page = await ana.get(f"/tickets/{number}")
    await sessions.end_all(people.ana.id)
    entrance = await ana.send(page, f"/tickets/{number}/replies", body="Um texto longo.")
    theirs = await bia.get(entrance.values("/sign-in")["next"])
    assert theirs.values(f"/tickets/{number}/replies")["body"] == ""


async def test_a_form_of_an_earlier_session_gives_the_text_back(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana, later = await browser_of(people.ana), await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    refused = await later.send(page, f"/tickets/{number}/replies", body="Um texto longo.")
    assert (refused.status, refused.text("h1")) == (403, "Esta página ficou antiga")
    assert refused.text("textarea") == "Um texto longo."
    back = await later.get(refused.links()["Voltar ao formulário com o meu texto"])
    assert back.values(f"/tickets/{number}/replies")["body"] == "Um texto longo."
    after = await later.send(back, f"/tickets/{number}/replies")
    assert said(after) == [OPENING, "Um texto longo."]


async def test_a_form_of_another_site_is_refused(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    refused = await ana.send(
        page,
        f"/tickets/{number}/replies",
        body="Clique aqui.",
        headers={"Origin": "https://outro.example", "Sec-Fetch-Site": "cross-site"},
    )
    assert (refused.status, refused.text("h1")) == (403, "O envio veio de outro site")
    assert await messages(number) == [OPENING]
