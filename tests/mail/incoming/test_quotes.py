"""The new part of a reply, whatever program wrote it; new words are never left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mail.incoming.more_replies import MORE_HISTORIES, MORE_KEPT
from tests.mail.incoming.replies import HISTORIES, KEPT_WHOLE, TYPED
from tests.mail.incoming.replies_of_clients import OF_CLIENTS, STAY_WHOLE
from web.mail.incoming.quotes import split

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
    assert split(closed, "Colégio Aurora").text == "Pode fechar.\n\nAtt,"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_lines_end_as_they_will(ending):
    assert split(f"SIM{ending}{ending}Em 23/11/2026 10:12, Guichê escreveu:{ending}> Pode conferir?").text == "SIM"


@given(st.lists(st.text("ab> :\n", max_size=30) | st.sampled_from(["> sim", "Em 23/11, a@b escreveu:", "De: a", "--"])))
def test_nothing_is_ever_lost(lines):
    reply = split("\n".join(lines))
    assert f"{reply.text} {reply.rest}".split() == "\n".join(lines).split()
