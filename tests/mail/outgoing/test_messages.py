"""Messages about tickets as a real server receives them, and answers by their links."""

import re
from datetime import timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests import cast, lead_settings
from tests.cast import NOW
from tests.client import Browser, browser_of
from tests.mail.post_office import link_in, post_office, text_of, worked
from tests.pages.reading import ticket_row
from tests.presets import started_with
from web.brand import changes
from web.brand.brand import BrandInput
from web.database import fetch
from web.mail.incoming.markup.text import text_of as text_of_html
from web.notifications import announcing
from web.tickets.actions import approvals, ratings, replies, resolution, timers
from web.tickets.actions.ownership import departures
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import find_ticket

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(minutes=2)


async def solved(people) -> int:
    number = await cast.ticket(people.ana)
    ticket = await find_ticket(number, by=people.bia)
    await resolution.solve(ticket, message=NewMessage("Corrigimos o boleto."), by=people.bia, at=NOW)
    return number


async def test_a_reply_reaches_the_requester_in_text_and_html(people, office):
    number = await cast.ticket(people.ana)
    await replies.reply(await find_ticket(number, by=people.bia), "Vamos ver <já>.", by=people.bia, at=NOW)
    await worked(office, NOW)
    acknowledged, answered = office.to("ana@aurora.example")
    assert acknowledged["Subject"] == answered["Subject"] == f"[#{number}] Boletos com o valor errado"
    assert acknowledged["References"] == answered["References"] == f"<ticket-{number}@127.0.0.1>"
    assert text_of(answered).split("\n\n")[:2] == ["Bia Nunes respondeu:", "Vamos ver <já>."]
    html = answered.get_body(("html",)).get_content()
    assert "Vamos ver &lt;já&gt;." in html
    assert not re.search(r"<(img|script|link|style)|url\(|class=", html)


async def test_the_ids_of_a_message_stay_whole_where_the_host_is_long(people, office):
    host = f"{'escola-' * 8}aurora.guiche.example"
    with started_with(GUICHE_MAIL=f"suporte@{host}"):
        number = await cast.ticket(people.ana)
        await worked(office, NOW)
    raw = {name: text.strip() for name, text in office.received[0].raw_items()}
    assert raw["References"] == f"<ticket-{number}@{host}>"
    assert raw["List-Id"] == f"Ticket {number} <ticket-{number}.{host}>"


async def test_a_subject_keeps_its_spaces_where_it_breaks_into_lines(people, office):
    title = "Meu filho não recebeu o boleto 😀 “obrigada”"
    number = await cast.ticket(people.ana, title)
    await worked(office, NOW)
    assert office.received[0]["Subject"] == f"[#{number}] {title}"


async def test_a_solution_is_answered_from_the_message_without_signing_in(people, office):
    number = await solved(people)
    await worked(office, NOW)
    sent = office.to("ana@aurora.example")[-1]
    assert "Se ninguém disser o contrário até seg., 30/11, 12h, a solicitação será encerrada." in text_of(sent)
    link = link_in(sent)
    anybody = Browser()
    page = await anybody.get(link)
    assert (page.text("h1"), page.text("blockquote")) == ("Boletos com o valor errado", "Corrigimos o boleto.")
    assert (await ticket_row(number))["status"] == "resolved"
    done = await anybody.send(page, f"{link}/confirmation")
    assert done.text(".notice") == "Obrigado! A sua resposta foi registrada."
    assert (await ticket_row(number))["status"] == "closed"


async def test_a_message_wears_the_accent_of_the_place_with_its_styles_at_each_element(people, office):
    await solved(people)
    await worked(office, NOW)
    await changes.describe(BrandInput(accent="#7a1f5c"), seen=0, by=people.admin, at=NOW)
    await solved(people)
    await worked(office, LATER)
    told = [each.get_body(("html",)).get_content() for each in office.to("ana@aurora.example")]
    yes = [link.attributes["style"] for html in told for link in LexborHTMLParser(html).css("a[href$='#sim']")]
    assert [re.findall("background:(.*?);color:(.*?);", style) for style in yes] == [
        [("#0f5c5c", "#ffffff")],
        [("#7a1f5c", "#ffffff")],
    ]


async def test_no_brings_the_ticket_back_with_its_reason(people, office):
    number = await solved(people)
    await worked(office, NOW)
    anybody = Browser()
    link = link_in(office.to("ana@aurora.example")[-1])
    page = await anybody.get(link)
    refused = await anybody.send(page, f"{link}/objection", body=" ")
    assert (refused.status, refused.texts(".summary li")) == (
        422,
        ["O que ainda não está resolvido? : Escreva o texto."],
    )
    await anybody.send(page, f"{link}/objection", body="Ainda vem errado.")
    assert (await ticket_row(number))["status"] == "open"
    await worked(office, LATER)
    assert [each["Subject"] for each in office.to("bia@guiche.example")][-1:] == [
        f"[#{number}] Boletos com o valor errado"
    ]


async def test_a65_the_first_answer_wins_and_a_second_one_is_told(people, office):
    number = await solved(people)
    await worked(office, NOW)
    link = link_in(office.to("ana@aurora.example")[-1])
    first, second = Browser(), Browser()
    pages = [await each.get(link) for each in (first, second)]
    await first.send(pages[0], f"{link}/confirmation")
    late = await second.send(pages[1], f"{link}/objection", body="Ainda vem errado.")
    assert late.status == 409
    assert "Ainda vem errado." in late.words
    assert (await ticket_row(number))["status"] == "closed"


async def test_a31_a_link_of_an_older_solution_or_changed_or_over_is_dead(people, office):
    number = await solved(people)
    await worked(office, NOW)
    link = link_in(office.to("ana@aurora.example")[-1])
    token = link.rpartition("/")[2]
    ana = await browser_of(people.ana)
    await ana.send(await ana.get(f"/tickets/{number}"), f"/tickets/{number}/objection", body="Não.")
    ticket = await find_ticket(number, by=people.bia)
    await resolution.solve(ticket, message=NewMessage("Agora sim."), by=people.bia, at=LATER)
    forged = [
        token,
        token[:-1] + ("a" if token[-1] != "a" else "b"),
        token.replace(f"{number}.", f"{number + 1}.", 1),
        "x",
    ]
    for each in forged:
        page = await Browser().get(f"/answers/{each}")
        assert (page.status, page.text("h1")) == (404, "Este link não vale mais")


async def test_a7_who_lost_sight_before_it_was_sent_gets_no_message(people, office):
    number = await cast.ticket(people.ana, copies=("rui@aurora.example",))
    await worked(office, NOW)
    await replies.reply(await find_ticket(number, by=people.bia), "Segue o boleto.", by=people.bia, at=NOW)
    await announcing.announce(NOW)
    ana = await browser_of(people.ana)
    await ana.send(await ana.get(f"/tickets/{number}"), f"/tickets/{number}/participants/{people.rui.id}/removal")
    await worked(office, LATER)
    assert len(office.to("rui@aurora.example")) == 1
    assert len(office.to("ana@aurora.example")) == 2


async def test_f15_what_the_server_refuses_is_kept_with_its_answer_and_the_rest_goes_on(people, office):
    office.says = {"ana@": "550 No such user", "rui@": "451 Try again later"}
    await cast.ticket(people.ana, copies=("rui@aurora.example", "eva@familia.example"))
    await worked(office, NOW)
    rows = await fetch("SELECT recipient, state, error FROM outgoing ORDER BY id")
    assert {row["recipient"]: (row["state"], row["error"]) for row in rows} == {
        "ana@aurora.example": ("bounced", "550 No such user"),
        "rui@aurora.example": ("waiting", "451 Try again later"),
        "eva@familia.example": ("sent", ""),
    }
    office.says = {}
    await worked(office, LATER)
    assert len(office.to("rui@aurora.example")) == 1


async def test_f15_a_server_that_is_down_is_tried_again_until_five_days_are_over(people):
    await cast.ticket(people.ana)
    async with post_office() as closed:
        pass
    for days in (0, 1, 6):
        await worked(closed, NOW + timedelta(days=days))
    assert {row["state"] for row in await fetch("SELECT state FROM outgoing")} == {"failed"}


async def test_a_reminder_says_again_what_was_asked_and_until_when(people, office):
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "waiting_requester", by=people.bia, asker=people.ana)
    await worked(office, NOW)
    soon = (await ticket_row(number))["wakes_at"]
    await timers.run_due(soon)
    await worked(office, soon)
    asked, reminded = [text_of(each).split("\n\n") for each in office.to("ana@aurora.example")[-2:]]
    assert asked[0] == "Bia Nunes perguntou e espera a sua resposta:"
    assert reminded[:3] == ["Ainda esperamos a sua resposta:", *asked[1:3]]


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        ("refused", ["Ana Prado não aprovou a solicitação:", "Caro demais."]),
        ("merged", ["A solicitação foi unida a outra e continua nela."]),
    ],
)
async def test_who_asked_is_told_how_it_ended(people, office, ending, said):
    await cast.unsolved(people, ending)
    await worked(office, NOW)
    assert text_of(office.to("rui@aurora.example")[-1]).split("\n\n")[: len(said)] == said


async def test_who_asked_is_told_that_it_was_approved(people, office):
    number = await cast.ticket(people.rui)
    sheet = await cast.brought_to(number, "leave", by=people.bia, asker=people.rui)
    await approvals.approve(await cast.seen(sheet.number, people.ana), by=people.ana, at=LATER)
    await worked(office, LATER)
    told = text_of(office.to("rui@aurora.example")[-1])
    assert told.split("\n\n")[0] == "Ana Prado aprovou a solicitação."


async def test_who_asked_is_told_which_lead_let_it_go_on_without_the_approval_and_why(people, office):
    number = await cast.ticket(people.rui)
    sheet = await cast.brought_to(number, "leave", by=people.bia, asker=people.rui)
    await approvals.overrule(await cast.seen(sheet.number, people.lia), reason="Urgente.", by=people.lia, at=LATER)
    await worked(office, LATER)
    told = text_of(office.to("rui@aurora.example")[-1]).split("\n\n")
    assert told[:2] == ["Lia Castro liberou a solicitação sem aprovação:", "Urgente."]


async def test_who_asked_is_told_that_nobody_could_approve(people, office):
    await cast.brought_to(await cast.ticket(people.rui), "leave", by=people.bia, asker=people.rui)
    await departures.deactivate(people.ana.id, at=NOW)
    await approvals.overrule_unheard(LATER)
    await worked(office, LATER)
    told = text_of(office.to("rui@aurora.example")[-1]).split("\n\n")
    assert told[0] == "Ninguém da organização podia aprovar: a solicitação seguiu sem aprovação."


async def test_a_message_names_the_place_it_comes_from(people, office):
    await changes.describe(BrandInput(name="Rede Aurora"), seen=0, by=people.admin, at=NOW)
    await solved(people)
    await worked(office, NOW)
    html = office.to("ana@aurora.example")[-1].get_body(("html",)).get_content()
    assert LexborHTMLParser(html).css_first("p").text() == "Rede Aurora"


@pytest.mark.parametrize(
    ("preset", "what"),
    [
        (
            "aprovacao",
            "Uma resposta a este e-mail não vale como SIM nem NÃO: ela abre outra solicitação, ligada a esta.",
        ),
        ("expresso", "Uma resposta a este e-mail abre outra solicitação, ligada a esta."),
        ("central", "Se o problema continua, responda a este e-mail: a solicitação reabre."),
    ],
)
async def test_a_solution_says_what_a_reply_to_it_does(people, office, preset, what):
    with started_with(GUICHE_PRESET=preset, GUICHE_MAIL="suporte@guiche.example"):
        await lead_settings.live_by(preset)
        await solved(people)
        await worked(office, NOW)
    assert text_of(office.to("ana@aurora.example")[-1]).rstrip().split("\n\n")[-2] == what


async def test_an_agent_is_told_who_reads_a_reply_to_a_message(people, office):
    with started_with(GUICHE_MAIL="suporte@guiche.example"):
        number = await cast.ticket(people.ana)
        await replies.note(await cast.seen(number, people.lia), "@Bia Nunes pode ver?", by=people.lia, at=NOW)
        await worked(office, NOW)
    told = text_of(office.to("bia@guiche.example")[-1]).rstrip().split("\n\n")
    assert (told[1], told[-2]) == (
        "Lia Castro citou você em uma nota:",
        "Uma resposta a este e-mail vai para Ana Prado, e não só para a equipe.",
    )


async def test_lists_of_messages_show_first_what_happened_and_what_was_said(people, office):
    with started_with(GUICHE_MAIL="suporte@guiche.example"):
        await solved(people)
        await worked(office, NOW)
    html = LexborHTMLParser(office.to("ana@aurora.example")[-1].get_body(("html",)).get_content())
    assert [each.text() for each in html.css("body > div")][:2] == [
        "Bia Nunes propôs uma solução: Corrigimos o boleto.",
        "— responda acima desta linha —",
    ]
    assert text_of_html(html.html).startswith("— responda acima desta linha —")


async def test_who_did_not_answer_is_told_that_this_is_why_it_counts_as_solved(people, office):
    with started_with(GUICHE_PRESET="central"):
        await lead_settings.live_by("central")
        number = await cast.ticket(people.ana)
        await cast.brought_to(number, "waiting_requester", by=people.bia, asker=people.ana)
        await worked(office, NOW)
        asked = text_of(office.to("ana@aurora.example")[-1]).split("\n\n")
        assert asked[2].endswith(", consideramos a solicitação resolvida.")
        over = (await ticket_row(number))["lapses_at"]
        await timers.run_due(over)
        await worked(office, over)
    told = text_of(office.to("ana@aurora.example")[-1]).split("\n\n")
    assert told[0] == "Ficamos sem resposta e consideramos a solicitação resolvida."


async def test_of_a_bad_rating_its_marks_and_comment_are_told(people, office):
    number = await solved(people)
    await resolution.confirm(await cast.seen(number, people.ana), by=people.ana, at=NOW)
    sheet = await cast.seen(number, people.ana)
    await ratings.rate(sheet, service=1, quality=2, comment="Demorou.", by=people.ana, at=NOW)
    await worked(office, NOW)
    told = text_of(office.to("bia@guiche.example")[-1]).split("\n\n")
    assert told[:2] == ["Ana Prado avaliou mal o atendimento.", "Atendimento: 1 de 5. Solução: 2 de 5. “Demorou.”"]
