"""The words of each preset for agents (facts P-29, C-05 to C-10, V-16, D-02)."""

import pytest

from tests import cast
from tests.client import browser_of
from tests.conformance.conftest import Under
from tests.pages.reading import titles
from web.tickets.actions import replies

pytestmark = pytest.mark.anyio

STATES = ("new", "open", "waiting_requester", "waiting_team", "waiting_until", "resolved", "closed")

WORDS = {
    "expresso": "Novo / Aberto / Aguardando resposta / Em espera / Em espera / Resolvido / Fechado",
    "central": "Novo / Aberto / Pendente / Em Espera / Em Espera / Resolvido / Fechado",
    "aprovacao": "Novo / Aberto / Aguardando solicitante / Em espera / Em espera / "
    "Resolvido, aguardando aprovação / Fechado",
    "avaliacao": "Pendente / Em atendimento / Aguardando usuário / Em espera / Em espera / "
    "Aguardando avaliação / Concluído",
    "processo": "A Fazer / Em andamento / Aguarde: mais informações / Aguarde: outra equipe / "
    "Aguarde: esperar até / Resolvido / Fechado",
    "guiche": "Novo / Aberto / Aguardando solicitante / Em espera / Em espera / Resolvido / Fechado",
}
"""For each of `STATES`."""


@pytest.mark.parametrize("preset", WORDS)
async def test_p29_agents_read_the_words_of_the_preset_in_lists_and_on_tickets(under: Under, preset):
    people = await under(preset)
    numbers = {}
    for state in STATES:
        numbers[state] = await cast.ticket(people.ana, state)
        await cast.brought_to(numbers[state], state, by=people.bia, asker=people.ana)
    bia = await browser_of(people.bia)
    page = await bia.get("/desk?view=all")
    said = dict(zip(STATES, WORDS[preset].split(" / "), strict=True))
    assert dict(zip(titles(page), page.texts(".line .chip"), strict=True)) == said
    pages = {state: await bia.get(f"/desk/tickets/{number}") for state, number in numbers.items()}
    assert {state: page.text(".head__sub .chip") for state, page in pages.items()} == said


async def test_p29_the_status_filter_of_the_desk_finds_what_is_to_do_by_its_word(under: Under):
    people = await under("processo")
    for state in ("new", "unassigned", "open", "waiting_team"):
        await cast.brought_to(await cast.ticket(people.ana, state), state, by=people.bia, asker=people.ana)
    bia = await browser_of(people.bia)
    page = await bia.get("/desk?view=all")
    slugs = {each.text(): each.attributes["value"] for each in page.html.css("select[name=status] option")}
    found = {word: set(titles(await bia.get(f"/desk?view=all&status={slug}"))) for word, slug in slugs.items()}
    assert found["A Fazer"] == {"new", "unassigned"}
    assert found["Em andamento"] == {"open"}
    assert found["Aguarde"] == {"waiting_team"}


async def test_c12_central_speaks_of_analysts_wherever_the_others_say_atendente(under: Under):
    people = await under("central")
    number = await cast.ticket(people.ana)
    lia, ana = await browser_of(people.lia), await browser_of(people.ana)
    addresses = (
        *("/desk?view=all&columns=assignee", "/desk/reports?by=agent", f"/desk/tickets/{number}"),
        *("/desk/settings/keys", "/api/docs"),
    )
    pages = [await lia.get(address) for address in addresses]
    words = [page.words.casefold() for page in pages]
    assert [each for each in words if "atendente" in each] == []
    assert ["analista" in each for each in words] == [True] * len(words)
    refused = await lia.send(pages[2], f"/desk/tickets/{number}/properties", assignee="999999")
    assert refused.texts(".summary li") == ["Analista : Escolha uma das opções da lista."]
    await replies.reply(await cast.seen(number, people.bia), "Vou ver.", by=people.bia, at=cast.NOW)
    assert (await ana.get(f"/tickets/{number}")).texts(".message .mark") == ["Analista · Financeiro"]


async def test_c12_the_second_tier_is_named_to_the_customer(under: Under):
    people = await under("central")
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "waiting_team", by=people.bia, asker=people.ana)
    page = await (await browser_of(people.ana)).get(f"/tickets/{number}")
    assert page.text(".next") == "Aguardando outra equipe (N2)."
