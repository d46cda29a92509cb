"""Requests for a link by e-mail: "Cadastre-se", "Crie uma senha", or to sign in.

The answer never reveals who exists.
"""

from litestar import get, post
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, refuse
from web.http.security import network_of
from web.pages.access.sign_in import next_of
from web.pages.shell import render, session
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words.access import LINK_FORMS
from web.pages.words.fields import labels
from web.people import accounts, names, one_time_links
from web.people.identifiers.addresses import is_address
from web.people.onboarding import paper
from web.people.one_time_links import Purpose
from web.people.permissions import Role

_PURPOSES = {"/sign-up": Purpose.SIGN_UP, "/password": Purpose.PASSWORD, "/sign-in/link": Purpose.SIGN_IN}
"""The purpose of the link, by the address of the form."""


@get(list(_PURPOSES), name="ask_for_link")
async def show(request: PageRequest) -> Response[str]:
    return _page(request, await restored_form(request))


@post(
    list(_PURPOSES),
    name="send_link",
    status_code=303,
    form=FormSpec("link", fields=labels("name", "identifier", "cnpj", of="newcomer")),
)
async def create(request: PageRequest) -> Response[str]:
    form = await read_form(request, is_public=True)
    purpose = _PURPOSES[request.url.path]
    try:
        number = _checked(form, purpose)
    except Invalid as error:
        return _page(request, form.wrong(error), status=422)
    onward = next_of(request, form)
    await one_time_links.request(
        purpose,
        form.text("identifier"),
        name=form.text("name") if purpose is Purpose.SIGN_UP else "",
        cnpj=number,
        browser=session.browser_token(request),
        onward=onward,
        network=network_of(request),
        at=now(),
    )
    return render.redirect(request, render.with_query("/sent", next=onward) if onward else "/sent")


@get("/sent", name="sent")
async def sent(request: PageRequest) -> Response[str]:
    return render.page(request, "access/sent.html", {"next": next_of(request, Form())})


def _checked(form: Form, purpose: Purpose) -> str:
    """The CNPJ or invitation code that was typed, if any. Raises `Invalid` for all wrong fields."""
    number, wrong = "", {"identifier": _wrong_address(form.text("identifier"))}
    if purpose is Purpose.SIGN_UP:
        wrong["name"] = names.wrong_name(form.text("name"), role=Role.REQUESTER)
        try:
            number = paper.code_or_cnpj(form.text("cnpj"))
        except Invalid as error:
            wrong["cnpj"] = error.code
    refuse(wrong)
    return number


def _wrong_address(typed: str) -> str | None:
    if not is_address(accounts.normal(typed)):
        return "not_an_address"
    return "desks_address" if accounts.is_the_desks(typed) else None


def _page(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    purpose = _PURPOSES[request.url.path]
    context = {
        "form": form,
        "next": next_of(request, form),
        "code": request.query_params.get("code", "") or paper.code_in(form.text("cnpj")),
        **LINK_FORMS[purpose]._asdict(),
        "asks_name": purpose is Purpose.SIGN_UP,
        "action": request.url.path,
    }
    return render.page(request, "access/link_request.html", context, status=status)
