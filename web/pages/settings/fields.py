"""Custom fields of a category: created, changed, retired and sorted on its page."""

from litestar import post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, Overtaken
from web.pages.settings.categories import PAGE, page
from web.pages.shell import edit_conflicts, render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import reordered, where
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.pages.words.settings.fields import ASKS, KINDS, lacking_text
from web.settings_log.recording import Kind as Setting
from web.tickets.fields.field import Asks
from web.tickets.fields.kinds import Kind
from web.tickets.settings import fields
from web.tickets.settings.fields import FieldInput, read_options

_LABELS = labels(
    *("label", "kind", "help", "topic", "options"),
    *("requester_submission", "agent_submission", "agent_resolution"),
)
_WRITTEN = ("label", "help", "options")


@post(
    "/desk/settings/categories/{number:int}/fields",
    name="new_field",
    status_code=303,
    form=FormSpec("fields", PAGE, _LABELS, _WRITTEN),
)
async def create(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await _save(request, number, None)


@post(
    "/desk/settings/categories/{number:int}/fields/{field:int}",
    name="edit_field",
    status_code=303,
    form=FormSpec("field-{field}", PAGE, _LABELS, _WRITTEN),
)
async def update(request: PageRequest, number: FromPath[int], field: FromPath[int]) -> Response[str]:
    await fields.field(field, of=number)
    return await _save(request, number, field)


@post(
    "/desk/settings/categories/{number:int}/fields/{field:int}/position",
    name="field_position",
    status_code=303,
    form=FormSpec("position", PAGE),
)
async def move(request: PageRequest, number: FromPath[int], field: FromPath[int]) -> Response[str]:
    form = await read_form(request)
    await fields.move(field, of=number, to=where(form), by=person_of(request), at=now())
    return reordered(request, form, PAGE.format(number=number), f"field-{field}")


async def _save(request: PageRequest, number: int, field: int | None) -> Response[str]:
    """Saves the field. If open tickets lack a value that becomes required, first shows the lead how many."""
    form = await read_form(request)
    if form.is_checked("edit"):
        return await page(request, number, form)
    try:
        wanted = _field_input(form, is_new=field is None)
        lacking = await fields.lacking(wanted, of=number, number=field)
        if lacking and not form.is_checked("save"):
            return _check(request, number, form, lacking_text(wanted.label, lacking))
        seen = form.number("seen")
        await fields.save_field(wanted, of=number, number=field, seen=seen, by=person_of(request), at=now())
    except Invalid as error:
        return await page(request, number, form.wrong(error), status=422)
    except Overtaken:
        form.is_overtaken = True
        await edit_conflicts.seen(Setting.FIELD, field or 0, form)
        return await page(request, number, form, status=409)
    return _shown(request, number)


def _check(request: PageRequest, number: int, form: Form, description: str) -> Response[str]:
    context: dict[str, object] = {
        "description": description,
        "typed": form.typed,
        "changes": (),
        "action": request.url.path,
    }
    return render.page(request, "settings/check.html", context)


def _field_input(form: Form, *, is_new: bool) -> FieldInput:
    return FieldInput(
        label=form.line("label"),
        kind=Kind(form.text("kind")) if form.text("kind") in KINDS else None,
        help=form.line("help"),
        topic=form.number("topic"),
        options=read_options(form.text("options")),
        requester_submission=_asks(form, "requester_submission"),
        agent_submission=_asks(form, "agent_submission"),
        agent_resolution=_asks(form, "agent_resolution"),
        is_public=form.is_checked("is_public"),
        is_active=is_new or form.is_checked("is_active"),
    )


def _asks(form: Form, name: str) -> Asks | None:
    return Asks(form.text(name)) if form.text(name) in ASKS else None


def _shown(request: PageRequest, number: int) -> Response[str]:
    return render.redirect(request, f"{PAGE.format(number=number)}?fields=saved#fields")
