"""The forms of the requester's moves: their effect, their errors, and refusals to others."""

from datetime import timedelta

import pytest

from tests import cast, lead_settings
from tests.cast import NOW
from tests.client import around, browser_of
from tests.pages.reading import (
    GOOD_PASSWORD,
    events,
    facts,
    forms,
    give_password,
    happened,
    refusals,
    said,
    statements,
    titles,
    top_level,
)
from web.database import fetch
from web.people import sessions
from web.tickets.actions import ratings, resolution, waits
from web.tickets.life.states import Wait
from web.tickets.record.messages import NewMessage
from web.tickets.requests import copies

pytestmark = pytest.mark.anyio


async def resolved(people, preset="guiche"):
    await lead_settings.live_by(preset)
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    return number


# SIM and NÃO


@pytest.mark.parametrize("htmx", [False, True])
async def test_sim_closes_and_offers_the_survey(database, storage, htmx):
    people = await cast.enrol()
    number = await resolved(people)
    ana = await browser_of(people.ana, htmx=htmx)
    after = await ana.send(await ana.get(f"/tickets/{number}"), f"/tickets/{number}/confirmation")
    assert after.text(".head__sub .chip") == "Fechado"
    assert after.text(f"#rating-{number}") == "Como foi o atendimento?"
    assert forms(after)[:2] == [f"/tickets/{number}/rating", f"/tickets/{number}/follow-ups"] or htmx
    assert top_level(after) == ([f"ticket-{number}"] if htmx else ["html"])


async def test_the_block_names_the_message_that_is_the_solution(database, storage):
    people = await cast.enrol()
    number = await resolved(people)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    block = page.html.css_first(f"section[aria-labelledby=answer-{number}]")
    assert " ".join(block.css_first("p").text().split()) == (
        "Veja a solução de Bia Nunes, seg., 23/11, 9h, marcada em verde."
    )
    solution = page.element(block.css_first("a").attributes["href"][1:])
    assert solution.css_first(".message__body").text() == "Boletos emitidos de novo."


async def test_a_solution_that_is_only_noted_has_no_message_to_point_to(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    sheet = await cast.brought_to(number, "open", by=people.bia, asker=people.ana)
    await resolution.solve(sheet, message=NewMessage("Erro nosso.", is_note=True), by=people.bia, at=NOW)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert page.html.css(f"section[aria-labelledby=answer-{number}] a[href^='#']") == []


async def test_the_solution_of_an_earlier_round_is_not_taken_for_this_ones(database, storage):
    people = await cast.enrol()
    number = await resolved(people)
    await resolution.object_to(await cast.seen(number, people.ana), "Voltou.", by=people.ana, at=NOW)
    await resolution.mark_resolved(await cast.seen(number, people.bia), by=people.bia, at=NOW)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert page.html.css(f"section[aria-labelledby=answer-{number}] a[href^='#']") == []


async def test_sim_sent_twice_is_one_event(database, storage):
    people = await cast.enrol()
    number = await resolved(people)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    for _ in range(2):
        after = await ana.send(page, f"/tickets/{number}/confirmation")
        assert after.text(".head__sub .chip") == "Fechado"
    assert (await events(number)).count("confirmation") == 1


@pytest.mark.parametrize("htmx", [False, True])
async def test_what_sim_found_in_the_box_of_nao_and_did_not_send_is_shown(database, storage, htmx):
    people = await cast.enrol()
    number = await resolved(people)
    ana = await browser_of(people.ana, htmx=htmx)
    page, sim = await ana.get(f"/tickets/{number}"), f"/tickets/{number}/confirmation"
    after = await ana.send(page, sim, body="Falta a nota.", files=[("nota.pdf", b"%PDF")])
    assert (after.status, after.text(".head__sub .chip")) == (200, "Fechado")
    assert after.text(f"#done-{number}") == "Pronto: o ticket foi encerrado."
    assert (after.text(f"label[for=unsent-{number}]"), after.text(f"#unsent-{number}")) == (
        "O que você escreveu não foi enviado",
        "Falta a nota.",
    )
    assert "Arquivo que não foi enviado: nota.pdf." in after.words


async def test_a_file_that_comes_too_late_is_named(database, storage):
    people = await cast.enrol()
    await lead_settings.live_by("expresso")
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    late = await ana.send(page, f"/tickets/{number}/replies", files=[("a.pdf", b"%PDF"), ("b.pdf", b"%PDF-1")])
    assert (late.status, "Arquivos que não foram enviados: a.pdf e b.pdf." in late.words) == (409, True)


async def test_nao_without_words_comes_back_open_with_its_files(database, storage):
    people = await cast.enrol()
    number = await resolved(people)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    refused = await ana.send(page, f"/tickets/{number}/objection", body="", files=[("print.png", b"\x89PNG")])
    assert (refused.status, refusals(refused)) == (422, {"body": "Escreva o texto."})
    form = refused.form(f"/tickets/{number}/objection")
    assert "open" in around(form, "details").attributes
    assert [" ".join(each.text().split()) for each in form.css(".uploads li")] == ["print.png 4 bytes"]
    after = await ana.send(refused, f"/tickets/{number}/objection", body="Veja o print.")
    assert (said(after)[-1], after.texts(".file")) == ("Veja o print.", ["print.png 4 bytes"])


async def test_a_participant_is_told_whose_answer_is_awaited_and_offered_no_sim(database, storage):
    people = await cast.enrol()
    await lead_settings.live_by("aprovacao")
    number = await cast.ticket(people.ana, copies=("caio@horizonte.example",))
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    caio = await browser_of(people.caio)
    page = await caio.get(f"/tickets/{number}")
    assert page.text(".notice p") == "Este ticket está resolvido e espera a resposta de Ana."
    assert forms(page)[0] == f"/tickets/{number}/follow-ups"


async def test_a_colleague_is_told_whose_rating_is_awaited(database, storage):
    people = await cast.enrol()
    await lead_settings.live_by("avaliacao")
    number = await cast.ticket(people.rui)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.rui)
    page = await (await browser_of(people.ana)).get(f"/tickets/{number}")
    assert page.text(".notice p") == "Este ticket está resolvido e espera a resposta de Rui."


# Text that is not lost


async def test_what_was_written_in_nao_waits_in_nao_behind_the_entrance(database, storage):
    people = await cast.enrol()
    await give_password(people.ana)
    number = await resolved(people)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    await sessions.end_all(people.ana.id)
    entrance = await ana.send(page, f"/tickets/{number}/objection", body="Ainda está errado.")
    back = await ana.send(entrance, "/sign-in", identifier="ana@aurora.example", password=GOOD_PASSWORD)
    assert back.values(f"/tickets/{number}/objection")["body"] == "Ainda está errado."
    assert f"/tickets/{number}/replies" not in forms(back)


async def test_text_whose_form_is_gone_meanwhile_is_shown_all_the_same(database, storage):
    people = await cast.enrol()
    await give_password(people.ana)
    number = await resolved(people)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    await sessions.end_all(people.ana.id)
    entrance = await ana.send(page, f"/tickets/{number}/objection", body="Ainda está errado.")
    await resolution.confirm(await cast.seen(number, people.ana), by=people.ana, at=NOW)
    back = await ana.send(entrance, "/sign-in", identifier="ana@aurora.example", password=GOOD_PASSWORD)
    assert back.element(f"unsent-{number}").text().strip() == "Ainda está errado."


# Rating


@pytest.mark.parametrize("htmx", [False, True])
async def test_a_rating_is_shown_with_how_long_it_may_be_changed(database, storage, htmx):
    people = await cast.enrol()
    number = await resolved(people)
    ana = await browser_of(people.ana, htmx=htmx)
    page = await ana.get(f"/tickets/{number}")
    assert (f"/tickets/{number}/rating" in forms(page), page.text(f"#answer-{number}")) == (
        False,
        "O problema foi resolvido?",
    )
    page = await ana.send(page, f"/tickets/{number}/confirmation")
    assert page.text(f"#rating-{number}") == "Como foi o atendimento?"
    after = await ana.send(page, f"/tickets/{number}/rating", service="5", quality="3", comment="<b>Bom</b>")
    assert after.texts(".rated dd") == ["Ótimo", "Regular", "<b>Bom</b>"]
    assert "Ainda pode ser editada até seg., 30/11, 9h." in after.words
    assert after.text(".head__sub .chip") == "Fechado"


async def test_a_rating_that_cannot_be_comes_back_as_it_was(database, storage):
    people = await cast.enrol()
    number = await resolved(people)
    ana = await browser_of(people.ana)
    page = await ana.send(await ana.get(f"/tickets/{number}"), f"/tickets/{number}/confirmation")
    refused = await ana.send(page, f"/tickets/{number}/rating", quality="2", comment="a" * 2_001)
    assert refusals(refused) == {
        "service": "Escolha uma das cinco opções.",
        "comment": "O texto pode ter até 2.000 caracteres; este tem 2.001.",
    }
    kept = refused.values(f"/tickets/{number}/rating")
    assert (kept["quality"], kept["comment"]) == ("2", "a" * 2_001)


async def test_what_was_begun_as_a_reply_goes_on_in_the_box_of_nao(database, storage):
    people = await cast.enrol()
    await give_password(people.ana)
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    await sessions.end_all(people.ana.id)
    entrance = await ana.send(page, f"/tickets/{number}/replies", body="Faltou um boleto.")
    back = await ana.send(entrance, "/sign-in", identifier="ana@aurora.example", password=GOOD_PASSWORD)
    box = back.form(f"/tickets/{number}/objection")
    assert back.values(f"/tickets/{number}/objection")["body"] == "Faltou um boleto."
    assert "open" in around(box, "details").attributes
    assert box.attributes["data-keep"] == page.form(f"/tickets/{number}/replies").attributes["data-keep"]


async def test_another_subject_is_a_link_to_a_new_ticket_that_follows_this_one(database, storage):
    people = await cast.enrol()
    number = await resolved(people)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    new = await ana.get(page.links()["Novo ticket ligado a este"])
    assert f"Continuação de #{number} . Confira e envie." in new.words
    typed = new.values("/tickets")
    assert (typed["title"], typed["description"]) == ("", "")
    sent = await ana.send(new, "/tickets", title="Carteirinhas", description="Vieram sem foto.", send="1")
    assert f"Continuação de #{number} : Boletos com o valor errado" in sent.words
    assert happened(await ana.get(f"/tickets/{number}"))[-1] == "Você abriu um novo ticket ligado a este"


# People in copy


@pytest.mark.parametrize("htmx", [False, True])
async def test_people_are_put_in_copy_and_taken_out_again(database, storage, htmx):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana, htmx=htmx)
    page = await ana.get(f"/tickets/{number}")
    wrong = await ana.send(page, f"/tickets/{number}/participants", copies="rui")
    assert refusals(wrong) == {"copies": "Não entendi: rui. Escreva endereços de e-mail separados por vírgula."}
    copied = await ana.send(wrong, f"/tickets/{number}/participants", copies="rui@aurora.example")
    assert facts(copied)["Em cópia"] == "rui@aurora.example"
    removal = f"/tickets/{number}/participants/{people.rui.id}/removal"
    assert copied.form(removal).css_first("button").attributes["aria-label"] == "Retirar rui@aurora.example"
    after = await ana.send(copied, removal)
    assert "Em cópia" not in facts(after)
    assert happened(after) == [
        "Você incluiu em cópia: rui@aurora.example",
        "Você retirou da cópia: rui@aurora.example",
    ]


@pytest.mark.parametrize("htmx", [False, True])
async def test_who_leaves_a_ticket_is_led_to_the_list(database, storage, htmx):
    people = await cast.enrol()
    number = await cast.ticket(people.ana, copies=("caio@horizonte.example", "rui@aurora.example"))
    caio = await browser_of(people.caio, htmx=htmx)
    page = await caio.get(f"/tickets/{number}")
    offered = [form for form in forms(page) if form.endswith("/removal")] if not htmx else []
    assert offered == ([] if htmx else [f"/tickets/{number}/participants/{people.caio.id}/removal"])
    assert "Se você se retirar, não vê mais este ticket." in page.words
    left = await caio.send(page, f"/tickets/{number}/participants/{people.caio.id}/removal", follow=False)
    onward = left.response.headers["hx-redirect"] if htmx else left.location
    caio.client.headers.pop("HX-Request", None)
    assert (await caio.get(onward)).text("[role=status]") == "Você saiu da cópia e não vê mais o ticket."
    assert titles(await caio.get("/tickets?scope=copied")) == []


async def test_a_colleague_who_leaves_the_copies_sees_the_ticket_on(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.rui, copies=("ana@aurora.example",))
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert "Se você se retirar, não vê mais este ticket." not in page.words
    left = await ana.send(page, f"/tickets/{number}/participants/{people.ana.id}/removal")
    assert left.text("[role=status]") == "A pessoa não está mais em cópia."


async def test_one_may_not_take_out_whom_another_put_in(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana, copies=("caio@horizonte.example", "rui@aurora.example"))
    caio = await browser_of(people.caio)
    page = await caio.get(f"/tickets/{number}")
    values = page.values(f"/tickets/{number}/replies")
    refused = await caio.post(f"/tickets/{number}/participants/{people.rui.id}/removal", values)
    assert (refused.status, refused.text("h1")) == (403, "Você não pode fazer isto")
    assert await events(number) == ["submission"]


# The log


async def test_a_preset_without_logs_has_none_for_requesters_but_for_the_desk(database, storage):
    people = await cast.enrol()
    await lead_settings.live_by("expresso")
    number = await cast.ticket(people.ana)
    ana, bia = await browser_of(people.ana), await browser_of(people.bia)
    assert "Logs" not in (await ana.get(f"/tickets/{number}")).links()
    hidden = await ana.get(f"/tickets/{number}/log")
    assert (hidden.status, hidden.text("h1")) == (404, "Não encontramos esta página")
    page = await bia.get((await bia.get(f"/tickets/{number}")).links()["Logs"])
    assert page.texts(".log li p:first-child") == ["Ana abriu o ticket"]


async def test_a_long_log_is_read_page_by_page_from_its_end(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    for _ in range(30):
        await waits.wait(await cast.seen(number, people.bia), Wait.TEAM, by=people.bia, at=NOW)
        await waits.resume(await cast.seen(number, people.bia), by=people.bia, at=NOW)
    ana = await browser_of(people.ana)
    with statements() as made:
        page = await ana.get(f"/tickets/{number}/log")
    assert len(made) == 3
    last = await ana.get(page.links()["Ver o que veio antes"])
    assert "Ver o que veio antes" not in last.links()
    lines = page.texts(".log li") + last.texts(".log li")
    assert (len(page.texts(".log li")), len(lines)) == (50, 62)
    assert lines[0] == "Bia retomou o atendimento Status: de Em espera para Aberto seg., 23/11, 9h"
    assert lines[-1] == "Você abriu o ticket Status: de Rascunho para Novo seg., 23/11, 9h"


async def test_a_changed_priority_is_told_in_words(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await cast.set_priority(number, "high", by=people.bia)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}/log")
    assert page.texts(".log li")[0].endswith("Prioridade: de Normal para Alta seg., 23/11, 9h")


# Drafts that come of a ticket


@pytest.mark.parametrize("noun", ["duplicates", "follow-ups"])
async def test_htmx_is_led_to_the_draft(database, storage, noun):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "closed", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana, htmx=True)
    page = await ana.get(f"/tickets/{number}")
    answer = await ana.send(page, f"/tickets/{number}/{noun}")
    (link,) = await fetch("SELECT ticket FROM link")
    assert answer.response.headers["hx-redirect"] == f"/tickets/{link['ticket']}"


async def test_a_draft_that_comes_of_another_ticket_shows_it_to_its_author_alone(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana, copies=("rui@aurora.example",))
    await cast.brought_to(number, "closed", by=people.bia, asker=people.ana)
    made = await copies.follow_up(await cast.seen(number, people.ana), by=people.ana, at=NOW)
    ana, rui = await browser_of(people.ana), await browser_of(people.rui)
    assert f"#{made.ticket}" in (await ana.get(f"/tickets/{number}")).links()
    assert f"#{made.ticket}" not in (await rui.get(f"/tickets/{number}")).links()


async def test_an_unseen_ticket_is_not_copied(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    caio = await browser_of(people.caio)
    unseen, absent = await caio.get(f"/tickets/new?from={number}"), await caio.get("/tickets/new?from=999999999")
    assert (unseen.status, absent.status, unseen.text("h1")) == (404, 404, absent.text("h1"))
    page = await caio.get("/tickets/new")
    category, _ = await cast.subject()
    values = page.values("/tickets") | {"from": number, "title": "Oi", "description": "Oi", "category": category}
    refused = await caio.post("/tickets", values | {"send": "1"})
    assert refused.status == 404
    assert await fetch("SELECT id FROM link") == []


# What it costs


async def test_links_people_and_a_rating_cost_no_query_more(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana, copies=("rui@aurora.example", "caio@horizonte.example"))
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    sheet = await cast.seen(number, people.ana)
    for _ in range(3):
        await copies.follow_up(sheet, by=people.ana, at=NOW)
    await ratings.rate(sheet, service=5, quality=5, comment="", by=people.ana, at=NOW + timedelta(minutes=1))
    ana = await browser_of(people.ana)
    with statements() as made:
        page = await ana.get(f"/tickets/{number}")
    assert (len(made), page.texts(".rated dd"), facts(page)["Em cópia"]) == (
        3,
        ["Ótimo", "Ótima"],
        "rui@aurora.example, caio@horizonte.example",
    )
    assert len([name for name in page.links() if name.startswith("#")]) == 3
