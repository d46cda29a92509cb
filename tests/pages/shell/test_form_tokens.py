"""Form tokens against CSRF: they name whose form it was, and cannot be forged."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOW
from tests.security.world import set_up
from web import clock
from web.clock import set_now
from web.pages.shell.form_tokens import FormToken, issue, new_key, verify

pytestmark = pytest.mark.anywhere

numbers = st.integers(0, 2**32 - 1)
MINE = FormToken(session=7, person=3, browser=sha256(b"firefox").digest()[:8], is_recent=True)


@given(numbers, numbers)
def test_a_token_says_whose_form_it_was(session, person):
    assert verify(issue(session, person, "firefox")) == replace(MINE, session=session, person=person)


def test_the_same_form_has_a_token_of_its_own_each_time():
    made = {issue(7, 3, "firefox") for _ in range(100)}
    assert (len(made), {verify(token) for token in made}) == (100, {MINE})


@pytest.mark.parametrize(("age", "is_recent"), [(timedelta(hours=47), True), (timedelta(hours=49), False)])
def test_an_old_token_still_says_whose_it_was_and_that_it_is_old(monkeypatch, age, is_recent):
    monkeypatch.setattr(clock, "_shift", timedelta(0))
    set_now(NOW)
    token = issue(7, 3, "firefox")
    set_now(NOW + age)
    assert verify(token) == replace(MINE, is_recent=is_recent)


@pytest.mark.parametrize(
    ("browser", "age", "is_taken"),
    [
        ("firefox", timedelta(hours=47), True),
        ("firefox", timedelta(hours=49), False),
        ("another", timedelta(0), False),
        ("", timedelta(0), False),
    ],
)
def test_a_visitors_form_counts_in_the_browser_it_was_shown_in_and_for_two_days(monkeypatch, browser, age, is_taken):
    monkeypatch.setattr(clock, "_shift", timedelta(0))
    set_now(NOW)
    token = issue(0, 0, "firefox")
    set_now(NOW + age)
    assert verify(token).was_shown_in(browser) is is_taken


@given(st.data())
def test_a_changed_token_never_says_anything_else(data):
    token = issue(7, 3, "firefox")
    place = data.draw(st.integers(0, len(token) - 1))
    changed = token[:place] + data.draw(st.sampled_from("ABCxyz019-_=!")) + token[place + 1 :]
    assert verify(changed) in (None, MINE)
    assert verify(changed[:-3]) is None


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")) | st.from_regex(r"[A-Za-z0-9_-]{0,60}={0,2}"))
def test_any_other_text_is_nobodys_and_no_error(text):
    assert verify(text) is None


@pytest.mark.parametrize("cut", [0, 1, 4, 20, 32, 44, 55])
def test_a_token_cut_short_is_nobodys(cut):
    assert verify(issue(7, 3, "firefox")[:cut]) is None


def test_a_token_made_under_another_secret_is_nobodys(monkeypatch):
    token = issue(7, 3, "firefox")
    with set_up(monkeypatch, GUICHE_SECRET="another secret of the tests"):
        assert (verify(token), verify(issue(7, 3, "firefox"))) == (None, MINE)


def test_a_forms_key_is_new_each_time_and_has_the_size_that_is_read():
    made = {new_key() for _ in range(1_000)}
    assert (len(made), {len(key) for key in made}) == (1_000, {16})
