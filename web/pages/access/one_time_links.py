"""One-time links. Opening one changes nothing, because mail scanners open links; the button on the page redeems it."""

from datetime import datetime

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, NotFound, Throttled
from web.notifications import join_requests
from web.pages.access.sign_in import next_of
from web.pages.shell import render, session
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.people import one_time_links
from web.people.onboarding import paper
from web.people.one_time_links import Purpose


@get("/claim/{token:str}", name="claim")
async def show(request: PageRequest, token: FromPath[str]) -> Response[str]:
    return await _page(request, token, await restored_form(request))


@post(
    "/claim/{token:str}",
    name="spend_claim",
    status_code=303,
    form=FormSpec("claim", fields=labels("name", "cnpj", "password", "again", "address", of="newcomer")),
)
async def create(request: PageRequest, token: FromPath[str]) -> Response[str]:
    form = await read_form(request, is_public=True)
    at = now()
    try:
        person = await _redeemed(token, form, at)
    except NotFound:
        return render.invalid_link(request)
    except Invalid as error:
        return await _page(request, token, form.wrong(error), status=422)
    except Throttled as error:
        return await _throttled(request, token, form, error)
    await join_requests.tell_managers(person, letter=render.letter, at=at)
    await session.end_this(request)
    onward = "/?done=join_asked" if form.text("cnpj") else next_of(request, form) or "/"
    return session.opened(render.redirect(request, onward), await session.start(request, person))


async def _redeemed(token: str, form: Form, at: datetime) -> int:
    if form.text("password") != form.text("again"):
        raise Invalid("again", "different")
    return await one_time_links.redeem(
        token, password=form.text("password"), name=form.text("name"), cnpj=form.text("cnpj"), at=at
    )


async def _throttled(request: PageRequest, token: str, form: Form, error: Throttled) -> Response[str]:
    answer = await _page(request, token, form.wrong(Invalid("password", error.code)), status=429)
    answer.headers["Retry-After"] = str(error.wait)
    return answer


async def _page(request: PageRequest, token: str, form: Form, *, status: int = 200) -> Response[str]:
    link = await one_time_links.find_live(token, now())
    if link is None:
        return render.invalid_link(request)
    own = one_time_links.was_asked_for_in(link, session.browser_token(request))
    context = {
        "form": form,
        "next": next_of(request, form),
        "address": link.address,
        "asks_password": link.purpose not in one_time_links.PASSWORDLESS,
        "signs_up": link.purpose == Purpose.SIGN_UP,
        "name": link.name if own else "",
        "cnpj": link.cnpj if own else "",
        "is_code": own and paper.is_code(link.cnpj),
    }
    return render.page(request, "access/one_time_link.html", context, status=status)
