"""Marks of personal data, differences of versions, and the cost of authors' pages."""

import pytest

from tests import cast
from tests.articles import factories
from tests.cast import NOW
from tests.client import browser_of
from tests.pages.reading import statements
from web.articles.authoring import files
from web.articles.authoring.differences import Line, Run, difference
from web.articles.personal_data import marked, marks_in, unmarked
from web.database import fetch
from web.tickets.record.attachments import save_file


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Sou a Ana Prado.", ["Ana Prado"]),
        ("sou a ANA PRADO", ["ANA PRADO"]),
        ("Obrigada, Ana", ["Ana"]),
        ("O prado verde de Anápolis", []),
        ("Escreva a ana.prado+x@aurora.example, por favor", ["ana.prado+x@aurora.example"]),
        ("Ligue (11) 98765-4321 ou +55 21 3333-4444", ["(11) 98765-4321", "+55 21 3333-4444"]),
        ("CPF 111.444.777-35", ["111.444.777-35"]),
        ("CPF 11144477735", ["11144477735"]),
        ("CNPJ 11.222.333/0001-81 e 12.ABC.345/01DE-35", ["11.222.333/0001-81", "12.ABC.345/01DE-35"]),
        ("No colégio aurora e na Aurora boreal", ["colégio aurora"]),
        ("Pedido 10017 de 2026, R$ 1.250,00", []),
        ("Veja [REMOVER: isto]", []),
    ],
)
def test_names_addresses_phones_and_numbers_of_people_are_marked(text: str, marks: list[str]):
    assert marks_in(marked(text, ["Ana Prado"], ["Colégio Aurora"])) == marks


def test_a_text_without_its_marks_says_the_rest():
    assert unmarked("Boleto da [REMOVER: Ana Prado] errado") == "Boleto da errado"


def test_a_line_that_changed_is_told_word_by_word_and_far_lines_are_left_out():
    old = "um\ndois\ntrês\nquatro\nEntre em Cobrança agora.\ncinco"
    assert difference(old, old.replace("Cobrança", "Boletos")) == [
        Line((Run("same", "três"),), left_out=2),
        Line((Run("same", "quatro"),)),
        Line((Run("same", "Entre em "), Run("removed", "Cobrança"), Run("added", "Boletos"), Run("same", " agora."))),
        Line((Run("same", "cinco"),)),
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("a", "a", []),
        ("", "Um.", [Line((Run("added", "Um."),))]),
        ("Um.\nDois.", "Um.", [Line((Run("same", "Um."),)), Line((Run("removed", "Dois."),))]),
        ("Nada em comum aqui", "x" * 9, [Line((Run("removed", "Nada em comum aqui"), Run("added", "x" * 9)))]),
    ],
)
def test_what_came_and_what_went_is_told(old: str, new: str, told: list[Line]):
    assert difference(old, new) == told


@pytest.mark.parametrize("address", ["", "/{number}", "/{number}/versions", "/new", "/sections", "/synonyms"])
@pytest.mark.anyio
async def test_a_page_of_authors_costs_as_many_statements_however_much_there_is(address: str, database, storage):
    people = await cast.enrol()
    number = await factories.article(people)
    lia, path = await browser_of(people.lia), f"/desk/articles{address}".format(number=number)
    await lia.get(path)
    with statements() as few:
        await lia.get(path)
    for place in range(12):
        await factories.article(people, f"Artigo {place}", of=await factories.section(people, f"Seção {place}"))
    with statements() as many:
        await lia.get(path)
    assert len(many) == len(few) <= 9


@pytest.mark.anyio
async def test_files_are_in_the_order_in_which_they_came_wherever_the_database_has_put_them(database, storage):
    bia, names = (await cast.enrol()).bia, ["um.odt", "dois.odt", "três.odt"]
    kind = {"media_type": "application/octet-stream", "size": 5, "sha256": "0" * 64}
    sent = [await save_file(name=name, person=bia.id, at=NOW, **kind) for name in names]
    await fetch("UPDATE attachment SET sha256 = {} WHERE id = {}", "1" * 64, sent[0])
    assert [each.name for each in await files.take(sent, "", by=bia, at=NOW)] == names
