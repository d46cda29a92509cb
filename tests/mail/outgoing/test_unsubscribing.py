"""The ways to fewer messages: the link at the foot, the headers for mail programs, and the page that they lead to."""

from datetime import timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests import cast
from tests.cast import NOW
from tests.client import HOME, Browser, browser_of
from tests.mail.arriving import mail
from tests.mail.post_office import link_in, text_of, unsubscribe_link, worked
from tests.pages.reading import ticket_row
from tests.security.world import everything
from web.database import fetch
from web.notifications import link_requests, preferences
from web.pages.shell import render
from web.people import one_time_links
from web.people.one_time_links import Purpose
from web.people.tables import Identity
from web.tickets.actions import participants, replies, resolution
from web.tickets.record.messages import NewMessage

pytestmark = pytest.mark.anyio

ANA, RUI, BIA, EVA = "ana@aurora.example", "rui@aurora.example", "bia@guiche.example", "eva@familia.example"
LATER = NOW + timedelta(minutes=2)
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
CHOOSE = "Escolher quais e-mails você recebe"
LEAVE = "Sair da cópia desta solicitação"


async def answered(people, office, *copies: str) -> int:
    """A ticket of Ana's that Bia answered, and all its messages sent."""
    number = await cast.ticket(people.ana, copies=copies)
    await replies.reply(await cast.seen(number, people.bia), "Vamos ver.", by=people.bia, at=NOW)
    await worked(office, NOW)
    return number


def foot(message) -> tuple[str, dict[str, str]]:
    """The last lines of the text, and the links of the HTML by their words, without the first, to the ticket."""
    html = LexborHTMLParser(message.get_body(("html",)).get_content())
    links = {each.text(): each.attributes["href"] or "" for each in html.css("a")[1:]}
    return text_of(message).rstrip().split("\n")[-1], links


async def by_mail_program(link: str, **headers: str):
    """One click in a mail program: no cookies, no page before, and nothing that says where it comes from."""
    return await Browser().client.post(link, data=ONE_CLICK, headers=headers)


# The foot


async def test_who_has_an_account_is_led_to_where_one_chooses_which_messages_come(people, office):
    await preferences.choose(people.bia, "all")
    await answered(people, office)
    choices = f"{HOME}/account#own-notices"
    for address in (ANA, BIA):
        assert foot(office.to(address)[-1]) == (f"{CHOOSE}: {choices}", {CHOOSE: choices})
    page = await (await browser_of(people.ana)).get("/account")
    assert page.text("[id='own-notices']") == "Avisos"


async def test_who_is_in_copy_is_led_out_of_the_copy_with_or_without_an_account(people, office):
    await answered(people, office, RUI, EVA)
    for address in (RUI, EVA):
        message = office.to(address)[-1]
        link = HOME + unsubscribe_link(message)
        assert foot(message) == (f"{LEAVE}: {link}", {LEAVE: link})


async def test_who_asked_by_mail_alone_gets_nothing_that_would_leave_them_without_an_answer(people, office, arrives):
    became = await arrives(mail("nina@fora.example", "O portal não abre."))
    ticket = await cast.seen(became["ticket"], people.bia)
    await replies.reply(ticket, "Vamos ver.", by=people.bia, at=LATER)
    await worked(office, LATER)
    told = office.to("nina@fora.example")[-1]
    assert (foot(told)[1], told["List-Unsubscribe"], told["List-Unsubscribe-Post"]) == ({}, None, None)


async def test_the_message_of_the_morning_leads_there_too(people, office):
    number = await answered(people, office)
    evening, morning = NOW + timedelta(hours=12), NOW + timedelta(hours=24)
    await replies.reply(await cast.seen(number, people.ana), "E então?", by=people.ana, at=evening)
    await worked(office, evening)
    await worked(office, morning)
    told = office.to(BIA)[-1]
    assert text_of(told).rstrip().split("\n")[-1] == f"{CHOOSE}: {HOME}/account#own-notices"
    assert (await by_mail_program(unsubscribe_link(told))).status_code == 200
    assert await preferences.wanted_by(people.bia) == "none"


# The headers


async def test_a_mail_program_switches_off_by_one_click_what_the_settings_switch_off(people, office):
    await answered(people, office)
    told = office.to(ANA)[-1]
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    answer = await by_mail_program(unsubscribe_link(told))
    assert (answer.status_code, "location" in answer.headers) == (200, False)
    page = await (await browser_of(people.ana)).get("/account")
    assert page.text("select[name=mail] option[selected]") == "Nada"
    await answered(people, office)
    assert office.to(ANA)[-1] is told


async def test_a_mail_program_may_send_it_as_a_form_with_parts_and_again(people, office):
    await answered(people, office)
    link = unsubscribe_link(office.to(ANA)[-1])
    parts = {"List-Unsubscribe": (None, "One-Click")}
    assert [(await Browser().client.post(link, files=parts)).status_code for _ in range(2)] == [200, 200]
    assert await preferences.wanted_by(people.ana) == "none"


async def test_a_link_to_sign_in_has_no_such_header(people, office):
    await one_time_links.request(Purpose.SIGN_IN, ANA, network="127.0.0.1", at=NOW)
    await link_requests.answer_link_requests(NOW, render=render.mail_texts())
    await worked(office, NOW)
    (told,) = office.to(ANA)
    assert told["List-Unsubscribe"] is None
    assert CHOOSE not in text_of(told)


async def test_a_solution_in_which_nobody_may_leave_the_copy_any_more_switches_nothing_off(people, office):
    number = await answered(people, office, RUI)
    ticket = await cast.seen(number, people.bia)
    await resolution.solve(ticket, message=NewMessage("Corrigimos."), by=people.bia, at=NOW)
    await resolution.confirm(await cast.seen(number, people.ana), by=people.ana, at=NOW)
    await worked(office, LATER)
    told = office.to(RUI)[-1]
    assert text_of(told).split("\n")[0] == "A solicitação foi encerrada."
    assert (told["List-Unsubscribe"], list(foot(told)[1])) == (None, [CHOOSE])


# The page


async def test_the_page_says_what_one_button_does_and_where_it_is_undone(people, office):
    await answered(people, office)
    link = unsubscribe_link(office.to(ANA)[-1])
    anybody = Browser()
    page = await anybody.get(link)
    assert (page.text("h1"), page.texts("main button")) == ("Parar todos os avisos por e-mail?", ["Parar os e-mails"])
    assert page.text(".card > p").startswith("Isso vale para todas as solicitações, também quando alguém responde")
    assert await preferences.wanted_by(people.ana) == "own"
    done = await anybody.send(page, link)
    again = await anybody.get(link)
    for each in (done, again):
        assert (each.text("h1"), each.texts("main button")) == ("Você não recebe mais avisos por e-mail", [])
        assert each.links()[CHOOSE] == "/account#own-notices"
    assert await preferences.wanted_by(people.ana) == "none"


async def test_an_agent_stops_what_is_new_in_the_queue_and_still_gets_what_is_theirs(people, office):
    await preferences.choose(people.bia, "all")
    await cast.ticket(people.ana)
    await worked(office, NOW)
    link = unsubscribe_link(office.to(BIA)[-1])
    anybody = Browser()
    page = await anybody.get(link)
    assert page.text("h1") == "Parar os e-mails do que é novo na fila?"
    done = await anybody.send(page, link)
    assert done.text("h1") == "Você não recebe mais e-mails do que é novo na fila"
    assert await preferences.wanted_by(people.bia) == "own"


async def test_an_old_link_never_turns_on_more_than_was_chosen_since(people, office):
    await preferences.choose(people.bia, "all")
    await cast.ticket(people.ana)
    await worked(office, NOW)
    await preferences.choose(people.bia, "none")
    await by_mail_program(unsubscribe_link(office.to(BIA)[-1]))
    assert await preferences.wanted_by(people.bia) == "none"


async def test_who_leaves_the_copy_by_the_link_has_left_it_as_on_the_portal(people, office):
    number = await answered(people, office, RUI, EVA)
    rui = await browser_of(people.rui)
    await rui.send(await rui.get(f"/tickets/{number}"), f"/tickets/{number}/participants/{people.rui.id}/removal")
    link = unsubscribe_link(office.to(EVA)[-1])
    anybody = Browser()
    page = await anybody.get(link)
    assert page.text("h1") == f"Sair da cópia da solicitação #{number}?"
    assert "Boletos com o valor errado" not in page.response.text
    done = await anybody.send(page, link)
    again = await anybody.get(link)
    for each in (done, again):
        assert each.text("h1") == f"Você não recebe mais e-mails da solicitação #{number}"
        assert CHOOSE not in each.links()
    removed = [each["data"] for each in await fetch("SELECT data FROM event WHERE kind = 'participation' ORDER BY id")]
    assert removed == [f'{{"removed": ["{address}"]}}' for address in (RUI, EVA)]
    before = len(office.to(EVA))
    await replies.reply(await cast.seen(number, people.bia), "Segue.", by=people.bia, at=LATER)
    await worked(office, LATER)
    assert len(office.to(EVA)) == before


async def test_who_has_an_account_and_leaves_a_copy_keeps_the_messages_about_their_own(people, office):
    await answered(people, office, RUI)
    await by_mail_program(unsubscribe_link(office.to(RUI)[-1]))
    assert await preferences.wanted_by(people.rui) == "own"


# Trust


async def test_a16_opening_the_link_changes_nothing(people, office):
    await answered(people, office, RUI)
    links = [unsubscribe_link(office.to(address)[-1]) for address in (ANA, RUI)]
    before = await everything()
    for link in links:
        assert [(await Browser().client.request(each, link)).status_code for each in ("GET", "HEAD")] == [200, 200]
    assert await everything() == before


async def test_a16_a_forged_link_and_one_of_another_purpose_are_nothing(people, office):
    await answered(people, office, RUI)
    number = await cast.ticket(people.ana)
    ticket = await cast.seen(number, people.bia)
    await resolution.solve(ticket, message=NewMessage("Corrigimos."), by=people.bia, at=NOW)
    await worked(office, NOW)
    hers, his = (unsubscribe_link(office.to(each)[0]).rpartition("/")[2] for each in (ANA, RUI))
    message, what, signature = hers.split(".")
    wrong = [
        f"{his.split('.')[0]}.{what}.{signature}",
        f"{message}.queues.{signature}",
        f"{message}.{what}.{signature[:-1]}{'a' if signature[-1] != 'a' else 'b'}",
        f"{message}.{what}.",
        link_in(office.to(ANA)[-1]).rpartition("/")[2],
        "x",
        "%00",
    ]
    before = await everything()
    for each in wrong:
        path = f"/unsubscribe/{each}"
        page, answer = await Browser().get(path), await by_mail_program(path)
        assert (page.status, page.text("h1"), answer.status_code) == (404, "Este link não vale mais", 404), each
    assert await everything() == before
    assert (await Browser().get(f"/answers/{hers}")).status == 404


async def test_a16_a_link_acts_for_its_reader_whoever_opens_it(people, office):
    number = await answered(people, office, RUI)
    caio = await browser_of(people.caio)
    link = unsubscribe_link(office.to(RUI)[-1])
    await caio.send(await caio.get(link), link)
    told = await fetch("SELECT actor FROM event WHERE kind = 'participation'")
    assert told == [{"actor": people.rui.id}]
    assert (await ticket_row(number))["requester"] == people.ana.id


async def test_a31_a_link_is_dead_once_the_address_is_given_up(people, office):
    await answered(people, office)
    link = unsubscribe_link(office.to(ANA)[-1])
    await Identity.update({Identity.value: "ana@nova.example"}).where(Identity.value == ANA)
    assert (await by_mail_program(link)).status_code == 404
    assert await preferences.wanted_by(people.ana) == "own"


async def test_a38_no_page_of_another_site_sends_it(people, office):
    await answered(people, office)
    answer = await by_mail_program(unsubscribe_link(office.to(ANA)[-1]), Origin="https://evil.example")
    assert (answer.status_code, await preferences.wanted_by(people.ana)) == (403, "own")


async def test_a_link_is_over_once_somebody_else_removed_the_copy(people, office):
    number = await answered(people, office, RUI)
    link = unsubscribe_link(office.to(RUI)[-1])
    await participants.remove(await cast.seen(number, people.ana), people.rui.id, by=people.ana, at=LATER)
    assert (await by_mail_program(link)).status_code == 200
    assert len(await fetch("SELECT id FROM event WHERE kind = 'participation'")) == 1
