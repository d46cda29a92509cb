"""Attacks on visibility: numbers, lists, searches, counts, other addresses, lost rights and old links."""

import re
from itertools import product
from urllib.parse import urlencode

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser
from tests.lead_settings import set_category, team
from tests.pages.reading import statements
from tests.security.world import UNKNOWN, WORDS, World, built, everything, leaks, newcomer, token_of, told
from web.database import fetch
from web.people import sessions
from web.people.permissions import Actor, Role, Sees
from web.tickets.actions import participants, replies, waits
from web.tickets.actions.ownership import departures
from web.tickets.requests import drafts, submission
from web.tickets.requests.drafts import Request

pytestmark = pytest.mark.anyio

SCOPES = ("", "mine", "copied", "organization", "all", "around")


async def test_a12_foreign_number_and_unknown_number_get_the_same_answer(database: None, storage: object) -> None:
    world = await built()
    caio = await world.browser("caio")
    absent = await caio.client.get(f"/tickets/{UNKNOWN}")
    for thing in ("ours", "ruis", "secret", "draft"):
        foreign = await caio.client.get(f"/tickets/{world.tickets[thing]}")
        numbers = (world.tickets[thing], UNKNOWN)
        assert told(foreign, *numbers) == told(absent, *numbers)
        assert len(foreign.text) == len(absent.text)
    assert absent.status_code == 404
    assert "Não encontramos esta página" in absent.text


async def test_a12_foreign_number_costs_as_many_queries_as_an_unknown_one(database: None, storage: object) -> None:
    world = await built()
    caio = await world.browser("caio")
    made = []
    for path in (f"/tickets/{world.tickets['ours']}", f"/tickets/{UNKNOWN}"):
        with statements() as noted:
            await caio.client.get(path)
        made.append([re.sub(r"[0-9]+", "", each) for each in noted])
    assert made[0] == made[1] != []


async def test_a12_stranger_who_walks_the_numbers_finds_only_their_own(database: None, storage: object) -> None:
    world = await built()
    caio = await world.browser("caio")
    first = min(world.tickets.values()) - 3
    found = [number for number in range(first, first + 20) if (await caio.get(f"/tickets/{number}")).status == 200]
    assert found == sorted([world.tickets["theirs"], world.tickets["their_draft"]])
    first = min(world.files.values()) - 3
    found = [
        number for number in range(first, first + 20) if (await caio.get(f"/attachments/{number}/a")).status == 200
    ]
    assert found == sorted([world.files["theirs"], world.files["their_draft"]])


@pytest.mark.parametrize(
    "written", ["0{}", "+{}", "-{}", "{}.0", "{}/", "%20{}", "{}%00", "0x{}", "1e4", "１０００１", "{}%0A"]
)
async def test_a12_number_written_otherwise_opens_nothing_more(written: str, database: None, storage: object) -> None:
    world = await built()
    caio = await world.browser("caio")
    page = await caio.get("/tickets/" + written.format(world.tickets["ours"]))
    assert (page.status, page.text("h1")) == (404, "Não encontramos esta página")


async def test_a15_people_of_the_school_read_only_these_things_of_a_ticket(database: None, storage: object) -> None:
    world = await built()
    sheet = await cast.seen(world.tickets["ours"], world.bia)
    await replies.reply(sheet, "Vamos olhar.", by=world.bia, at=NOW)
    for name in ("ana", "eva"):
        browser = await world.browser(name)
        page = await browser.get(f"/tickets/{world.tickets['ours']}")
        facts = dict(zip(page.texts(".facts dt"), page.texts(".facts dd"), strict=True))
        assert facts == {
            "Número": f"#{world.tickets['ours']}",
            "Com quem está": "Bia Nunes, Financeiro",
            "Categoria": "Cobrança / Boletos",
            "Prioridade": "Normal",
            "Aberto por": "Ana Prado, Colégio Aurora",
            "Em cópia": "eva@familia.example",
            "Aberto em": "seg., 23/11, 9h",
            "Canal": "Formulário",
        }
        assert page.texts(".message__body") == ["Jabuticaba na descrição", "Vamos olhar."]
        assert page.texts(".event") == ["Bia assumiu o ticket · seg., 23/11, 9h"]


@pytest.mark.parametrize("name", ["ana", "rui", "caio", "eva"])
async def test_a15_people_of_the_schools_never_read_an_address_of_the_desk(
    name: str, database: None, storage: object
) -> None:
    world = await built()
    await replies.reply(await cast.seen(world.tickets["ours"], world.bia), "Olhando.", by=world.bia, at=NOW)
    browser = await world.browser(name)
    paths = [
        "/",
        "/tickets/new",
        "/account",
        "/organization",
        *(f"/tickets/{number}" for number in world.tickets.values()),
    ]
    for path in [*paths, *(f"/tickets?scope={scope}" for scope in SCOPES)]:
        page = await browser.get(path)
        assert "@guiche.example" not in page.response.text, path
        assert leaks(page.response.text, to=name) == [], path


@pytest.mark.usefixtures("still_clock")
@pytest.mark.parametrize("name", ["davi", "caio", "rui", "eva"])
async def test_a17_lists_and_counts_are_as_if_the_hidden_ticket_did_not_exist(
    name: str, database: None, storage: object
) -> None:
    world = await built()
    browser = await world.browser(name)
    addresses = _addresses(await _ids("category"))
    before = [told((await browser.get(address)).response) for address in addresses]
    await _another_secret(world)
    after = [told((await browser.get(address)).response) for address in addresses]
    assert after == before
    assert {status for status, _ in before} == {200}


@pytest.mark.parametrize("name", ["davi", "bia", "admin", "caio", "rui", "eva"])
async def test_a17_hidden_words_find_as_little_as_words_nobody_wrote(
    name: str, database: None, storage: object
) -> None:
    world = await built()
    browser = await world.browser(name)
    for scope, prefix in product(SCOPES, (7, 4)):
        found, nothing = [
            await browser.get(f"/tickets?{urlencode({'scope': scope, 'q': word[:prefix]})}")
            for word in (WORDS["secret"], "Zzzzzzz")
        ]
        assert found.words.replace("Cambuci"[:prefix], "") == nothing.words.replace("Zzzzzzz"[:prefix], "")
        assert found.texts("#tickets h2") == ["Nenhum ticket com este filtro"]


async def test_a17_words_of_a_note_find_the_ticket_for_the_desk_only(database: None, storage: object) -> None:
    world = await built()
    found = {}
    for name in ("ana", "eva", "bia"):
        browser = await world.browser(name)
        pages = [await browser.get(f"/tickets?scope={scope}&q=umbuzeiro") for scope in SCOPES]
        found[name] = sorted({title for page in pages for title in page.texts(".row__title")})
    assert found == {"ana": [], "eva": [], "bia": ["Jabuticaba no título"]}


async def test_a17_hidden_number_typed_into_the_search_leads_nowhere(database: None, storage: object) -> None:
    world = await built()
    for name, thing in (("davi", "secret"), ("caio", "ours"), ("rui", "ours"), ("lia", "draft")):
        browser = await world.browser(name)
        for sign in ("", "%23"):
            page = await browser.get(f"/tickets?q={sign}{world.tickets[thing]}")
            assert (page.path, page.texts(".row__title")) == (f"/tickets?q={sign}{world.tickets[thing]}", [])


async def test_a17_draft_is_not_in_the_list_of_the_people_it_will_be_copied_to(database: None, storage: object) -> None:
    world = await built()
    wanted = Request("Demissão do professor", "Ainda não enviei.", copies=("rui@aurora.example",))
    await drafts.draft(wanted, by=world.ana, at=NOW)
    rui = await world.browser("rui")
    for query in ("", "&q=demissao", "&status=rascunho", "&sort=created"):
        page = await rui.get(f"/tickets?scope=copied{query}")
        assert page.texts(".row__title") == [], query


@pytest.mark.parametrize("htmx", [False, True], ids=["page", "fragment"])
@pytest.mark.parametrize("noun", ["submission", "replies"])
@pytest.mark.parametrize("name", ["caio", "rui", "davi"])
async def test_a18_who_may_not_see_a_ticket_may_do_nothing_beside_it(
    noun: str, name: str, htmx: bool, database: None, storage: object
) -> None:
    world = await built()
    browser = await world.browser(name, htmx=htmx)
    token = await token_of(browser)
    before = await everything()
    for thing, extra in product(("secret", "draft"), ({"save": "1"}, {"send": "1"}, {})):
        values = {"_token": token, "body": "Oi", "title": "Oi", "description": "Oi", "copies": "x@y.example", **extra}
        page = await browser.post(f"/tickets/{world.tickets[thing]}/{noun}", values)
        assert (page.status, page.text("h1, h2")) == (404, "Não encontramos esta página")
    assert await everything() == before


@pytest.mark.parametrize("rest", ["", "?before=99999999", "?sent=1", "?kept=x", "?saved=1"])
async def test_a18_hidden_ticket_gives_no_fragment(rest: str, database: None, storage: object) -> None:
    world = await built()
    caio = await world.browser("caio", htmx=True)
    page = await caio.get(f"/tickets/{world.tickets['ours']}{rest}")
    assert (page.status, page.text("h2")) == (404, "Não encontramos esta página")
    assert leaks(page.response.text, to="caio") == []


async def test_a19_person_no_longer_in_copy_is_denied_at_the_next_request(database: None, storage: object) -> None:
    world = await built()
    eva = await world.browser("eva")
    page = await eva.get(f"/tickets/{world.tickets['ours']}")
    assert page.text("h1") == "Jabuticaba no título"
    await _out_of_copy(world)
    action = f"/tickets/{world.tickets['ours']}/replies"
    denied = [
        await eva.get(f"/tickets/{world.tickets['ours']}"),
        await eva.send(page, action, body="Ainda estou aqui"),
        await eva.get(world.attachment("ours")),
        await eva.get(f"/tickets/{world.tickets['ours']}", HX_Request="true"),
    ]
    assert [each.text("h1, h2") for each in denied] == ["Não encontramos esta página"] * 4
    for scope in SCOPES:
        assert (await eva.get(f"/tickets?scope={scope}&q=jabuticaba")).texts(".row__title") == []


async def test_a19_colleague_whose_grant_is_taken_is_denied_at_the_next_request(
    database: None, storage: object
) -> None:
    world = await built()
    ana, rui = await world.browser("ana"), await world.browser("rui")
    action = f"/organization/members/{world.memberships['rui']}"
    await ana.send(await ana.get("/organization"), action, sees="organization")
    assert (await rui.get(f"/tickets/{world.tickets['ours']}")).text("h1") == "Jabuticaba no título"
    await ana.send(await ana.get("/organization"), action, sees="own")
    await _sees_nothing_of_ours(rui, world)


async def test_a19_person_removed_from_the_school_is_denied_at_the_next_request(
    database: None, storage: object
) -> None:
    world = await built()
    nina = await newcomer(
        "Nina Sá", "nina@aurora.example", organization=world.organizations["aurora"], sees=Sees.ORGANIZATION
    )
    world.people["nina"] = nina
    ana, browser = await world.browser("ana"), await world.browser("nina")
    assert (await browser.get(f"/tickets/{world.tickets['ours']}")).text("h1") == "Jabuticaba no título"
    membership = (await fetch("SELECT id FROM membership WHERE person = {}", nina.id))[0]["id"]
    token = await token_of(ana)
    await ana.post(f"/organization/members/{membership}/removal", {"_token": token})
    await _sees_nothing_of_ours(browser, world)


async def test_a19_agent_who_leaves_the_confidential_team_is_denied_at_the_next_request(
    database: None, storage: object
) -> None:
    world = await built()
    lia = await world.browser("lia")
    assert (await lia.get(f"/tickets/{world.tickets['secret']}")).text("h1") == "Cambuci no título"
    await departures.leave_team(world.lia.id, await team("Ouvidoria"), at=NOW)
    assert (await lia.get(f"/tickets/{world.tickets['secret']}")).status == 404
    assert (await lia.get(world.attachment("secret"))).status == 404
    assert (await lia.get("/tickets?q=cambuci")).texts(".row__title") == []


async def test_a19_agent_who_is_no_agent_any_more_is_denied_at_the_next_request(
    database: None, storage: object
) -> None:
    world = await built()
    bia = await world.browser("bia")
    assert "Umbuzeiro só da equipe" in (await bia.get(f"/tickets/{world.tickets['ours']}")).texts(".message__body")
    await departures.give_role(world.bia.id, Role.REQUESTER, by=world.admin, at=NOW)
    assert (await bia.get("/tickets")).text("h1") == "Entrar"
    bia = await world.browser("bia")
    await _sees_nothing_of_ours(bia, world)
    assert (await bia.get(world.attachment("note"))).status == 404


@pytest.mark.parametrize("form", ["reply", "request", "draft"])
async def test_a20_file_that_another_person_sent_can_not_be_taken(form: str, database: None, storage: object) -> None:
    world = await built()
    caio = await world.browser("caio")
    action = {
        "reply": f"/tickets/{world.tickets['theirs']}/replies",
        "request": "/tickets",
        "draft": f"/tickets/{world.tickets['their_draft']}/submission",
    }[form]
    category, topic = await cast.subject()
    values = {
        "_token": await token_of(caio),
        "body": "Peguei",
        "title": "Peguei",
        "description": "Peguei",
        "category": category,
        "topic": topic,
        "uploads": [world.files["pending"]],
    }
    before = await everything()
    page = await caio.post(action, values)
    assert page.status == 422
    assert page.texts(".summary li") == ["Arquivos : Um dos arquivos não pôde ser usado. Anexe de novo."]
    assert leaks(page.response.text, to="caio") == []
    assert await everything() == before


async def test_a20_unknown_file_is_refused_in_the_same_words_as_a_foreign_one(database: None, storage: object) -> None:
    world = await built()
    caio = await world.browser("caio")
    token = await token_of(caio)
    action = f"/tickets/{world.tickets['theirs']}/replies"
    foreign, unknown, sent = [
        await caio.post(action, {"_token": token, "body": "Peguei", "uploads": [number]})
        for number in (world.files["pending"], UNKNOWN, world.files["theirs"])
    ]
    assert told(foreign) == told(unknown) == told(sent)


async def test_a20_foreign_file_named_in_a_form_set_aside_is_not_shown(database: None, storage: object) -> None:
    world = await built()
    caio = await world.browser("caio")
    page = await caio.get(f"/tickets/{world.tickets['theirs']}")
    action = f"/tickets/{world.tickets['theirs']}/replies"
    await sessions.end_all(world.caio.id)
    refused = await caio.send(page, action, body="Peguei", uploads=[world.files["pending"], world.files["ours"]])
    again = await world.browser("caio")
    back = await again.get(refused.values("/sign-in")["next"])
    assert back.text(f"#body-{world.tickets['theirs']}") == "Peguei"
    assert back.html.css("input[name=uploads]") == []
    assert leaks(back.response.text, to="caio") == []


HELD = {"If-None-Match": "*"}
ASKED = [("GET", {}), ("HEAD", {}), ("GET", {"Range": "bytes=0-4"}), ("GET", HELD), ("HEAD", HELD)]


@pytest.mark.parametrize("name", ["nobody", "caio", "rui", "davi"])
@pytest.mark.parametrize(("method", "headers"), ASKED)
async def test_a21_old_address_of_a_file_is_closed_to_strangers(
    name: str, method: str, headers: dict[str, str], database: None, storage: object
) -> None:
    world = await built()
    browser = await world.browser(name)
    answers = [
        await browser.client.request(method, address, headers=headers)
        for address in (world.attachment("secret"), f"/attachments/{UNKNOWN}/arquivo")
    ]
    status = 303 if name == "nobody" else 404
    assert [answer.status_code for answer in answers] == [status] * 2
    assert [answer.headers["cache-control"] for answer in answers] == ["no-store"] * 2
    assert [answer.headers.get("etag") for answer in answers] == [None] * 2
    assert answers[0].text.count("Cambuci") == 0
    assert told(answers[0]) == told(answers[1])


@pytest.mark.parametrize(("method", "headers"), ASKED)
async def test_a21_file_is_closed_after_the_copy_is_removed(
    method: str, headers: dict[str, str], database: None, storage: object
) -> None:
    world = await built()
    eva = await world.browser("eva")
    first = await eva.client.get(world.attachment("ours"))
    assert (first.status_code, first.text) == (200, "Jabuticaba no arquivo")
    assert first.headers["cache-control"] == "private, no-cache"
    await _out_of_copy(world)
    held = {"If-None-Match": first.headers["etag"]} if headers == HELD else headers
    answer = await eva.client.request(method, world.attachment("ours"), headers=held)
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")
    assert "Jabuticaba" not in answer.text


async def test_a24_ticket_can_not_be_put_into_a_school_one_is_not_of(database: None, storage: object) -> None:
    world = await built()
    category, topic = await cast.subject()
    caio = await world.browser("caio")
    before = told(await caio.client.get("/tickets?scope=organization"))
    for name in ("ana", "eva"):
        browser = await world.browser(name)
        values = {
            "_token": await token_of(browser),
            "title": "Intruso",
            "description": "Intruso",
            "category": category,
            "topic": topic,
            "organization": world.organizations["horizonte"],
        }
        await browser.post("/tickets", values)
    assert told(await caio.client.get("/tickets?scope=organization")) == before
    assert await _titles_of(world.organizations["horizonte"]) == ["Pitomba no título"]


async def test_a24_draft_can_not_be_sent_into_a_school_one_is_not_of(database: None, storage: object) -> None:
    world = await built()
    category, topic = await cast.subject()
    ana = await world.browser("ana")
    page = await ana.get(f"/tickets/{world.tickets['draft']}")
    action = f"/tickets/{world.tickets['draft']}/submission"
    foreign = world.organizations["horizonte"]
    await ana.send(page, action, press="send", category=category, topic=topic, organization=foreign)
    assert await _titles_of(foreign) == ["Pitomba no título"]


async def test_a24_topic_of_another_category_and_a_category_put_away_are_refused(
    database: None, storage: object
) -> None:
    world = await built()
    category, _ = await cast.subject()
    _, other = await cast.subject("Denúncias", "Conduta")
    await set_category("Material didático", by=world.lia, is_active=False)
    away, _ = await cast.subject("Material didático", "Troca")
    ana = await world.browser("ana")
    page = await ana.get("/tickets/new")
    refusals = [
        await ana.send(page, "/tickets", title="Oi", description="Oi", category=one, topic=finer)
        for one, finer in ((category, other), (away, ""), (UNKNOWN, ""))
    ]
    assert [each.texts(".summary li") for each in refusals] == [
        ["Assunto : Este assunto não é da categoria escolhida. Escolha de novo."],
        ["Categoria : Escolha uma das opções da lista."],
        ["Categoria : Escolha uma das opções da lista."],
    ]


async def test_a24_form_that_another_person_typed_does_not_open(database: None, storage: object) -> None:
    world = await built()
    ana = await world.browser("ana")
    page = await ana.get(f"/tickets/{world.tickets['ours']}")
    await sessions.end_all(world.ana.id)
    refused = await ana.send(page, f"/tickets/{world.tickets['ours']}/replies", body="Só para mim")
    kept = refused.values("/sign-in")["next"]
    shown = {}
    for name in ("ana", "bia"):
        browser = await world.browser(name)
        shown[name] = (await browser.get(kept)).text(f"#body-{world.tickets['ours']}")
    assert shown == {"ana": "Só para mim", "bia": ""}


async def _out_of_copy(world: World) -> None:
    """Takes Eva out of the copy of Ana's ticket."""
    sheet = await cast.seen(world.tickets["ours"], world.ana)
    await participants.remove(sheet, world.eva.id, by=world.ana, at=NOW)


async def _sees_nothing_of_ours(browser: Browser, world: World) -> None:
    for path in (f"/tickets/{world.tickets['ours']}", world.attachment("ours")):
        page = await browser.get(path)
        assert (page.status, page.text("h1")) == (404, "Não encontramos esta página")
    for scope in SCOPES:
        page = await browser.get(f"/tickets?scope={scope}&q=jabuticaba")
        assert page.texts(".row__title") == []


async def _another_secret(world: World) -> None:
    """A second secret from everybody but Ana and Lia, in every place where it could be counted."""
    category, topic = await cast.subject("Denúncias", "Conduta")
    sheet = await cast.seen(await _open(world.ana, category, topic), world.lia)
    await waits.ask(sheet, "Quem foi?", by=world.lia, at=NOW)
    await drafts.draft(Request("Cambuci", "Cambuci", category, topic), by=world.ana, at=NOW)


async def _open(by: Actor, category: int, topic: int) -> int:
    made = await submission.open_ticket(Request("Cambuci", "Cambuci", category, topic), by=by, at=NOW)
    return made.ticket


async def _ids(table: str) -> list[int]:
    return [row["id"] for row in await fetch(f"SELECT id FROM {table}")]


def _addresses(categories: list[int]) -> list[str]:
    """The overview, and the list with each of its filters."""
    queries = [
        *({"scope": scope, "sort": sort} for scope, sort in product(SCOPES, ("", "created"))),
        *({"scope": scope, "q": "cambuci"} for scope in SCOPES),
        *({"status": status} for status in ("novo", "aguardando-resposta", "rascunho", "com-a-equipe")),
        *({"priority": priority} for priority in ("normal", "high")),
        *({"category": str(category)} for category in categories),
    ]
    return ["/", *(f"/tickets?{urlencode(query)}" for query in queries)]


async def _titles_of(organization: int) -> list[str]:
    rows = await fetch("SELECT title FROM ticket WHERE organization = {} ORDER BY id", organization)
    return [row["title"] for row in rows]
