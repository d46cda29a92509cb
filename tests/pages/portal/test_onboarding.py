"""Joining an organization by a paper invitation or an e-mail domain, and who then has access."""

import re
from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of, folded
from tests.pages.reading import GOOD_PASSWORD, link_to, mail_written, refusals, signed_in_as
from tests.security.world import token_of
from web.clock import set_now
from web.errors import Invalid, NotFound
from web.mail.mailboxes import settings
from web.mail.mailboxes.listing import MailboxInput
from web.mail.mailboxes.servers import Server
from web.people import accounts, memberships
from web.people.onboarding import domain_verification
from web.people.permissions import Sees
from web.tickets.actions.ownership import departures

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]

AT = "/organization"


async def manager() -> tuple[cast.Cast, Browser]:
    people = await cast.enrol()
    return people, await browser_of(people.ana)


async def printed(browser: Browser) -> Page:
    """The printable page of a new invitation."""
    return await browser.send(await browser.get(AT), f"{AT}/papers")


def way_of(sheet: Page) -> str:
    """The address on the page, as somebody types it."""
    return sheet.texts("main li strong")[0].removeprefix("http://127.0.0.1:8000")


async def signed_up(visitor: Browser, page: Page, name: str, address: str, **typed: str) -> Page:
    """Signs up by the form of this page and the message that follows. Returns the last page."""
    await visitor.send(page, "/sign-up", name=name, identifier=address, **typed)
    await mail_written()
    path = await link_to(address)
    return await visitor.send(await visitor.get(path), path, password=GOOD_PASSWORD, again=GOOD_PASSWORD)


async def test_who_signs_up_with_a_cnpj_is_told_who_lets_them_in_whether_or_not_it_is_known():
    await cast.enrol()
    set_now(NOW)
    told = []
    for number, address in (("11.222.333/0001-81", "eva@escola.example"), ("11.444.777/0001-61", "leo@escola.example")):
        visitor = Browser()
        page = await signed_up(visitor, await visitor.get("/sign-up"), "Eva Melo", address, cnpj=number)
        told.append(page.text(".notice p"))
    sentence = (
        "Sua conta está pronta. Se a organização do CNPJ usa este portal, alguém de lá confirma a sua entrada; "
        "até lá, você abre e acompanha as suas próprias solicitações."
    )
    assert told == [sentence, sentence]


def access(page: Page) -> list[list[str]]:
    return [[folded(cell) for cell in row.css("th, td")] for row in page.html.css("table tbody tr")]


async def test_who_manages_sees_who_has_access_by_what_and_since_when():
    people, ana = await manager()
    await accounts.create("Loja Centro", ["loja-0042"], at=NOW)
    page = await ana.get(AT)
    assert access(page) == [
        ["Ana Prado", "ana@aurora.example", "Os tickets da organização", "24/10/2026", "23/11/2026"],
        ["Rui Alves", "rui@aurora.example", "Só os próprios tickets", "24/10/2026", "nenhuma"],
    ]
    assert page.links()["Rui Alves"].startswith("#c")
    await browser_of(people.rui, at=NOW + timedelta(days=2))
    assert access(await ana.get(AT))[1][-1] == "25/11/2026"


async def test_the_sheet_says_of_whom_it_is_how_one_comes_in_and_until_when():
    _, ana = await manager()
    sheet = await printed(ana)
    assert sheet.text("h1") == "Convite para Colégio Aurora"
    assert "Vale uma vez, para uma pessoa, até 30/11/2026" in sheet.words
    again = await ana.get(sheet.path)
    assert way_of(again) == way_of(sheet)
    assert len((await ana.get(AT)).html.css("a[href^='/organization/papers/']")) == 1


async def test_a_form_sent_twice_is_one_sheet():
    _, ana = await manager()
    form = await ana.get(AT)
    sheets = [await ana.send(form, f"{AT}/papers") for _ in range(2)]
    assert sheets[0].path == sheets[1].path


async def test_a_newcomer_signs_up_with_the_code_and_sees_their_own_tickets_only():
    people, ana = await manager()
    number = await cast.ticket(people.ana)
    way, visitor = way_of(await printed(ana)), Browser()
    page = await visitor.get(way.lower())
    assert page.text("h1") == "Convite para Colégio Aurora"
    form = await visitor.get(page.links()["Cadastrar-se"])
    assert form.text("label[for=cnpj]") == "Código do convite"
    home = await signed_up(visitor, form, "Eva Melo", "eva@familia.example")
    assert home.text("h1") == "Olá, Eva"
    assert await signed_in_as(visitor) == "Eva Melo · Colégio Aurora"
    assert (await visitor.get(f"/tickets/{number}")).status == 404
    assert [row[:3] for row in access(await ana.get(AT))][1] == [
        "Eva Melo",
        "eva@familia.example",
        "Só os próprios tickets",
    ]


async def test_on_another_machine_the_code_is_typed_on_the_page_of_the_link():
    _, ana = await manager()
    way, visitor, other = way_of(await printed(ana)), Browser(), Browser()
    await visitor.send(
        await visitor.get(f"/sign-up?code={way[6:]}"), "/sign-up", name="Eva", identifier="eva@x.example"
    )
    await mail_written()
    path = await link_to("eva@x.example")
    opened = await other.get(path)
    assert opened.values(path)["cnpj"] == ""
    typed = {"name": "Eva Melo", "cnpj": way[6:].lower(), "password": GOOD_PASSWORD, "again": GOOD_PASSWORD}
    await other.send(opened, path, **typed)
    assert await signed_in_as(other) == "Eva Melo · Colégio Aurora"


async def test_who_has_an_account_presses_a_button_once_and_nobody_after_them():
    people, ana = await manager()
    way = way_of(await printed(ana))
    caio = await browser_of(people.caio)
    joined = await caio.send(await caio.get(way), f"{way}/membership")
    assert joined.text(".notice") == "Você agora faz parte da organização."
    assert sorted((await cast.fresh(people.caio)).organizations.values()) == ["Colégio Aurora", "Escola Horizonte"]
    late = await Browser().get(way)
    assert (late.status, late.text("h1")) == (404, "Este convite não vale mais")


async def test_who_is_a_member_already_spends_nothing():
    people, ana = await manager()
    way = way_of(await printed(ana))
    rui = await browser_of(people.rui)
    await rui.send(await rui.get(way), f"{way}/membership")
    assert (await Browser().get(way)).status == 200


async def test_a_sheet_is_over_after_seven_days_and_when_it_is_cancelled():
    _, ana = await manager()
    first, second = await printed(ana), await printed(ana)
    page = await ana.get(AT)
    page = await ana.send(page, f"{first.path}/removal")
    assert page.text(".notice p") == "Convite cancelado. Com ele ninguém entra mais."
    assert [(await Browser().get(way_of(each))).status for each in (first, second)] == [404, 200]
    set_now(NOW + timedelta(days=7, minutes=1))
    assert (await Browser().get(way_of(second))).status == 404


async def test_a_spent_code_is_refused_at_the_sign_up_and_the_link_stays_good():
    people, ana = await manager()
    way, visitor = way_of(await printed(ana)), Browser()
    form = await visitor.get(f"/sign-up?code={way[6:]}")
    caio = await browser_of(people.caio)
    await caio.send(await caio.get(way), f"{way}/membership")
    refused = await signed_up(visitor, form, "Eva Melo", "eva@familia.example")
    told = "Este convite já foi usado, foi cancelado ou venceu. Peça outro a quem lhe deu."
    assert (refused.status, refusals(refused)) == (422, {"cnpj": told})
    path = refused.path
    home = await visitor.send(refused, path, cnpj="", password=GOOD_PASSWORD, again=GOOD_PASSWORD)
    assert home.text("h1") == "Olá, Eva"
    assert await signed_in_as(visitor) == "Eva Melo"


async def test_somebody_removed_comes_back_by_paper_with_nothing_of_what_they_had():
    people, ana = await manager()
    rui = people.rui
    page = await ana.get(AT)
    number = page.links()["Rui Alves"].removeprefix("#c")
    page = await ana.send(page, f"{AT}/members/{number}", sees="organization", approves="1", manages="1")
    await ana.send(await ana.get(f"{AT}/members/{number}/removal"), f"{AT}/members/{number}/removal")
    way, his = way_of(await printed(ana)), await browser_of(rui)
    await his.send(await his.get(way), f"{way}/membership")
    back = await cast.fresh(rui)
    assert (len(back.organizations), back.sees, back.approves, back.manages) == (1, set(), set(), set())


async def turned_on(browser: Browser, domain: str) -> Page:
    return await browser.send(await browser.get(AT), f"{AT}/domain", domain=domain)


async def test_the_domain_of_the_organization_lets_in_who_signs_up_with_an_address_there():
    people, ana = await manager()
    page = await ana.get(AT)
    assert page.values(f"{AT}/domain")["domain"] == "aurora.example"
    page = await turned_on(ana, "@Aurora.example ")
    assert "Ligado: @aurora.example Colégio Aurora" in page.words
    inside, outside = Browser(), Browser()
    await signed_up(inside, await inside.get("/sign-up"), "Eva Melo", "eva@aurora.example")
    await signed_up(outside, await outside.get("/sign-up"), "Gil Souza", "gil@alunos.aurora.example")
    assert [await signed_in_as(each) for each in (inside, outside)] == ["Eva Melo · Colégio Aurora", "Gil Souza"]
    (eva,) = [row for row in access(await ana.get(AT)) if row[0] == "Eva Melo"]
    assert eva[2] == "Só os próprios tickets"
    log = await (await browser_of(people.lia)).get("/desk/settings/log")
    assert ("domínio de e-mail" in log.words, "Eva Melo, Colégio Aurora" in log.words) == (True, True)


async def test_turned_off_it_lets_in_nobody_more():
    _, ana = await manager()
    page = await turned_on(ana, "aurora.example")
    action = next(each for each in page.attributes("form", "action") if each.endswith("/domain-removal"))
    page = await ana.send(page, action)
    assert page.text(".notice p") == "Desligado. Quem já entrou continua."
    visitor = Browser()
    await signed_up(visitor, await visitor.get("/sign-up"), "Eva Melo", "eva@aurora.example")
    assert await signed_in_as(visitor) == "Eva Melo"


REFUSED = {
    "": "Preencha este campo.",
    "aurora": "Escreva só o que vem depois do @: escola.com.br.",
    "gmail.com": "Qualquer pessoa pode ter um e-mail deste provedor. Use o domínio da própria organização.",
    "UOL.com.br": "Qualquer pessoa pode ter um e-mail deste provedor. Use o domínio da própria organização.",
    "horizonte.example": "Só liga um domínio quem tem nele um e-mail confirmado: acrescente o seu, ou mande um link.",
    "sub.aurora.example": "Só liga um domínio quem tem nele um e-mail confirmado: acrescente o seu, ou mande um link.",
    "aurorа.example": "Escreva só o que vem depois do @: escola.com.br.",
}
"""The last one has a Cyrillic letter."""


@pytest.mark.parametrize("domain", REFUSED)
async def test_a_domain_that_proves_nothing_is_refused_in_words(domain):
    _, ana = await manager()
    refused = await turned_on(ana, domain)
    assert (refused.status, refusals(refused)) == (422, {"domain": REFUSED[domain]})
    assert "Ligado:" not in (await ana.get(AT)).words


async def test_the_domain_of_a_mailbox_of_the_desk_lets_in_nobody():
    people, ana = await manager()
    server = Server(host="mail.example", port=993, user="ajuda", password=GOOD_PASSWORD)
    desk = MailboxInput("ajuda@aurora.example", "Ajuda", server, "INBOX", Server(), is_active=False)
    await settings.add(desk, by=people.admin, at=NOW, form_key=None)
    refused = await turned_on(ana, "aurora.example")
    assert refusals(refused) == {"domain": "Este é o domínio do próprio atendimento. Use o da organização."}


async def test_a_domain_serves_one_organization_and_whose_it_is_is_not_said():
    people, ana = await manager()
    await turned_on(ana, "aurora.example")
    (horizonte,) = people.caio.organizations
    number = await accounts.create("Zé Lima", ["ze@aurora.example"], at=NOW)
    await memberships.add(number, horizonte, sees=Sees.OWN, manages=True, at=NOW)
    refused = await turned_on(await browser_of(number), "aurora.example")
    assert refusals(refused) == {"domain": "Este domínio já traz pessoas para outra organização."}
    assert "Colégio Aurora" not in refused.response.text


async def test_a_lead_turns_a_domain_off_from_the_organizations_page():
    people, ana = await manager()
    await turned_on(ana, "aurora.example")
    (aurora,) = people.ana.organizations
    lia, at = await browser_of(people.lia), f"/desk/organizations/{aurora}"
    page = await lia.get(at)
    assert "@aurora.example" in page.words
    page = await lia.send(page, f"{at}/domain-removal")
    assert (page.text(".notice"), "@aurora.example" in page.words) == ("Desligado. Quem já entrou continua.", False)


async def test_a_domain_is_turned_on_by_a_link_to_whoever_runs_its_mail():
    people, ana = await manager()
    (aurora,) = people.ana.organizations
    asked = await domain_verification.ask(aurora, "Escola.example", "postmaster", by=people.ana, at=NOW)
    assert (asked.address, asked.domain) == ("postmaster@escola.example", "escola.example")
    visitor = Browser()
    page = await visitor.get(f"/domains/{asked.token}")
    assert page.text("h1") == "@escola.example é de Colégio Aurora?"
    assert "Ligado:" not in (await ana.get(AT)).words
    done = await visitor.send(page, f"/domains/{asked.token}/confirmation")
    assert done.text("h1") == "Ligado: @escola.example"
    assert "Ligado: @escola.example Colégio Aurora" in (await ana.get(AT)).words
    assert (await visitor.get(f"/domains/{asked.token}")).status == 404
    newcomer = Browser()
    await signed_up(newcomer, await newcomer.get("/sign-up"), "Eva Melo", "eva@escola.example")
    assert await signed_in_as(newcomer) == "Eva Melo · Colégio Aurora"


@pytest.mark.parametrize(
    ("domain", "place", "wrong"),
    [
        ("gmail.com", "postmaster", {"domain": "public_domain"}),
        ("escola.example", "diretora", {"to_whom": "unknown"}),
        ("escola", "admin", {"domain": "not_a_domain"}),
    ],
)
async def test_a_link_for_a_domain_goes_to_no_other_address_and_to_no_public_provider(domain, place, wrong):
    people, _ = await manager()
    (aurora,) = people.ana.organizations
    with pytest.raises(Invalid) as refused:
        await domain_verification.ask(aurora, domain, place, by=people.ana, at=NOW)
    assert refused.value.fields == wrong


async def test_a9_one_address_gets_one_such_link_a_day_and_nobody_is_asked_by_who_manages_nobody():
    people, _ = await manager()
    (aurora,) = people.ana.organizations
    await domain_verification.ask(aurora, "escola.example", "admin", by=people.ana, at=NOW)
    with pytest.raises(Invalid):
        await domain_verification.ask(aurora, "escola.example", "admin", by=people.ana, at=NOW + timedelta(hours=12))
    await domain_verification.ask(aurora, "escola.example", "admin", by=people.ana, at=NOW + timedelta(days=2))
    with pytest.raises(NotFound):
        await domain_verification.ask(aurora, "escola.example", "postmaster", by=people.rui, at=NOW)


async def test_a31_a_link_for_a_domain_is_dead_after_three_days_and_once_its_asker_manages_nobody():
    people, _ = await manager()
    (aurora,) = people.ana.organizations
    old = await domain_verification.ask(aurora, "escola.example", "admin", by=people.ana, at=NOW)
    with pytest.raises(NotFound):
        await domain_verification.confirm(old.token, at=NOW + timedelta(days=3))
    new = await domain_verification.ask(aurora, "escola.example", "postmaster", by=people.ana, at=NOW)
    await departures.deactivate(people.ana.id, by=people.lia, at=NOW)
    assert (await Browser().post(f"/domains/{new.token}/confirmation", {})).status != 200
    with pytest.raises(NotFound):
        await domain_verification.confirm(new.token, at=NOW)


async def test_who_has_no_e_mail_gets_a_login_by_the_sheet_and_signs_in_with_a_password_of_their_own():
    _, ana = await manager()
    way, visitor = way_of(await printed(ana)), Browser()
    page = await visitor.get(way)
    typed = {"name": "Nina Prado", "password": GOOD_PASSWORD, "again": "outra"}
    refused = await visitor.send(page, f"{way}/account", **typed)
    assert (refused.status, list(refusals(refused))) == (422, ["again"])
    assert refused.values(f"{way}/account")["name"] == "Nina Prado"
    account = await visitor.send(refused, f"{way}/account", password=GOOD_PASSWORD, again=GOOD_PASSWORD)
    assert account.text(".notice") == (
        "Pronto. Anote o usuário com que você entra: está abaixo, em “Por onde você entra”."
    )
    login = account.text("#addresses + .panel li")
    assert re.fullmatch(r"nina-\d{4}", login)
    assert await signed_in_as(visitor) == "Nina Prado · Colégio Aurora"
    other = Browser()
    await other.send(await other.get("/sign-in"), "/sign-in", identifier=login, password=GOOD_PASSWORD)
    assert await signed_in_as(other) == "Nina Prado · Colégio Aurora"
    assert (await Browser().get(way)).status == 404
    late = Browser()
    assert (await late.post(f"{way}/account", typed | {"_token": await token_of(late)})).status == 404
