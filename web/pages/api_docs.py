"""The API for people to read, made from its description for machines."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from litestar import get
from litestar.response.base import Response

from web.pages.shell import render
from web.pages.shell.session import PageRequest
from web.pages.words.api import KINDS, PLACES, list_of, one_of

Schema = Mapping[str, Any]


class Field(NamedTuple):
    """Something that a request carries."""

    name: str
    place: str
    kind: str
    is_required: bool


class Operation(NamedTuple):
    """One address and what can be done there."""

    id: str
    method: str
    path: str
    summary: str
    scope: str
    fields: list[Field]
    answer: str
    refusals: list[str]
    """Its own; those of every operation stand apart."""


@get("/api/docs", name="documentation")
async def show(request: PageRequest) -> Response[str]:
    schema = request.app.openapi_schema.to_schema()
    context = {
        "operations": [
            _operation(method.upper(), path, told, schema)
            for path, methods in schema["paths"].items()
            for method, told in methods.items()
        ],
        "anywhere": _ANYWHERE,
        "shapes": {name: _fields(name, schema) for name in _ANSWERS},
        "problems": {code: told["description"] for code, told in schema["components"]["responses"].items()},
    }
    return render.page(request, "api_docs.html", context)


_ANSWERS = ("Queue", "TicketList", "TicketRow", "Ticket", "Happening", "Named", "File", "Problem", "WrongField")

_ANYWHERE = ("malformed", "key_missing", "key_unknown", "out_of_scope", "cross_site", "throttled")
"""How every operation may be refused."""


def _operation(method: str, path: str, told: Schema, schema: Schema) -> Operation:
    refusals = [each["description"] for status, each in told["responses"].items() if status >= "400"]
    return Operation(
        id=told["operationId"],
        method=method,
        path=path,
        summary=told["summary"],
        scope=told["security"][0]["key"][0],
        fields=[*map(_parameter, told.get("parameters", ())), *_body(told, schema)],
        answer=_answer(told),
        refusals=[code for each in refusals for code in each.split(", ") if code not in _ANYWHERE],
    )


def _parameter(told: Schema) -> Field:
    return Field(told["name"], PLACES[told["in"]], _kind(told["schema"]), told["required"])


def _body(told: Schema, schema: Schema) -> list[Field]:
    if "requestBody" not in told:
        return []
    return _fields(_named(told["requestBody"]["content"]["application/json"]["schema"]), schema)


def _answer(told: Schema) -> str:
    """The shape of what comes back when all is well; empty for bytes and for nothing."""
    (well,) = (each for status, each in told["responses"].items() if status < "400")
    return _kind(well.get("content", {}).get("application/json", {}).get("schema", {}))


def _fields(name: str, schema: Schema) -> list[Field]:
    shape = schema["components"]["schemas"][name]
    needed = shape.get("required", ())
    return [Field(each, PLACES["body"], _kind(told), each in needed) for each, told in shape["properties"].items()]


def _kind(told: Schema) -> str:
    """A type in a few words: texto, lista de File, until | team | case."""
    if "$ref" in told:
        return _named(told)
    if "oneOf" in told:
        return one_of(_kind(each) for each in told["oneOf"])
    if "enum" in told:
        return " | ".join(told["enum"])
    if told.get("type") == "array":
        return list_of(_kind(told["items"]))
    return KINDS.get(told.get("format", ""), "") or KINDS.get(told.get("type", ""), "")


def _named(told: Schema) -> str:
    return str(told["$ref"].rpartition("/")[2])
