"""Accounts that were merged, parted again."""

from litestar import post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid
from web.pages.people.people import ADDRESS, PERSON, page
from web.pages.shell import render
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.people.merging import parting


@post(
    "/desk/people/{number:int}/parting",
    name="part_accounts",
    status_code=303,
    form=FormSpec("parting", PERSON, labels("merge")),
)
async def create(request: PageRequest, number: FromPath[int]) -> Response[str]:
    """Of the account that was merged."""
    form = await read_form(request)
    try:
        await parting.part(number, by=person_of(request), at=now())
    except Invalid as error:
        return await page(request, number, form.wrong(error), status=422)
    return render.redirect(request, f"{ADDRESS}/{number}?done=parted")
