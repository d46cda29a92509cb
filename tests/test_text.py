"""Words as search compares them: without case, accents or plurals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.text import fold, singular, sought, terms

pytestmark = pytest.mark.anywhere


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Instalação", "instalacao"),
        ("INSTALAÇÃO", "instalacao"),
        ("ÀÉÎÕÜ", "aeiou"),
        ("cafe\u0301", "cafe"),
        ("5º ano, 2ª série", "5o ano, 2a serie"),
        ("ﬁnal", "final"),
        ("Straße", "strasse"),
        ("１２３", "123"),
    ],
)
def test_case_and_accents_are_folded(text, folded):
    assert fold(text) == folded


SINGULAR_AND_PLURAL = """
    boleto boletos       instalação instalações   pão pães             mão mãos         papel papéis
    jornal jornais       lençol lençóis           paul pauis           boletim boletins professor professores
    vez vezes            senha senhas             usuário usuários     aula aulas       item itens
    nível níveis         móvel móveis             valor valores        turma turmas     cidadão cidadãos
    real reais           azul azuis               bom bons             luz luzes        série séries
    nome nomes           cliente clientes         telefone telefones   detalhe detalhes frase frases
    bimestre bimestres   semestre semestres       controle controles   livre livres     vale vales
    perfil perfis        útil úteis               fácil fáceis         mês meses        país países
    pai pais             prazer prazeres          caderno cadernos     gestor gestores  aluguel aluguéis
    login logins         email emails             inglês ingleses      tese teses       token tokens
""".split()  # noqa: SIM905 - a table to read


@pytest.mark.parametrize(("one", "many"), list(zip(SINGULAR_AND_PLURAL[::2], SINGULAR_AND_PLURAL[1::2], strict=True)))
def test_a_word_is_found_by_its_plural_and_a_plural_by_its_word(one, many):
    assert (finds(one, many), finds(many, one)) == (True, True)


@pytest.mark.parametrize("word", ["mas", "gas", "os", "2024", "10000", "12345678"])
def test_short_words_and_numbers_stay_as_they_are(word):
    assert singular(word) == word


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("  \n\t ", []),
        ("🙂🙃", []),
        ("\x00", []),
        ("Boletos, notas e contratos!", ["boleto", "nota", "e", "contrato"]),
        ("Boletos, boleto", ["boleto"]),
        ("Notas fiscais", ["nota", "fiscal", "fiscais"]),
        ("ana@aurora.example", ["ana", "aurora", "exampl"]),
        ("E-mail", ["e", "mael", "mail", "emael", "email"]),
        ("S/A e/ou d'água", ["s", "a", "e", "ou", "d", "agua", "dagua", "sa"]),
        ("12.ABC.345/01DE-35", ["12", "abc", "345", "01de", "35", "01de35", "12abc34501de35"]),
        ("1.234,56", ["1", "234", "56", "1234", "123456", "23456"]),
        ("(11) 98765-4321", ["11", "98765", "4321", "987654321", "11987654321"]),
        ("title:x OR NEAR(a b) *", ["titl", "x", "or", "near", "a", "b"]),
        ("nota\x00fiscal", ["nota", "fiscal"]),
    ],
)
def test_a_text_is_cut_into_words(text, words):
    assert terms(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("boletos", [("boletos",)]),
        ("boletos boletos boletos", [("boletos", "boletosboletos")]),
        ("wi fi", [("wi", "wifi"), ("fi", "wifi")]),
        ("E-mail novo", [("e", "email"), ("mail", "email", "mailnovo"), ("novo", "mailnovo")]),
        ("12.345-6", [("12", "123456", "12345"), ("345", "3456", "123456", "12345"), ("6", "3456", "123456")]),
    ],
)
def test_a_query_is_words_and_what_each_may_be_a_piece_of(text, words):
    assert sought(text) == words


@pytest.mark.parametrize("piece", ["a", "a-", "a.", "1 ", "1a ", "1(", "1 - ", "'-", "9" * 60 + " ", "a\u0301"])
def test_the_words_of_a_long_text_are_few_where_it_says_the_same_again_and_again(piece):
    assert len(terms(piece * 20_000)) < 100


@given(st.text())
def test_words_are_lower_case_letters_and_digits_whatever_the_text(text):
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in terms(text))


@given(st.text(alphabet=st.characters(codec="latin-1")))
def test_case_makes_no_difference(text):
    assert terms(text.upper()) == terms(text.upper().lower())


def finds(asked: str, written: str) -> bool:
    """Whether the query is the beginning of an indexed word."""
    return terms(written)[0].startswith(terms(asked)[0])
