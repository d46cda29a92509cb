"""Options of an operation for Litestar: its name, its scope, and the refusals it can answer with."""

from typing import Any

from litestar.openapi.datastructures import ResponseSpec

from web.api.v1.problems import CODES, MEDIA_TYPE, Problem
from web.pages.words.api import OPERATIONS
from web.people.permissions import Scope


def operation(name: str, scope: Scope, *refusals: int, **opt: Any) -> dict[str, Any]:
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
