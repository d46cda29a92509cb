"""The search index: which words find which ticket, for whom, and no text is an error."""

from dataclasses import dataclass

import pytest

from tests import cast
from tests.cast import NOW
from tests.lead_settings import confide, set_categories, team
from web.errors import Invalid
from web.people.permissions import Actor
from web.tickets.actions import assignment, participants, replies, resolution
from web.tickets.lists import portal
from web.tickets.lists.portal import Filter
from web.tickets.record import conversation, reindexing
from web.tickets.record.messages import NewMessage
from web.tickets.requests import drafts, submission
from web.tickets.requests.drafts import Request

pytestmark = pytest.mark.anyio


@dataclass(frozen=True)
class Found:
    titles: list[str]
    total: int | None


@pytest.fixture
async def people(database):
    return await cast.enrol()


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        (written, asked)
        for words in (
            ("instalacao", "instalações", "INSTALAÇÃO", "Instalação"),
            ("boleto", "boletos", "BOLETOS"),
            ("papel", "papéis", "papeis"),
            ("professor", "professores"),
            ("nota fiscal", "notas fiscais"),
        )
        for written in words
        for asked in words
    ],
)
async def test_case_accents_and_plurals_make_no_difference(people, written, asked):
    await cast.ticket(people.ana, title=f"Sobre {written} do 5º ano", text="Bom dia!")
    assert await found(asked, people.ana) == [f"Sobre {written} do 5º ano"]


@pytest.mark.parametrize("asked", ["i", "in", "instal", "instalaç", "INSTALA"])
async def test_the_beginning_of_a_word_is_enough(people, asked):
    await cast.ticket(people.ana, title="Instalação da rede")
    await cast.ticket(people.ana, title="Desligamento")
    assert await found(asked, people.ana) == ["Instalação da rede"]


async def test_the_end_of_a_word_is_not(people):
    await cast.ticket(people.ana, title="Instalação da rede")
    assert await found("talação", people.ana) == []


async def test_every_word_must_be_there_in_the_title_or_in_what_was_said(people):
    number = await cast.ticket(people.ana, title="Boletos errados", text="Vieram com o valor de outubro.")
    await replies.reply(await cast.seen(number, people.bia), "Era o reajuste.", by=people.bia, at=NOW)
    await cast.ticket(people.ana, title="Boletos atrasados", text="Não chegaram.")
    assert await found("boletos", people.ana) == ["Boletos atrasados", "Boletos errados"]
    assert await found("reajuste boleto", people.ana) == ["Boletos errados"]
    assert await found("outubro reajustes errado", people.ana) == ["Boletos errados"]
    assert await found("boletos reajuste chegaram", people.ana) == []


async def test_words_said_later_are_found_at_once(people):
    number = await cast.ticket(people.ana, title="Boletos")
    assert await found("ornitorrinco", people.ana) == []
    await replies.reply(await cast.seen(number, people.ana), "E o ornitorrinco?", by=people.ana, at=NOW)
    assert await found("ornitorrinco", people.ana) == ["Boletos"]


async def test_a_refused_message_is_not_found(people):
    sheet = await cast.seen(await cast.ticket(people.ana, title="Boletos"), people.ana)
    with pytest.raises(Invalid):
        await replies.reply(sheet, "E o ornitorrinco?", files=(999_999,), by=people.ana, at=NOW)
    assert await found("ornitorrinco", people.ana) == []


async def test_words_that_an_edited_draft_no_longer_says_are_not_found(people):
    made = await drafts.draft(Request("Ornitorrinco"), by=people.ana, at=NOW)
    sheet = await cast.seen(made.ticket, people.ana)
    await drafts.update_draft(sheet, Request("Capivara"), by=people.ana, at=NOW)
    assert await found("ornitorrinco", people.ana, scope="mine") == []
    assert await found("capivara", people.ana, scope="mine") == ["Capivara"]


HARMLESS = {
    "a quote": '"',
    "quotes": '"boletos"',
    "an open quote": '"boletos errados',
    "an apostrophe": "boletos'",
    "SQL": "'; DROP TABLE ticket; --",
    "a star": "boletos*",
    "a star first": "*boletos",
    "NEAR": "NEAR(boletos errados)",
    "NEAR alone": "NEAR",
    "OR": "boletos OR capivara",
    "AND NOT": "AND NOT OR",
    "a column": "title:boletos",
    "the scope": "scope : p1",
    "another column": "rowid:boletos",
    "a caret": "^boletos",
    "a minus": "-boletos",
    "braces": "{title} : boletos {}",
    "PostgreSQL's operators": "& | ! ( ) : < - > <-> :*",
    "its weights": "boletos:*ABCD",
    "a backslash": "boletos\\",
    "percent": "%boletos%_",
    "NUL": "boletos\x00errados",
    "a surrogate": "boletos \ud800",
    "emoji only": "🙂🙃",
    "spaces": " \t\n\u00a0 ",
    "marks only": "\u0301\u0302",
    "1,000 words": " ".join(f"palavra{n}" for n in range(1_000)),
    "1,000 times the same": "boletos " * 1_000,
    "one endless word": "a" * 3_000,
    "one endless number": "9" * 400,
    "a float": "1e5 0e12 1.5e300",
    "a date": "2026-11-23T12:00",
    "other letters": "билет 票 تذكرة",
}
FINDS_THE_BOLETOS = {
    "quotes",
    "an open quote",
    "an apostrophe",
    "a star",
    "a star first",
    "a caret",
    "a minus",
    "a backslash",
    "percent",
    "NUL",
    "a surrogate",
    "1,000 times the same",
}


@pytest.mark.parametrize("name", HARMLESS)
async def test_a53_whatever_is_typed_is_words_or_nothing_and_never_an_error(people, name):
    await cast.ticket(people.ana, title="Boletos errados")
    expected = ["Boletos errados"] if name in FINDS_THE_BOLETOS else []
    assert (await found(HARMLESS[name], people.ana), await found(HARMLESS[name], people.bia)) == (expected, expected)


@pytest.mark.parametrize(
    "text",
    ["a" * 3_000, "🙂" * 1_000, "1e5 0e12", "' \" \\ & | ! ( ) : * < >", " ".join(f"p{n}x" for n in range(9_000))],
    ids=["one endless word", "emoji", "floats", "operators", "9,000 words"],
)
async def test_whatever_is_said_can_be_kept_and_its_other_words_found(people, text):
    number = await cast.ticket(people.ana, title="Boletos", text=f"capivara {text}")
    await replies.reply(await cast.seen(number, people.ana), f"ornitorrinco {text}", by=people.ana, at=NOW)
    assert (await found("capivara", people.ana), await found("ornitorrinco", people.ana)) == (["Boletos"], ["Boletos"])


async def test_a_very_long_conversation_takes_words_to_its_end(people):
    number = await cast.ticket(people.ana, title="Boletos")
    sheet = await cast.seen(number, people.ana)
    for n in range(14):
        words = " ".join(f"aaaaaaaaaaaa{n:02}{word:04}" for word in range(5_000))
        await replies.reply(sheet, words, by=people.ana, at=NOW)
    entries, _ = await conversation.entries(await cast.seen(number, people.ana), by=people.ana)
    assert (len(entries), await found("aaaaaaaaaaaa000001", people.ana)) == (15, ["Boletos"])


async def test_a71_words_of_notes_are_found_by_the_desk_alone(people):
    number = await cast.ticket(people.ana, title="Boletos", copies=("rui@aurora.example",))
    sheet = await cast.brought_to(number, "open", by=people.bia, asker=people.ana)
    await replies.note(sheet, "Cliente inadimplente.", by=people.bia, at=NOW)
    await resolution.solve(sheet, message=NewMessage("Culpa do estagiário.", is_note=True), by=people.bia, at=NOW)
    seen = {}
    for name in ("ana", "rui", "caio", "bia", "davi"):
        who = getattr(people, name)
        seen[name] = [await found(word, who) for word in ("inadimplente", "estagiário", "boleto inadimplente")]
    nothing, all_three = [[], [], []], [["Boletos"]] * 3
    assert seen == {"ana": nothing, "rui": nothing, "caio": nothing, "bia": all_three, "davi": all_three}


async def test_a17_a_ticket_out_of_sight_is_neither_found_nor_counted(people):
    await cast.ticket(people.ana, title="Boletos de Aurora")
    await cast.ticket(people.caio, title="Boletos de Horizonte")
    await drafts.draft(Request("Boletos em rascunho"), by=people.ana, at=NOW)
    seen = {}
    for name in ("ana", "rui", "caio", "bia"):
        page = await listed("boletos", getattr(people, name))
        seen[name] = Found([row.title for row in page.rows], page.total)
    assert seen == {
        "ana": Found(["Boletos de Aurora"], 1),
        "rui": Found([], 0),
        "caio": Found(["Boletos de Horizonte"], 1),
        "bia": Found(["Boletos de Horizonte", "Boletos de Aurora"], 2),
    }
    assert await found("boletos", people.ana, scope="mine") == ["Boletos em rascunho", "Boletos de Aurora"]


async def test_a17_a_ticket_in_confidence_is_found_by_its_team_alone(people):
    await set_categories(by=people.lia, team=await team("Ouvidoria"))
    await cast.ticket(people.rui, title="Denúncia")
    seen = {name: await found("denuncia", getattr(people, name)) for name in ("rui", "ana", "bia", "davi", "lia")}
    assert seen == {"rui": ["Denúncia"], "ana": ["Denúncia"], "bia": [], "davi": [], "lia": ["Denúncia"]}


async def test_who_comes_into_copy_later_finds_it(people):
    number = await cast.ticket(people.caio, title="Boletos")
    assert await found("boletos", people.rui, scope="copied") == []
    await participants.add(await cast.seen(number, people.caio), ["rui@aurora.example"], by=people.caio, at=NOW)
    assert await found("boletos", people.rui, scope="copied") == ["Boletos"]


async def test_who_is_in_copy_of_a_submitted_draft_finds_it(people):
    category, topic = await cast.subject()
    wanted = Request("Boletos", "Errados", category, topic, copies=("rui@aurora.example",))
    made = await drafts.draft(wanted, by=people.caio, at=NOW)
    assert await found("boletos", people.rui, scope="copied") == []
    await submission.submit(await cast.seen(made.ticket, people.caio), wanted, by=people.caio, at=NOW)
    assert await found("boletos", people.rui, scope="copied") == ["Boletos"]


async def test_an_agent_who_holds_a_ticket_that_came_into_confidence_finds_it(people):
    number, _ = [await cast.ticket(people.rui, title="Denúncia") for _ in range(2)]
    await assignment.take(await cast.seen(number, people.davi), by=people.davi, at=NOW)
    await confide("Financeiro", by=people.lia)
    await reindexing.run_due(NOW)
    davi = await cast.fresh(people.davi)
    assert ((await cast.seen(number, davi)).number, await found("denúncia", davi)) == (number, ["Denúncia"])


async def test_filters_and_words_narrow_each_other(people):
    await cast.ticket(people.ana, title="Boletos errados")
    number = await cast.ticket(people.ana, title="Boletos atrasados")
    await cast.set_priority(number, "high", by=people.bia)
    page = await portal.page(Filter(scope="mine", words="boletos", priority="high"), by=people.ana)
    assert [row.title for row in page.rows] == ["Boletos atrasados"]


async def listed(words: str, who: Actor, scope: str = ""):
    return await portal.page(Filter(scope=scope or widest(who), words=words), by=who)


async def found(words: str, who: Actor, scope: str = "") -> list[str]:
    return [row.title for row in (await listed(words, who, scope)).rows]


def widest(who: Actor) -> str:
    return "all" if who.is_agent else "organization" if who.sees else "mine"
