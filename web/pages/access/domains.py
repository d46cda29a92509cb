"""The link for the postmaster of a domain: the page says what it turns on, and its button does so."""

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, NotFound
from web.pages.shell import render
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest
from web.people.onboarding import domain_verification

PAGE = "/domains/{token:str}"


@get(PAGE, name="domain_proof")
async def show(request: PageRequest, token: FromPath[str]) -> Response[str]:
    try:
        found = await domain_verification.find(token, at=now())
    except NotFound:
        return render.invalid_link(request, again="/organization")
    return render.page(request, "access/domain.html", {"proof": found, "is_on": False})


@post(f"{PAGE}/confirmation", name="prove_domain", status_code=200, form=FormSpec("domain", "/domains/{token}"))
async def confirm(request: PageRequest, token: FromPath[str]) -> Response[str]:
    await read_form(request, is_public=True)
    try:
        found = await domain_verification.confirm(token, at=now())
    except (NotFound, Invalid):
        return render.invalid_link(request, again="/organization")
    return render.page(request, "access/domain.html", {"proof": found, "is_on": True})
