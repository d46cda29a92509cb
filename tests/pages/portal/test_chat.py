"""A chat on the portal is one ticket, opened by its first line."""

import asyncio
from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.chatting import FIRST, begun, chat_of, number_in, retired, turned_off, turned_on
from tests.client import Browser, browser_of
from tests.pages.reading import events, messages, refusals, said, ticket_row
from tests.presets import started_with
from web.clock import set_now
from web.database import fetch_column
from web.tickets.actions import assignment, replies, resolution
from web.tickets.life.chats import LATER
from web.tickets.record.messages import NewMessage

pytestmark = pytest.mark.anyio

SATURDAY = NOW + timedelta(days=5)


async def test_the_first_line_begins_a_ticket_of_this_channel_in_the_queue_of_its_category(database, storage):
    people = await cast.enrol()
    category = await turned_on(people)
    ana = await browser_of(people.ana)
    page = await begun(ana)
    row = await ticket_row(number_in(page))
    assert (row["channel"], row["status"], row["category"], row["title"]) == ("chat", "new", category, FIRST)
    assert row["attend_at"] == row["submitted_at"]
    assert (said(page), page.text("h1")) == ([FIRST], "Conversa")
    assert (await ana.get(f"/tickets/{number_in(page)}")).text("h1") == FIRST


async def test_in_hours_it_says_that_we_answer_now_and_whose_turn_comes_before(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    await chat_of(people.rui, at=NOW - timedelta(minutes=2))
    page = await begun(await browser_of(people.ana))
    assert page.text(".next") == "Respondemos agora. Você é a 2ª pessoa da fila."


async def test_who_was_answered_is_told_of_no_queue_though_nobody_has_taken_the_chat(database, storage):
    with started_with(GUICHE_PRESET="aprovacao"):
        people = await cast.enrol()
        await turned_on(people)
        page = await begun(await browser_of(people.ana))
        await replies.reply(await cast.seen(number_in(page), people.bia), "Bom dia!", by=people.bia, at=NOW)
        step = (await (await browser_of(people.ana)).get(page.path)).text(".next")
    assert (step.startswith("Na fila Financeiro."), "pessoa da fila" in step) == (True, False)


async def test_a_line_that_comes_after_the_solution_stands_beside_its_question(database, storage):
    with started_with(GUICHE_PRESET="aprovacao"):
        people = await cast.enrol()
        await turned_on(people)
        ana = await browser_of(people.ana)
        number = number_in(page := await begun(ana))
        done = await cast.seen(number, people.bia)
        await resolution.solve(done, message=NewMessage("Feito."), by=people.bia, at=NOW)
        refused = await ana.send(page, f"/chat/{number}/replies", body="Ainda não abre.")
        assert (refused.status, refused.element(f"unsent-{number}").text()) == (409, "Ainda não abre.")
        assert refused.form(f"/chat/{number}/objection")
        assert "data-ended" in (refused.element("news").html or "")


async def test_out_of_hours_it_is_taken_all_the_same_and_says_until_when(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    ana = await browser_of(people.ana, at=SATURDAY)
    before = await ana.get("/chat")
    assert before.text(".hours") == "Respondemos a partir de seg., 30/11, 9h."
    page = await begun(ana)
    assert page.text(".next") == (
        "Respondemos a partir de seg., 30/11, 9h. Pode fechar a página: a resposta fica aqui, e a conversa continua."
    )
    assert (await ticket_row(number_in(page)))["status"] == "new"


async def test_each_line_is_a_reply_and_the_same_word_twice_is_said_twice(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    ana = await browser_of(people.ana)
    page = await begun(ana)
    at = f"/chat/{number_in(page)}"
    for _ in range(2):
        page = await ana.send(page, f"{at}/replies", body="Alô?")
    assert said(page) == [FIRST, "Alô?", "Alô?"]
    assert await events(number_in(page)) == ["submission", "reply", "reply"]


async def test_each_line_says_by_which_way_it_came(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    ana = await browser_of(people.ana)
    page = await begun(ana)
    at = f"{number_in(page)}/replies"
    await ana.send(page, f"/chat/{at}", body="É o de novembro.")
    page = await ana.get(f"/tickets/{number_in(page)}")
    page = await ana.send(page, f"/tickets/{at}", body="Segue pelo portal.")
    await replies.reply(await cast.seen(number_in(page), people.bia), "Recebi.", by=people.bia, at=NOW)
    await replies.note(await cast.seen(number_in(page), people.bia), "Cliente antiga.", by=people.bia, at=NOW)
    page = await (await browser_of(people.bia)).get(f"/desk/tickets/{number_in(page)}")
    assert [each.rpartition(" · ")[2] for each in page.texts(".message__who")] == [
        "pelo chat",
        "pelo chat",
        "pelo portal",
        "pelo chat",
        "pelo portal",
    ]


async def test_a_line_may_be_a_file_alone_from_the_first_on(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    ana = await browser_of(people.ana)
    page = await ana.send(await ana.get("/chat"), "/chat", body="", files=[("boleto.pdf", b"%PDF-1.4 um")])
    number = number_in(page)
    assert ((await ticket_row(number))["title"], await messages(number)) == ("boleto.pdf", ["boleto.pdf"])
    page = await ana.send(page, f"/chat/{number}/replies", body="", files=[("verso.pdf", b"%PDF-1.4 dois")])
    assert page.texts(".file span:first-of-type") == ["boleto.pdf", "verso.pdf"]


async def test_an_empty_line_and_one_too_long_are_refused_with_what_was_typed(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    ana = await browser_of(people.ana)
    empty = await ana.send(await ana.get("/chat"), "/chat", body="   ")
    assert (empty.status, refusals(empty)) == (422, {"body": "Escreva o texto."})
    page, long = await begun(ana), "a" * 100_001
    at = f"/chat/{number_in(page)}/replies"
    refused = await ana.send(page, at, body=long)
    assert (refused.status, refused.values(at)["body"]) == (422, long)
    assert (await ana.send(page, at, body="")).status == 422
    assert await messages(number_in(page)) == [FIRST]


async def test_a_long_first_line_gives_its_first_words_as_the_title(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    number = await chat_of(people.ana, "Não consigo " + "abrir o boleto " * 20)
    title = (await ticket_row(number))["title"]
    assert (title, len(title) <= 81) == (
        "Não consigo abrir o boleto abrir o boleto abrir o boleto abrir o boleto abrir o…",
        True,
    )


async def test_two_chats_begun_at_once_are_one(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    tabs = [await browser_of(people.ana) for _ in range(2)]
    pages = [await tab.get("/chat") for tab in tabs]
    one, other = zip(tabs, pages, strict=True)
    made = await asyncio.gather(
        *(tab.send(page, "/chat", body=said, follow=False) for (tab, page), said in ((one, "Um"), (other, "Outro")))
    )
    assert len({each.location for each in made}) == 1
    number = int(made[0].location.rpartition("/")[2])
    assert sorted(await messages(number)) == ["Outro", "Um"]


async def test_the_same_form_sent_twice_begins_one_chat_with_one_line(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    ana = await browser_of(people.ana)
    page = await ana.get("/chat")
    first, again = [await ana.send(page, "/chat", body=FIRST, follow=False) for _ in range(2)]
    assert first.location == again.location
    assert await messages(int(first.location.rpartition("/")[2])) == [FIRST]


async def test_who_comes_back_the_next_day_finds_the_conversation(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    number = await chat_of(people.ana)
    page = await (await browser_of(people.ana, at=NOW + timedelta(days=1))).get("/chat")
    assert (page.path, said(page)) == (f"/chat/{number}", [FIRST])


async def test_once_it_has_ended_a_new_one_begins_that_is_linked_to_it(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    number = await chat_of(people.ana)
    await _solved(number, people)
    ana = await browser_of(people.ana)
    ended = await ana.send(await ana.get("/chat"), f"/chat/{number}/confirmation")
    assert "Nova conversa" in ended.links()
    page = await begun(ana, "Voltou a acontecer.")
    new = number_in(page)
    assert new != number
    assert await fetch_column(int, "SELECT other FROM link WHERE ticket = {} AND kind = 'follow_up'", new) == [number]
    assert f"#{number}" in page.words


async def test_an_open_page_offers_a_new_one_as_soon_as_it_has_ended(database, storage):
    with started_with(GUICHE_PRESET="expresso"):
        people = await cast.enrol()
        await turned_on(people)
        ana = await browser_of(people.ana)
        page = await begun(ana)
        await resolution.solve(
            await cast.seen(number_in(page), people.bia), message=NewMessage("Feito."), by=people.bia, at=NOW
        )
        ana.client.headers["HX-Request"] = "true"
        news = await ana.get(page.element("news").attributes["data-hx-get"])
    assert news.links()["Nova conversa"] == "/chat?new=1"


async def test_a_chat_of_long_ago_is_not_gone_on_from(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    number = await chat_of(people.ana)
    await _solved(number, people)
    await resolution.confirm(await cast.seen(number, people.ana), by=people.ana, at=NOW)
    page = await begun(await browser_of(people.ana, at=NOW + timedelta(days=8)))
    assert await fetch_column(int, "SELECT other FROM link WHERE ticket = {}", number_in(page)) == []


async def test_it_ends_as_any_ticket_in_the_page_itself(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    number = await chat_of(people.ana)
    await _solved(number, people)
    ana = await browser_of(people.ana)
    at = f"/chat/{number}"
    page = await ana.get(at)
    assert page.text(".ask h2") == "O problema foi resolvido?"
    back = await ana.send(page, f"{at}/objection", body="Ainda não abre.")
    assert (back.path.partition("?")[0], (await ticket_row(number))["status"]) == (at, "open")
    await _solved(number, people)
    page = await ana.send(await ana.get(at), f"{at}/confirmation")
    page = await ana.send(page, f"{at}/rating", service="5", quality="4")
    assert page.texts(".rated dd") == ["Ótimo", "Boa"]


async def test_when_chat_is_turned_off_meanwhile_nothing_typed_is_lost(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    rui = await browser_of(people.rui)
    number, page = await chat_of(people.ana), await rui.get("/chat")
    await turned_off(people)
    refused = await rui.send(page, "/chat", body="Meu boleto sumiu.")
    assert (refused.status, refused.one("textarea").text()) == (422, "Meu boleto sumiu.")
    assert (await rui.get("/chat")).links()["Abrir solicitação"] == "/tickets/new"
    ana = await browser_of(people.ana)
    page = await ana.send(await ana.get("/chat"), f"/chat/{number}/replies", body="Ainda aqui.")
    assert said(page) == [FIRST, "Ainda aqui."]


async def test_a_category_that_is_retired_takes_chat_with_it(database, storage):
    people = await cast.enrol()
    category = await turned_on(people)
    ana = await browser_of(people.ana)
    assert "Conversar agora" in (await ana.get("/")).links()
    await retired(await browser_of(people.lia), category)
    assert "Conversar agora" not in (await ana.get("/")).links()
    assert "O chat não está disponível agora." in (await ana.get("/chat")).words


@pytest.mark.parametrize("page", ["/", "/help", "/help/channels"])
async def test_conversar_agora_is_offered_only_where_chat_is_on(page, database, storage):
    people = await cast.enrol()
    visitor, ana = Browser(), await browser_of(people.ana)
    assert ["Conversar agora" in (await each.get(page)).links() for each in (visitor, ana)] == [False, False]
    await turned_on(people)
    assert ["Conversar agora" in (await each.get(page)).links() for each in (visitor, ana)] == [True, True]


@pytest.mark.parametrize("page", ["/", "/help", "/help/channels", "/chat"])
async def test_while_the_desk_is_closed_a_message_is_offered_and_no_talk_at_once(page, database, storage):
    people = await cast.enrol()
    await turned_on(people)
    ana = await browser_of(people.ana)
    set_now(NOW.replace(hour=10))
    shown = await ana.get(page)
    offered = [*shown.links(), shown.text("h1")]
    assert [each in offered for each in ("Conversar agora", "Deixar uma mensagem")] == [False, True]


async def test_who_is_not_signed_in_is_led_to_sign_in_and_back(database, storage):
    await turned_on(await cast.enrol())
    page = await Browser().get("/chat")
    assert page.path == "/sign-in?next=%2Fchat"


async def test_the_page_of_any_other_ticket_is_not_a_chat(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    assert (await (await browser_of(people.ana)).get(f"/chat/{number}")).path == f"/tickets/{number}"


async def test_the_list_of_chats_on_the_desk_has_those_who_wait_first_and_then_the_oldest(database, storage):
    people = await cast.enrol()
    bia = await browser_of(people.bia)
    assert "Conversas agora" not in (await bia.get("/desk")).words
    await turned_on(people)
    answered = await chat_of(people.rui, "Respondido", at=NOW - timedelta(minutes=9))
    await replies.reply(await cast.seen(answered, people.bia), "Já vejo.", by=people.bia, at=NOW)
    await chat_of(people.ana, "Antes", at=NOW - timedelta(minutes=5))
    await chat_of(people.caio, "Depois", at=NOW - timedelta(minutes=3))
    page = await bia.get("/desk?view=chats")
    assert (page.text("h1"), page.texts(".row__title")) == ("Conversas agora", ["Antes", "Depois", "Respondido"])
    assert page.text(".navigation [aria-current=page]") == "Conversas agora 3"


async def test_further_lines_of_who_waits_do_not_put_them_back_and_an_answer_does(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    number, later = await chat_of(people.ana), NOW + timedelta(minutes=4)
    await replies.reply(await cast.seen(number, people.ana), "Alô?", by=people.ana, at=later)
    assert (await ticket_row(number))["attend_at"] == NOW
    await replies.reply(await cast.seen(number, people.bia), "Bom dia!", by=people.bia, at=later)
    assert (await ticket_row(number))["attend_at"] == later + LATER
    await replies.reply(await cast.seen(number, people.ana), "Obrigada.", by=people.ana, at=later)
    assert (await ticket_row(number))["attend_at"] == later
    await _solved(number, people)
    assert (await ticket_row(number))["attend_at"] is None


async def test_what_an_agent_records_of_a_chat_elsewhere_waits_for_nobody(database, storage):
    people = await cast.enrol()
    bia = await browser_of(people.bia)
    about, finer = await cast.subject()
    await bia.send(
        await bia.get("/desk/contacts/new"),
        "/desk/contacts",
        requester="ana@aurora.example",
        channel="chat",
        category=about,
        topic=finer,
        title="Dúvida",
        description="Perguntou do boleto.",
        body="Respondido.",
        handling="1",
    )
    assert await fetch_column(int, "SELECT count(*) AS n FROM ticket WHERE attend_at IS NOT NULL") == [0]


async def _solved(number: int, people: cast.Cast) -> None:
    set_now(NOW)
    await assignment.take(await cast.seen(number, people.bia), by=people.bia, at=NOW)
    await resolution.solve(
        await cast.seen(number, people.bia), message=NewMessage("Enviei de novo."), by=people.bia, at=NOW
    )
