"""Tickets by mail have no custom fields: they are accepted, and the desk sees what is missing."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of
from tests.tickets.fields.factories import field
from web.tickets.fields.field import Asks
from web.tickets.life.states import Channel
from web.tickets.requests import submission
from web.tickets.requests.drafts import Request

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]


async def test_a_ticket_by_mail_without_required_fields_is_taken_and_says_which_it_lacks():
    people = await cast.enrol()
    await field(people.lia, "Número do pedido", requester_submission=Asks.REQUIRED)
    about, _ = await cast.subject()
    request = Request("Boletos", "Vieram errados.", about, channel=Channel.EMAIL)
    made = await submission.open_ticket(request, by=people.ana, at=NOW)
    page = await (await browser_of(people.bia)).get(f"/desk/tickets/{made.ticket}")
    assert "Faltam campos: Número do pedido." in page.words
