"""The request form: new tickets, drafts, and every error."""

from typing import Any

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of
from tests.lead_settings import retire_topic, set_category
from tests.pages.reading import (
    GOOD_PASSWORD,
    chosen,
    count,
    events,
    facts,
    give_password,
    impersonal,
    messages,
    option,
    refusals,
    said,
    ticket_row,
    titles,
    top_level,
)
from web.clock import set_now
from web.database import fetch
from web.demo.cast import Cast
from web.people import memberships, sessions
from web.people.permissions import Sees
from web.tickets.requests import drafts
from web.tickets.requests.drafts import Request

pytestmark = pytest.mark.anyio

TITLE = "Boletos com o valor errado"
TEXT = "Vieram com o valor de outubro.\n\nSão 28 famílias."


def filled(page: Page, **other: Any) -> dict[str, Any]:
    """The values that a person fills in, unless the test overrides them."""
    return {
        "category": option(page, "category", "Cobrança"),
        "topic": option(page, "topic", "Boletos"),
        "title": TITLE,
        "description": TEXT,
    } | other


async def newest() -> int:
    (row,) = await fetch("SELECT max(id) AS number FROM ticket")
    return int(row["number"])


async def saved_draft(browser: Browser, **values: Any) -> tuple[int, Page]:
    """The number of a draft, and its page right after it was saved."""
    blank = await browser.get("/tickets/new")
    page = await browser.send(blank, "/tickets", press="save", **filled(blank, **values))
    return await newest(), page


async def test_a_request_becomes_a_new_ticket_in_the_queue_of_its_category(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    await ana.send(page, "/tickets", press="send", **filled(page, copies="rui@aurora.example"))
    number = await newest()
    row = await ticket_row(number)
    assert {
        name: row[name] for name in ("title", "status", "priority", "channel", "workflow", "author", "requester")
    } == {
        "title": TITLE,
        "status": "new",
        "priority": "normal",
        "channel": "form",
        "workflow": "guiche",
        "author": people.ana.id,
        "requester": people.ana.id,
    }
    assert row["organization"] in people.ana.organizations
    assert (await messages(number), await events(number)) == ([TEXT], ["submission"])
    ((team,),) = [tuple(each.values()) for each in await fetch("SELECT name FROM team WHERE id = {}", row["team"])]
    assert team == "Financeiro"


async def test_a_plain_form_leads_to_the_ticket_which_says_its_number(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    answer = await ana.send(page, "/tickets", press="send", follow=False, **filled(page))
    number = await newest()
    assert (answer.status, answer.location) == (303, f"/tickets/{number}?sent=1")
    shown = await ana.get(answer.location)
    assert shown.text(".notice") == f"Solicitação enviada. O número dela é #{number}."
    assert (shown.text("h1"), said(shown)) == (TITLE, [" ".join(TEXT.split())])


async def test_htmx_is_sent_on_to_the_ticket(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana, htmx=True)
    page = await ana.get("/tickets/new")
    answer = await ana.send(page, "/tickets", press="send", **filled(page))
    assert (answer.status, answer.response.headers["hx-redirect"]) == (200, f"/tickets/{await newest()}?sent=1")


async def test_htmx_gets_a_refused_form_alone(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana, htmx=True)
    page = await ana.get("/tickets/new")
    refused = await ana.send(page, "/tickets", press="send", **filled(page, title=""))
    assert (refused.status, top_level(refused)) == (422, ["request"])
    assert refusals(refused) == {"title": MISSING["title"]}


async def test_a_form_sent_twice_is_one_ticket(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    first = await ana.send(page, "/tickets", press="send", follow=False, **filled(page))
    second = await ana.send(page, "/tickets", press="send", follow=False, **filled(page))
    assert second.location == first.location
    assert await count("ticket") == 1


MISSING = {"category": "Escolha a categoria.", "title": "Escreva o título.", "description": "Escreva a descrição."}
TOO_LONG = "O texto pode ter até 100.000 caracteres; este tem 200.000."
NOT_OF_CATEGORY = "Este assunto não é da categoria escolhida. Escolha de novo."


async def refused_for(people: Cast, press: str, values: dict[str, Any]) -> Page:
    """The refused form, after checking that it keeps all typed values and opened no ticket."""
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    typed = filled(page, **values)
    refused = await ana.send(page, "/tickets", press=press, **typed)
    assert refused.status == 422
    kept = refused.values("/tickets")
    for name in {"title", "description", "copies"} & set(typed):
        assert kept[name] == typed[name].replace("\x00\x01", "")
    assert await count("ticket") == 0
    return refused


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""),
        ("title", "   "),
        ("title", "\x00\x01"),
        ("description", ""),
        ("description", " \n\t\n"),
    ],
)
async def test_a_request_that_says_too_little_is_refused_beside_its_field(database, storage, field, typed):
    people = await cast.enrol()
    refused = await refused_for(people, "send", {field: typed})
    assert refusals(refused) == {field: MISSING[field]}
    assert (chosen(refused, "category"), chosen(refused, "topic")) == ("Cobrança", "Boletos")


@pytest.mark.parametrize("category", ["", "abc", "-1", "9" * 20])
async def test_a_request_without_a_category_is_refused_beside_its_field(database, storage, category):
    people = await cast.enrol()
    refused = await refused_for(people, "send", {"category": category, "topic": ""})
    assert refusals(refused) == {"category": MISSING["category"]}
    assert (chosen(refused, "category"), len(refused.options("topic"))) == ("Escolha…", 12)


@pytest.mark.parametrize("press", ["send", "save"])
@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", "t" * 201, "O título tem até 200 letras. Conte o resto na descrição."),
        ("description", "é" * 200_000, TOO_LONG),
        ("topic", "999999", NOT_OF_CATEGORY),
        ("copies", "rui", "Não entendi: rui. Escreva endereços de e-mail separados por vírgula."),
        (
            "copies",
            ", ".join(f"p{each}@aurora.example" for each in range(21)),
            "São endereços demais: até 20 pessoas em cópia por vez.",
        ),
    ],
)
async def test_what_cannot_be_is_refused_beside_its_field_sent_or_saved(
    database, storage, field, typed, sentence, press
):
    people = await cast.enrol()
    refused = await refused_for(people, press, {field: typed})
    assert refusals(refused) == {field: sentence}
    assert chosen(refused, "category") == "Cobrança"


@pytest.mark.parametrize("press", ["send", "save"])
async def test_an_unknown_category_is_refused_beside_its_field_sent_or_saved(database, storage, press):
    people = await cast.enrol()
    refused = await refused_for(people, press, {"category": "999999", "topic": ""})
    assert refusals(refused) == {"category": "Escolha uma das opções da lista."}


async def test_a_title_is_one_line(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    await ana.send(page, "/tickets", press="send", **filled(page, title=" Boletos\r\ncom\to\x00 valor\nerrado "))
    assert (await ticket_row(await newest()))["title"] == "Boletos com o valor errado"


async def test_a_title_of_200_characters_and_a_text_of_100_000_are_taken(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    sent = await ana.send(page, "/tickets", press="send", **filled(page, title="é" * 200, description="ã" * 100_000))
    assert (sent.text("h1"), said(sent)) == ("é" * 200, ["ã" * 100_000])


async def test_a_topic_may_be_left_open(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    sent = await ana.send(page, "/tickets", press="send", **filled(page, topic=""))
    assert facts(sent)["Categoria"] == "Cobrança"


async def test_what_is_no_longer_offered_is_refused(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    await retire_topic("Boletos", of=int(option(page, "category", "Cobrança")), by=people.lia)
    refused = await ana.send(page, "/tickets", press="send", **filled(page))
    assert refusals(refused) == {"topic": NOT_OF_CATEGORY}
    assert refused.options("topic") == ["Escolha…", "Nota fiscal", "Contrato"]
    await set_category("Cobrança", is_active=False, by=people.lia)
    refused = await ana.send(page, "/tickets", press="send", **filled(page, topic=""))
    assert refusals(refused) == {"category": "Escolha uma das opções da lista."}
    assert refused.options("category") == [
        "Escolha…",
        "Acesso ao portal",
        "Material didático",
        "Sistema de avaliações",
    ]


@pytest.mark.parametrize("query", ["", "category=", "category=abc", "category=999999", "category=-1"])
async def test_topics_of_no_category_are_none_and_say_so(database, query):
    people = await cast.enrol()
    at_once = await browser_of(people.ana, htmx=True)
    block = await at_once.get(f"/tickets/new/topics?{query}")
    assert (block.status, top_level(block), block.options("topic")) == (
        200,
        ["topics"],
        ["Escolha primeiro a categoria"],
    )


async def test_the_topics_opened_as_a_page_are_the_whole_form(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new/topics?category=1")
    assert (page.text("h1"), page.form("/tickets").attributes.get("method")) == ("Abrir solicitação", "post")


async def test_a_person_of_two_organizations_chooses_for_which(database, storage):
    people = await cast.enrol()
    (horizonte,) = people.caio.organizations
    await memberships.add(people.ana.id, horizonte, sees=Sees.OWN, at=NOW)
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    assert page.options("organization") == ["Escolha…", "Colégio Aurora", "Escola Horizonte"]
    asked = await ana.send(page, "/tickets", press="send", **filled(page, organization=""))
    assert (asked.status, asked.texts(".field__error")) == (
        422,
        ["Esta pessoa é de mais de uma organização. Escolha para qual delas é."],
    )
    sent = await ana.send(page, "/tickets", press="send", **filled(page, organization=str(horizonte)))
    assert facts(sent)["Aberto por"] == "Ana Prado, Escola Horizonte"


async def test_a_draft_keeps_for_which_organization_it_is(database, storage):
    people = await cast.enrol()
    (horizonte,) = people.caio.organizations
    await memberships.add(people.ana.id, horizonte, sees=Sees.OWN, at=NOW)
    ana = await browser_of(people.ana)
    _, draft = await saved_draft(ana, organization=str(horizonte))
    assert chosen(draft, "organization") == "Escola Horizonte"


@pytest.mark.parametrize("organization", ["another's", "unknown"])
async def test_nobody_opens_a_ticket_for_an_organization_that_is_not_theirs(database, storage, organization):
    people = await cast.enrol()
    (aurora,) = people.ana.organizations
    caio = await browser_of(people.caio)
    page = await caio.get("/tickets/new")
    forged = str(aurora) if organization == "another's" else "999999"
    refused = await caio.send(page, "/tickets", press="send", **filled(page, organization=forged))
    assert refused.status == 422
    assert refused.text(".summary li") == "Organização : Escolha uma das opções da lista."
    assert await count("ticket") == 0
    ana = await browser_of(people.ana)
    assert titles(await ana.get("/tickets")) == []


async def test_a_requester_registers_for_nobody_else(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    assert page.html.css("[name=requester], [name=primary_contact]") == []
    forged = filled(page, requester="caio@horizonte.example", primary_contact="caio@horizonte.example")
    sent = await ana.send(page, "/tickets", press="send", **forged)
    assert facts(sent)["Aberto por"] == "Ana Prado, Colégio Aurora"
    caio = await browser_of(people.caio)
    assert titles(await caio.get("/tickets")) == []


async def test_files_go_with_the_request_and_a_bad_one_keeps_the_good_ones(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    files = [("boleto.pdf", b"%PDF-1.7"), ("macro.vbs", b"x")]
    refused = await ana.send(page, "/tickets", press="send", files=files, **filled(page))
    assert refused.status == 422
    assert refusals(refused) == {"files": "“macro.vbs” é um programa, e programas não podem ser anexados."}
    assert refused.values("/tickets")["description"] == TEXT
    sent = await ana.send(refused, "/tickets", press="send")
    assert (sent.text("h1"), sent.texts(".file")) == (TITLE, ["boleto.pdf 8 bytes"])


async def test_a_category_that_asks_for_approval_makes_the_request_wait_for_it(database, storage):
    people = await cast.enrol()
    await set_category("Cobrança", needs_approval=True, by=people.lia)
    rui = await browser_of(people.rui)
    page = await rui.get("/tickets/new")
    sent = await rui.send(page, "/tickets", press="send", **filled(page))
    assert sent.text(".head__sub .chip") == "Aguardando aprovação"
    assert sent.text(".next") == "Aguardando a aprovação de um responsável."


async def test_after_the_session_is_over_the_request_waits_behind_the_entrance(database, storage):
    people = await cast.enrol()
    await give_password(people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    values = filled(page)
    await sessions.end_all(people.ana.id)
    entrance = await ana.send(page, "/tickets", press="send", files=[("boleto.pdf", b"%PDF-1.7")], **values)
    assert (entrance.status, entrance.text("h1")) == (401, "Entrar")
    back = await ana.send(entrance, "/sign-in", identifier="ana@aurora.example", password=GOOD_PASSWORD)
    kept = back.values("/tickets")
    assert {name: kept[name] for name in values} == values
    assert back.texts(".uploads li") == ["boleto.pdf 8 bytes"]
    sent = await ana.send(back, "/tickets", press="send")
    assert (sent.text("h1"), sent.texts(".file")) == (TITLE, ["boleto.pdf 8 bytes"])


async def test_a_draft_is_kept_as_it_stands_and_says_so(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    blank = await ana.get("/tickets/new")
    answer = await ana.send(blank, "/tickets", press="save", follow=False, title="Livros", description="Turmas 1A")
    number = await newest()
    assert (answer.status, answer.location) == (303, f"/tickets/{number}?saved=1")
    draft = await ana.get(answer.location)
    assert (draft.text("h1"), draft.text(".notice")) == (
        "Terminar o rascunho",
        "Rascunho salvo às 9h. Só você o vê até enviar.",
    )
    row = await ticket_row(number)
    assert (row["status"], row["title"], row["category"]) == ("draft", "Livros", None)
    assert (await messages(number), await events(number)) == (["Turmas 1A"], ["draft"])


async def test_an_empty_draft_is_kept_and_has_something_to_click_on(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    await ana.send(await ana.get("/tickets/new"), "/tickets", press="save")
    listed = await ana.get("/tickets?scope=mine")
    assert titles(listed) == ["(sem título)"]
    draft = await ana.get(listed.html.css_first(".row__title").attributes["href"])
    assert draft.text("h1") == "Terminar o rascunho"


async def test_a_draft_is_reopened_changed_and_sent(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    number, _ = await saved_draft(ana)
    draft = await ana.get(f"/tickets/{number}")
    action = f"/tickets/{number}/submission"
    kept = draft.values(action)
    assert {name: kept[name] for name in ("title", "description")} == {"title": TITLE, "description": TEXT}
    assert (chosen(draft, "category"), chosen(draft, "topic")) == ("Cobrança", "Boletos")

    again = await ana.send(
        draft, action, press="save", title="Nota fiscal", topic=option(draft, "topic", "Nota fiscal")
    )
    assert (again.values(action)["title"], chosen(again, "topic")) == ("Nota fiscal", "Nota fiscal")
    assert again.text(".notice") == "Rascunho salvo às 9h. Só você o vê até enviar."

    sent = await ana.send(again, action, press="send", description="Só a de setembro.")
    assert (sent.path, sent.text("h1")) == (f"/tickets/{number}?sent=1", "Nota fiscal")
    assert (said(sent), facts(sent)["Categoria"]) == (["Só a de setembro."], "Cobrança / Nota fiscal")
    assert (await ticket_row(number))["status"] == "new"
    assert await events(number) == ["draft", "edition", "submission"]
    assert await count("ticket") == 1


async def test_a_draft_open_in_two_tabs_is_not_overwritten_unasked(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    first = await ana.send(await ana.get("/tickets/new"), "/tickets", press="save", title="Livros")
    second = await ana.get(first.path)
    send_to = f"{first.path.partition('?')[0]}/submission"
    first = await ana.send(first, send_to, press="save", title="t" * 201)
    await ana.send(second, send_to, press="save", title="Livros do 7º ano")
    refused = await ana.send(first, send_to, press="save", title="Livros e atlas")
    told = "Este rascunho foi salvo em outra aba depois que você abriu esta página."
    assert (refused.status, refused.text("#request .notice strong")) == (409, told)
    assert (await ana.get(second.path)).values(send_to)["title"] == "Livros do 7º ano"
    kept = await ana.send(refused, send_to, press="save")
    assert (kept.status, kept.values(send_to)["title"]) == (200, "Livros e atlas")


async def test_two_drafts_open_in_one_list_share_no_id(database):
    people = await cast.enrol()
    for title in ("Livros", "Boletos"):
        await drafts.draft(Request(title), by=people.ana, at=NOW)
    ana, at_once = await browser_of(people.ana), await browser_of(people.ana, htmx=True)
    listed = await ana.get("/tickets?scope=mine")
    assert titles(listed) == ["Boletos", "Livros"]
    in_place = listed.attributes(".row__open[data-hx-get]", "data-hx-get")
    ids = [each for address in in_place for each in (await at_once.get(address)).attributes("[id]", "id")]
    assert sorted(ids) == sorted(set(ids))


async def test_the_history_of_a_sent_draft_begins_with_its_sending(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    number, draft = await saved_draft(ana)
    draft = await ana.send(draft, f"/tickets/{number}/submission", press="save", title="Outro")
    await ana.send(draft, f"/tickets/{number}/submission", press="send")
    page = await ana.get(f"/tickets/{number}")
    assert (page.texts(".event[id]"), page.texts(".message__who strong")) == ([], ["Você"])


async def test_the_files_of_a_draft_are_kept_and_sent_with_it(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    blank = await ana.get("/tickets/new")
    draft = await ana.send(blank, "/tickets", press="save", files=[("a.pdf", b"%PDF-1.7")], **filled(blank))
    assert draft.texts(".file") == ["a.pdf 8 bytes"]
    assert (await ana.get(draft.html.css_first(".file").attributes["href"])).response.content == b"%PDF-1.7"
    action = f"/tickets/{await newest()}/submission"
    draft = await ana.send(draft, action, press="save", files=[("b.pdf", b"%PDF-1.4!")])
    assert draft.texts(".file") == ["a.pdf 8 bytes", "b.pdf 9 bytes"]
    sent = await ana.send(draft, action, press="send")
    assert sent.texts(".file") == ["a.pdf 8 bytes", "b.pdf 9 bytes"]


async def test_a_file_of_a_draft_is_taken_out_and_the_others_stay(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    blank = await ana.get("/tickets/new")
    files = [("a.pdf", b"%PDF-1.7"), ("b.pdf", b"%PDF-1.4!"), ("c.txt", b"c")]
    draft = await ana.send(blank, "/tickets", press="save", files=files, **filled(blank))
    action = f"/tickets/{await newest()}/submission"
    labels = draft.attributes("[name=keeps][type=checkbox]", "aria-label")
    assert labels == ["Levar a.pdf", "Levar b.pdf", "Levar c.txt"]
    without_a = draft.values(action)["keeps"][2:]
    refused = await ana.send(draft, action, press="send", title="", keeps=without_a)
    assert [each.attributes["value"] for each in refused.html.css("[name=keeps][checked]")] == without_a
    draft = await ana.send(refused, action, press="save", title=TITLE, keeps=without_a)
    assert draft.texts(".file") == ["b.pdf 9 bytes", "c.txt 1 byte"]
    draft = await ana.send(draft, action, press="save", keeps=without_a[1:])
    assert draft.texts(".file") == ["c.txt 1 byte"]
    sent = await ana.send(draft, action, press="send", keeps="")
    assert (sent.text("h1"), sent.texts(".file")) == (TITLE, [])


async def test_of_the_files_of_a_copied_ticket_only_the_chosen_go_along(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    blank = await ana.get("/tickets/new")
    await ana.send(blank, "/tickets", files=[("a.pdf", b"%PDF-1.7"), ("b.pdf", b"%PDF-1.4!")], **filled(blank))
    bia = await browser_of(people.bia)
    copy = await bia.get(f"/tickets/new?from={await newest()}")
    assert copy.texts(".file") == ["a.pdf 8 bytes", "b.pdf 9 bytes"]
    typed = filled(copy, requester="ana@aurora.example", primary_contact="ana@aurora.example")
    await bia.send(copy, "/tickets", press="send", keeps=copy.values("/tickets")["keeps"][2], **typed)
    assert (await bia.get(f"/desk/tickets/{await newest()}")).texts(".file") == ["b.pdf 9 bytes"]


async def test_a_draft_is_thrown_away_with_all_that_is_in_it(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    number, draft = await saved_draft(ana, copies="rui@aurora.example")
    draft = await ana.send(draft, f"/tickets/{number}/submission", press="save", files=[("a.pdf", b"%PDF-1.7")])
    file = draft.html.css_first(".file").attributes["href"]
    gone = await ana.send(draft, f"/tickets/{number}/discard")
    assert (gone.text(".notice"), titles(gone)) == ("Rascunho descartado.", [])
    for path in (f"/tickets/{number}", file):
        assert (await ana.get(path)).text("h1") == "Não encontramos esta página"
    assert [await count(table) for table in ("ticket", "message", "attachment", "event", "participant")] == [0] * 5
    assert titles(await ana.get(f"/tickets?q={TITLE}")) == []


async def test_what_was_sent_cannot_be_thrown_away(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    number, draft = await saved_draft(ana)
    await ana.send(draft, f"/tickets/{number}/submission", press="send")
    late = await ana.send(draft, f"/tickets/{number}/discard")
    assert (late.status, late.text("h1")) == (409, "O ticket mudou")
    assert (await ana.get(f"/tickets/{number}")).text("h1") == TITLE


async def test_the_copies_of_a_draft_are_those_it_says_now(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    number, draft = await saved_draft(ana, copies="rui@aurora.example, caio@horizonte.example")
    action = f"/tickets/{number}/submission"
    assert draft.values(action)["copies"] == "rui@aurora.example, caio@horizonte.example"
    draft = await ana.send(draft, action, press="save", copies="rui@aurora.example")
    assert draft.values(action)["copies"] == "rui@aurora.example"
    sent = await ana.send(draft, action, press="send")
    assert facts(sent)["Em cópia"] == "rui@aurora.example"
    caio = await browser_of(people.caio)
    assert titles(await caio.get("/tickets?scope=copied")) == []
    assert (await caio.get(f"/tickets/{number}")).text("h1") == "Não encontramos esta página"


async def test_a_draft_sent_with_something_missing_stays_one_with_what_was_typed(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    number, draft = await saved_draft(ana)
    action = f"/tickets/{number}/submission"
    refused = await ana.send(draft, action, press="send", title="", description="Mudei o texto.")
    assert refused.status == 422
    assert refusals(refused) == {"title": MISSING["title"]}
    assert refused.values(action)["description"] == "Mudei o texto."
    assert (await ticket_row(number))["status"] == "draft"
    assert await messages(number) == [TEXT]
    sent = await ana.send(refused, action, press="send", title="Agora sim")
    assert (sent.text("h1"), said(sent)) == ("Agora sim", ["Mudei o texto."])


async def test_nobody_else_finds_a_draft_nor_its_form(database, storage):
    people = await cast.enrol()
    made = await drafts.draft(Request("Livros", "Turmas.", copies=("caio@horizonte.example",)), by=people.rui, at=NOW)
    for somebody in (people.ana, people.caio, people.bia, people.lia):
        theirs = await browser_of(somebody)
        page = await theirs.get("/tickets/new")
        values = page.values("/tickets") | filled(page, send="1")
        unseen = await theirs.post(f"/tickets/{made.ticket}/submission", values)
        absent = await theirs.post("/tickets/999999999/submission", values)
        assert (unseen.status, unseen.text("h1")) == (404, "Não encontramos esta página")
        assert impersonal(unseen).replace(str(made.ticket), "") == impersonal(absent).replace("999999999", "")
        assert (await theirs.get(f"/tickets/{made.ticket}")).status == 404
        assert titles(await theirs.get("/tickets?q=livros")) == []
    assert (await ticket_row(made.ticket))["status"] == "draft"
    assert await events(made.ticket) == ["draft"]


@pytest.mark.parametrize("press", ["send", "save"])
async def test_a_ticket_already_sent_is_not_a_draft_any_more(database, storage, press):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    number, draft = await saved_draft(ana)
    action = f"/tickets/{number}/submission"
    elsewhere = await ana.get(f"/tickets/{number}")
    await ana.send(draft, action, press="send")
    refused = await ana.send(elsewhere, action, press=press, description="Mudei o texto.")
    assert (refused.status, refused.text("h1")) == (409, "O ticket mudou")
    assert "Mudei o texto." in [area.text().strip("\n") for area in refused.html.css("textarea")]
    assert await messages(number) == [TEXT]
    assert await events(number) == ["draft", "submission"]


async def test_a_draft_sent_twice_is_sent_once(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    number, draft = await saved_draft(ana)
    first = await ana.send(draft, f"/tickets/{number}/submission", press="send", follow=False)
    second = await ana.send(draft, f"/tickets/{number}/submission", press="send", follow=False)
    assert (first.location, second.location) == (f"/tickets/{number}?sent=1", f"/tickets/{number}?sent=1")
    assert await events(number) == ["draft", "submission"]


async def test_somebody_elses_ticket_cannot_be_sent_again(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.rui)
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    values = page.values("/tickets") | filled(page, title="Outro título", send="1")
    refused = await ana.post(f"/tickets/{number}/submission", values)
    assert (refused.status, refused.text("h1")) == (403, "Você não pode fazer isto")
    assert (await ticket_row(number))["title"] == "Boletos com o valor errado"


async def test_a_visitor_is_led_to_the_entrance_and_back_to_the_form(database):
    await cast.enrol()
    set_now(NOW)
    page = await Browser().get("/tickets/new")
    assert (page.text("h1"), page.values("/sign-in")["next"]) == ("Entrar", "/tickets/new")
