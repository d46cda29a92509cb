"""Builders of custom fields, which this process knows at once."""

from typing import Any

from tests import cast
from tests.cast import NOW
from web.people.permissions import Actor
from web.tickets.fields import catalog
from web.tickets.fields.field import Asks
from web.tickets.fields.field import Field as Known
from web.tickets.fields.kinds import Kind
from web.tickets.settings import fields
from web.tickets.settings.fields import FieldInput


async def field(by: Actor, label: str, kind: Kind = Kind.TEXT, *, category: str = "Cobrança", **more: Any) -> Known:
    """A field, by default asked of everybody who opens a ticket."""
    about, _ = await cast.subject(category, {"Cobrança": "Boletos"}.get(category, "Senha"))
    stages = {"requester_submission": Asks.OPTIONAL, "agent_submission": Asks.OPTIONAL}
    number = await fields.save_field(FieldInput(label, kind, **{**stages, **more}), of=about, by=by, at=NOW)
    await catalog.renew()
    return await fields.field(number, of=about)
