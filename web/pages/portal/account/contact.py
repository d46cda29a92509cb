"""The addresses and phones of the reader's account, and the undo delay of their replies."""

from functools import partial

from litestar import post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.pages.portal.account.page import page
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form_handler import changed
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.people.agents import signatures, undo_send
from web.people.identifiers import phones


@post("/account/phones", name="add_phone", status_code=303, form=FormSpec("phones", "/account", labels("phone")))
async def add_phone(request: PageRequest) -> Response[str]:
    me = person_of(request)
    return await changed(
        request,
        lambda form: phones.add(me.id, form.text("phone"), by=me, at=now()),
        show=partial(page, request),
        then=lambda is_new: f"/account?done={'phone' if is_new else 'phone_known'}",
    )


@post(
    "/account/phones/{number:int}/removal",
    name="remove_phone",
    status_code=303,
    form=FormSpec("phone-removal", "/account"),
)
async def remove_phone(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await read_form(request)
    me = person_of(request)
    await phones.remove(me.id, number, by=me, at=now())
    return render.redirect(request, "/account?done=phone_removed")


@post(
    "/account/signature",
    name="choose_signature",
    status_code=303,
    form=FormSpec("signature", "/account", labels("signature"), ("signature",)),
)
async def choose_signature(request: PageRequest) -> Response[str]:
    return await changed(
        request,
        lambda form: signatures.choose(form.text("signature"), by=person_of(request), at=now()),
        show=partial(page, request),
        then="/account?done=signature",
    )


@post("/account/sending", name="choose_sending", status_code=303, form=FormSpec("sending", "/account"))
async def choose_sending(request: PageRequest) -> Response[str]:
    return await changed(
        request,
        lambda form: undo_send.choose(holds=form.is_checked("holds"), by=person_of(request)),
        show=partial(page, request),
        then="/account?done=sending",
    )
