"""Signing in and out."""

from litestar import get, post
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, Throttled
from web.http.security import network_of
from web.pages.shell import render, session
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words.fields import labels
from web.people import sign_in


@get("/sign-in", name="sign_in")
async def show(request: PageRequest) -> Response[str]:
    if request.user is not None:
        return render.redirect(request, own_path(request.query_params.get("next", "")))
    return _page(request, None, request.query_params.get("next", ""))


@post("/sign-in", name="enter", status_code=303, form=FormSpec("sign-in", fields=labels("identifier", "password")))
async def create(request: PageRequest) -> Response[str]:
    form = await read_form(request, is_public=True)
    onward = own_path(form.text("next"))
    try:
        person = await sign_in.with_password(
            form.text("identifier"),
            form.text("password"),
            network=network_of(request),
            browser_token=session.browser_token(request),
            at=now(),
        )
    except Invalid as error:
        form.errors["sign_in"] = error.code
        return _page(request, form, onward, status=422)
    except Throttled as error:
        form.errors["sign_in"] = error.code
        answer = _page(request, form, onward, status=429)
        answer.headers["Retry-After"] = str(error.wait)
        return answer
    await session.end_this(request)
    return session.opened(render.redirect(request, onward), await session.start(request, person))


@post("/sign-out", name="sign_out", status_code=303, form=FormSpec("sign-out", "/"))
async def destroy(request: PageRequest) -> Response[str]:
    await read_form(request, is_public=True)
    await session.end_this(request)
    return session.closed(render.redirect(request, "/sign-in?done=signed_out"))


def own_path(text: str) -> str:
    """An address of this portal to continue at; anything that could lead elsewhere becomes the overview."""
    if not text.startswith("/") or text.startswith("//") or "\\" in text or not text.isprintable():
        return "/"
    return text


def next_of(request: PageRequest, form: Form) -> str:
    """Where the form, or the address of its page, leads on to; empty for the overview."""
    onward = own_path(form.text("next") or request.query_params.get("next", ""))
    return "" if onward == "/" else onward


def _page(request: PageRequest, form: Form | None, onward: str, *, status: int = 200) -> Response[str]:
    onward = own_path(onward)
    context: dict[str, object] = {
        "form": form,
        "next": "" if onward == "/" else onward,
        "kept": "kept=" in onward,
        "done": confirmations.SIGNED_OUT.get(request.query_params.get("done", ""), ""),
        "typed": {},
    }
    return render.page(request, "access/sign_in.html", context, block="sign_in", status=status)
