"""Undoes merges of accounts."""

from functools import partial

from litestar import post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.pages.people.people import ADDRESS, PERSON, page
from web.pages.shell.dependencies import person_of
from web.pages.shell.form_handler import changed
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.people.merging import unmerge


@post(
    "/desk/people/{number:int}/parting",
    name="part_accounts",
    status_code=303,
    form=FormSpec("parting", PERSON, labels("merge")),
)
async def create(request: PageRequest, number: FromPath[int]) -> Response[str]:
    """`number` is the account that was merged into another."""
    return await changed(
        request,
        lambda form: unmerge.part(number, by=person_of(request), at=now()),
        show=partial(page, request, number),
        then=f"{ADDRESS}/{number}?done=parted",
    )
