"""Cancelled tickets."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.tickets.factories import new
from tests.tickets.record.traces import event, left_by_block
from web.tickets.actions import cancellation

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=2)


@pytest.fixture
async def people(database):
    return await cast.enrol()


async def test_a_cancelled_ticket_is_closed_and_waits_for_nothing(people):
    sheet = await new(people, "waiting_until")
    async with left_by_block(sheet.number) as left:
        await cancellation.cancel(sheet, reason="Achamos os boletos.", by=people.ana, at=LATER)
    assert left.row == {
        "status": "closed",
        "wait": None,
        "wait_until": None,
        "resolution": "cancelled",
        "closed_at": LATER,
        "updated_at": LATER,
    }
    assert left.events == [
        event("cancellation", people.ana, LATER, reason="Achamos os boletos.", from_="waiting", to="closed")
    ]
