"""The documentation of the API for people, made from its OpenAPI description."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from litestar import get
from litestar.response.base import Response

from web.pages.shell import render
from web.pages.shell.session import PageRequest
from web.pages.words.api import KINDS, PLACES, list_of, one_of
from web.settings import settings

Schema = Mapping[str, Any]


class Field(NamedTuple):
    """A parameter of a request, or a field of its body."""

    name: str
    place: str
    kind: str
    is_required: bool


class Operation(NamedTuple):
    """One method of one address."""

    id: str
    method: str
    path: str
    summary: str
    scope: str
    fields: list[Field]
    answer: str
    refusals: list[str]
    """Codes of this operation; those of every operation are in `_ANYWHERE`."""


@get("/api/docs", name="documentation")
async def show(request: PageRequest) -> Response[str]:
    schema = request.app.openapi_schema.to_schema()
    context = {
        "base": settings().base_url,
        "operations": _operations(schema),
        "anywhere": _ANYWHERE,
        "shapes": {name: _fields(name, schema) for name in _ANSWERS},
        "problems": {code: described["description"] for code, described in schema["components"]["responses"].items()},
    }
    return render.page(request, "api_docs.html", context)


_ANSWERS = (
    *("Queue", "TicketList", "TicketRow", "Ticket", "Event", "Named", "File", "Category", "FieldAsked"),
    *("Problem", "WrongField"),
)

_ANYWHERE = ("malformed", "key_missing", "key_unknown", "out_of_scope", "cross_site", "throttled")
"""Codes with which any operation can be refused."""


def _operations(schema: Schema) -> list[Operation]:
    return [
        _operation(method.upper(), path, described, schema)
        for path, methods in schema["paths"].items()
        for method, described in methods.items()
    ]


def _operation(method: str, path: str, described: Schema, schema: Schema) -> Operation:
    refusals = [each["description"] for status, each in described["responses"].items() if status >= "400"]
    return Operation(
        id=described["operationId"],
        method=method,
        path=path,
        summary=described["summary"],
        scope=described["security"][0]["key"][0],
        fields=[*map(_parameter, described.get("parameters", ())), *_body(described, schema)],
        answer=_answer(described),
        refusals=[code for each in refusals for code in each.split(", ") if code not in _ANYWHERE],
    )


def _parameter(described: Schema) -> Field:
    return Field(described["name"], PLACES[described["in"]], _kind(described["schema"]), described["required"])


def _body(described: Schema, schema: Schema) -> list[Field]:
    if "requestBody" not in described:
        return []
    return _fields(_named(described["requestBody"]["content"]["application/json"]["schema"]), schema)


def _answer(described: Schema) -> str:
    """The type of a successful answer; empty for files and for an empty answer."""
    (well,) = (each for status, each in described["responses"].items() if status < "400")
    return _kind(well.get("content", {}).get("application/json", {}).get("schema", {}))


def _fields(name: str, schema: Schema) -> list[Field]:
    shape = schema["components"]["schemas"][name]
    needed = shape.get("required", ())
    return [
        Field(each, PLACES["body"], _kind(described), each in needed) for each, described in shape["properties"].items()
    ]


def _kind(described: Schema) -> str:
    """A type in words: texto, lista de File, until | team | case."""
    if "$ref" in described:
        return _named(described)
    if "oneOf" in described:
        return one_of(_kind(each) for each in described["oneOf"])
    if "enum" in described:
        return " | ".join(described["enum"])
    if described.get("type") == "array":
        return list_of(_kind(described["items"]))
    return KINDS.get(described.get("format", ""), "") or KINDS.get(described.get("type", ""), "")


def _named(described: Schema) -> str:
    return str(described["$ref"].rpartition("/")[2])
