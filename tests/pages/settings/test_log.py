"""The log of settings: who changed what and when, with the value before; searchable, never changed."""

import sqlite3
from datetime import timedelta

import asyncpg
import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of, folded
from tests.pages.reading import to_the_minute
from web.articles.search import synonyms
from web.database import fetch
from web.kiosks import settings
from web.kiosks.settings import KioskInput
from web.pages.words.privacy import ERASED
from web.people import keys, memberships
from web.people.directory import editing
from web.people.permissions import Actor, Scope, Sees
from web.people.privacy import erasing
from web.settings_log.recording import Kind, record_change
from web.tickets.actions import canned_replies
from web.tickets.actions.canned_replies import NewCannedReply

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]

AT = "/desk/settings/log"
OFFICE = "/desk/settings/calendars/1"
REFUSED = (sqlite3.IntegrityError, asyncpg.CheckViolationError)


async def lead() -> tuple[cast.Cast, Browser]:
    people = await cast.enrol()
    return people, await browser_of(people.lia)


def rows(page: Page) -> list[list[str]]:
    return [[folded(cell) for cell in row.css("th, td")] for row in page.html.css("tbody tr")]


def changed(page: Page) -> list[str]:
    """The changed settings, newest first."""
    return [row[2] for row in rows(page)]


async def saved(browser: Browser, page: Page, action: str, **typed: str) -> None:
    check = await browser.send(page, action, **typed)
    assert check.text("h1") == "Conferir antes", check.words
    await browser.send(check, action, press="save")


async def recorded(people: cast.Cast, name: str, **after: str) -> None:
    await record_change(Kind.TEAM, 7, name, None, after, by=people.lia.id, at=NOW)


async def test_a_changed_calendar_is_told_with_its_hours_before_and_after():
    _, lia = await lead()
    await saved(lia, await lia.get(OFFICE), OFFICE, monday="09:00-12:00", state="SP")
    assert [[to_the_minute(cell) for cell in row] for row in rows(await lia.get(AT))] == [
        [
            "23/11/2026, 9h00",
            "Lia Castro",
            "Calendário: Horário comercial",
            "horários: era seg. a sex. 9h às 18h, "
            "passou a seg. 9h às 12h; ter. a sex. 9h às 18h feriados: era –, passou a SP",
        ]
    ]


async def test_what_is_only_looked_at_leaves_no_trace():
    _, lia = await lead()
    await lia.send(await lia.get(OFFICE), OFFICE, monday="09:00-12:00")
    assert (await lia.get(AT)).text("main > .quiet") == "Nenhuma mudança assim foi registrada."


async def test_dates_targets_teams_and_organizations_are_told_by_their_names():
    _, lia = await lead()
    (team,) = await fetch("SELECT id FROM team WHERE name = 'Financeiro'")
    page = await lia.get(OFFICE)
    await saved(lia, page, f"{OFFICE}/closures", name="Padroeira", first="2026-12-08")
    await saved(lia, page, f"{OFFICE}/organizations", organization="Colégio Aurora")
    targets = "/desk/settings/targets"
    category, _ = await cast.subject()
    typed = {"promise": "resolution", "amount": "8", "unit": "business_hours", "calendar": "1", "warns_at": "80"}
    await saved(lia, await lia.get(targets), targets, category=str(category), **typed)
    (target,) = await fetch("SELECT id FROM target")
    edited = f"{targets}/{target['id']}"
    await saved(lia, await lia.get(edited), edited, priority="high")
    await saved(lia, await lia.get(edited), f"{edited}/removal")
    calendars = "/desk/settings/calendars"
    await saved(lia, await lia.get(calendars), calendars, name="Plantão", monday="00:00-24:00")
    (other,) = await fetch("SELECT id FROM calendar WHERE name = 'Plantão'")
    use = f"{calendars}/{other['id']}"
    await saved(lia, await lia.get(use), f"{use}/teams", team=str(team["id"]))
    told = [row[2:] for row in rows(await lia.get(AT))]
    assert [each[0] for each in told] == [
        "Equipe: Financeiro",
        "Calendário: Plantão, criação",
        "Prazo: Cobrança, remoção",
        "Prazo: Cobrança",
        "Prazo: Cobrança, criação",
        "Organização: Colégio Aurora",
        "Datas próprias: Padroeira, criação",
    ]
    assert told[0][1] == "calendário: era Horário comercial, passou a Plantão"
    assert told[3][1] == "prioridade: era –, passou a Alta"
    assert told[4][1] == (
        "promessa: Solução categoria: Cobrança quanto tempo: 8 contado em: horas úteis "
        "calendário: Horário comercial pausa por outra equipe: não avisa em (%): 80"
    )
    assert told[5][1] == "calendário: era –, passou a Horário comercial"
    assert told[6][1] == (
        "calendário: Horário comercial primeiro dia: 08/12/2026 último dia: 08/12/2026 nome: Padroeira "
        "horários: fechado abre em feriado e fim de semana: não"
    )


async def test_a17_what_a_confidential_team_keeps_ready_is_told_to_that_team_alone():
    people, lia = await lead()
    (team,) = await fetch("SELECT id FROM team WHERE name = 'Ouvidoria'")
    told = NewCannedReply("Denúncia recebida", "Guardamos sigilo.", readers=team["id"])
    number = await canned_replies.save_canned(told, by=people.lia, at=NOW)
    shared = NewCannedReply("Denúncia recebida", "Obrigado.")
    await canned_replies.save_canned(shared, number=number, by=people.lia, at=NOW)
    await canned_replies.save_canned(NewCannedReply("Bom dia", "Bom dia."), by=people.lia, at=NOW)
    assert changed(await lia.get(AT)) == [
        "Resposta pronta: Bom dia, criação",
        "Resposta pronta: Denúncia recebida",
        "Resposta pronta: Denúncia recebida, criação",
    ]
    admin = await browser_of(people.admin)
    assert changed(await admin.get(AT)) == ["Resposta pronta: Bom dia, criação"]
    assert changed(await admin.get(f"{AT}?q=sigilo")) == []
    assert "sigilo" not in (await admin.get(f"{AT}.csv")).response.text


async def test_a79_who_was_erased_is_named_in_it_no_more_and_what_happened_stays():
    people, lia = await lead()
    await memberships.grant(
        await membership(people.rui), sees=Sees.ORGANIZATION, approves=False, manages=False, by=people.ana, at=NOW
    )
    await editing.revise(people.rui.id, name="Rui Alves Pinto", zone=None, by=people.bia, at=NOW)
    before = await lia.get(f"{AT}?q=alves")
    assert changed(before) == ["Pessoa: Rui Alves Pinto", "Permissão: Rui Alves, Colégio Aurora"]
    await erasing.erase(people.rui.id, called=ERASED, by=people.admin, at=NOW)
    after = rows(await lia.get(AT))
    assert [row[2:] for row in after] == [
        ["Pessoa apagada: Pessoa removida, criação", "apagada: sim"],
        ["Pessoa: Pessoa removida", "nome: era Pessoa removida, passou a Pessoa removida"],
        ["Permissão: Pessoa removida", "vê: era Só os próprios tickets, passou a Os tickets da organização"],
    ]
    assert [row[:2] for row in after[1:]] == [row[:2] for row in rows(before)]
    assert changed(await lia.get(f"{AT}?q=alves")) == []


async def membership(person: Actor) -> int:
    (row,) = await fetch("SELECT id FROM membership WHERE person = {}", person.id)
    return int(row["id"])


async def test_canned_replies_keys_and_permissions_are_in_it_and_no_secret_is():
    people, lia = await lead()
    number = await canned_replies.save_canned(NewCannedReply("Bom dia", "Bom dia."), by=people.lia, at=NOW)
    await canned_replies.save_canned(NewCannedReply("Bom dia", "Bom dia!"), number=number, by=people.lia, at=NOW)
    await canned_replies.remove(number, by=people.lia, at=NOW)
    key, token = await keys.issue("Robô", name="servidor 2", scopes=[Scope.READ], lasts=None, by=people.lia, at=NOW)
    await keys.revoke(key, by=people.lia, at=NOW)
    ana = await browser_of(people.ana)
    (rui,) = await fetch("SELECT id FROM membership WHERE person = {}", people.rui.id)
    await ana.send(await ana.get("/organization"), f"/organization/members/{rui['id']}", sees="organization")
    page = await lia.get(AT)
    assert [row[1:] for row in rows(page)] == [
        [
            "Ana Prado",
            "Permissão: Rui Alves, Colégio Aurora",
            "vê: era Só os próprios tickets, passou a Os tickets da organização",
        ],
        ["Lia Castro", "Chave: Robô", "revogada: era não, passou a sim"],
        ["Lia Castro", "Chave: Robô, criação", "onde é usada: servidor 2 pode: Só ler"],
        [
            "Lia Castro",
            "Resposta pronta: Bom dia, remoção",
            "nome: Bom dia texto: Bom dia! nota interna: não assume o ticket: não",
        ],
        ["Lia Castro", "Resposta pronta: Bom dia", "texto: era Bom dia., passou a Bom dia!"],
        [
            "Lia Castro",
            "Resposta pronta: Bom dia, criação",
            "nome: Bom dia texto: Bom dia. nota interna: não assume o ticket: não",
        ],
    ]
    assert token not in page.words


async def test_words_of_the_help_centre_and_words_of_a_kiosk_are_told_apart():
    people, lia = await lead()
    await synonyms.save_synonym("boleto, fatura", by=people.lia, at=NOW)
    await settings.add(KioskInput("Saguão", words="Bom dia!"), by=people.admin, at=NOW)
    assert [row[2:] for row in rows(await lia.get(AT))] == [
        ["Quiosque: Saguão, criação", "nome: Saguão boas-vindas: Bom dia! modo acessível: não"],
        ["Sinônimos da ajuda: boleto, fatura, criação", "palavras: boleto, fatura"],
    ]


async def test_a_change_is_found_by_kind_by_person_and_by_words_with_and_without_accents():
    people, lia = await lead()
    await recorded(people, "Integrações", calendar="Plantão")
    await recorded(people, "Financeiro", calendar="Horário comercial")
    await record_change(Kind.CALENDAR, 1, "Plantão", None, {"zone": "UTC"}, by=people.admin.id, at=NOW)
    found = {
        query: changed(await lia.get(f"{AT}?{query}"))
        for query in ("kind=calendar", f"person={people.lia.id}", "q=plantao", "q=plantão integracao", "q=nada")
    }
    assert found == {
        "kind=calendar": ["Calendário: Plantão, criação"],
        f"person={people.lia.id}": ["Equipe: Financeiro, criação", "Equipe: Integrações, criação"],
        "q=plantao": ["Calendário: Plantão, criação", "Equipe: Integrações, criação"],
        "q=plantão integracao": ["Equipe: Integrações, criação"],
        "q=nada": [],
    }
    page = await lia.get(AT)
    assert page.options("person") == ["Qualquer pessoa", "Ivo Braga", "Lia Castro"]


async def test_a_change_is_found_by_its_period_and_the_file_keeps_it():
    people, lia = await lead()
    for day, name in enumerate(("Segunda", "Terça", "Quarta")):
        at = NOW + timedelta(days=day)
        await record_change(Kind.TEAM, day, name, None, {"name": name}, by=people.lia.id, at=at)
    found = {
        query: [each.split()[1] for each in changed(await lia.get(f"{AT}?{query}"))]
        for query in ("first=2026-11-24", "last=2026-11-24", "first=2026-11-24&last=2026-11-24", "first=nada&last=1")
    }
    assert found == {
        "first=2026-11-24": ["Quarta,", "Terça,"],
        "last=2026-11-24": ["Terça,", "Segunda,"],
        "first=2026-11-24&last=2026-11-24": ["Terça,"],
        "first=nada&last=1": ["Quarta,", "Terça,", "Segunda,"],
    }
    page = await lia.get(f"{AT}?first=2026-11-24&last=2026-11-24")
    assert f"{AT}.csv?first=2026-11-24&last=2026-11-24" in page.attributes("a", "href")


async def test_a_page_holds_fifty_and_leads_on_with_the_same_filter():
    people, lia = await lead()
    for number in range(52):
        await recorded(people, f"Equipe {number}")
    await record_change(Kind.CALENDAR, 1, "Plantão", None, {"zone": "UTC"}, by=people.lia.id, at=NOW)
    first = await lia.get(f"{AT}?kind=team")
    second = await lia.get(first.attributes("a[rel=next]", "href")[0])
    assert [len(changed(first)), changed(second)] == [
        50,
        ["Equipe: Equipe 1, criação", "Equipe: Equipe 0, criação"],
    ]
    assert second.attributes(".pager a", "href") == [f"{AT}?kind=team"]


async def test_the_file_has_a_line_for_each_field_and_no_formula():
    people, lia = await lead()
    await record_change(
        Kind.TEAM, 7, "=cmd()", {"name": "Suporte", "tier": 1}, {"name": "@SOMA", "tier": 2}, by=people.lia.id, at=NOW
    )
    page = await lia.get(AT)
    answer = await lia.get(page.attributes("main p a", "href")[0])
    assert answer.response.text.removeprefix("\ufeff").splitlines() == [
        '"Quando";"Quem";"O que";"Nome";"Número";"Campo";"Antes";"Depois"',
        '"23/11/2026 09:00:00";"Lia Castro";"Equipe";"\'=cmd()";"7";"nome";"Suporte";"\'@SOMA"',
        '"23/11/2026 09:00:00";"Lia Castro";"Equipe";"\'=cmd()";"7";"nível";"1";"2"',
    ]


@pytest.mark.parametrize("change", ["UPDATE setting_change SET name = 'Outro'", "DELETE FROM setting_change"])
async def test_the_database_refuses_to_change_the_log(change):
    people, lia = await lead()
    await recorded(people, "Financeiro")
    with pytest.raises(REFUSED):
        await fetch(change)
    assert changed(await lia.get(AT)) == ["Equipe: Financeiro, criação"]


async def test_a_change_that_is_refused_leaves_no_trace():
    people, lia = await lead()
    page = await lia.get(OFFICE)
    await lia.send(page, OFFICE, press="save", name="")
    lia = await browser_of(people.lia, at=NOW + timedelta(hours=1))
    assert changed(await lia.get(AT)) == []


async def test_what_stays_as_it_was_is_no_change():
    people, lia = await lead()
    await record_change(Kind.TEAM, 7, "Financeiro", {"tier": 1}, {"tier": 1}, by=people.lia.id, at=NOW)
    assert changed(await lia.get(AT)) == []
