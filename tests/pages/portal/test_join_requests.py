"""Who asks to join an organization: its managers learn of it, and the newcomer learns the answer."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, browser_of
from tests.pages.reading import GOOD_PASSWORD, mail_to, member
from tests.security.world import link
from web.clock import set_now
from web.database import fetch
from web.notifications import join_requests, preferences
from web.people import accounts, memberships
from web.people.onboarding import domains
from web.people.one_time_links import Purpose
from web.people.permissions import Sees

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

AURORA = "11.222.333/0001-81"
ANA, EVA = "ana@aurora.example", "eva@escola.example"
DECLINED = (
    "Desta vez, o seu pedido para fazer parte de uma organização no portal de atendimento não foi aceito.\n"
    "Se você faz parte dela, fale com alguém de lá: a pessoa pode mandar um convite para você."
)


async def asks(address: str = EVA, name: str = "Eva Melo", cnpj: str = AURORA) -> Browser:
    """The browser of somebody who signs up with the CNPJ."""
    set_now(NOW)
    browser, path = Browser(), await link(address, Purpose.SIGN_UP)
    page = await browser.get(path)
    await browser.send(page, path, name=name, cnpj=cnpj, password=GOOD_PASSWORD, again=GOOD_PASSWORD)
    return browser


async def told(address: str) -> list[str]:
    return [each["subject"] for each in await mail_to(address)]


async def test_managers_get_a_notice_and_a_mail_about_who_asks(database):
    people = await cast.enrol()
    await asks()
    ana = await browser_of(people.ana)
    page = await ana.get("/notices")
    assert page.texts(".log p") == ["Alguém pede para entrar na organização (não lido)", "Colégio Aurora"]
    assert page.links()["Colégio Aurora"] == "/organization"
    (mail,) = await mail_to(ANA)
    assert mail["subject"] == "Pedido de entrada em Colégio Aurora"
    assert "Eva Melo se cadastrou" in mail["body"]
    assert mail["body"].endswith("Confirme ou recuse em http://127.0.0.1:8000/organization")
    for other in (people.rui, people.caio, people.admin):
        assert (await (await browser_of(other)).get("/notices")).texts(".log p") == []
    assert await told("rui@aurora.example") == []


async def test_a_manager_who_wants_no_mail_gets_the_notice_only(database):
    people = await cast.enrol()
    await preferences.choose(people.ana, "none")
    await asks()
    assert len((await (await browser_of(people.ana)).get("/notices")).texts(".log li")) == 1
    assert await told(ANA) == []


async def test_who_manages_no_more_sees_no_notice_of_who_asks(database):
    people = await cast.enrol()
    await asks()
    row = await memberships.membership(await member("Ana Prado", people.ana))
    await memberships.set_rights(row, sees=Sees.OWN, approves=False, manages=False, by=people.lia, at=NOW)
    assert (await (await browser_of(people.ana)).get("/notices")).texts(".log p") == []


async def test_nobody_is_told_of_a_cnpj_that_is_unknown_or_of_who_enters_by_themselves(database):
    people = await cast.enrol()
    (aurora,) = people.ana.organizations
    await asks(cnpj="11.444.777/0001-61")
    await domains.turn_on(aurora, "aurora.example", by=people.ana, at=NOW)
    await asks("leo@aurora.example", "Leo Dias")
    assert await fetch("SELECT id FROM notice") == []
    assert await told(ANA) == []


async def test_many_who_ask_at_once_are_noticed_but_fill_no_mailbox(database):
    people = await cast.enrol()
    for number in range(7):
        await asks(f"p{number}@escola.example", f"Pessoa {number}")
    assert len((await (await browser_of(people.ana)).get("/notices")).texts(".log li")) == 7
    assert len(await told(ANA)) == 5


async def test_who_is_let_in_is_told_once(database):
    people = await cast.enrol()
    await asks()
    ana = await browser_of(people.ana)
    at = f"/organization/members/{await member('Eva Melo', people.ana)}"
    for sees in ("own", "organization"):
        await ana.send(await ana.get("/organization"), at, sees=sees)
    assert await told(EVA) == ["Você agora faz parte de Colégio Aurora"]


async def test_nobody_is_let_in_without_the_mail_that_says_so(database):
    people = await cast.enrol()
    await asks()
    before = await memberships.membership(await member("Eva Melo", people.ana))

    def stopped(template: str, **values: object) -> tuple[str, str]:
        raise RuntimeError(template)

    with pytest.raises(RuntimeError, match="join_accepted"):
        async with join_requests.telling_newcomer(before, is_in=True, letter=stopped, at=NOW):
            await memberships.grant(before.id, sees=Sees.OWN, approves=False, manages=False, by=people.ana, at=NOW)
    assert await memberships.membership(before.id) == before


async def test_who_is_declined_is_told_in_kind_words_that_name_nobody(database):
    people = await cast.enrol()
    await asks()
    ana = await browser_of(people.ana)
    page = await ana.get("/organization")
    at = f"/organization/members/{await member('Eva Melo', people.ana)}/removal"
    await ana.post(at, {"_token": page.values("/sign-out")["_token"]})
    (mail,) = await mail_to(EVA)
    assert mail["subject"] == "Sobre o seu pedido de entrada"
    assert mail["body"].split("\n\n")[1] == DECLINED
    assert [each for each in ("Aurora", "Ana", "11222333000181", AURORA) if each in mail["body"]] == []


async def test_the_desk_answers_like_a_manager(database):
    people = await cast.enrol()
    await asks()
    await asks("leo@escola.example", "Leo Dias")
    bia = await browser_of(people.bia)
    for address, name, noun, typed in (
        (EVA, "Eva Melo", "", {"sees": "own"}),
        ("leo@escola.example", "Leo Dias", "/removal", {"organization": "stay"}),
    ):
        person = await accounts.find(address)
        at = f"/desk/people/{person.id}/memberships/{await member(name, people.ana)}"
        await bia.send(await bia.get(at), f"{at}{noun}", **typed)
    assert await told(EVA) == ["Você agora faz parte de Colégio Aurora"]
    assert await told("leo@escola.example") == ["Sobre o seu pedido de entrada"]


async def test_who_is_removed_or_invited_gets_no_answer_to_what_they_did_not_ask(database):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    at = f"/organization/members/{await member('Rui Alves', people.ana)}/removal"
    await ana.send(await ana.get(at), at)
    set_now(NOW + timedelta(hours=1))
    await ana.send(await ana.get("/organization"), "/organization/invitations", identifier=EVA)
    page = await ana.get("/organization")
    (cancelling,) = [each for each in page.attributes("form", "action") if each.endswith("/removal")]
    await ana.send(page, cancelling)
    assert await told("rui@aurora.example") == []
    assert await told(EVA) == ["Convite para Colégio Aurora"]
