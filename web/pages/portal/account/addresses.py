"""The addresses of the reader's account: added by a link that is sent to them, and removed."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import NotFound
from web.http.security import network_of
from web.pages.portal.account.page import page
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import changed
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest, browser_token
from web.pages.words.fields import labels
from web.people import one_time_links
from web.people.identifiers import adding

_FIELDS = labels("address", "current")


@post(
    "/account/addresses",
    name="add_address",
    status_code=303,
    form=FormSpec("addresses", "/account", _FIELDS, ("address",)),
)
async def add(request: PageRequest) -> Response[str]:
    async def act(form: Form) -> None:
        await adding.ask(
            form.text("address"),
            current=form.text("current"),
            browser=browser_token(request),
            network=network_of(request),
            by=person_of(request),
            at=now(),
        )

    return await changed(request, act, show=partial(page, request), then="/account?done=address_asked")


@post(
    "/account/addresses/removal",
    name="remove_address",
    status_code=303,
    form=FormSpec("removal", "/account", _FIELDS),
)
async def remove(request: PageRequest) -> Response[str]:
    return await changed(
        request,
        lambda form: adding.remove(form.text("address"), current=form.text("current"), by=person_of(request), at=now()),
        show=partial(page, request),
        then="/account?done=address_removed",
    )


@get("/account/confirmations/{token:str}", name="address_link")
async def show(request: PageRequest, token: FromPath[str]) -> Response[str]:
    """Shows the page of the link. Opening it changes nothing, because mail scanners open links."""
    try:
        link = await one_time_links.find_added(token, now(), by=person_of(request))
    except NotFound:
        return render.invalid_link(request, again="/account#addresses")
    return render.page(request, "portal/account/confirmation.html", {"address": link.address})


@post(
    "/account/confirmations/{token:str}",
    name="confirm_address",
    status_code=303,
    form=FormSpec("confirmation", fields=_FIELDS),
)
async def confirm(request: PageRequest, token: FromPath[str]) -> Response[str]:
    return await changed(
        request,
        lambda form: adding.confirm(token, by=person_of(request), at=now()),
        show=partial(page, request),
        then="/account?done=address_added",
    )
