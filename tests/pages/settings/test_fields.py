"""Fields of a category as leads set them on its page."""

import pytest

from tests import cast
from tests.client import Browser, Page, browser_of
from tests.pages.reading import refusals
from tests.pages.settings.test_categories import address, told
from tests.tickets.fields.factories import field
from web.database import fetch

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]

SAVED = "Salvo."


async def lead() -> tuple[cast.Cast, Browser, str]:
    """Lia, and the address of her category."""
    people = await cast.enrol()
    return people, await browser_of(people.lia), await address("Cobrança")


async def made(browser: Browser, at: str, label: str, /, **typed: object) -> Page:
    """The page after a field was saved or refused."""
    return await browser.send(await browser.get(at), f"{at}/fields", label=label, **typed)


async def number_of(label: str) -> int:
    (row,) = await fetch("SELECT id FROM field WHERE label = {}", label)
    return row["id"]


async def edited(browser: Browser, at: str, label: str, /, **typed: object) -> Page:
    """Saves a field with these values; None unticks a box."""
    own = f"{at}/fields/{await number_of(label)}"
    values = {**(await browser.get(at)).values(own), **typed}
    answer = await browser.post(own, {name: value for name, value in values.items() if value is not None})
    return await browser.get(answer.location) if answer.status == 303 else answer


def listed(page: Page) -> list[str]:
    """The fields on the category's page, in order."""
    return page.texts("section[aria-labelledby=fields] > details > summary")[:-1]


async def test_a_lead_makes_fields_changes_one_and_puts_them_in_order():
    _, lia, at = await lead()
    page = await made(lia, at, "Número do pedido", requester_submission="required", help="Está na nota.")
    assert page.texts("section[aria-labelledby=fields] > .notice") == [SAVED]
    await made(lia, at, "Série", kind="choice", options="6º ano\n\n 6º  ano\n7º ano", is_public="1")
    page = await edited(lia, at, "Série", agent_resolution="required", save="1")
    assert listed(page) == ["Número do pedido Texto curto, exigido", "Série Uma opção, exigido"]
    own = f"{at}/fields/{await number_of('Série')}"
    assert page.values(own)["options"].split("\n") == ["6º ano", "7º ano"]
    page = await lia.send(page, f"{own}/position", press="up")
    assert listed(page) == ["Série Uma opção, exigido", "Número do pedido Texto curto, exigido"]
    assert page.texts("[autofocus]") == ["Descer Série"]
    assert (await told(lia))[:3] == [
        "Campo: Cobrança / Série posição: era 2, passou a 1",
        "Campo: Cobrança / Série ao atendimento, ao resolver: era Não pergunta, passou a Exige",
        "Campo: Cobrança / Série, criação nome do campo: Série tipo: Uma opção "
        "opções: 6º ano, 7º ano ao solicitante, ao abrir: Pergunta ao atendimento, ao abrir: Pergunta "
        "ao atendimento, ao resolver: Não pergunta o solicitante lê: sim ativo: sim",
    ]


async def test_a_field_out_of_use_stays_on_the_page_and_is_last():
    _, lia, at = await lead()
    await made(lia, at, "Antigo")
    await made(lia, at, "Novo")
    page = await edited(lia, at, "Antigo", is_active=None, is_public=None, requester_submission="no")
    assert listed(page) == [
        "Novo Texto curto",
        "Antigo Texto curto, não é mais perguntado, só o atendimento lê",
    ]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"label": " \u200b "}, {"label": "Preencha este campo."}),
        ({"label": "a" * 101}, {"label": "O texto pode ter até 100 caracteres; este tem 101."}),
        ({"label": "SÉRIE"}, {"label": "Este dado já está em uso."}),
        ({"kind": "planeta"}, {"kind": "Escolha uma das opções da lista."}),
        ({"help": "a" * 301}, {"help": "O texto pode ter até 300 caracteres; este tem 301."}),
        ({"topic": "99999"}, {"topic": "Este assunto não é da categoria escolhida. Escolha de novo."}),
        ({"kind": "choice", "options": " \n\u200b\n"}, {"options": "Preencha este campo."}),
        (
            {"kind": "several", "options": "\n".join(map(str, range(1001)))},
            {"options": "São opções demais, ou uma é longa demais: até 1.000, de 100 letras."},
        ),
        (
            {"kind": "choice", "options": "a" * 101},
            {"options": "São opções demais, ou uma é longa demais: até 1.000, de 100 letras."},
        ),
        ({"agent_resolution": "às vezes"}, {"agent_resolution": "Escolha uma das opções da lista."}),
        (
            {"is_public": [], "requester_submission": "optional"},
            {"requester_submission": "O que o solicitante não pode ler também não se pergunta a ele."},
        ),
    ],
)
async def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_saved(typed, wrong):
    _, lia, at = await lead()
    await made(lia, at, "Série")
    page = await made(lia, at, typed.get("label", "Turma"), **{k: v for k, v in typed.items() if k != "label"})
    assert (page.status, refusals(page)) == (422, wrong)
    assert listed(await lia.get(at)) == ["Série Texto curto"]


async def test_a_thousand_options_are_taken():
    _, lia, at = await lead()
    options = "\n".join(f"Opção {each}" for each in range(1000))
    page = await made(lia, at, "Título do livro", kind="choice", options=options)
    assert page.texts(".notice") == [SAVED]


async def test_fifty_fields_are_enough():
    people, lia, at = await lead()
    for each in range(50):
        await field(people.lia, f"Campo {each}")
    page = await made(lia, at, "Mais um")
    assert refusals(page) == {"kind": "São campos demais: até 50 por categoria."}


async def test_before_a_field_is_required_its_lead_reads_how_many_open_tickets_lack_it():
    people, lia, at = await lead()
    await cast.ticket(people.ana)
    await cast.ticket(people.rui)
    closed = await cast.ticket(people.ana)
    await cast.brought_to(closed, "closed", by=people.bia, asker=people.ana)
    page = await made(lia, at, "Turma", requester_submission="required")
    assert (page.status, page.text("h1")) == (200, "Conferir antes")
    assert "2 tickets em aberto ainda não têm o campo Turma. Ele será pedido ao resolver." in page.words
    back = await lia.send(page, f"{at}/fields", press="edit")
    assert back.values(f"{at}/fields")["label"] == "Turma"
    assert listed(await lia.get(at)) == []
    page = await lia.send(page, f"{at}/fields", press="save")
    assert listed(page) == ["Turma Texto curto, exigido"]


async def test_of_two_who_save_at_once_the_second_sees_the_difference_and_keeps_what_they_typed():
    people, lia, at = await lead()
    await made(lia, at, "Série")
    own = f"{at}/fields/{await number_of('Série')}"
    page = await lia.get(at)
    admin = await browser_of(people.admin)
    await admin.send(await admin.get(at), own, help="A do aluno.")
    second = await lia.send(page, own, label="Série do aluno")
    said, news = second.texts(".notice p")[:2]
    assert (second.status, said) == (409, "Outra pessoa mudou isto enquanto você editava.")
    assert news.endswith(": ajuda era –, passou a A do aluno..")
    assert second.values(own)["label"] == "Série do aluno"
    page = await lia.send(second, own)
    assert listed(page) == ["Série do aluno Texto curto"]


async def test_a_topic_with_fields_is_not_removed():
    _, lia, at = await lead()
    _, topic = await cast.subject("Cobrança", "Contrato")
    await made(lia, at, "Cláusula", topic=str(topic))
    page = await lia.send(await lia.get(at), f"{at}/topics/{topic}", follow=False)
    answer = await lia.post(f"{at}/topics/{topic}/removal", {"_token": (await lia.get(at)).values(at)["_token"]})
    assert page.status == 303
    assert answer.texts(".field__error") == ["Há campos deste assunto. Passe-os a outro assunto antes, ou a todos."]
