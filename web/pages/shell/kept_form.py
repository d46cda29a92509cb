"""Keeps a form that could not be processed for its author, and restores it on its page."""

from collections.abc import Mapping, Sequence

from web.clock import now
from web.pages.shell.form import SECRET, Form
from web.pages.shell.form_spec import NO_FORM, page_of, spec_of, specs
from web.pages.shell.session import PageRequest
from web.people import kept_forms
from web.tickets.record.attachments import discard_files, pending_files


async def set_aside(
    request: PageRequest, fields: Mapping[str, Sequence[str]], files: Sequence[int], *, person: int
) -> str:
    """Keeps the values and files, replacing what was kept before. Returns the token."""
    kept = {name: list(values) for name, values in fields.items() if name not in SECRET}
    kept["_form"], kept["_noun"] = [str(request.scope["route_handler"].name)], [noun_of(request)]
    kept["uploads"] = [*kept.get("uploads", []), *map(str, files)]
    before = Form(await kept_forms.discard(person))
    await discard_files(frozenset(before.uploads) - set(Form(kept).uploads), person=person)
    return await kept_forms.store(person, page_of(request), kept, at=now())


async def restored_form(request: PageRequest) -> Form:
    """The form kept under `?kept=`, if it is this person's; else an empty one."""
    token = request.query_params.get("kept", "")
    if not token or request.user is None:
        return Form()
    values = await kept_forms.restore(token, by=request.user, at=now())
    form = Form(values)
    form.spec, form.noun = specs(request.app).get(form.text("_form"), NO_FORM), form.text("_noun")
    form.kept = await pending_files(request.user, form.uploads)
    return form


async def give_back(
    page: str, noun: str, typed: Mapping[str, Sequence[str]], *, request: PageRequest, address: str, person: int
) -> str:
    """The address that shows these values in the form of that noun again."""
    name, *_ = [name for name, spec in specs(request.app).items() if (spec.page, spec.noun) == (page, noun)]
    kept = {**typed, "_form": [name], "_noun": [noun]}
    return f"{address}?kept={await kept_forms.store(person, address, kept, at=now())}"


def noun_of(request: PageRequest) -> str:
    return spec_of(request).noun.format(**request.path_params)
