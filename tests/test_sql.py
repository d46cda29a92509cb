"""Conditions are joined with their values in order; only codes and ids are literals."""

import pytest

from web.sql import Condition, Fragment, literal, literals
from web.tickets.life.states import Status

pytestmark = pytest.mark.anywhere

MINE = Condition("author = {}", (7,))
OPEN = Condition("status = {}", ("open",))


def test_conditions_join_with_their_values_in_order():
    assert Condition("((author = {} AND NOT (status = {})) OR status = {})", (7, "open", "open")) == MINE & ~OPEN | OPEN


def test_codes_and_ids_may_stand_in_the_text():
    assert literal(Status.NEW) == "'new'"
    assert literals([3, -1]) == "3, -1"


@pytest.mark.parametrize("odd", ["", "it's", "open'--", "Open", "öpen", "a b", "open\n", True, 1.5, None, "٣"])
def test_anything_else_is_refused(odd):
    with pytest.raises(ValueError, match="neither a code nor an id"):
        literal(odd)


def test_a_fragment_is_no_condition():
    with pytest.raises(TypeError):
        Fragment("SELECT 1") & MINE
