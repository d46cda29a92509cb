"""Options of an operation for Litestar: its name, its scope, and the refusals it can answer with."""

from typing import TypedDict

from litestar.openapi.datastructures import ResponseSpec

from web.api.v1.problems import CODES, MEDIA_TYPE, Problem
from web.pages.words.api import OPERATIONS
from web.people.permissions import Scope


class Operation(TypedDict):
    """Arguments of a decorator of Litestar."""

    name: str
    operation_id: str
    opt: dict[str, object]
    security: list[dict[str, list[str]]]
    summary: str
    responses: dict[int, ResponseSpec]


def operation(name: str, scope: Scope, *refusals: int, **opt: object) -> Operation:
    """Arguments for the decorator of a handler; `refusals` are statuses besides those of every operation."""
    return {
        "name": f"api_{name}",
        "operation_id": name,
        "opt": {"scope": scope, **opt},
        "security": [{"key": [scope.value]}],
        "summary": OPERATIONS[name],
        "responses": {status: _response(status) for status in sorted({400, 401, 403, *refusals, 429})},
    }


def _response(status: int) -> ResponseSpec:
    return ResponseSpec(Problem, generate_examples=False, description=", ".join(CODES[status]), media_type=MEDIA_TYPE)
