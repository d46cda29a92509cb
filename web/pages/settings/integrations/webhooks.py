"""Webhooks and their deliveries."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.pages.shell import edit_conflicts, render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import answered, button, changed
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words.settings import webhooks as words
from web.people import sign_in
from web.settings_log.recording import Kind
from web.webhooks import deliveries, subscriptions
from web.webhooks.subscriptions import WebhookInput

ADDRESS = "/desk/settings/webhooks"
PAGE = "/desk/settings/webhooks/{number}"
WRITTEN = ("address",)


@get(ADDRESS, name="webhooks")
async def index(request: PageRequest) -> Response[str]:
    return await _index(request, await restored_form(request))


@post(ADDRESS, name="new_webhook", status_code=201, form=FormSpec("webhook", ADDRESS, words.FIELDS, WRITTEN))
async def create(request: PageRequest) -> Response[str]:
    """Creates the webhook. The answer shows its secret, which is never shown again."""
    me, at = person_of(request), now()

    async def act(form: Form) -> str:
        wanted = _wanted(form, is_on=True)
        await sign_in.reauthenticate(me, form.text("current"), at=at, check=partial(subscriptions.check, wanted, me))
        _, secret = await subscriptions.subscribe(wanted, by=me, at=at, form_key=form.key)
        return secret

    show = partial(_index, request)
    return await answered(request, act, show=show, answer=lambda secret: show(Form(), secret=secret, status=201))


@get("/desk/settings/webhooks/{number:int}", name="webhook")
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await _page(request, number, await restored_form(request))


@post(
    "/desk/settings/webhooks/{number:int}",
    name="edit_webhook",
    status_code=303,
    form=FormSpec("webhook", PAGE, words.FIELDS, WRITTEN),
)
async def update(request: PageRequest, number: FromPath[int]) -> Response[str]:
    me, at = person_of(request), now()

    async def act(form: Form) -> None:
        await subscriptions.webhook(number)
        wanted = _wanted(form, is_on=form.is_checked("is_on"))
        await sign_in.reauthenticate(me, form.text("current"), at=at, check=partial(subscriptions.check, wanted, me))
        await subscriptions.change(number, wanted, seen=form.number("seen"), by=me, at=at)

    return await changed(request, act, show=partial(_page, request, number), then=f"{ADDRESS}/{number}?done=saved")


@get("/desk/settings/webhooks/{number:int}/removal", name="webhook_removal")
async def ask_removal(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return render.page(request, "settings/webhook_removal.html", {"webhook": await subscriptions.webhook(number)})


remove = button(
    "/desk/settings/webhooks/{number:int}/removal",
    "remove_webhook",
    FormSpec("removal", PAGE),
    subscriptions.remove,
    then=f"{ADDRESS}?done=removed",
)


test = button(
    "/desk/settings/webhooks/{number:int}/tests",
    "webhook_test",
    FormSpec("tests", PAGE),
    deliveries.test,
    then=f"{ADDRESS}/{{number}}?done=test",
)


@post(
    "/desk/settings/deliveries/{number:int}/repeats",
    name="delivery_repeat",
    status_code=303,
    form=FormSpec("repeats", ADDRESS),
)
async def repeat(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await read_form(request)
    webhook = await deliveries.repeat(number, by=person_of(request), at=now())
    return render.redirect(request, f"{ADDRESS}/{webhook}?done=repeat")


def _wanted(form: Form, *, is_on: bool) -> WebhookInput:
    return WebhookInput(form.line("address"), frozenset(form.values.get("events", [])), is_on)


async def _index(request: PageRequest, form: Form, *, secret: str = "", status: int = 200) -> Response[str]:
    context = {
        "webhooks": [(each, words.events_text(each.events)) for each in await subscriptions.listed()],
        "secret": secret,
        **_shown(request, form),
    }
    return render.page(request, "settings/webhooks.html", context, status=status)


async def _page(request: PageRequest, number: int, form: Form, *, status: int = 200) -> Response[str]:
    found = await subscriptions.webhook(number)
    rows = await deliveries.of_webhook(number)
    context = {
        "webhook": found,
        "seen": await edit_conflicts.seen(Kind.WEBHOOK, number, form),
        "deliveries": [
            (each, words.event_text(each.noun), words.state_text(each), words.answer_text(each)) for each in rows
        ],
        **_shown(request, form),
    }
    return render.page(request, "settings/webhook.html", context, status=status)


def _shown(request: PageRequest, form: Form) -> dict[str, object]:
    done = confirmations.WEBHOOKS.get(request.query_params.get("done", ""), "")
    return {"form": form, "events": words.EVENTS, "done": done}
