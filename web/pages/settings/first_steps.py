"""The first steps of a new installation: the example in one click, and steps to skip."""

from functools import partial

from litestar import post
from litestar.response.base import Response

from web.clock import now
from web.pages.settings.index import ADDRESS, page
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form_handler import changed
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.tickets.settings import first_steps
from web.tickets.settings.example import use_example


@post(
    "/desk/settings/example",
    name="use_example",
    status_code=303,
    form=FormSpec("example", ADDRESS, labels("example")),
)
async def use(request: PageRequest) -> Response[str]:
    return await changed(
        request,
        lambda form: use_example(by=person_of(request), at=now()),
        show=partial(page, request),
        then=f"{ADDRESS}?done=example",
    )


@post("/desk/settings/first-steps", name="pass_over", status_code=303, form=FormSpec("first-steps", ADDRESS))
async def pass_over(request: PageRequest) -> Response[str]:
    form = await read_form(request)
    await first_steps.pass_over(form.text("step"), by=person_of(request), at=now())
    return render.redirect(request, f"{ADDRESS}?done={'all_steps' if form.text('step') == 'all' else 'step'}")
