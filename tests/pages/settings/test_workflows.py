"""The workflow of a category: started from a preset, previewed, reset."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of, folded
from tests.pages.reading import chips, refusals, statements, ticket_row, to_the_minute, top_level
from web.clock import now
from web.database import fetch
from web.tickets.actions import timers

AMBIGUOUS = "Esta palavra já diz outra coisa ao solicitante em outra situação. Use outra."
AMBIGUOUS_AT_DESK = "Esta palavra já diz outra coisa ao atendimento em outra situação. Use outra."

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]


async def lead() -> tuple[cast.Cast, Browser]:
    people = await cast.enrol()
    return people, await browser_of(people.lia)


async def address(category: str = "Cobrança") -> str:
    (row,) = await fetch("SELECT id FROM category WHERE name = {}", category)
    return f"/desk/settings/categories/{row['id']}/workflow"


def rows(page: Page) -> list[list[str]]:
    return [[folded(cell) for cell in row.css("th, td")] for row in page.html.css("tbody tr")]


def dates(page: Page) -> dict[str, str]:
    """The example date of each timer."""
    return dict(zip(page.texts("#dates dt"), page.texts("#dates dd"), strict=True))


async def checked(browser: Browser, query: str = "", /, **typed: object) -> Page:
    """The preview of these values; None unticks a box."""
    at = await address()
    values = {**(await browser.get(at + query)).values(at), **typed}
    return await browser.post(at, {name: value for name, value in values.items() if value is not None})


async def saved(browser: Browser, query: str = "", /, **typed: object) -> Page:
    check = await checked(browser, query, **typed)
    assert check.text("h1") == "Conferir antes", check.words
    return await browser.send(check, check.path, press="save")


async def test_a_category_begins_with_its_preset_and_any_other_can_be_begun_from():
    _, lia = await lead()
    at = await address()
    page = await lia.get(at)
    assert page.values(at) | {
        "closing": "48",
        "closing_unit": "business_hours",
        "rating": "optional",
        "asks_confirmation": "1",
        "label_waiting_requester": "Aguardando resposta",
    } == page.values(at)
    page = await lia.get(f"{at}?preset=avaliacao")
    assert page.texts(".notice") == ["Nada foi salvo ainda: confira o que está abaixo e salve."]
    assert (page.values(at)["rating"], page.values(at)["label_resolved"]) == ("required", "Aguardando avaliação")
    assert (await lia.get(at)).values(at)["rating"] == "optional"


async def test_what_would_change_is_told_in_words_with_the_deadlines_that_move_and_nothing_is_changed_yet():
    people, lia = await lead()
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "waiting_requester", by=people.bia, asker=people.ana)
    before = await ticket_row(number)
    check = await checked(lia, silence="10", silence_unit="business_days", may_cancel=None)
    assert check.texts("main p strong") == [
        "Cobrança: o solicitante cancela: era sim, passou a não; "
        "sem resposta do solicitante por: era 72 horas úteis, passou a 10 dias úteis.",
        "1 ticket em aberto é alcançado.",
    ]
    assert rows(check) == [
        [f"#{number} Boletos com o valor errado", "Resolve sozinho", "qua., 02/12, 18h", "seg., 07/12, 18h"]
    ]
    assert await ticket_row(number) == before


async def test_a_workflow_is_changed_under_open_tickets_and_closed_ones_keep_theirs():
    people, lia = await lead()
    number, over = await cast.ticket(people.ana), await cast.ticket(people.ana, "Já encerrado")
    await cast.brought_to(number, "waiting_requester", by=people.bia, asker=people.ana)
    await cast.brought_to(over, "closed", by=people.bia, asker=people.ana)
    await saved(
        lia, silence="10", silence_unit="business_days", label_waiting_requester="Falta você", label_closed="Fim"
    )
    await timers.run_due(now())
    assert (await ticket_row(number))["lapses_at"] == NOW + timedelta(days=14, hours=9)
    ana = await browser_of(people.ana)
    assert chips(await ana.get("/tickets")) == {
        "Boletos com o valor errado": "Falta você",
        "Já encerrado": "Fechado",
    }
    other = await cast.ticket(people.ana, "Outra categoria", category="Acesso ao portal", topic="Senha")
    await cast.brought_to(other, "waiting_requester", by=people.bia, asker=people.ana)
    assert chips(await ana.get("/tickets"))["Outra categoria"] == "Aguardando você"
    fresh = await cast.ticket(people.ana, "Novo")
    await cast.brought_to(fresh, "closed", by=people.bia, asker=people.ana)
    assert chips(await ana.get("/tickets"))["Novo"] == "Fim"


async def test_d13_the_words_of_the_desk_are_changed_apart_from_those_of_the_requester():
    people, lia = await lead()
    number = await cast.ticket(people.ana)
    page = await saved(lia, desk_new="Por fazer", label_new="Recebido")
    log = await lia.get("/desk/settings/log?kind=workflow")
    assert [row[3] for row in rows(log)] == [
        "palavra de “Novo”: era Novo, passou a Recebido palavra de “Novo” no atendimento: era Novo, passou a Por fazer"
    ]
    ana, bia = await browser_of(people.ana), await browser_of(people.bia)
    assert chips(await ana.get("/tickets")) == {"Boletos com o valor errado": "Recebido"}
    assert (await bia.get(f"/desk/tickets/{number}")).text("h1 ~ * .chip, .chip") == "Por fazer"
    (old,) = (await lia.get(page.path)).texts("tbody td:last-of-type")
    assert old == "em uso"


async def test_d14_its_rules_hold_at_once_for_what_is_open():
    people, lia = await lead()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    at = f"/tickets/{number}"
    page = await ana.get(at)
    assert f"{at}/cancellation" in page.attributes("form", "action")
    await saved(lia, may_cancel=None, shows_log=None)
    assert f"{at}/cancellation" not in (await ana.get(at)).attributes("form", "action")
    refused = await ana.send(page, f"{at}/cancellation", reason="Engano.")
    assert (refused.status, (await ticket_row(number))["status"]) == (409, "new")
    assert (await ana.get(f"{at}/log")).status == 404


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            {"closing": "", "asks_confirmation": None, "rating": "off"},
            {"closing": "Assim nada fecharia um ticket: dê um prazo, pergunte se resolveu ou peça a avaliação."},
        ),
        (
            {"label_new": "aguardando RESPOSTA"},
            {
                "label_new": AMBIGUOUS,
                "label_waiting_requester": AMBIGUOUS,
            },
        ),
        (
            {"desk_waiting_team": "novo"},
            {"desk_new": AMBIGUOUS_AT_DESK, "desk_waiting_team": AMBIGUOUS_AT_DESK},
        ),
        (
            {"desk_resolved": "Em ESPERA"},
            dict.fromkeys(
                [f"desk_waiting_{each}" for each in ("team", "until", "children", "case")] + ["desk_resolved"],
                AMBIGUOUS_AT_DESK,
            ),
        ),
        ({"desk_open": ""}, {"desk_open": "Preencha este campo."}),
        ({"label_open": ""}, {"label_open": "Preencha este campo."}),
        ({"label_open": "A" * 41}, {"label_open": "O texto pode ter até 40 caracteres; este tem 41."}),
        ({"silence": "8"}, {"silence_warning": "O aviso precisa ser mais curto que o prazo de espera."}),
        ({"silence": ""}, {"silence_warning": "O aviso precisa do prazo de espera pelo solicitante."}),
        (
            {"silence_warning_unit": "business_days"},
            {"silence_warning": "O aviso se conta em horas úteis ou corridas."},
        ),
        (
            {"closing": "dois"},
            {"closing": "Escreva um número e escolha a unidade: horas úteis, dias úteis, horas ou dias corridos."},
        ),
        (
            {"rating": "required"},
            {"closing": "Onde a avaliação conclui, quem fecha é o prazo “Conclui sem a avaliação depois de”."},
        ),
        ({"unrated": "7"}, {"unrated": "Isto só cabe onde a avaliação é pedida para concluir."}),
        ({"closing": "0"}, {"closing": "O prazo precisa ser maior que zero."}),
        ({"closing": "10001"}, {"closing": "É tempo demais: até 10.000."}),
        (
            {"rating": "after_confirmation", "asks_confirmation": None},
            {"rating": "Sem perguntar se resolveu, esta avaliação nunca seria pedida."},
        ),
        (
            {"reply_when_resolved": "confirmation", "asks_confirmation": None},
            {"reply_when_resolved": "Isto só cabe quando se pergunta se a solução resolveu."},
        ),
        (
            {"reply_when_resolved": "rating", "rating": "off"},
            {"reply_when_resolved": "Isto só cabe quando se pede a avaliação."},
        ),
        (
            {"reply_when_resolved": "window", "closing": ""},
            {"reply_when_resolved": "Isto só cabe com um prazo para fechar o resolvido."},
        ),
    ],
)
async def test_what_cannot_be_is_refused_beside_the_field_and_what_was_typed_stays(typed, told):
    _, lia = await lead()
    page = await checked(lia, **{"label_draft": "Esboço"} | typed)
    assert (page.status, refusals(page)) == (422, told)
    shown = page.values(page.path)
    assert {name: shown.get(name) for name in typed} == typed
    assert shown["label_draft"] == "Esboço"
    assert await fetch("SELECT id FROM workflow_version") == []


async def test_a_choice_that_is_none_is_refused():
    _, lia = await lead()
    page = await checked(lia, solution_must_say="nada")
    assert (page.status, refusals(page)) == (422, {"solution_must_say": "Escolha uma das opções da lista."})


@pytest.mark.parametrize("preset", ["expresso", "central", "aprovacao", "avaliacao", "processo", "guiche"])
async def test_every_preset_may_be_saved_as_it_is(preset):
    people, lia = await lead()
    page = await saved(lia, f"?preset={preset}")
    number = await cast.ticket(people.ana)
    assert page.texts(".notice")[0].startswith("Salvo.")
    row = await ticket_row(number)
    assert row["workflow"].partition("-")[0] == preset
    at = await address()
    begun = (await lia.get(f"{at}?preset={preset}")).values(at)
    assert {**(await lia.get(at)).values(at), "_token": "", "seen": ""} == {**begun, "_token": "", "seen": ""}


async def test_the_dates_are_shown_while_one_types_and_by_a_button():
    people = await cast.enrol()
    at = await address()
    lia = await browser_of(people.lia, at=NOW + timedelta(hours=1))
    page = await lia.get(at)
    assert dates(page) == {
        "Sem resposta do solicitante por": "Começando agora: qui., 03/12, 10h.",
        "Avisa antes disso": "Começando agora: seg., 30/11, 13h.",
        "Fecha o resolvido depois de": "Começando agora: seg., 30/11, 13h.",
        "Conclui sem a avaliação depois de": "Desligado.",
        "Volta à fila sem movimento por": "Desligado.",
    }
    typed = page.values(at) | {"closing": "2", "closing_unit": "calendar_days", "silence": "muito"}
    whole = await lia.post(f"{at}/dates", typed)
    assert (whole.status, whole.values(at)["silence"]) == (200, "muito")
    assert dates(whole)["Fecha o resolvido depois de"] == "Começando agora: qui., 26/11, 0h."
    assert dates(whole)["Sem resposta do solicitante por"] == "Desligado."
    typed |= {"unrated": "7", "unrated_unit": "business_days"}
    whole = await lia.post(f"{at}/dates", typed)
    assert dates(whole)["Conclui sem a avaliação depois de"] == "Começando agora: qua., 02/12, 18h."
    swapped = await lia.post(f"{at}/dates", typed, headers={"HX-Request": "true"})
    assert (top_level(swapped), dates(swapped)) == (["dates"], dates(whole))


async def test_a_rating_never_given_concludes_by_its_own_time():
    people, lia = await lead()
    saving = {"rating": "required", "closing": "", "unrated": "3", "unrated_unit": "business_days"}
    await saved(lia, **saving)
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    await timers.run_due(NOW + timedelta(days=3, hours=8))
    assert (await ticket_row(number))["status"] == "resolved"
    await timers.run_due(NOW + timedelta(days=3, hours=9))
    assert (await ticket_row(number))["status"] == "closed"


async def test_versions_tell_who_and_when_and_one_is_put_back():
    people, lia = await lead()
    at = await address()
    await saved(lia, label_new="Chegou")
    admin = await browser_of(people.admin, at=NOW + timedelta(hours=1))
    await saved(admin, label_new="Recebido")
    page = await admin.get(at)
    assert [[to_the_minute(cell) for cell in row] for row in rows(page)] == [
        ["23/11/2026, 10h00", "Ivo Braga", "em uso"],
        ["23/11/2026, 9h00", "Lia Castro", "Restaurar a de 23/11/2026, 9h00"],
    ]
    (old,) = page.attributes("tbody a", "href")
    assert (await admin.get(old)).values(at)["label_new"] == "Chegou"
    check = await checked(admin, "?" + old.partition("?")[2])
    assert check.texts("main p strong")[0] == "Cobrança: palavra de “Novo”: era Recebido, passou a Chegou."
    page = await admin.send(check, at, press="save")
    assert (page.values(at)["label_new"], len(rows(page))) == ("Chegou", 3)
    log = await admin.get("/desk/settings/log?kind=workflow")
    assert [row[1:] for row in rows(log)] == [
        ["Ivo Braga", "Fluxo: Cobrança", "palavra de “Novo”: era Recebido, passou a Chegou"],
        ["Ivo Braga", "Fluxo: Cobrança", "palavra de “Novo”: era Chegou, passou a Recebido"],
        ["Lia Castro", "Fluxo: Cobrança", "palavra de “Novo”: era Novo, passou a Chegou"],
    ]


async def test_of_two_who_save_at_once_the_second_sees_the_difference_and_keeps_what_they_typed():
    people, lia = await lead()
    at = await address()
    values = (await lia.get(at)).values(at)
    await saved(await browser_of(people.admin), label_new="Chegou")
    second = await lia.post(at, {**values, "label_open": "Em curso"})
    assert (second.status, [to_the_minute(each) for each in second.texts(".notice p")[:2]]) == (
        409,
        [
            "Outra pessoa mudou isto enquanto você editava.",
            "Ivo Braga, 23/11/2026, 9h00: palavra de “Novo” era Novo, passou a Chegou.",
        ],
    )
    assert second.values(at)["label_open"] == "Em curso"
    check = await lia.send(second, at)
    assert check.text("h1") == "Conferir antes"


async def test_a_category_may_go_back_to_a_preset_and_its_tickets_keep_what_they_began_with():
    people, lia = await lead()
    await saved(lia, label_new="Chegou")
    number = await cast.ticket(people.ana)
    home = (await address()).removesuffix("/workflow")
    page = await lia.get(home)
    assert page.options("workflow")[-1] == "Próprio, de Guichê"
    await lia.send(page, home, workflow="guiche")
    other = await cast.ticket(people.ana, "Outro")
    ana = await browser_of(people.ana)
    assert chips(await ana.get("/tickets")) == {"Boletos com o valor errado": "Chegou", "Outro": "Novo"}
    assert [(await ticket_row(each))["workflow"].count("-") for each in (number, other)] == [1, 0]


async def test_the_requester_pays_nothing_for_it():
    people, lia = await lead()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    paths = ("/tickets", f"/tickets/{number}")
    before = [await cost(ana, path) for path in paths]
    await saved(lia, silence="40", idle="5")
    await ana.get("/")  # the first page after a change reads the workflows anew
    assert [await cost(ana, path) for path in paths] == before


async def cost(browser: Browser, path: str) -> tuple[int, int]:
    """The statements, and the bytes without tokens."""
    with statements() as asked:
        page = await browser.get(path)
    return len(asked), len(page.words)
