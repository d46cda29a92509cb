"""API keys of robots: issued, shown once, revoked."""

from datetime import datetime, timedelta
from functools import partial

from litestar import get, post
from litestar.response.base import Response

from web.clock import now
from web.errors import refuse
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import answered, button
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.pages.words.settings.time import KEY_SCOPES, days_text
from web.people import keys, sign_in
from web.people.permissions import Actor, Scope

ADDRESS = "/desk/settings/keys"
SCOPES = {"read": (Scope.READ,), "write": (Scope.READ, Scope.WRITE)}
DAYS = (30, 90, 365)


@get(ADDRESS, name="keys")
async def index(request: PageRequest) -> Response[str]:
    return await _index(request, await restored_form(request))


@post(
    ADDRESS,
    name="new_key",
    status_code=201,
    form=FormSpec("keys", ADDRESS, labels("robot", "place", "scope", "days", "current", of="keys"), ("robot", "place")),
)
async def create(request: PageRequest) -> Response[str]:
    """Creates the key. The answer shows it, and it is never shown again."""
    act, show = partial(_issue, by=person_of(request), at=now()), partial(_index, request)
    return await answered(request, act, show=show, answer=lambda key: show(Form(), issued_key=key, status=201))


remove = button(
    "/desk/settings/keys/{number:int}/removal",
    "key_removal",
    FormSpec("removal", ADDRESS),
    keys.revoke,
    then=f"{ADDRESS}?revoked={{number}}",
)


async def _issue(form: Form, *, by: Actor, at: datetime) -> str:
    await sign_in.reauthenticate(by, form.text("current"), at=at, check=partial(_check, form))
    await _check(form)
    _, key = await keys.issue(
        form.text("robot"),
        name=form.text("place"),
        scopes=SCOPES[form.text("scope")],
        lasts=timedelta(days=form.number("days") or 0),
        by=by,
        at=at,
        form_key=form.key,
    )
    return key


async def _check(form: Form) -> None:
    scope, days = form.text("scope") in SCOPES, form.number("days") in DAYS
    chosen = {"scope": None if scope else "missing", "days": None if days else "missing"}
    refuse({**keys.wrong(form.line("robot"), form.line("place")), **chosen})


async def _index(request: PageRequest, form: Form, *, issued_key: str = "", status: int = 200) -> Response[str]:
    context = {
        "keys": await keys.listed(now()),
        "scopes": KEY_SCOPES,
        "days": [(each, days_text(each)) for each in DAYS],
        "form": form,
        "issued_key": issued_key,
        "is_revoked": "revoked" in request.query_params,
    }
    return render.page(request, "settings/keys.html", context, status=status)
