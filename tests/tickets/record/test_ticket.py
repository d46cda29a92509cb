"""What each person sees of tickets: single, in lists, in conversations and in files."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.lead_settings import confide, retire_topic, set_categories, set_category, team
from tests.pages.reading import many_like, statements
from web.demo.cast import Cast
from web.errors import NotFound
from web.people import accounts, actors, memberships, organizations
from web.people.identifiers import cnpj
from web.people.permissions import SYSTEM, Actor, Sees
from web.schema import contents
from web.tickets.actions import assignment, cancellation, participants, replies, resolution
from web.tickets.life.states import Status
from web.tickets.life.status_filters import IN_WORK
from web.tickets.life.workflows import workflow
from web.tickets.lists import portal
from web.tickets.lists.portal import Filter
from web.tickets.record import conversation
from web.tickets.record.attachments import KeptFile, attachment, pending_files, save_file
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import find_ticket
from web.tickets.requests import drafts
from web.tickets.requests.categories import categories
from web.tickets.requests.drafts import Request

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=2)
BRANCH = "112223330002"
"""Of Colégio Aurora, without its check digits."""


@dataclass(frozen=True)
class World:
    """The cast with Gil, who sees all the branches of Aurora, and Eli, who works in one; and a ticket of each kind."""

    cast: Cast
    gil: Actor
    eli: Actor
    tickets: dict[str, int]

    def who(self, name: str) -> Actor:
        return {"gil": self.gil, "eli": self.eli, "system": SYSTEM}.get(name) or getattr(self.cast, name)


@pytest.fixture
async def people(database):
    return await cast.enrol()


@pytest.fixture
async def world(people):
    aurora = next(iter(people.ana.organizations))
    branch = await organizations.insert("Aurora Zona Sul", BRANCH + cnpj.check_digits(BRANCH))
    gil = await accounts.create("Gil Porto", ["gil@aurora.example"], at=NOW)
    eli = await accounts.create("Eli Melo", ["eli@aurora.example"], at=NOW)
    await memberships.add(gil, aurora, sees=Sees.GROUP, at=NOW)
    await memberships.add(eli, branch, sees=Sees.OWN, at=NOW)
    in_branch = await actors.of_person(eli)
    category, _ = await cast.subject()
    tickets = {
        "ana's": await cast.ticket(people.ana),
        "rui's": await cast.ticket(people.rui),
        "eli's": await cast.ticket(in_branch),
        "caio's": await cast.ticket(people.caio),
        "caio's with rui in copy": await cast.ticket(people.caio, copies=("rui@aurora.example",)),
        "davi's": await cast.ticket(people.davi),
    }
    await set_categories(by=people.lia, team=await team("Ouvidoria"))
    tickets |= {"rui's in confidence": await cast.ticket(people.rui)}
    wanted = Request("Pedido", "Turmas novas", category, copies=("rui@aurora.example", "caio@horizonte.example"))
    for name, who in (("ana's draft", people.ana), ("bia's draft", people.bia)):
        tickets[name] = (await drafts.draft(wanted, by=who, at=NOW)).ticket
    return World(people, await actors.of_person(gil), in_branch, tickets)


SIGHT = {
    "ana": {"ana's", "rui's", "rui's in confidence", "ana's draft"},
    "rui": {"rui's", "rui's in confidence", "caio's with rui in copy"},
    "gil": {"ana's", "rui's", "rui's in confidence", "eli's"},
    "eli": {"eli's"},
    "caio": {"caio's", "caio's with rui in copy"},
    "bia": {"ana's", "rui's", "eli's", "caio's", "caio's with rui in copy", "davi's", "bia's draft"},
    "davi": {"ana's", "rui's", "eli's", "caio's", "caio's with rui in copy", "davi's"},
    "lia": {"ana's", "rui's", "rui's in confidence", "eli's", "caio's", "caio's with rui in copy", "davi's"},
    "admin": {"ana's", "rui's", "eli's", "caio's", "caio's with rui in copy", "davi's"},
}


@pytest.mark.parametrize("name", SIGHT)
async def test_each_person_sees_their_own_what_they_are_copied_on_and_what_their_grants_open(world, name):
    seen = {ticket for ticket, number in world.tickets.items() if await is_seen(number, world.who(name))}
    assert seen == SIGHT[name]


async def test_time_sees_everything(world):
    assert {ticket for ticket, number in world.tickets.items() if await is_seen(number, SYSTEM)} == set(world.tickets)


@pytest.mark.parametrize("name", SIGHT)
async def test_a_draft_that_is_dropped_stays_its_authors_alone(world, name):
    for draft, author in (("ana's draft", world.who("ana")), ("bia's draft", world.who("bia"))):
        await cancellation.cancel(await cast.seen(world.tickets[draft], author), reason="Desisti.", by=author, at=NOW)
    who, names = world.who(name), {number: ticket for ticket, number in world.tickets.items()}
    seen = {ticket for ticket, number in world.tickets.items() if await is_seen(number, who)}
    assert seen == SIGHT[name]
    for scope in ("mine", "copied", "around", "organization", "all"):
        assert {names[each] for each in await numbers(Filter(scope=scope), who)} - SIGHT[name] == set(), scope


@pytest.mark.parametrize("name", SIGHT)
async def test_no_list_shows_more_than_the_person_sees(world, name):
    who, names = world.who(name), {number: ticket for ticket, number in world.tickets.items()}
    for scope in ("mine", "copied", "around", "organization", "all"):
        listed = {names[each] for each in await numbers(Filter(scope=scope), who)}
        assert listed - SIGHT[name] == set(), scope


@pytest.mark.parametrize(
    ("name", "scope", "listed"),
    [
        ("ana", "mine", {"ana's", "ana's draft"}),
        ("ana", "organization", {"ana's", "rui's", "rui's in confidence"}),
        ("ana", "copied", set()),
        ("ana", "around", {"rui's", "rui's in confidence"}),
        ("rui", "mine", {"rui's", "rui's in confidence"}),
        ("rui", "copied", {"caio's with rui in copy"}),
        ("rui", "around", {"caio's with rui in copy"}),
        ("gil", "organization", {"ana's", "rui's", "rui's in confidence", "eli's"}),
        ("gil", "mine", set()),
        ("eli", "mine", {"eli's"}),
        ("caio", "organization", {"caio's", "caio's with rui in copy"}),
        ("bia", "all", SIGHT["bia"]),
        ("bia", "mine", {"bia's draft"}),
        ("lia", "all", SIGHT["lia"]),
    ],
)
async def test_each_scope_lists_what_it_says(world, name, scope, listed):
    names = {number: ticket for ticket, number in world.tickets.items()}
    assert {names[each] for each in await numbers(Filter(scope=scope), world.who(name))} == listed


@pytest.mark.parametrize("scope", ["organization", "all", "around", "nonsense"])
async def test_a_scope_that_is_not_the_persons_shows_their_own(world, scope):
    names = {number: ticket for ticket, number in world.tickets.items()}
    assert {names[each] for each in await numbers(Filter(scope=scope), world.eli)} <= {"eli's"}


async def test_who_is_taken_out_of_copy_sees_it_no_more(world):
    number = world.tickets["caio's with rui in copy"]
    assert await is_seen(number, world.cast.rui)
    caio, rui = world.cast.caio, world.cast.rui
    await participants.remove(await cast.seen(number, caio), rui.id, by=caio, at=NOW)
    assert not await is_seen(number, world.cast.rui)


async def test_an_agent_who_holds_a_ticket_that_comes_into_confidence_still_sees_it(world):
    held, another = world.tickets["rui's"], world.tickets["ana's"]
    await assignment.take(await cast.seen(held, world.cast.davi), by=world.cast.davi, at=NOW)
    await confide("Financeiro", by=world.cast.lia)
    davi = await cast.fresh(world.cast.davi)
    assert (await is_seen(held, davi), await is_seen(another, davi)) == (True, False)


@pytest.mark.parametrize("number", [0, -1, 999_999_999, 2**63 - 1, 2**63, 10**30])
async def test_a_number_that_nothing_carries_is_not_found(people, number):
    with pytest.raises(NotFound):
        await find_ticket(number, by=people.bia)


async def test_a_sheet_has_the_names_behind_its_numbers(people):
    number = await cast.ticket(people.ana, copies=("rui@aurora.example", "direcao@aurora.example"))
    sheet = await cast.brought_to(number, "open", by=people.bia, asker=people.ana)
    assert (
        sheet.category_name,
        sheet.topic_name,
        sheet.requester_name,
        sheet.contact_name,
        sheet.organization_name,
        sheet.team_name,
        sheet.assignee_name,
        sorted(sheet.copies),
        len(sheet.participants),
    ) == (
        "Cobrança",
        "Boletos",
        "Ana Prado",
        "Ana Prado",
        "Colégio Aurora",
        "Financeiro",
        "Bia Nunes",
        ["direcao@aurora.example", "rui@aurora.example"],
        2,
    )


# Filters


@pytest.fixture
async def varied(people):
    """Ana's tickets by state, and one of another category and priority."""
    made = {}
    for state in ("new", "unassigned", "open", "waiting_requester", "waiting_team", "resolved", "closed"):
        made[state] = await cast.ticket(people.ana, title=state)
        await cast.brought_to(made[state], state, by=people.bia, asker=people.ana)
    made["urgent"] = await cast.ticket(people.ana, title="urgent", category="Material didático", topic="Troca")
    await cast.set_priority(made["urgent"], "urgent", by=people.bia)
    return people


@pytest.mark.parametrize(
    ("preset", "slug", "titles"),
    [
        ("guiche", "novo", {"new", "urgent"}),
        ("guiche", "aberto", {"unassigned", "open"}),
        ("guiche", "aguardando-resposta", {"waiting_requester"}),
        ("guiche", "em-espera", {"waiting_team"}),
        ("guiche", "resolvido", {"resolved"}),
        ("guiche", "fechado", {"closed"}),
        ("guiche", "com-a-equipe", {"new", "urgent", "unassigned", "open", "waiting_team"}),
        ("expresso", "aberto", {"new", "urgent", "unassigned", "open", "waiting_team"}),
        ("expresso", "resolvido", {"resolved", "closed"}),
        ("processo", "a-fazer", {"new", "urgent", "unassigned"}),
        ("processo", "em-andamento", {"open"}),
        ("avaliacao", "pendente", {"new", "urgent", "unassigned"}),
        ("central", "pendente", {"waiting_requester"}),
    ],
)
async def test_the_status_filter_lists_the_states_that_its_word_stands_for(varied, preset, slug, titles):
    chosen = workflow(preset).filter(slug)
    assert await titles_of(Filter(status=chosen), varied.ana) == titles


async def test_filters_narrow_each_other(varied):
    category, _ = await cast.subject("Material didático", "Troca")
    new = workflow("guiche").filter("novo")
    assert await titles_of(Filter(priority="urgent"), varied.ana) == {"urgent"}
    assert await titles_of(Filter(category=category), varied.ana) == {"urgent"}
    assert await titles_of(Filter(status=new), varied.ana) == {"new", "urgent"}
    assert await titles_of(Filter(status=new, priority="normal"), varied.ana) == {"new"}
    assert await titles_of(Filter(status=new, priority="normal", category=category), varied.ana) == set()


async def test_situations_are_counted_among_ones_own(varied):
    await drafts.draft(Request("Pedido"), by=varied.ana, at=NOW)
    await cast.ticket(varied.rui)
    flow = workflow("guiche")
    slugs = ("aguardando-resposta", "com-a-equipe", "resolvido", "rascunho")
    asked = [Filter(status=flow.filter(slug)) for slug in slugs]
    counts = {name: await portal.counts(asked, by=getattr(varied, name)) for name in ("ana", "rui", "caio")}
    assert counts == {"ana": [1, 5, 1, 1], "rui": [0, 1, 0, 0], "caio": [0, 0, 0, 0]}


async def test_the_latest_are_ones_own_that_moved_last(people):
    made = [await cast.ticket(people.ana, title=f"Pedido {n}", at=NOW + timedelta(minutes=n)) for n in range(7)]
    await cast.ticket(people.rui, at=LATER)
    await replies.reply(await cast.seen(made[0], people.bia), "Visto.", by=people.bia, at=LATER)
    assert [row.title for row in await portal.latest(people.ana)] == [
        "Pedido 0",
        "Pedido 6",
        "Pedido 5",
        "Pedido 4",
        "Pedido 3",
    ]


# Paging and counting


@pytest.mark.parametrize("sort", ["updated", "created"])
async def test_paging_over_equal_times_loses_no_row_and_shows_none_twice(people, sort):
    made = await many(people.ana, 60)
    chosen, pages = Filter(sort=sort), []
    while True:
        page = await portal.page(chosen, by=people.ana)
        pages.append([row.id for row in page.rows])
        if page.next is None:
            break
        chosen = replace(chosen, after=page.next)
    assert [len(page) for page in pages] == [25, 25, 10]
    assert [number for page in pages for number in page] == sorted(made, reverse=True)


async def test_the_newest_activity_comes_first_and_a_page_starts_after_the_last(people):
    made = await many(people.ana, 30)
    moved = made[3]
    await replies.reply(await cast.seen(moved, people.ana), "Mais um detalhe.", by=people.ana, at=LATER)
    first = await portal.page(Filter(), by=people.ana)
    assert [row.id for row in first.rows][:3] == [moved, made[-1], made[-2]]
    assert first.next == (NOW, first.rows[-1].id)
    by_number = await portal.page(Filter(sort="created"), by=people.ana)
    assert [row.id for row in by_number.rows][:2] == [made[-1], made[-2]]


async def test_a_full_last_page_says_that_it_is_the_last(people):
    await many(people.ana, 25)
    page = await portal.page(Filter(), by=people.ana)
    assert (len(page.rows), page.total, page.next) == (25, 25, None)


async def test_counts_stop_at_the_bound(people):
    number = await cast.ticket(people.ana)
    for more, total, shown in ((998, 999, 999), (1, 1000, 1000), (1, None, 1001), (2, None, 1001)):
        await many_like(number, more)
        assert (await portal.page(Filter(), by=people.ana)).total == total
        assert await portal.counts([Filter(status=IN_WORK)], by=people.ana) == [shown]


async def test_a_page_past_the_end_is_empty(people):
    await many(people.ana, 3)
    page = await portal.page(Filter(after=(NOW, 1)), by=people.ana)
    assert (page.rows, page.next) == ([], None)


@pytest.mark.parametrize("words", ["", "boletos"])
async def test_a_list_of_25_takes_as_many_queries_as_a_list_of_one(people, words):
    chosen, made = Filter(scope="organization", words=words), []
    for more in (1, 24):
        await many(people.ana, more)
        with statements() as asked:
            page = await portal.page(chosen, by=people.ana)
        made.append((len(page.rows), len(asked)))
    assert made == [(1, 1), (25, 1)]


async def test_a_ticket_takes_as_many_queries_with_many_words_as_with_few(people):
    number = await cast.ticket(people.ana)
    sheet, made = await cast.seen(number, people.ana), []
    for more in (1, 24):
        for n in range(more):
            copies = (f"p{more}-{n}@aurora.example",) if n < 12 else ()
            await replies.reply(sheet, f"Mensagem {n}", copies=copies, by=people.ana, at=NOW)
        with statements() as asked:
            found = await find_ticket(number, by=people.ana)
            entries, _ = await conversation.entries(found, by=people.ana)
        made.append((len(entries), len(asked)))
    assert made == [(2, 2), (26, 2)]


# Conversations and files


async def test_a_conversation_is_told_in_order_with_who_said_what(people):
    number = await cast.ticket(people.ana)
    sheet = await cast.brought_to(number, "waiting_requester", by=people.bia, asker=people.ana)
    mine = await file(people.ana, "nota.pdf")
    await replies.reply(sheet, "É este.", files=(mine,), by=people.ana, at=LATER)
    entries, is_more = await conversation.entries(await cast.seen(number, people.ana), by=people.ana)
    assert [
        (each.kind, each.actor_name, each.is_ours, each.body, [one.name for one in each.files]) for each in entries
    ] == [
        ("submission", "Ana Prado", False, "Os boletos vieram com o valor de outubro.", []),
        ("take", "Bia Nunes", True, None, []),
        ("question", "Bia Nunes", True, "Qual é o CNPJ da nota?", []),
        ("reply", "Ana Prado", False, "É este.", ["nota.pdf"]),
    ]
    assert not is_more


@pytest.mark.parametrize("with_merged", [True, False])
async def test_what_is_read_while_somebody_moves_shows_one_moment(people, with_merged):
    number = await cast.ticket(people.ana)
    before = await cast.seen(number, people.ana)
    await resolution.solve(before, message=NewMessage("Corrigido."), by=people.bia, at=LATER)
    after = await cast.seen(number, people.ana)
    seen = []
    for sheet in (before, after):
        entries, _ = await conversation.entries(sheet, by=people.ana, with_merged=with_merged)
        seen.append((sheet.status, [each.kind for each in entries], entries[-1].id))
    assert [each[:2] for each in seen] == [
        (Status.NEW, ["submission"]),
        (Status.RESOLVED, ["submission", "take", "solution"]),
    ]
    told = await conversation.news(after, seen[0][2], by=people.ana)
    assert [each.kind for each in told] == ["take", "solution"]
    assert await conversation.news(before, seen[0][2], by=people.ana) == []


async def test_a_note_is_for_the_desk_alone(people):
    number = await cast.ticket(people.ana, copies=("rui@aurora.example",))
    sheet = await cast.brought_to(number, "open", by=people.bia, asker=people.ana)
    await replies.note(sheet, "Cliente em atraso.", by=people.bia, at=LATER)
    kinds = {}
    for name in ("ana", "rui", "bia", "davi"):
        reader = getattr(people, name)
        entries, _ = await conversation.entries(await cast.seen(number, reader), by=reader)
        kinds[name] = [each.kind for each in entries]
    assert kinds == {
        "ana": ["submission", "take"],
        "rui": ["submission", "take"],
        "bia": ["submission", "take", "note"],
        "davi": ["submission", "take", "note"],
    }


async def test_a_solution_explained_in_a_note_is_in_the_requesters_history_without_its_words(people):
    number = await cast.ticket(people.ana)
    sheet = await cast.brought_to(number, "open", by=people.bia, asker=people.ana)
    theirs = await file(people.bia, "interno.pdf")
    await resolution.solve(sheet, message=NewMessage("Erro nosso.", (theirs,), is_note=True), by=people.bia, at=LATER)
    told = {}
    for name in ("ana", "bia"):
        reader = getattr(people, name)
        entries, _ = await conversation.entries(await cast.seen(number, reader), by=reader)
        last = entries[-1]
        told[name] = (last.kind, last.body, [each.name for each in last.files])
    assert told == {"ana": ("solution", None, []), "bia": ("solution", "Erro nosso.", ["interno.pdf"])}


async def test_a_long_conversation_is_read_backwards_without_gap_or_overlap(people):
    number = await cast.ticket(people.ana)
    sheet = await cast.seen(number, people.ana)
    for n in range(100):
        await replies.reply(sheet, f"{n}", by=people.ana, at=NOW)
    sheet = await cast.seen(number, people.ana)
    pages, before = [], None
    while True:
        entries, is_more = await conversation.entries(sheet, by=people.ana, before=before)
        pages.append([each.body for each in entries])
        if not is_more:
            break
        before = entries[0].id
    assert pages == [
        [f"{n}" for n in range(50, 100)],
        [f"{n}" for n in range(50)],
        ["Os boletos vieram com o valor de outubro."],
    ]


async def test_a20_a_file_is_seen_with_its_message_and_before_that_by_its_sender_alone(people):
    number = await cast.ticket(people.ana)
    sheet = await cast.brought_to(number, "open", by=people.bia, asker=people.ana)
    files = {
        "sent": await file(people.ana, "a.pdf"),
        "pending": await file(people.ana, "b.pdf"),
        "in a note": await file(people.bia, "c.pdf"),
    }
    await replies.reply(sheet, "Segue.", files=(files["sent"],), by=people.ana, at=NOW)
    await replies.note(sheet, "Visto.", files=(files["in a note"],), by=people.bia, at=NOW)
    seen = {}
    for name in ("ana", "rui", "caio", "bia"):
        seen[name] = {kind for kind, each in files.items() if await is_open(each, getattr(people, name))}
    assert seen == {"ana": {"sent", "pending"}, "rui": set(), "caio": set(), "bia": {"sent", "in a note"}}
    for number in (0, -1, 2**63):
        with pytest.raises(NotFound):
            await attachment(number, by=people.ana)


async def test_only_ones_own_unsent_files_are_pending(people):
    mine, theirs = await file(people.ana, "a.pdf"), await file(people.caio, "b.pdf")
    assert await pending_files(people.ana, [mine, theirs, 999_999]) == [KeptFile(mine, "a.pdf", 2, "0" * 64)]
    assert await pending_files(people.ana, []) == []


async def test_retired_categories_and_topics_are_not_offered(people):
    await set_category("Cobrança", by=people.lia, is_active=False)
    material, _ = await cast.subject("Material didático", "Troca")
    await retire_topic("Troca", of=material, by=people.lia)
    offered: dict[str, list[str]] = {}
    for row in await categories(people.ana):
        offered.setdefault(row.name, []).append(row.topic_name)
    assert offered == {
        "Acesso ao portal": ["Senha", "Novo usuário", "Erro na tela"],
        "Material didático": ["Pedido", "Entrega"],
        "Sistema de avaliações": ["Cadastro de turmas", "Resultados"],
    }


async def test_known_contents_are_those_that_an_attachment_has(people):
    await file(people.ana, "a.pdf")
    assert await contents.known(["0" * 64, "1" * 64]) == {"0" * 64}
    assert await contents.known([]) == set()


async def is_seen(number: int, who: Actor) -> bool:
    try:
        return (await find_ticket(number, by=who)).number == number
    except NotFound:
        return False


async def is_open(number: int, who: Actor) -> bool:
    try:
        return (await attachment(number, by=who)).id == number
    except NotFound:
        return False


async def numbers(chosen: Filter, who: Actor) -> list[int]:
    return [row.id for row in (await portal.page(chosen, by=who)).rows]


async def titles_of(chosen: Filter, who: Actor) -> set[str]:
    return {row.title for row in (await portal.page(chosen, by=who)).rows}


async def many(who: Actor, amount: int) -> list[int]:
    return [await cast.ticket(who, title=f"Boletos {n}") for n in range(amount)]


async def file(person: Actor, name: str) -> int:
    return await save_file(name=name, media_type="application/pdf", size=2, sha256="0" * 64, person=person.id, at=NOW)
