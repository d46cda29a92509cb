"""Whole replies of Portuguese mail programs: all new text is kept, and the rest can be opened."""

import pytest

from tests.mail.incoming.raw_replies import RAW_REPLIES
from web.mail.incoming.parse import parse


@pytest.mark.parametrize("name", RAW_REPLIES)
def test_of_a_reply_what_is_new_is_read(name):
    sent = RAW_REPLIES[name]
    assert parse(sent.raw).text == sent.new


def test_there_are_seventy_eight():
    assert len(RAW_REPLIES) == 78
