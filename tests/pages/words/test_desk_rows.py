"""What the columns of the desk's list say."""

from datetime import datetime

import pytest

from web.pages.words.formats import ZONE
from web.pages.words.tickets.desk_rows import due_words

pytestmark = pytest.mark.anywhere


@pytest.mark.parametrize(
    ("due", "said", "tone"),
    [
        ("2026-11-23T09:05", "venceu 9h05", "late"),
        ("2026-11-23T14:00", "venceu 14h", "late"),
        ("2026-11-22T18:00", "venceu ontem", "late"),
        ("2026-11-18T18:00", "venceu 18/11", "late"),
        ("2026-11-23T17:30", "hoje, 17h30", ""),
        ("2026-11-24T08:00", "amanhã, 8h", ""),
        ("2026-11-30T08:00", "seg., 30/11", ""),
    ],
)
def test_a_deadline_is_said_in_few_words(due: str, said: str, tone: str) -> None:
    at = datetime.fromisoformat("2026-11-23T14:00").replace(tzinfo=ZONE)
    words, _, found = due_words(datetime.fromisoformat(due).replace(tzinfo=ZONE), at)
    assert (words, found) == (said, tone)
