"""Every form: it comes back after signing in again, and a refusal names its fields."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from itertools import chain, product

import pytest
from selectolax.lexbor import LexborNode

from tests import cast
from tests.cast import NOW
from tests.chatting import another_of, turned_on
from tests.client import Page, folded
from tests.pages.reading import GOOD_PASSWORD
from tests.security.routes import NOWHERE, form_specs, own_path, routes
from tests.security.world import World, built, token_of
from web.articles.sections import SectionInput, save_section
from web.database import fetch
from web.errors import NotFound
from web.pages.shell.form import SECRET
from web.pages.shell.form_spec import FormSpec
from web.people import memberships
from web.tickets.actions import canned_replies
from web.tickets.actions.canned_replies import NewCannedReply
from web.tickets.requests import drafts
from web.tickets.requests.drafts import Request
from web.tickets.sla import settings
from web.tickets.sla.settings_rules import WEEKDAYS, CalendarInput

pytestmark = pytest.mark.anyio

SENT_BACK = "Voltar ao formulário com o meu texto"


def test_every_address_that_takes_a_form_declares_it_and_its_page_answers_get():
    readable = {untyped(route.removeprefix("GET ")) for route in routes("GET ")}
    pages = {route: spec.page or untyped(route.removeprefix("POST ")) for route, spec in form_specs().items()}
    assert {*pages, f"POST {NOWHERE}"} == {*routes("POST ")}
    assert {route: page for route, page in pages.items() if page not in readable} == {}


def untyped(address: str) -> str:
    return re.sub(r":\w+}", "}", address)


def test_no_secret_is_kept_of_any_form():
    assert {route: spec.written for route, spec in form_specs().items() if {*spec.written} & {*SECRET}} == {}


PARTS = ("settings", "tickets", "people")
"""The forms are divided, so that several processes share them."""


OPEN_TO_ALL = ("POST /kiosk", "POST /follow", "POST /embed", "POST /unsubscribe")
"""Forms that need no sign-in: they are tested with their pages."""


def specs_of(part: str) -> dict[str, FormSpec]:
    return {route: spec for route, spec in form_specs().items() if part == part_of(route)}


def part_of(route: str) -> str:
    if route.startswith(OPEN_TO_ALL):
        return "strangers"
    if "/desk/settings" in route:
        return "settings"
    return "tickets" if "/tickets" in route else "people"


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.usefixtures("database", "storage")
async def test_after_the_session_ended_in_mid_form_it_is_back_with_what_was_typed(part: str):
    world = await built(password=GOOD_PASSWORD)
    await turned_on(world)
    for owner in (None, world.lia.id):
        await canned_replies.save_canned(NewCannedReply("Bom dia", "Bom dia.", owner=owner), by=world.lia, at=NOW)
    lost = {}
    for route, spec in specs_of(part).items():
        name = people(route)[0]
        path = await path_of(world, route, name)
        page, typed = await sent_signed_out(world, name, route, path, spec)
        lost[route] = page.status, sorted(not_back(page, path, spec, typed))
    assert lost == dict.fromkeys(specs_of(part), (200, []))


async def path_of(world: World, route: str, name: str) -> str:
    if "/canned/" in route:
        whose = "owner IS NULL" if "/settings/" in route else "owner IS NOT NULL"
        (last,) = await fetch(f"SELECT max(id) AS id FROM canned WHERE {whose}")
        return route.removeprefix("POST ").replace("{number:int}", str(last["id"]))
    if "/chat/" in route:
        return route.removeprefix("POST ").replace("{number:int}", str(await another_of(world.ana)))
    return await own_path(route, world, name)


async def sent_signed_out(
    world: World, name: str, route: str, path: str, spec: FormSpec
) -> tuple[Page, dict[str, str]]:
    """The page after signing in again, and the typed values."""
    browser = await world.browser(name)
    where = spec.page.format(**parameters(route, path)) or path
    offered = {each.attributes["name"] for each in _controls(await browser.get(where), path)}
    names = {*spec.fields, *spec.written} - {*SECRET, "files"}
    typed = {each: f"Marca {each}" for each in names if each in offered or not offered}
    token = await token_of(browser)
    browser.client.cookies.clear()
    entrance = await browser.post(path, {"_token": token, **typed})
    assert entrance.status in (401, 403), path
    onward = entrance.values("/sign-in")["next"] if entrance.status == 401 else entrance.links()[SENT_BACK]
    return await (await world.browser(name)).get(onward), typed


def parameters(route: str, path: str) -> dict[str, str]:
    """The parameters of the path, by their names in the route."""
    found = re.fullmatch(re.sub(r"{(\w+):\w+}", r"(?P<\1>[^/]+)", route.partition(" ")[2]), path)
    assert found, (route, path)
    return found.groupdict()


def not_back(page: Page, path: str, spec: FormSpec, typed: dict[str, str]) -> set[str]:
    """Fields whose text is missing from the page: in the form itself, or beside it if the form is gone."""
    shown = "\n".join(_text_of(each) for each in page.html.css("textarea, input") if _takes_text(each))
    typable = {each.attributes["name"]: _text_of(each) for each in _controls(page, path) if _takes_text(each)}
    gone = {name for name in spec.written if name in typed and typed[name] not in shown}
    return gone | {name for name, text in typable.items() if name in typed and text != typed[name]}


def _controls(page: Page, path: str) -> list[LexborNode]:
    """The controls of the form with this address."""
    return [each for form in page.html.css(f"form[action='{path}']") for each in form.css("[name]")]


def _takes_text(control: LexborNode) -> bool:
    return control.tag == "textarea" or control.attributes.get("type", "") in ("text", "number", "email", "tel")


def _text_of(control: LexborNode) -> str:
    return control.text().strip() if control.tag == "textarea" else control.attributes.get("value") or ""


WORD = "Livros"
RIGHT = {
    **dict.fromkeys(("again", "password", "current"), GOOD_PASSWORD),
    "amount": "8",
    "calendar": "1",
    "channel": "phone",
    "days": "30",
    "first": "2027-01-04",
    "identifier": "outra@aurora.example",
    "last": "2027-01-08",
    "login": "",
    "method": "communicated",
    "organization": "Colégio Aurora",
    "priority": "high",
    "promise": "resolution",
    **dict.fromkeys(("requester", "primary_contact"), "ana@aurora.example"),
    "role": "requester",
    "scope": "read",
    "smtp_user": "outra",
    **dict.fromkeys(("service", "quality"), "5"),
    "state": "SP",
    "unit": "business_hours",
    "until": "2027-01-04T10:00",
    "wait": "until",
    "workflow": "guiche",
    **dict.fromkeys(("silence", "silence_warning", "closing", "unrated", "idle"), ""),
    "reply_when_resolved": "refused",
    "rating": "off",
    "solution_must_say": "nothing",
    "audience": "everybody",
    "kind": "choice",
    **dict.fromkeys(("requester_submission", "agent_submission", "agent_resolution"), "optional"),
    "is_public": "1",
    "warns_at": "75",
    "words": "boleto, fatura",
    "zone": "America/Sao_Paulo",
    **dict.fromkeys(WEEKDAYS, "09:00-18:00"),
    **dict.fromkeys(
        (
            "alt",
            "article",
            "cnpj",
            "copies",
            "due",
            "ends",
            "files",
            "folder",
            "hours",
            "in_ticket",
            "organizations",
            "parent",
            "reviewed_on",
            "share",
            "since",
            "slug",
            "tag",
            "team",
            "assignee",
            "topic",
        ),
        "",
    ),
}
"""Valid values of other fields; any other field gets a word."""

WRONG = ("", "?", "99999", "2020-01-01", "a" * 101_000)
TOGETHER = {"canned": "insert", "in_ticket": "preview", "solution": "solve", "password": "again"}
"""Fields that count only with another one: a button, or a repeated value."""
MOMENTS = {"objection": "resolved", "rating": "resolved", "refusal": "leave", "overruling": "leave"}
"""The state of the ticket in which a form can be refused; open by default."""

OF_RUI = ("refusal", "overruling", "approval-requests")
"""Forms about approvals use a ticket of Rui's, which Ana may approve."""

_OF_ARTICLES = {"Texto", "Organizações", "O que a imagem mostra"}
ELSEWHERE = {
    **dict.fromkeys(
        (
            "POST /desk/articles",
            "POST /desk/articles/{number:int}",
            "POST /desk/articles/{number:int}/review",
        ),
        _OF_ARTICLES | {"Publicar em", "Revisado em"},
    ),
    "POST /desk/articles/{number:int}/publication": _OF_ARTICLES,
    "POST /desk/articles/imports": {"Seção, se o artigo não disser", "Quem lê, se o artigo não disser"},
    "POST /desk/tickets/{number:int}/article": {"Seção da ajuda"},
    "POST /answers/{token:str}/objection": {"O que ainda não está resolvido?", "Arquivos"},
    "POST /answers/{token:str}/rating": {"Satisfação com o atendimento", "Qualidade da solução", "Comentário"},
    "POST /account/addresses": {"Sua senha atual"},
    "POST /account/addresses/removal": {"Sua senha atual"},
    "POST /account/data/erasure": {"Apagar"},
    "POST /desk/settings/privacy/{number:int}/erasure": {"Apagar"},
    "POST /account/confirmations/{token:str}": {"Sua senha atual"},
    "POST /claim/{token:str}": {"Nome completo", "CNPJ da escola ou empresa", "E-mail"},
    "POST /desk/people/{number:int}/merge": {"Conta que fica"},
    "POST /desk/people/{number:int}/parting": {"Separar de novo"},
    "POST /desk/settings/example": {"Exemplo"},
    "POST /desk/settings/place": {"Canais de atendimento", "Links do rodapé", "Logotipo", "Ícone"},
    "POST /desk/settings/place/{noun:str}": {"Ícone"},
    "POST /desk/settings/place/{noun:str}/removal": {"Logotipo", "Ícone"},
    "POST /desk/tickets/{number:int}/macros": {"Categoria", "Assunto", "Etiquetas", "Mensagem", "Equipe"},
    "POST /desk/tickets/{number:int}/solution": {"Número do ticket que continua"},
    "POST /desk/bulk": {"Texto da nota ou da solução", "Nova prioridade", "Para quem", "Macro"},
    "POST /desk/people": {"Sua senha atual"},
    "POST /desk/people/{number:int}/deactivation": {"Papel"},
    "POST /desk/people/{number:int}/invitations": {"E-mail"},
    "POST /organization/domain/proofs": {"Para"},
    "POST /password": {"Nome completo", "CNPJ da escola ou empresa"},
    "POST /sign-in": {"E-mail", "Senha"},
    "POST /sign-in/link": {"Nome completo", "CNPJ da escola ou empresa"},
    "POST /tickets/{number:int}/replies": {"Descrição"},
}
"""Fields refused only by what is not tried here.

A newcomer's link, an answer by a link, the password of an account, an example, too many rows, a macro gone wrong, an
account that is not one of the two, a merge by its method, a file of articles, a message that opens a ticket, an article
for some organizations, a picture, sections of which there are none, what another bulk move needs. Signing in names
none, so that nobody learns which one was wrong.
"""


@pytest.mark.anywhere
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.usefixtures("database", "storage")
async def test_a_refusal_names_every_field_in_portuguese(part: str):
    world = await built(password=GOOD_PASSWORD)
    await turned_on(world)
    await canned_replies.save_canned(NewCannedReply("Bom dia", "Bom dia.", owner=world.lia.id), by=world.lia, at=NOW)
    kept = await canned_replies.save_canned(NewCannedReply("Bom dia", "Bom dia.", takes=True), by=world.lia, at=NOW)
    await settings.save_calendar(CalendarInput("Plantão", "America/Bahia", (((0, 3600),),) * 7), by=world.lia, at=NOW)
    (first,) = await fetch("SELECT (SELECT min(id) FROM category) AS category, (SELECT min(id) FROM team) AS team")
    section = await save_section(SectionInput("Cobrança"), by=world.lia, at=NOW)
    numbers = {
        "section": str(section),
        "category": str(first["category"]),
        "to": str(first["team"]),
        "macro": str(kept),
    }
    silent, unnamed = {}, {}
    for route, spec in specs_of(part).items():
        for name in spec.fields:
            label = spec.label(name)
            told = [each async for each in refusals_of(world, route, spec, name, RIGHT | numbers)]
            if label not in chain(*told):
                silent.setdefault(route, set()).add(label)
            if not {*chain(*told)} <= {*map(spec.label, spec.fields)} or [] in told:
                unnamed[route, name] = told
    assert (silent, unnamed) == ({route: ELSEWHERE[route] for route in specs_of(part) if route in ELSEWHERE}, {})


async def refusals_of(
    world: World, route: str, spec: FormSpec, name: str, right: Mapping[str, str]
) -> AsyncIterator[list[str]]:
    """Yields the names in each refusal, with wrong values in a field until it is refused."""
    browsers = {who: await world.browser(who) for who in people(route)}
    tokens = {who: await token_of(browser) for who, browser in browsers.items()}
    for text, (who, browser) in product(WRONG, browsers.items()):
        typed = {each: right.get(each, WORD) for each in spec.fields} | {"seen": "999999999"}
        typed |= {"uploads": "99999"} if name == "files" else {name: text, TOGETHER.get(name, name): text}
        path = await path_to(world, route, spec, who)
        page = await browser.post(path, {**typed, "_token": tokens[who]})
        assert page.status < 500, (route, typed)
        if page.status == 422 and route != "POST /sign-in":
            said = [folded(each).partition(":")[0].strip() for each in page.html.css(".summary li, .error-page li")]
            assert not names_its_fields(route) or unlike_its_field(page) == [], route
            yield said
            if spec.label(name) in said:
                return


def names_its_fields(route: str) -> bool:
    """Whether refusals name each field by its label.

    Those of pictures name the picture, one label has a number, and another account is found by a search.
    """
    return " /desk/settings/place/" not in route and not route.endswith(("/handover", "/merge"))


BESIDE = re.compile(r" \*$| \(opcional\)$|: .*")
"""What a label says besides the name of its field."""


def unlike_its_field(page: Page) -> list[tuple[str, str]]:
    """The names in a refusal that do not begin with the label of the field they link to, and these labels.

    Files are called so in every form.
    """
    found = []
    for link in page.html.css(".summary li a"):
        wanted = (link.attributes["href"] or "").removeprefix("#")
        of_field = [folded(each) for each in page.html.css("label[for]") if each.attributes["for"] == wanted]
        known = [(folded(link), BESIDE.sub("", label)) for label in of_field]
        found += [each for each in known if not each[0].startswith((each[1], "Arquivos"))]
    return found


OF_ADMINS = ("chat", "deliveries", "embedding", "kiosks", "mail", "place", "privacy", "webhooks")


def people(route: str) -> list[str]:
    if route.endswith("/role") or any(f"/settings/{noun}" in route for noun in OF_ADMINS):
        return ["admin"]
    if " /desk" in route or any(f" /account/{noun}" in route for noun in ("signature", "absence")):
        return ["lia"]
    return ["ana", "lia"] if route in ("POST /tickets", "POST /tickets/{number:int}/submission") else ["ana"]


async def path_to(world: World, route: str, spec: FormSpec, who: str) -> str:
    address = route.removeprefix("POST ")
    with suppress(NotFound):  # Rui is a colleague, unless this removes him
        await memberships.bring_back(world.memberships["rui"], by=world.ana, at=NOW)
    if address.endswith(("/submission", "/discard")):
        number = (await drafts.draft(Request(WORD, WORD), by=world.people[who], at=NOW)).ticket
    elif "/tickets/{number:int}/" in address:
        asker = world.rui if spec.noun in OF_RUI else world.ana
        number = await cast.ticket(asker)
        await cast.brought_to(number, MOMENTS.get(spec.noun, "open"), by=world.lia, asker=asker)
    elif "/chat/{number:int}/" in address:
        number = await another_of(world.ana)
        await cast.brought_to(number, MOMENTS.get(spec.noun, "open"), by=world.lia, asker=world.ana)
    elif "/members/{number:int}/" in address:
        number = world.memberships["rui"]
        if "handover" in address:
            await memberships.revoke(number, by=world.ana, at=NOW)
    elif spec.noun == "teams":
        number = (await fetch("SELECT max(id) AS id FROM calendar"))[0]["id"]
    else:
        return await path_of(world, route, people(route)[0])
    return address.replace("{number:int}", f"{number}")


@pytest.mark.usefixtures("database", "storage")
async def test_the_address_of_a_form_opened_like_a_page_does_not_lead_back_to_itself():
    world = await built()
    address = f"/tickets/{world.tickets['ours']}/replies"
    page = await (await world.browser("ana")).get(address)
    assert (page.status, page.text("h1")) == (405, "Isto não se faz por aqui")
    assert address not in page.links().values()
