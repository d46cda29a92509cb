"""One-time links: opening changes nothing; the button uses them up."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of
from tests.pages.reading import GOOD_PASSWORD, OTHER_PASSWORD, count, give_password, refusals, signed_in_as, titles
from web.clock import set_now
from web.database import fetch
from web.people import one_time_links
from web.people.merging import merge, unmerge
from web.people.one_time_links import Purpose
from web.people.permissions import Actor
from web.tickets.actions.ownership import departures

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

WRONG_DIGITS = "Os dois últimos dígitos não conferem com este CNPJ. Confira o que foi digitado."
EASY = "Esta senha é fácil de adivinhar ou já vazou na internet. Tente uma frase de três palavras."


@pytest.fixture(autouse=True)
def monday_morning() -> None:
    set_now(NOW)


async def link(purpose: Purpose, address: str, person: Actor | None = None, **about: str) -> str:
    """The path of a link sent to this address now."""
    token = await one_time_links.make(purpose, address, person=person.id if person else None, at=NOW, **about)
    return f"/claim/{token}"


async def spend(
    browser: Browser, path: str, password: str = GOOD_PASSWORD, again: str | None = None, **about: str
) -> Page:
    page = await browser.get(path)
    return await browser.send(page, path, password=password, again=password if again is None else again, **about)


async def can_enter(identifier: str, password: str) -> bool:
    browser = Browser()
    page = await browser.get("/sign-in")
    return (await browser.send(page, "/sign-in", identifier=identifier, password=password)).path == "/"


async def test_the_page_names_the_address_and_asks_for_a_password_twice(database):
    people = await cast.enrol()
    page = await Browser().get(await link(Purpose.PASSWORD, "ana@aurora.example", people.ana))
    assert (page.text("h1"), page.text("main strong")) == ("Crie uma senha", "ana@aurora.example")
    assert page.texts("main label") == ["Nova senha", "Repita a senha"]
    assert page.text("main button") == "Salvar e entrar"


async def test_looking_at_a_link_changes_nothing(database):
    people = await cast.enrol()
    path = await link(Purpose.SIGN_IN, "ana@aurora.example", people.ana)
    scanner = Browser()
    for _ in range(3):
        page = await scanner.get(path)
        assert (page.text("h1"), page.text("main button")) == ("Entrar", "Entrar agora")
    await scanner.client.head(path)
    assert (await count("session"), await signed_in_as(scanner)) == (0, "")
    browser = Browser()
    home = await browser.send(await browser.get(path), path)
    assert home.text("h1") == "Olá, Ana"


@pytest.mark.parametrize("purpose", [Purpose.SIGN_IN, Purpose.PASSWORD])
async def test_a_link_takes_an_agent_to_the_desk(database, purpose):
    people = await cast.enrol()
    desk = await spend(Browser(), await link(purpose, "bia@guiche.example", people.bia))
    assert (desk.path, desk.text("h1")) == ("/desk", "Caixa de entrada")


async def test_a_password_link_sets_the_password_and_enters(database):
    people = await cast.enrol()
    path = await link(Purpose.PASSWORD, "ana@aurora.example", people.ana)
    browser = Browser()
    page = await browser.get(path)
    answer = await browser.send(page, path, follow=False, password=GOOD_PASSWORD, again=GOOD_PASSWORD)
    assert (answer.status, answer.location) == (303, "/")
    assert await signed_in_as(browser) == "Ana Prado · Colégio Aurora"
    assert await can_enter("ana@aurora.example", GOOD_PASSWORD) is True


async def test_a_new_password_by_link_ends_every_session_and_the_old_password(database):
    people = await cast.enrol()
    await give_password(people.ana, OTHER_PASSWORD)
    elsewhere = await browser_of(people.ana)
    await spend(Browser(), await link(Purpose.PASSWORD, "ana@aurora.example", people.ana))
    assert await signed_in_as(elsewhere) == ""
    assert await can_enter("ana@aurora.example", OTHER_PASSWORD) is False


async def test_a_link_to_enter_leaves_the_password_alone(database):
    people = await cast.enrol()
    await give_password(people.ana)
    path = await link(Purpose.SIGN_IN, "ana@aurora.example", people.ana)
    browser = Browser()
    values = (await browser.get(path)).values(path)
    await browser.post(path, values | {"password": OTHER_PASSWORD, "again": OTHER_PASSWORD})
    assert await signed_in_as(browser) == "Ana Prado · Colégio Aurora"
    assert await can_enter("ana@aurora.example", GOOD_PASSWORD) is True


async def test_a_link_of_registration_makes_the_person(database):
    await cast.enrol()
    browser = Browser()
    home = await spend(browser, await link(Purpose.SIGN_UP, "eva@escola.example"), name="Eva Melo")
    assert home.text("h1") == "Olá, Eva"
    assert await signed_in_as(browser) == "Eva Melo"
    (row,) = await fetch(
        "SELECT person.role, identity.value, identity.verified_at FROM person "
        "JOIN identity ON identity.person = person.id WHERE person.name = 'Eva Melo'"
    )
    assert (row["role"], row["value"], row["verified_at"] >= NOW) == ("requester", "eva@escola.example", True)


@pytest.mark.parametrize(
    ("name", "cnpj", "told"),
    [
        ("", "", {"name": "Preencha este campo."}),
        ("Suporte Guichê", "", {"name": "Este nome é o do próprio atendimento. Escreva o seu."}),
        ("Guichê", "", {"name": "Este nome é o do próprio atendimento. Escreva o seu."}),
        ("Eva Melo", "11222333000182", {"cnpj": WRONG_DIGITS}),
    ],
)
async def test_a_registration_refuses_what_cannot_be_and_keeps_what_was_typed(database, name, cnpj, told):
    await cast.enrol()
    path = await link(Purpose.SIGN_UP, "eva@escola.example")
    browser = Browser()
    refused = await spend(browser, path, name=name, cnpj=cnpj)
    assert (refused.status, refusals(refused)) == (422, told)
    assert (refused.values(path)["name"], refused.values(path)["cnpj"]) == (name, cnpj)
    home = await browser.send(refused, path, name="Eva Melo", cnpj="", password=GOOD_PASSWORD, again=GOOD_PASSWORD)
    assert home.text("h1") == "Olá, Eva"


async def test_a_registration_with_a_cnpj_asks_to_join_and_sees_nothing_yet(database):
    people = await cast.enrol()
    await cast.ticket(people.ana)
    browser = Browser()
    await spend(browser, await link(Purpose.SIGN_UP, "eva@aurora.example"), name="Eva Melo", cnpj="11.222.333/0001-81")
    assert await signed_in_as(browser) == "Eva Melo"
    assert titles(await browser.get("/tickets?scope=organization")) == []
    ana = await browser_of(people.ana)
    page = await ana.get("/organization")
    assert page.texts("section h2 + p")[0] == "eva@aurora.example · Colégio Aurora · pediu para entrar"


async def test_a_registration_with_an_unknown_cnpj_belongs_to_nobody(database):
    await cast.enrol()
    browser = Browser()
    path = await link(Purpose.SIGN_UP, "eva@escola.example")
    assert (await spend(browser, path, name="Eva Melo", cnpj="11222333000262")).text("h1") == "Olá, Eva"
    assert await count("membership") == 3


async def test_who_was_put_in_copy_meanwhile_is_the_one_who_registers(database):
    people = await cast.enrol()
    path = await link(Purpose.SIGN_UP, "eva@escola.example")
    await cast.ticket(people.ana, copies=("eva@escola.example",))
    browser = Browser()
    await spend(browser, path, name="Eva Melo")
    assert titles(await browser.get("/tickets?scope=copied")) == ["Boletos com o valor errado"]
    assert await signed_in_as(browser) == "Eva Melo"


@pytest.mark.parametrize(
    ("password", "again", "field", "sentence"),
    [
        (GOOD_PASSWORD, GOOD_PASSWORD + "!", "again", "As duas senhas não são iguais."),
        (GOOD_PASSWORD, "", "again", "As duas senhas não são iguais."),
        ("", "", "password", "Use pelo menos 8 caracteres."),
        ("a1!B2?c", "a1!B2?c", "password", "Use pelo menos 8 caracteres."),
        ("password", "password", "password", EASY),
        ("senha123", "senha123", "password", EASY),
        ("evamelo1", "evamelo1", "password", EASY),
        ("11222333000181", "11222333000181", "password", EASY),
        ("x9" * 101, "x9" * 101, "password", "O texto pode ter até 200 caracteres; este tem 202."),
    ],
)
async def test_a_password_that_cannot_be_is_refused_and_the_link_stays_good(database, password, again, field, sentence):
    await cast.enrol()
    path = await link(Purpose.SIGN_UP, "eva@escola.example")
    browser = Browser()
    refused = await spend(browser, path, password, again, name="Eva Melo", cnpj="11.222.333/0001-81")
    assert refused.status == 422
    assert refusals(refused) == {field: sentence}
    for typed in (password, again):
        assert typed == "" or f'value="{typed}"' not in refused.response.text
    assert await signed_in_as(browser) == ""
    home = await browser.send(refused, path, password=GOOD_PASSWORD, again=GOOD_PASSWORD)
    assert home.text("h1") == "Olá, Eva"


async def test_a_link_is_spent_once(database):
    people = await cast.enrol()
    path = await link(Purpose.PASSWORD, "ana@aurora.example", people.ana)
    browser, second = Browser(), Browser()
    page = await second.get(path)
    await spend(browser, path)
    refused = await second.send(page, path, password=OTHER_PASSWORD, again=OTHER_PASSWORD)
    assert (refused.status, refused.text("h1")) == (404, "Este link não vale mais")
    assert (await second.get(path)).text("h1") == "Este link não vale mais"
    assert await can_enter("ana@aurora.example", OTHER_PASSWORD) is False


@pytest.mark.parametrize(
    ("purpose", "lasts"),
    [
        (Purpose.SIGN_UP, timedelta(hours=24)),
        (Purpose.PASSWORD, timedelta(hours=24)),
        (Purpose.SIGN_IN, timedelta(minutes=30)),
    ],
)
async def test_a_link_opens_as_long_as_its_message_says(database, purpose, lasts):
    people = await cast.enrol()
    path = await link(purpose, "ana@aurora.example", people.ana)
    set_now(NOW + lasts - timedelta(minutes=1))
    browser = Browser()
    page = await browser.get(path)
    assert page.text("main strong") == "ana@aurora.example"
    set_now(NOW + lasts + timedelta(seconds=1))
    assert (await browser.get(path)).text("h1") == "Este link não vale mais"
    refused = await browser.send(page, path, password=GOOD_PASSWORD, again=GOOD_PASSWORD)
    assert (refused.status, refused.text("h1")) == (404, "Este link não vale mais")
    assert await count("session") == 0


async def test_a_newer_link_to_the_same_address_ends_the_older(database):
    people = await cast.enrol()
    older = await link(Purpose.PASSWORD, "ana@aurora.example", people.ana)
    newer = await link(Purpose.SIGN_IN, "ana@aurora.example", people.ana)
    assert (await Browser().get(older)).text("h1") == "Este link não vale mais"
    assert (await Browser().get(newer)).text("h1") == "Entrar"


@pytest.mark.parametrize("token", ["x", "0" * 43, "%00", "%FF", "%EF%BF%BD", "é", "a" * 3000, "%20"])
async def test_what_is_no_link_opens_nothing_and_says_how_to_get_one(database, token):
    await cast.enrol()
    page = await Browser().get(f"/claim/{token}")
    assert (page.status, page.words) == (
        404,
        "Este link não vale mais Ele já foi usado, venceu, ou veio incompleto. Peça outro: leva um minuto. "
        "Pedir outro link Primeira vez aqui? Cadastre-se Voltar para Entrar",
    )
    assert page.links()["Pedir outro link"] == "/password"


async def test_a_link_whose_address_now_belongs_to_another_opens_nothing(database):
    people = await cast.enrol()
    await merge.merge(people.ana.id, people.rui.id, keep=people.rui.id, by=people.lia, at=NOW)
    path = await link(Purpose.PASSWORD, "ana@aurora.example", people.rui)
    await unmerge.part(people.ana.id, by=people.lia, at=NOW)
    browser = Browser()
    refused = await spend(browser, path)
    assert (refused.status, refused.text("h1")) == (404, "Este link não vale mais")
    assert await signed_in_as(browser) == ""
    assert await can_enter("rui@aurora.example", GOOD_PASSWORD) is False


async def test_who_was_deactivated_does_not_come_back_by_a_link(database):
    people = await cast.enrol()
    path = await link(Purpose.PASSWORD, "ana@aurora.example", people.ana)
    browser = Browser()
    page = await browser.get(path)
    await departures.deactivate(people.ana.id, at=NOW)
    refused = await browser.send(page, path, password=GOOD_PASSWORD, again=GOOD_PASSWORD)
    assert (refused.status, refused.text("h1")) == (404, "Este link não vale mais")
    assert await signed_in_as(browser) == ""
    assert await can_enter("ana@aurora.example", GOOD_PASSWORD) is False


async def test_spending_a_link_ends_the_session_this_browser_had(database):
    people = await cast.enrol()
    rui = await browser_of(people.rui)
    path = await link(Purpose.SIGN_IN, "ana@aurora.example", people.ana)
    page = await rui.get(path)
    await rui.send(page, path)
    assert await signed_in_as(rui) == "Ana Prado · Colégio Aurora"
    assert [row["person"] for row in await fetch("SELECT person FROM session")] == [people.ana.id]


@pytest.mark.usefixtures("still_clock")
async def test_a81_who_tries_passwords_too_often_has_to_wait_and_the_link_stays_good(database):
    people = await cast.enrol()
    path = await link(Purpose.PASSWORD, "ana@aurora.example", people.ana)
    browser = Browser()
    for _ in range(30):
        await spend(browser, path, "senha123", "senha123")
    waiting = await spend(browser, path)
    assert (waiting.status, waiting.text("h1")) == (429, "Crie uma senha")
    assert int(waiting.response.headers["retry-after"]) in range(1, 11)
    set_now(NOW + timedelta(minutes=1))
    await spend(browser, path)
    assert await signed_in_as(browser) == "Ana Prado · Colégio Aurora"


async def test_the_page_of_a_link_is_not_told_to_other_sites_nor_kept(database):
    people = await cast.enrol()
    page = await Browser().get(await link(Purpose.SIGN_IN, "ana@aurora.example", people.ana))
    headers = page.response.headers
    assert (headers["referrer-policy"], headers["cache-control"]) == ("same-origin", "no-store")
    assert [each.html for each in page.html.css("[src], link[href]") if "://" in each.html] == []
