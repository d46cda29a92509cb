"""The person's own account: their name, their password, and the browsers in which they are signed in."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of
from tests.pages.reading import GOOD_PASSWORD, OTHER_PASSWORD, count, give_password, refusals, signed_in_as
from web.clock import set_now
from web.database import fetch
from web.people import sessions
from web.people.passwords import hashing

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0"


async def enter(address: str, password: str, *, browser: str = "") -> Browser:
    """A new browser that signs in by the form."""
    fresh = Browser()
    fresh.client.headers["User-Agent"] = browser
    page = await fresh.get("/sign-in")
    await fresh.send(page, "/sign-in", identifier=address, password=password)
    return fresh


def listed(page: Page) -> list[str]:
    """The listed sessions."""
    return page.texts(".table tbody th")


async def test_the_account_shows_name_addresses_and_organization(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get("/account")
    assert page.text("h1") == "Sua conta"
    assert page.values("/account")["name"] == "Ana Prado"
    assert page.text("form[action='/account'] > p") == "Colégio Aurora · Sair da organização Colégio Aurora"
    assert page.texts("[aria-labelledby=addresses] li") == ["ana@aurora.example"]


async def test_a_new_name_is_kept_and_shown_everywhere(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana, bia = await browser_of(people.ana), await browser_of(people.bia)
    page = await ana.get("/account")
    answer = await ana.send(page, "/account", name="  Ana   Prado\tLeal ", follow=False)
    assert (answer.status, answer.location) == (303, "/account?done=name")
    after = await ana.get(answer.location)
    assert (after.text(".notice"), after.values("/account")["name"]) == ("Nome salvo.", "Ana Prado Leal")
    assert after.text(".bar__who a") == "Ana Prado Leal · Colégio Aurora"
    assert (await bia.get(f"/tickets/{number}")).text(".message__who strong") == "Ana Prado Leal"


@pytest.mark.parametrize(
    ("typed", "shown", "sentence"),
    [
        ("", "", "Preencha este campo."),
        ("   ", "   ", "Preencha este campo."),
        ("\x00\x07", "", "Preencha este campo."),
        ("n" * 201, "n" * 201, "O texto pode ter até 200 caracteres; este tem 201."),
    ],
)
async def test_a_name_that_cannot_be_is_refused_with_what_was_typed(database, typed, shown, sentence):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    refused = await ana.send(await ana.get("/account"), "/account", name=typed)
    assert refused.status == 422
    assert refusals(refused) == {"name": sentence}
    assert refused.values("/account")["name"] == shown
    assert await fetch("SELECT name FROM person WHERE id = {}", people.ana.id) == [{"name": "Ana Prado"}]


async def test_a_name_is_shown_as_text(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    after = await ana.send(await ana.get("/account"), "/account", name='<i>Ana</i> "&')
    assert after.values("/account")["name"] == '<i>Ana</i> "&'
    assert after.html.css("i") == []


async def test_a_new_password_ends_every_other_session_and_the_old_password(database):
    people = await cast.enrol()
    await give_password(people.ana)
    ana, elsewhere, rui = await browser_of(people.ana), await browser_of(people.ana), await browser_of(people.rui)
    page = await ana.get("/account")
    answer = await ana.send(
        page,
        "/account/password",
        follow=False,
        current=GOOD_PASSWORD,
        password=OTHER_PASSWORD,
        again=OTHER_PASSWORD,
    )
    assert (answer.status, answer.location) == (303, "/account?done=password")
    after = await ana.get(answer.location)
    assert after.text(".notice") == "Senha trocada. Você saiu dos outros aparelhos."
    assert len(listed(after)) == 1
    assert await signed_in_as(elsewhere) == ""
    assert await signed_in_as(rui) == "Rui Alves · Colégio Aurora"
    with_old = await enter("ana@aurora.example", GOOD_PASSWORD)
    with_new = await enter("ana@aurora.example", OTHER_PASSWORD)
    assert [await signed_in_as(each) for each in (with_old, with_new)] == ["", "Ana Prado · Colégio Aurora"]


@pytest.mark.parametrize(
    ("current", "password", "again", "field", "sentence"),
    [
        ("errada", OTHER_PASSWORD, OTHER_PASSWORD, "current", "A senha atual não confere."),
        ("", OTHER_PASSWORD, OTHER_PASSWORD, "current", "Escreva a sua senha atual."),
        (GOOD_PASSWORD, OTHER_PASSWORD, OTHER_PASSWORD + "!", "again", "As duas senhas não são iguais."),
        (GOOD_PASSWORD, "curta", "curta", "password", "Use pelo menos 8 caracteres."),
        (GOOD_PASSWORD, "", "", "password", "Use pelo menos 8 caracteres."),
        (
            GOOD_PASSWORD,
            "12345678",
            "12345678",
            "password",
            "Esta senha é fácil de adivinhar ou já vazou na internet. Tente uma frase de três palavras.",
        ),
        (
            GOOD_PASSWORD,
            "anaprado2026",
            "anaprado2026",
            "password",
            "Esta senha é fácil de adivinhar ou já vazou na internet. Tente uma frase de três palavras.",
        ),
        (GOOD_PASSWORD, "w8" * 101, "w8" * 101, "password", "O texto pode ter até 200 caracteres; este tem 202."),
    ],
)
async def test_a_password_that_cannot_be_is_refused_and_nothing_typed_is_sent_back(
    database, current, password, again, field, sentence
):
    people = await cast.enrol()
    await give_password(people.ana)
    ana, elsewhere = await browser_of(people.ana), await browser_of(people.ana)
    page = await ana.get("/account")
    refused = await ana.send(page, "/account/password", current=current, password=password, again=again)
    assert refused.status == 422
    assert refusals(refused) == {field: sentence}
    for typed in (current, password, again):
        assert typed == "" or f'"{typed}"' not in refused.response.text
    assert await signed_in_as(elsewhere) == "Ana Prado · Colégio Aurora"
    (row,) = await fetch("SELECT password FROM person WHERE id = {}", people.ana.id)
    assert await hashing.matches(GOOD_PASSWORD, row["password"]) is True


async def test_each_browser_signed_in_is_listed_and_this_one_is_marked(database):
    people = await cast.enrol()
    await give_password(people.ana)
    set_now(NOW - timedelta(days=1))
    await enter("ana@aurora.example", GOOD_PASSWORD, browser=FIREFOX)
    set_now(NOW)
    ana = await enter("ana@aurora.example", GOOD_PASSWORD, browser="Mozilla/5.0 (X11; Linux x86_64) Chrome/109.0")
    page = await ana.get("/account")
    assert listed(page) == ["Chrome em Linux (este)", "Firefox em Windows"]
    assert page.texts(".table td[data-label]") == [
        "seg., 23/11, 9h · 127.0.0.1",
        "dom., 22/11, 9h · 127.0.0.1",
    ]


async def test_one_session_is_ended_and_the_others_go_on(database):
    people = await cast.enrol()
    elsewhere = await browser_of(people.ana)
    ana, third = await browser_of(people.ana), await browser_of(people.ana)
    (first, *_) = await fetch("SELECT id FROM session ORDER BY id")
    page = await ana.get("/account")
    action = f"/account/sessions/{first['id']}/end"
    answer = await ana.send(page, action, follow=False)
    assert (answer.status, answer.location) == (303, "/account?done=ended")
    after = await ana.get(answer.location)
    assert (after.text(".notice"), len(listed(after))) == ("Sessão encerrada.", 2)
    assert [await signed_in_as(each) for each in (elsewhere, third)] == ["", "Ana Prado · Colégio Aurora"]


async def test_the_session_of_another_person_is_not_found(database):
    people = await cast.enrol()
    ana, rui = await browser_of(people.ana), await browser_of(people.rui)
    page = await ana.get("/account")
    (theirs,) = await fetch("SELECT id FROM session WHERE person = {}", people.rui.id)
    values = page.values("/account/sign-out-everywhere")
    for number in (theirs["id"], 999_999, 0, 2**31, 2**40, 2**70):
        refused = await ana.post(f"/account/sessions/{number}/end", values)
        assert (refused.status, refused.text("h1")) == (404, "Não encontramos esta página")
    assert await signed_in_as(rui) == "Rui Alves · Colégio Aurora"


async def test_signing_out_everywhere_ends_every_session_of_that_person(database):
    people = await cast.enrol()
    ana, elsewhere, rui = await browser_of(people.ana), await browser_of(people.ana), await browser_of(people.rui)
    page = await ana.get("/account")
    left = await ana.send(page, "/account/sign-out-everywhere")
    assert (left.text("h1"), left.text("[role=status]")) == ("Entrar", "Você saiu de todos os aparelhos.")
    assert [await signed_in_as(each) for each in (ana, elsewhere, rui)] == ["", "", "Rui Alves · Colégio Aurora"]
    assert await count("session") == 1


async def test_htmx_is_sent_on_to_the_page_that_says_what_was_done(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana, htmx=True)
    page = await ana.get("/account")
    answer = await ana.send(page, "/account", name="Ana Leal")
    assert (answer.response.headers["hx-redirect"], answer.response.text) == ("/account?done=name", "")


@pytest.mark.parametrize("done", ["", "nonsense", "<script>", "%00"])
async def test_only_what_was_done_is_announced(database, done):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get(f"/account?done={done}")
    assert (page.status, page.texts(".notice")) == (200, [])


@pytest.mark.parametrize("path", ["/account", "/account/password", "/account/sign-out-everywhere"])
async def test_what_a_visitor_sends_changes_nothing(database, path):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get("/account")
    values = page.values("/account") | {"name": "Outra", "current": "", "password": OTHER_PASSWORD}
    refused = await Browser().post(path, values)
    assert (refused.status, refused.text("h1")) == (401, "Entrar")
    assert OTHER_PASSWORD not in refused.response.text
    assert [OTHER_PASSWORD in row["fields"] for row in await fetch("SELECT fields FROM kept_form")] == [False]
    assert await signed_in_as(ana) == "Ana Prado · Colégio Aurora"


async def test_who_entered_by_a_link_and_has_no_password_is_told_how_to_make_one(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get("/account")
    assert page.links().get("Crie uma senha") == "/password"


async def test_a_session_over_a_week_old_is_not_listed_and_opens_nothing(database):
    people = await cast.enrol()
    await sessions.start(
        people.ana.id, network="127.0.0.1", browser="Antigo", at=NOW - sessions.LASTS - timedelta(minutes=1)
    )
    ana = await browser_of(people.ana)
    assert listed(await ana.get("/account")) == ["Testes (este)"]
