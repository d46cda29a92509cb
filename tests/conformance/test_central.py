"""What the portal "central" promises its users (facts C)."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of
from tests.conformance.conftest import Under
from tests.pages.reading import (
    GOOD_PASSWORD,
    chips,
    chosen,
    events,
    facts,
    filtered,
    forms,
    happened,
    link_to,
    mail_to,
    mail_written,
    said,
    signed_in_as,
    titles,
)
from web.clock import set_now
from web.tickets.actions import assignment, participants, replies, resolution, waits
from web.tickets.life.states import Wait

pytestmark = pytest.mark.anyio


def visitor() -> Browser:
    set_now(NOW)
    return Browser()


def status_of(page: Page) -> str:
    return page.text(".head__sub .chip")


async def test_c02_cadastre_se_brings_a_new_person_in_by_a_link_sent_to_their_address(under: Under):
    await under("central")
    eva = visitor()
    welcome = await eva.get("/")
    form = await eva.get(welcome.links()["Cadastre-se"])
    assert form.text("h1") == "Cadastre-se"
    sent = await eva.send(form, "/sign-up", name="Eva Melo", identifier="eva@escola.example")
    assert (sent.path, sent.text("h1")) == ("/sent", "Confira o seu e-mail")

    await mail_written()
    assert [message["subject"] for message in await mail_to("eva@escola.example")] == ["Confirme o seu e-mail"]
    link = await link_to("eva@escola.example")
    page = await eva.get(link)
    assert (page.text("h1"), page.text("main strong")) == ("Crie uma senha", "eva@escola.example")
    home = await eva.send(page, link, password=GOOD_PASSWORD, again=GOOD_PASSWORD)
    assert (home.path, home.text("h1")) == ("/", "Olá, Eva")

    elsewhere = visitor()
    entrance = await elsewhere.get("/sign-in")
    again = await elsewhere.send(entrance, "/sign-in", identifier="eva@escola.example", password=GOOD_PASSWORD)
    assert again.text("h1") == "Olá, Eva"


async def test_c02_crie_uma_senha_lets_who_is_known_from_earlier_tickets_find_them(under: Under):
    people = await under("central")
    await cast.ticket(people.ana, copies=("direcao@aurora.example",))
    direction = visitor()
    welcome = await direction.get("/")
    form = await direction.get(welcome.links()["Crie uma senha"])
    assert form.text("h1") == "Crie uma senha"
    sent = await direction.send(form, "/password", identifier="Direcao@Aurora.example ")
    assert sent.text("h1") == "Confira o seu e-mail"

    await mail_written()
    assert [message["subject"] for message in await mail_to("direcao@aurora.example")] == ["Crie a sua senha"]
    link = await link_to("direcao@aurora.example")
    home = await direction.send(await direction.get(link), link, password=GOOD_PASSWORD, again=GOOD_PASSWORD)
    assert home.path == "/"
    page = await filtered(direction, await direction.get("/tickets"), scope="Solicitações nas quais estou em cópia")
    assert titles(page) == ["Boletos com o valor errado"]


async def test_c03_meus_tickets_shows_those_of_the_users_own_address(under: Under):
    people = await under("central")
    await cast.ticket(people.ana, "De Ana")
    await cast.ticket(people.rui, "De Rui")
    ana = await browser_of(people.ana)
    home = await ana.get("/")
    menu = home.html.css_first(".nav a[href='/tickets']")
    assert (menu.text(), "target" in menu.attributes) == ("Meus Tickets", False)
    page = await ana.get(menu.attributes["href"])
    assert (chosen(page, "scope"), titles(page)) == ("Minhas solicitações", ["De Ana"])


async def test_c04_a_row_shows_request_id_creation_last_activity_and_status(under: Under):
    people = await under("central")
    number = await cast.ticket(people.ana, at=NOW - timedelta(days=3))
    await cast.brought_to(number, "open", by=people.bia, asker=people.ana, at=NOW - timedelta(minutes=5))
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets")
    assert page.text(".row__title") == "Boletos com o valor errado"
    assert page.text(".row__meta") == f"#{number} criado em 20/11 mudou há 5 min"
    assert page.text(".row .chip") == "Aberto"


async def test_c05_novo_is_received_with_nobody_on_it(under: Under):
    people = await under("central")
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert (status_of(page), page.text(".next")) == ("Novo", "Na fila Financeiro.")
    assert facts(page)["Com quem está"] == "Fila Financeiro"
    assert chips(await filtered(ana, await ana.get("/tickets"), status="Novo")) == {
        "Boletos com o valor errado": "Novo"
    }


async def test_c06_aberto_is_assigned_and_being_worked(under: Under):
    people = await under("central")
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "open", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert (status_of(page), page.text(".next")) == ("Aberto", "Com Bia, da equipe Financeiro.")
    assert facts(page)["Com quem está"] == "Bia Nunes, Financeiro"


async def test_c06_once_aberto_it_is_never_novo_again(under: Under):
    people = await under("central")
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    labels = [status_of(await ana.get(f"/tickets/{number}"))]

    async def then(act, by, *args, **more):
        await act(await cast.seen(number, by), *args, by=by, at=NOW, **more)
        labels.append(status_of(await ana.get(f"/tickets/{number}")))

    await then(assignment.take, people.bia)
    await then(assignment.release, people.bia)
    await then(waits.wait, people.davi, Wait.TEAM)
    await then(assignment.release, people.lia)
    await then(waits.ask, people.bia, "Qual é o CNPJ?")
    await then(replies.reply, people.ana, "11.222.333/0001-81")
    await then(assignment.release, people.bia)
    await then(resolution.solve, people.bia)
    await then(replies.reply, people.ana, "Continua errado.")
    await then(assignment.release, people.bia)
    assert labels == [
        "Novo",
        "Aberto",
        "Aberto",
        "Em Espera",
        "Aberto",
        "Pendente",
        "Aberto",
        "Aberto",
        "Resolvido",
        "Aberto",
        "Aberto",
    ]
    nowhere = await filtered(ana, await ana.get("/tickets"), status="Novo")
    assert titles(nowhere) == []


async def test_c10_fechado_is_final_and_says_that_a_new_ticket_is_needed(under: Under):
    people = await under("central")
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    while_open = await ana.get(f"/tickets/{number}")
    await cast.brought_to(number, "closed", by=people.bia, asker=people.ana)

    page = await ana.get(f"/tickets/{number}")
    assert status_of(page) == "Fechado"
    assert forms(page) == [f"/tickets/{number}/follow-ups"]
    assert page.text(".notice") == (
        "Este ticket está encerrado e não reabre. Se ainda precisar de ajuda, abra um novo, ligado a este. "
        "Novo ticket ligado a este"
    )
    refused = await ana.send(while_open, f"/tickets/{number}/replies", body="Voltou a acontecer.")
    told = "O ticket mudou enquanto isso. O que você escreveu está aqui:"
    assert (refused.status, refused.text(f"label[for=unsent-{number}]")) == (409, told)
    assert refused.text(f"#unsent-{number}") == "Voltou a acontecer."
    assert status_of(await ana.get(f"/tickets/{number}")) == "Fechado"
    assert await events(number) == ["submission", "take", "solution", "closing"]


async def test_c10_resolvido_still_reopens_by_a_reply(under: Under):
    people = await under("central")
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert status_of(page) == "Resolvido"
    after = await ana.send(page, f"/tickets/{number}/replies", body="Voltou a acontecer.")
    assert (status_of(after), said(after)[-1]) == ("Aberto", "Voltou a acontecer.")


async def test_c11_escrever_resposta_takes_a_comment_people_in_copy_and_attachments(under: Under):
    people = await under("central")
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get((await ana.get("/tickets")).html.css_first(".row__title").attributes["href"])
    assert page.text(f"label[for=body-{number}]") == "Escrever resposta"
    after = await ana.send(
        page,
        f"/tickets/{number}/replies",
        body="Segue o contrato.",
        copies="rui@aurora.example, direcao@aurora.example",
        files=[("contrato.pdf", b"%PDF-1.7")],
    )
    assert said(after)[-1] == "Segue o contrato."
    assert after.texts(".file") == ["contrato.pdf 8 bytes"]
    assert facts(after)["Em cópia"] == "rui@aurora.example, direcao@aurora.example"


async def test_c11_the_person_put_in_copy_sees_the_ticket_its_files_and_may_answer(under: Under):
    people = await under("central")
    number = await cast.ticket(people.ana)
    ana, rui = await browser_of(people.ana), await browser_of(people.rui)
    assert (await rui.get(f"/tickets/{number}")).status == 404
    page = await ana.get(f"/tickets/{number}")
    await ana.send(
        page,
        f"/tickets/{number}/replies",
        body="Segue o contrato.",
        copies="rui@aurora.example",
        files=[("contrato.pdf", b"%PDF-1.7")],
    )

    found = await filtered(rui, await rui.get("/tickets"), scope="Solicitações nas quais estou em cópia")
    assert titles(found) == ["Boletos com o valor errado"]
    seen = await rui.get(found.html.css_first(".row__title").attributes["href"])
    assert said(seen) == ["Os boletos vieram com o valor de outubro.", "Segue o contrato."]
    download = await rui.get(seen.html.css_first(".file").attributes["href"])
    assert download.response.content == b"%PDF-1.7"
    after = await rui.send(seen, f"/tickets/{number}/replies", body="Confirmo.")
    assert (said(after)[-1], after.texts(".message__who strong")) == ("Confirmo.", ["Ana Prado", "Ana Prado", "Você"])


async def test_c11_the_conversation_tells_who_was_put_in_copy(under: Under):
    people = await under("central")
    number = await cast.ticket(people.ana)
    await participants.add(await cast.seen(number, people.ana), ["rui@aurora.example"], by=people.ana, at=NOW)
    bia = await browser_of(people.bia)
    assert happened(await bia.get(f"/tickets/{number}")) == ["Ana incluiu em cópia: rui@aurora.example"]


async def test_c02_nobody_enters_without_the_link(under: Under):
    await under("central")
    eva = visitor()
    await eva.send(await eva.get("/sign-up"), "/sign-up", name="Eva Melo", identifier="eva@escola.example")
    await mail_written()
    entrance = await eva.get("/sign-in")
    refused = await eva.send(entrance, "/sign-in", identifier="eva@escola.example", password=GOOD_PASSWORD)
    assert refused.text(".summary") == "E-mail, usuário ou senha não conferem. Confira e tente de novo."
    assert await signed_in_as(eva) == ""


@pytest.mark.parametrize("htmx", [False, True])
async def test_c09_resolvido_is_reopened_by_a_reply(under: Under, htmx):
    people = await under("central")
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana, htmx=htmx)
    page = await ana.get(f"/tickets/{number}")
    assert status_of(page) == "Resolvido"
    assert "“Não foi resolvido” reabre" in page.words
    after = await ana.send(page, f"/tickets/{number}/replies", body="Voltou a acontecer.")
    assert (status_of(after), said(after)[-1]) == ("Aberto", "Voltou a acontecer.")
    assert await events(number) == ["submission", "take", "solution", "reply"]


async def test_c09_a_word_of_thanks_leaves_it_resolvido(under: Under):
    people = await under("central")
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    after = await ana.send(page, f"/tickets/{number}/replies", **{"as": "thanks"}, body="Muito obrigada!")
    assert (status_of(after), said(after)[-1]) == ("Resolvido", "Muito obrigada!")
    assert await events(number) == ["submission", "take", "solution", "thanks"]


async def test_c10_a_new_ticket_goes_on_from_a_closed_one(under: Under):
    people = await under("central")
    number = await cast.ticket(people.ana, copies=("rui@aurora.example",))
    await cast.brought_to(number, "closed", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    draft = await ana.send(page, f"/tickets/{number}/follow-ups")
    action = draft.html.css_first("main form").attributes["action"]
    assert f"Continuação de #{number} : Boletos com o valor errado" in draft.words
    assert chosen(draft, "category") == "Cobrança"
    assert (draft.values(action)["title"], draft.values(action)["copies"]) == ("", "rui@aurora.example")
    assert await events(number) == ["submission", "take", "solution", "closing"]

    sent = await ana.send(draft, action, press="send", title="Boletos de dezembro", description="Erraram de novo.")
    assert f"Continuação de #{number} : Boletos com o valor errado" in sent.words
    origin = await ana.get(f"/tickets/{number}")
    assert f"Continua em #{action.split('/')[2]} : Boletos de dezembro" in origin.words
    assert (status_of(origin), happened(origin)[-1]) == ("Fechado", "Você abriu um novo ticket ligado a este")
