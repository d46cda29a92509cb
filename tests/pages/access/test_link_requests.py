"""Three forms that ask for a link by mail: their response never tells who has an account."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page
from tests.pages.reading import GOOD_PASSWORD, count, impersonal, link_to, mail_to, mail_written, refusals
from web.clock import set_now
from web.database import fetch

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

FORMS = ("/sign-up", "/password", "/sign-in/link")
NOT_A_CNPJ = "Um CNPJ tem 14 posições: doze letras ou números e dois dígitos. Confira o que foi digitado."
WRONG_DIGITS = "Os dois últimos dígitos não conferem com este CNPJ. Confira o que foi digitado."


async def ask(path: str, identifier: str, *, browser: Browser | None = None, **typed: str) -> Page:
    """The page after asking for a link."""
    browser = browser or Browser()
    page = await browser.get(path)
    if path == "/sign-up":
        typed = {"name": "Eva Melo"} | typed
    return await browser.send(page, path, identifier=identifier, **typed)


@pytest.fixture(autouse=True)
def monday_morning() -> None:
    set_now(NOW)


@pytest.mark.parametrize(
    ("path", "title", "button", "labels"),
    [
        ("/sign-up", "Cadastre-se", "Cadastrar", ["Nome completo", "E-mail", "CNPJ da escola ou empresa (opcional)"]),
        ("/password", "Crie uma senha", "Receber o link", ["E-mail"]),
        ("/sign-in/link", "Entrar com um link", "Receber o link", ["E-mail"]),
    ],
)
async def test_each_form_asks_for_what_its_link_needs(database, path, title, button, labels):
    page = await Browser().get(path)
    assert (page.text("h1"), page.text("main button"), page.texts("main label")) == (title, button, labels)


@pytest.mark.parametrize("path", FORMS)
async def test_the_wish_is_noted_and_the_visitor_sent_on(database, path):
    await cast.enrol()
    browser = Browser()
    page = await browser.get(path)
    answer = await browser.send(
        page, path, follow=False, identifier=" Ana@Aurora.example ", **({"name": "Ana"} if path == "/sign-up" else {})
    )
    assert (answer.status, answer.location) == (303, "/sent")
    sent = await browser.get("/sent")
    assert sent.words == (
        "Confira o seu e-mail Este portal ainda não envia e-mail. Se o endereço puder ser usado aqui, o link para o "
        "próximo passo está com quem cuida do portal. Voltar para Entrar"
    )
    assert [row["identifier"] for row in await fetch("SELECT identifier FROM link_request")] == ["ana@aurora.example"]


@pytest.mark.parametrize("path", FORMS)
async def test_who_asked_for_a_link_goes_back_to_where_they_meant_to_go(database, path):
    browser = Browser()
    page = await browser.get(f"{path}?next=/tickets%3Fq%3Dnota%26status%3Dall")
    sent = await browser.send(page, path, identifier="eva@escola.example", **({"name": "Eva"} if "up" in path else {}))
    sign_in = await browser.get(sent.links()["Voltar para Entrar"])
    assert sign_in.values("/sign-in")["next"] == "/tickets?q=nota&status=all"


@pytest.mark.parametrize("path", FORMS)
async def test_the_answer_is_the_same_whoever_exists(database, path):
    await cast.enrol()
    known, unknown = await ask(path, "ana@aurora.example"), await ask(path, "eva@escola.example")
    assert (known.path, impersonal(known)) == (unknown.path, impersonal(unknown))


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize(
    "typed",
    [
        "",
        "eva",
        "eva@",
        "@escola.example",
        "eva@escola",
        "eva melo@escola.example",
        "eva@escola.example,ana@aurora.example",
        "éva@escola.example",
        "eva@escola.example Bcc: ana@aurora.example",
        "e" * 250 + "@escola.example",
    ],
)
async def test_what_is_no_address_is_refused_with_what_was_typed(database, path, typed):
    refused = await ask(path, typed)
    assert refused.status == 422
    assert list(refusals(refused)) == ["identifier"]
    assert refused.values(path)["identifier"] == typed
    assert await count("link_request") == 0


async def test_a_field_for_one_address_does_not_ask_for_several(database):
    assert refusals(await ask("/password", "eva@escola")) == {
        "identifier": "Escreva um endereço de e-mail, como nome@escola.com.br: um só, sem espaço nem acento."
    }


async def test_all_wrong_fields_of_a_sign_up_are_told_at_once(database):
    refused = await ask("/sign-up", "eva@escola", name="", cnpj="123")
    assert (refused.status, sorted(refusals(refused))) == (422, ["cnpj", "identifier", "name"])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" eva@escola.example\t", "eva@escola.example"),
        ("\u200beva@escola.example\u00a0", "eva@escola.example"),
        ("<eva@escola.example>", "eva@escola.example"),
        ('"Melo, Eva" <eva@escola.example>', "eva@escola.example"),
        ("mailto:eva@escola.example", "eva@escola.example"),
        ("eva@escola–norte.example", "eva@escola-norte.example"),
    ],
)
async def test_an_address_is_taken_as_it_was_pasted(database, typed, kept):
    await ask("/password", typed)
    assert [row["identifier"] for row in await fetch("SELECT identifier FROM link_request")] == [kept]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Preencha este campo."),
        ("n" * 201, "O texto pode ter até 200 caracteres; este tem 201."),
    ],
)
async def test_a_name_that_cannot_be_is_refused_with_what_was_typed(database, typed, sentence):
    refused = await ask("/sign-up", "eva@escola.example", name=typed)
    assert refused.status == 422
    assert refusals(refused) == {"name": sentence}
    kept = refused.values("/sign-up")
    assert (kept["name"], kept["identifier"]) == (typed, "eva@escola.example")
    assert await count("link_request") == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("123", NOT_A_CNPJ),
        ("11.222.333/0001-8", NOT_A_CNPJ),
        ("11.222.333/0001-811", NOT_A_CNPJ),
        ("11222333000A81", WRONG_DIGITS),
        ("112223330001AB", NOT_A_CNPJ),
        ("11.222.333/0001-82", WRONG_DIGITS),
        ("12ABC34501DE36", WRONG_DIGITS),
        ("00000000000000", NOT_A_CNPJ),
        ("１１222333000181", NOT_A_CNPJ),
        ("11'222'333/0001-81", NOT_A_CNPJ),
    ],
)
async def test_a_cnpj_that_cannot_be_is_refused_with_all_that_was_typed(database, typed, sentence):
    refused = await ask("/sign-up", "eva@escola.example", cnpj=typed)
    assert refused.status == 422
    assert refusals(refused) == {"cnpj": sentence}
    kept = refused.values("/sign-up")
    assert (kept["name"], kept["identifier"], kept["cnpj"]) == ("Eva Melo", "eva@escola.example", typed)
    assert await count("link_request") == 0


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("11.222.333/0001-81", "11222333000181"),
        ("11222333000181", "11222333000181"),
        ("12.abc.345/01de-35", "12ABC34501DE35"),
        ("  ", ""),
    ],
)
async def test_a_cnpj_is_taken_with_or_without_its_mask(database, typed, kept):
    sent = await ask("/sign-up", "eva@escola.example", cnpj=typed)
    assert sent.text("h1") == "Confira o seu e-mail"
    assert [row["cnpj"] for row in await fetch("SELECT cnpj FROM link_request")] == [kept]


@pytest.mark.parametrize(
    ("path", "address", "subject", "says"),
    [
        ("/sign-up", "eva@escola.example", "Confirme o seu e-mail", "crie a sua senha:"),
        ("/sign-up", "ana@aurora.example", "Crie a sua senha", "Para criar uma senha no portal"),
        ("/password", "ana@aurora.example", "Crie a sua senha", "Para criar uma senha no portal"),
        ("/sign-in/link", "ana@aurora.example", "O seu link para entrar", "Para entrar no portal de atendimento sem"),
        ("/password", "eva@escola.example", "Confirme o seu e-mail", "ainda não há cadastro com ele"),
        ("/sign-in/link", "eva@escola.example", "Confirme o seu e-mail", "ainda não há cadastro com ele"),
    ],
)
async def test_the_message_says_what_the_address_is_good_for(database, path, address, subject, says):
    await cast.enrol()
    await ask(path, address)
    await mail_written()
    (message,) = await mail_to(address)
    assert message["subject"] == subject
    assert says in message["body"]
    assert await count("link_request") == 0


async def test_the_link_opens_the_form_it_promises(database):
    await cast.enrol()
    opened = {}
    for path, address in (("/sign-up", "eva@escola.example"), ("/sign-in/link", "ana@aurora.example")):
        await ask(path, address)
        await mail_written()
        opened[path] = (await Browser().get(await link_to(address))).text("h1")
    assert opened == {"/sign-up": "Crie uma senha", "/sign-in/link": "Entrar"}


async def test_asking_again_and_again_fills_nobodys_mailbox(database):
    await cast.enrol()
    for address in ("ana@aurora.example", "eva@escola.example"):
        for _ in range(3):
            await ask("/password", address)
            await mail_written()
    assert [len(await mail_to(address)) for address in ("ana@aurora.example", "eva@escola.example")] == [1, 1]

    later = NOW + timedelta(minutes=2)
    set_now(later)
    for address in ("ana@aurora.example", "eva@escola.example"):
        await ask("/password", address)
        await mail_written(later)
    assert [len(await mail_to(address)) for address in ("ana@aurora.example", "eva@escola.example")] == [2, 1]


async def test_who_asks_too_often_from_one_network_has_to_wait(database):
    browser = Browser()
    page = await browser.get("/password")
    for number in range(30):
        set_now(NOW)
        sent = await browser.send(page, "/password", identifier=f"p{number}@escola.example")
        assert sent.text("h1") == "Confira o seu e-mail"
    waiting = await browser.send(page, "/password", identifier="p30@escola.example")
    assert (waiting.status, waiting.text("h1")) == (429, "Muitas tentativas seguidas")
    assert int(waiting.response.headers["retry-after"]) in range(1, 61)
    assert await count("link_request") == 30


async def test_a_form_of_another_site_asks_for_nothing(database):
    browser = Browser()
    page = await browser.get("/password")
    refused = await browser.send(
        page, "/password", identifier="ana@aurora.example", headers={"Origin": "https://outro.example"}
    )
    assert (refused.status, refused.text("h1")) == (403, "O envio veio de outro site")
    without = await browser.post("/password", {"identifier": "ana@aurora.example"})
    assert (without.status, without.text("h1")) == (403, "Esta página ficou antiga")
    assert await count("link_request") == 0


# Where somebody was going


@pytest.mark.parametrize("words", ["Crie uma senha", "Cadastre-se", "Receba um link por e-mail"])
@pytest.mark.parametrize("elsewhere", [False, True])
async def test_the_link_leads_on_to_where_one_was_going_in_any_browser(database, words, elsewhere):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    browser = Browser()
    entrance = await browser.get(f"/tickets/{number}")
    asked = await browser.get(entrance.links()[words])
    at = asked.path.partition("?")[0]
    again = await browser.send(asked, at, identifier="ana")
    assert again.values(at)["next"] == f"/tickets/{number}"
    typed = {"name": "Ana Prado"} if words == "Cadastre-se" else {}
    await browser.send(again, at, identifier="ana@aurora.example", **typed)
    await mail_written()
    opening = Browser() if elsewhere else browser
    link = await link_to("ana@aurora.example")
    page, at = await opening.get(link), link.partition("?")[0]
    if "Nova senha" in page.texts("main label"):
        page = await opening.send(page, at, password="1234", again="1234")
    entered = await opening.send(page, at, password=GOOD_PASSWORD, again=GOOD_PASSWORD)
    assert (entered.path, entered.text("h1")) == (f"/tickets/{number}", "Boletos com o valor errado")


@pytest.mark.parametrize("onward", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
async def test_a_link_leads_to_no_other_site(database, onward):
    await cast.enrol()
    browser = Browser()
    values = (await browser.get("/sign-in/link")).values("/sign-in/link")
    await browser.post("/sign-in/link", values | {"identifier": "ana@aurora.example", "next": onward})
    await mail_written()
    link = await link_to("ana@aurora.example")
    values = (await browser.get(f"{link}?{urlencode({'next': onward})}")).values(link)
    entered = await browser.post(link, values | {"next": onward})
    assert ("?" in link, "next" in values, entered.location) == (False, False, "/")


async def test_a_way_too_long_to_keep_leads_to_the_overview(database):
    await cast.enrol()
    browser = Browser()
    values = (await browser.get("/sign-in/link")).values("/sign-in/link")
    await browser.post(
        "/sign-in/link", values | {"identifier": "ana@aurora.example", "next": f"/tickets?q={'a' * 500}"}
    )
    await mail_written()
    assert "?" not in await link_to("ana@aurora.example")
