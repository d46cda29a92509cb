"""Words as search compares them: without case, accents or plurals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.text import fold, is_blank, one_line, singular, sought, terms

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


FAMILY, TEACHER, BLACK_CAT, NEW = "👨\u200d👩\u200d👧", "👩🏽\u200d🏫", "🐈\u200d⬛", "\U0001fae8"


@pytest.mark.parametrize("emoji", [FAMILY, TEACHER, BLACK_CAT, NEW, f"{FAMILY}{TEACHER} {NEW}\u200d♂", "🇧🇷"])
def test_an_emoji_stays_whole_in_a_line_and_is_something_to_see(emoji):
    assert (one_line(f"Festa {emoji} dia\n12"), is_blank(emoji)) == (f"Festa {emoji} dia 12", False)


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("Gui\u200dchê", "Guichê"),
        ("\u200d👩\u200d", "👩"),
        ("👩\u200d\u200d👩", "👩👩"),
        ("👩\u200da", "👩a"),
        ("a\u200d👩 \u200d 👩", "a👩 👩"),
        ("👩\u202e\u200d👩", "👩👩"),
        ("\u200d\u200b", ""),
    ],
)
def test_what_joins_emoji_stands_nowhere_else_in_a_line(typed, seen):
    assert one_line(typed) == seen


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


SPELT = """
    16h = 16 h = 16:00 = 16h00 = 16hs = 16 horas
    08:05 = 8h05 = 8:05 = 08h05 = 8h5min = 8h05m
    5 de março de 2026 = 05/03/2026 = 5/mar/2026 = 5 mar. 2026 = 5 de março, 2026 = 05-mar-26 = 2026-03-05
    1º/12/2026 = 1/12/26 = 1º de dezembro de 2026 = 01.12.26 = 1 dez 2026
    novembro de 2026 = nov/2026 = 11/2026 = NOV2026 = nov/26
    3/2026 = 03/2026 = março 2026
    (0xx21) 98765-4321 = +55 21 98765 4321 = 0 15 21 98765-4321 = 21987654321
    Colégio Sta. Rita = colegio santa rita = COL. STA RITA
    N. Sra. Aparecida = Nossa Senhora Aparecida = N.Sra. Aparecida = N Sra Aparecida
    Profª. Ana = professora Ana = profa Ana = Profa. Ana
    Av. Brasil = avenida brasil
    pgto. atrasado = pagamento atrasado = pagto atrasado
    venc. do boleto = vencimento do boleto = vcto do boleto
    c/ desconto = com desconto
    s/ acesso = sem acesso
    6ª-feira = sexta-feira = 6a feira = sexta feira
    1ª série = primeira série = 1.ª série = 1a. série
    5º ano B = 5ºB = 5 ano "B" = 5B
    100 Mbps = 100mbps
    pen drive = pen-drive = pendrive = pen_drive
    note book = notebook = note-books
    power point = PowerPoint
    vídeo aula = videoaulas = vídeo-aula
    recém chegado = recém-chegado = recemchegado
    contra cheque = contra-cheque = contracheques
    wi.fi = wifi = Wi_Fi
    nota 000.001.234 = nota 1234 = nota nº 000001234 = nota 1.234
    N2 = n2
    Colégio XV de Novembro = colégio 15 de novembro
    João Paulo II = joao paulo 2
    Alfa & Beta = alfa e beta
    Mª José Jr. = maria josé júnior
    ana@escola.example = mailto:ana@escola.example
    máscara N95 = MASCARA N95
    n.º5 = nº 5 = n. 5
"""


@pytest.mark.parametrize("texts", [[each.strip() for each in line.split(" = ")] for line in SPELT.strip().split("\n")])
def test_what_is_written_in_several_ways_is_found_by_each(texts):
    assert [(asked, text) for asked in texts for text in texts if not is_found(text, asked)] == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [("R$ 1.600,00", "16h"), ("16h30", "16h40"), ("5 de março de 2026", "05/04/2026"), ("segunda-feira", "3ª feira")],
)
def test_another_hour_day_or_price_is_not_found(text, asked):
    assert not is_found(text, asked)


def is_found(text: str, asked: str) -> bool:
    """Whether search finds the text, by the rule of ticket search: each word in one of its forms, or begun."""
    known = terms(text)
    return all(
        any(singular(form) in known or any(each.startswith(form) for each in known) for form in forms)
        for forms in sought(asked)
    )


def finds(asked: str, written: str) -> bool:
    """Whether the query is the beginning of an indexed word."""
    return terms(written)[0].startswith(terms(asked)[0])
