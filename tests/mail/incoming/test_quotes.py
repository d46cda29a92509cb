"""The new part of a reply, whatever program wrote it; new words are never left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mail.incoming.more_replies import MORE_HISTORIES, MORE_KEPT
from tests.mail.incoming.replies import HISTORIES, KEPT_WHOLE, TYPED
from tests.mail.incoming.replies_of_clients import OF_CLIENTS, STAY_WHOLE
from web.mail.incoming.quotes import split

pytestmark = pytest.mark.anywhere

ALL = HISTORIES | MORE_HISTORIES | OF_CLIENTS


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("history", ALL)
def test_what_was_typed_is_read_without_the_history_below_it(typed, history):
    assert split(TYPED[typed] + ALL[history]).text == TYPED[typed]


@pytest.mark.parametrize("history", ALL)
def test_what_is_left_out_stays_to_be_opened(history):
    reply = split("SIM" + ALL[history])
    left_out = reply.rest.split()
    assert left_out == ALL[history].replace("\u200b", "").replace("\ufeff", "").split()


@pytest.mark.parametrize("name", KEPT_WHOLE)
def test_new_words_among_old_ones_stay(name):
    assert split(KEPT_WHOLE[name]).text == KEPT_WHOLE[name].strip()


@pytest.mark.parametrize("greeting", ["", "Bom dia!\n\n"])
@pytest.mark.parametrize("words", MORE_KEPT + STAY_WHOLE)
def test_words_that_begin_like_those_of_programs_stay(greeting, words):
    assert split(greeting + words).text == greeting + words


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_lines_end_as_they_will(ending):
    assert split(f"SIM{ending}{ending}Em 23/11/2026 10:12, Guichê escreveu:{ending}> Pode conferir?").text == "SIM"


@given(st.lists(st.text("ab> :\n", max_size=30) | st.sampled_from(["> sim", "Em 23/11, a@b escreveu:", "De: a", "--"])))
def test_nothing_is_ever_lost(lines):
    reply = split("\n".join(lines))
    assert f"{reply.text} {reply.rest}".split() == "\n".join(lines).split()
