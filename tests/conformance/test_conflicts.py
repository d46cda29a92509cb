"""Where the five portals differ, each preset does as its portal (facts D)."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of
from tests.conformance.conftest import Under
from tests.pages.reading import GOOD_PASSWORD, events, forms, option, said
from web.database import fetch
from web.people import accounts
from web.settings import PRESETS

pytestmark = pytest.mark.anyio


async def resolved_page(under: Under, preset: str) -> tuple[Page, str]:
    people = await under(preset)
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana)
    return await ana.get(f"/tickets/{number}"), f"/tickets/{number}"


CHOICES = (
    "“Não foi resolvido” reabre; “Só agradecer” não reabre; “É outro assunto” leva o seu texto para um novo ticket"
)


async def granted(browser: Browser, name: str, sees: str) -> Page:
    """The page of colleagues after setting what one of them sees."""
    page = await browser.get("/organization")
    action = page.links()[name].replace("#c", "/organization/members/")
    return await browser.send(page, action, sees=option(page, "sees", sees))


@pytest.mark.parametrize("preset", PRESETS)
async def test_d11_one_sees_ones_own_and_copies_and_more_by_what_the_manager_grants_each_person(under: Under, preset):
    people = await under(preset)
    number = await cast.ticket(people.ana, "De Ana", copies=("caio@horizonte.example",))
    numbers = [number, await cast.ticket(people.rui, "De Rui", at=NOW + timedelta(minutes=1))]
    lia = await browser_of(people.lia)
    ana, rui, caio = [await browser_of(each) for each in (people.ana, people.rui, people.caio)]
    assert [await seen(each, numbers) for each in (ana, rui, caio)] == [["De Ana", "De Rui"], ["De Rui"], ["De Ana"]]
    await granted(ana, "Rui Alves", "Os tickets da organização")
    assert await seen(rui, numbers) == ["De Ana", "De Rui"]
    await granted(ana, "Rui Alves", "Só os próprios tickets")
    assert await seen(rui, numbers) == ["De Rui"]
    form = await lia.get("/desk/organizations/new")
    branch = {"name": "Aurora Norte", "cnpj": "11222333000262", "branch": "11222333"}
    made = await lia.send(form, "/desk/organizations", **branch)
    assert made.texts("#known ~ .aside__body .mini a") == ["Colégio Aurora"]
    assert "Os tickets de todas as filiais" not in (await ana.get("/organization")).options("sees")


async def seen(browser: Browser, numbers: list[int]) -> list[str]:
    """The titles of those of these tickets that can be opened."""
    pages = [await browser.get(f"/tickets/{number}") for number in numbers]
    return [page.text("h1") for page in pages if page.status == 200]


@pytest.mark.parametrize("preset", PRESETS)
async def test_d12_one_enters_by_e_mail_or_by_the_name_of_the_shop_each_with_a_password_of_ones_own(
    under: Under, preset
):
    people = await under(preset)
    await accounts.create("Loja Centro", ["loja-0042", "loja@aurora.example"], password=GOOD_PASSWORD, at=NOW)
    for identifier in ("loja-0042", "LOJA@aurora.example"):
        visitor = Browser()
        form = await visitor.get("/sign-in")
        assert form.text("label[for=identifier]") == "E-mail ou usuário da organização"
        home = await visitor.send(form, "/sign-in", identifier=identifier, password=GOOD_PASSWORD)
        assert home.text("h1") == "Olá, Loja"
    visitor = Browser()
    form = await visitor.get("/sign-in")
    refused = await visitor.send(form, "/sign-in", identifier="ana@aurora.example", password=GOOD_PASSWORD)
    assert refused.status == 422
    access = (await (await browser_of(people.ana)).get("/organization")).texts("td[data-label='Entra com']")
    assert access == ["ana@aurora.example", "rui@aurora.example"]


@pytest.mark.parametrize(
    ("preset", "sentence", "ways"),
    [
        ("expresso", "Este ticket está resolvido e não recebe mais mensagens.", ["follow-ups"]),
        ("central", CHOICES, ["replies"]),
        ("aprovacao", "SIM encerra, NÃO reabre.", ["confirmation", "objection"]),
        ("avaliacao", "Se o problema continua, diga nela.", ["rating", "objection", "follow-ups"]),
        ("processo", CHOICES, ["replies"]),
        ("guiche", "SIM encerra, NÃO reabre.", ["confirmation", "objection"]),
    ],
)
async def test_d01_a_resolved_ticket_says_how_one_may_still_speak(under: Under, preset, sentence, ways):
    page, address = await resolved_page(under, preset)
    assert sentence in page.words
    spoken = ("confirmation", "objection", "rating", "replies", "follow-ups")
    assert [form for form in forms(page) if form.rsplit("/", 1)[-1] in spoken] == [f"{address}/{way}" for way in ways]
    assert ("Novo ticket ligado a este" in page.links()) is ("confirmation" in ways)


@pytest.mark.parametrize("htmx", [False, True])
async def test_d01_another_subject_takes_the_text_along_to_a_new_ticket_linked_to_this(under: Under, htmx):
    people = await under("central")
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana, htmx=htmx)
    page = await ana.get(f"/tickets/{number}")
    choices = page.form(f"/tickets/{number}/replies").css(".form__actions button")
    assert [(each.text(), each.attributes.get("value")) for each in choices] == [
        ("Não foi resolvido", None),
        ("Só agradecer", "thanks"),
        ("É outro assunto", "follow_up"),
    ]
    answer = await ana.send(
        page,
        f"/tickets/{number}/replies",
        **{"as": "follow_up"},
        body="E as carteirinhas?",
        files=[("lista.csv", b"nome")],
        follow=False,
    )
    ana.client.headers.pop("HX-Request", None)
    draft = await ana.get(answer.response.headers["hx-redirect"] if htmx else answer.location)
    assert f"Continuação de #{number} : Boletos com o valor errado" in draft.words
    assert draft.values(f"{draft.path}/submission")["description"] == "E as carteirinhas?"
    assert draft.texts(".file") == ["lista.csv 4 bytes"]
    assert await events(number) == ["submission", "take", "solution"]
    assert said(await ana.get(f"/tickets/{number}"))[-1] == "Boletos emitidos de novo."


@pytest.mark.parametrize(
    ("preset", "label"),
    [
        ("expresso", "Resolvido"),
        ("central", "Fechado"),
        ("aprovacao", "Fechado"),
        ("avaliacao", "Concluído"),
        ("processo", "Fechado"),
    ],
)
async def test_d03_each_portal_has_its_own_last_word(under: Under, preset, label):
    people = await under(preset)
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "closed", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana)
    assert (await ana.get(f"/tickets/{number}")).text(".head__sub .chip") == label


async def test_d04_closed_by_support_is_resolved_with_the_rating_to_come(under: Under):
    page, _ = await resolved_page(under, "avaliacao")
    assert page.text(".head__sub .chip") == "Aguardando avaliação"
    assert [row["status"] for row in await fetch("SELECT status FROM ticket")] == ["resolved"]


async def test_d06_being_in_copy_is_being_put_there(under: Under):
    people = await under("expresso")
    number = await cast.ticket(people.ana)
    ana, caio = await browser_of(people.ana), await browser_of(people.caio)
    page = await ana.get(f"/tickets/{number}")
    await ana.send(page, f"/tickets/{number}/participants", copies="caio@horizonte.example")
    assert (await caio.get("/tickets?scope=copied")).texts(".row__title") == ["Boletos com o valor errado"]
    page = await ana.get(f"/tickets/{number}")
    await ana.send(page, f"/tickets/{number}/participants/{people.caio.id}/removal")
    assert (await caio.get("/tickets?scope=copied")).texts(".row__title") == []
    assert (await caio.get(f"/tickets/{number}")).text("h1") == "Não encontramos esta página"
