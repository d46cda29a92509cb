"""Filters typed into the search box, and the hint about unknown ones."""

import pytest

from web.pages.words.tickets.typed_filters import LABELS, NAMES, parse

pytestmark = pytest.mark.anywhere

OPTIONS = {
    "status": {"Novo": "new", "Aberto": "open", "Em aberto": "active"},
    "team": {"Financeiro": "1", "Fiscal": "2", "Atendimento": "3"},
    "priority": {"Alta": "high", "Urgente": "urgent"},
    "channel": {"E-mail": "email", "Telefone": "phone"},
}


@pytest.mark.parametrize(
    ("typed", "filters", "words"),
    [
        ("boleto de novembro", {}, "boleto de novembro"),
        ("assunto:boleto de:ana prazo:<2d", {"subject": "boleto", "from": "ana", "due": "48"}, ""),
        ('assunto:"segunda via" 8B', {"subject": "segunda via"}, "8B"),
        ("Prioridade:URG título:nota", {"priority": "urgent", "subject": "nota"}, ""),
        ("status:aberto equipe:fin", {"status": "open", "team": "1"}, ""),
        ("prazo:vencido", {"due": "0"}, ""),
        ("prazo:hoje", {"due": "24"}, ""),
        ("prazo:4h", {"due": "4"}, ""),
        ("etiqueta:reajuste", {"tag": "reajuste"}, ""),
        ("canal:email boleto", {"channel": "email"}, "boleto"),
        ("assunto: boleto de:  ana", {"subject": "boleto", "from": "ana"}, ""),
        ("anexo: status:novo e nota:", {"status": "new"}, "anexo: e nota:"),
        ("https://exemplo.com.br erro 10:30", {}, "https://exemplo.com.br erro 10:30"),
    ],
)
def test_filters_are_taken_out_of_the_words(typed, filters, words):
    assert parse(typed, OPTIONS) == (filters, words, [])


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("equipe:fi", "“fi” pode ser Financeiro e Fiscal. Escreva mais."),
        ("equipe:rh", "Nada começa com “rh”. Há Financeiro, Fiscal e Atendimento."),
        ("prazo:logo", "“logo” não é um prazo. Escreva vencido, hoje, <2d ou <4h."),
        (
            "escola:aurora",
            "“escola:” não é um filtro. "
            "Há assunto, de, com, equipe, status, prioridade, categoria, canal, prazo e etiqueta.",
        ),
        ('assunto:""', "Falta o que procurar depois dos dois-pontos."),
    ],
)
def test_what_is_no_filter_is_said_and_stays_among_the_words(typed, why):
    assert parse(f"{typed} boleto", OPTIONS) == ({}, f"{typed} boleto", [why])


def test_a_filter_that_is_not_finished_is_said():
    assert parse("boleto status:", OPTIONS) == ({}, "boleto status:", ["Falta o que procurar depois dos dois-pontos."])


def test_the_word_of_a_chip_means_that_filter_when_it_is_typed():
    typed = {part: NAMES[label] for part, label in LABELS.items() if label in NAMES}
    assert {part: meant for part, meant in typed.items() if meant != part} == {"requester": "from"}
    assert LABELS["subject"] == "assunto"
