"""The new part of a reply by any mail program; no new text is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mail.incoming.more_replies import MORE_HISTORIES, MORE_KEPT
from tests.mail.incoming.replies import HISTORIES, KEPT_WHOLE, TYPED
from tests.mail.incoming.replies_of_clients import OF_CLIENTS, STAY_WHOLE
from web.mail.incoming.replies.quotes import split

pytestmark = pytest.mark.anywhere

WRITER = "Maria de Lourdes"

ALL = HISTORIES | MORE_HISTORIES | OF_CLIENTS


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("history", ALL)
def test_what_was_typed_is_read_without_the_history_below_it(typed, history):
    assert split(TYPED[typed] + ALL[history], WRITER).text == TYPED[typed]


@pytest.mark.parametrize("history", ALL)
def test_what_is_left_out_stays_to_be_opened(history):
    reply = split("SIM" + ALL[history], WRITER)
    left_out = reply.rest.split()
    assert left_out == ALL[history].replace("\u200b", "").replace("\ufeff", "").split()


@pytest.mark.parametrize("name", KEPT_WHOLE)
def test_new_words_among_old_ones_stay(name):
    assert split(KEPT_WHOLE[name], WRITER).text == KEPT_WHOLE[name].strip()


@pytest.mark.parametrize("greeting", ["", "Bom dia!\n\n"])
@pytest.mark.parametrize("words", MORE_KEPT + STAY_WHOLE)
def test_words_that_begin_like_those_of_programs_stay(greeting, words):
    assert split(greeting + words, WRITER).text == greeting + words


OTHER = "Favor cadastrar a nova diretora\n\n{rule}\nMaria da Silva\nmaria@escola.br"


@pytest.mark.parametrize("rule", ["---", "--", "—", "______", "*****"])
@pytest.mark.parametrize("writer", ["Ana Prado", "Maria de Lourdes", "Colégio Aurora", "", "Secretaria da Silva"])
def test_a_contact_of_somebody_else_below_a_rule_stays(rule, writer):
    words = OTHER.format(rule=rule)
    assert split(words, writer).text == words


@pytest.mark.parametrize("rule", ["---", "--", "—", "______", "*****"])
def test_the_name_of_who_wrote_it_or_a_closing_beside_the_rule_shows_a_signature(rule):
    signed = f"Pode fechar.\n\n{rule}\n{{}}Maria da Silva\nmaria@escola.br"
    closed = f"Pode fechar.\n\nAtt,\n\n{rule}\nMaria da Silva\nmaria@escola.br"
    for text, writer in [
        *((signed.format(""), name) for name in ("Maria", "maria", "María Silva", "Maria da Silva Souza")),
        (signed.format("Atenciosamente,\n"), "Colégio Aurora"),
    ]:
        assert split(text, writer).text == "Pode fechar."
    assert split(closed, "Colégio Aurora").text == "Pode fechar."


SIGNATURES = (
    "Att,\nMaria de Lourdes\nSecretaria",
    "At.te\n\nMaria",
    "ATT.\n\nMARIA DE LOURDES",
    "Atenciosamente\n\n*Maria de Lourdes*\nAuxiliar administrativo\nTel.: (11) 98888-7777 | Ramal 23\n"
    "maria@aurora.example\nwww.aurora.example\nRua das Flores, 123 - Centro\nSão Paulo - SP",
    "Abs, Maria",
    "Grata,\nProfa. Maria de Lourdes Silva\nColégio Aurora",
    "Cordialmente,\nSetor Financeiro",
    "Att",
)


@pytest.mark.parametrize("signature", SIGNATURES)
def test_a_signature_below_a_closing_is_left_out_of_what_is_read(signature):
    assert split(f"Conferi.\n\n{signature}", WRITER).text == "Conferi."


@pytest.mark.parametrize(
    "below",
    [
        "Att,\nMaria\n\nPS: mande o boleto de maio",
        "Att,\nMaria\n\nFavor ligar à tarde",
        "Att,\nMaria\nCNPJ 11.222.333/0001-81",
        "Att,\nMaria\n12345678",
        "Att,\nMaria\nURGENTE",
        "Att,\nMaria\nFinanceiro já pagou",
        "Att,\nMaria\nResponsável financeiro: João Silva",
        "Att,\nMaria\n11 4002-8922 liguem hoje",
        "Att,\nMaria\nRua Sete, 12 está errado",
        "Att,\nMaria\n- boleto de maio",
        "Att,\nMaria\n" + "\n".join(f"Secretaria {letter}" for letter in "ABCDEFGHI"),
        "Att,\nAguardo retorno",
        "Att,\nJoana Dias",
        "Att, favor ligar",
        "Grata pela atenção",
        "Abs por cento",
        "Até amanhã,\nMaria",
        "Obrigada!\nMaria",
    ],
)
def test_whatever_else_stands_below_a_closing_stays(below):
    assert split(f"Conferi.\n\n{below}", WRITER).text == f"Conferi.\n\n{below}"


@pytest.mark.parametrize("above", ["Bom dia, Paula!", "Segue:", "Seguem abaixo os dados.", "Podem me ligar."])
def test_a_signature_that_is_all_they_say_or_that_they_speak_of_stays(above):
    told = f"{above}\n\nAtt,\nMaria de Lourdes\n(11) 98765-4321"
    assert split(told, WRITER).text == told


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_lines_end_as_they_will(ending):
    assert split(f"SIM{ending}{ending}Em 23/11/2026 10:12, Guichê escreveu:{ending}> Pode conferir?").text == "SIM"


@given(st.lists(st.text("ab> :\n", max_size=30) | st.sampled_from(["> sim", "Em 23/11, a@b escreveu:", "De: a", "--"])))
def test_nothing_is_ever_lost(lines):
    reply = split("\n".join(lines))
    assert f"{reply.text} {reply.rest}".split() == "\n".join(lines).split()
