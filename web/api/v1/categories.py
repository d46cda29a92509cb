"""The categories in which robots can open tickets, with their fields."""

from litestar import Response, get
from msgspec import Struct

from web.api.v1.access import Keyed
from web.api.v1.operations import operation
from web.api.v1.responses import Named
from web.people.permissions import Actor, Scope
from web.tickets.fields import catalog
from web.tickets.fields.field import Asks, Field, Stage
from web.tickets.requests.categories import categories


class FieldAsked(Struct):
    """A field of a category, or of one of its topics. A ticket cannot be opened without a required one."""

    id: int
    label: str
    help: str
    kind: str
    options: list[str]
    topic: int | None
    is_required: bool


class Category(Struct):
    """A category that is offered."""

    id: int
    name: str
    topics: list[Named]
    fields: list[FieldAsked]


class Categories(Struct):
    """All offered categories in order."""

    categories: list[Category]


@get("/categories", **operation("categories", Scope.READ))
async def index(request: Keyed) -> Response[Categories]:
    rows = await categories(request.user)
    found = {row.id: Category(row.id, row.name, [], _asked(row.id, request.user)) for row in rows}
    for row in rows:
        if row.topic is not None:
            found[row.id].topics.append(Named(row.topic, row.topic_name or ""))
    return Response(Categories(list(found.values())))


def _asked(category: int, by: Actor) -> list[FieldAsked]:
    return [_field(each, by) for each in catalog.of_category(category) if each.is_active]


def _field(asked: Field, by: Actor) -> FieldAsked:
    return FieldAsked(
        id=asked.id,
        label=asked.label,
        help=asked.help,
        kind=asked.kind,
        options=list(asked.options),
        topic=asked.topic,
        is_required=asked.asks(Stage.SUBMISSION, by) is Asks.REQUIRED,
    )
