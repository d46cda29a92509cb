"""One-time links: opening one changes nothing, so that mail scanners may; the button on the page spends it."""

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, NotFound, Throttled
from web.http.shield import network_of
from web.pages.shell import forms, render, session
from web.pages.shell.forms import Form
from web.pages.shell.session import PageRequest
from web.people import one_time_links, sessions, throttle
from web.people.one_time_links import Purpose


@get("/claim/{token:str}", name="claim")
async def show(request: PageRequest, token: FromPath[str]) -> Response[str]:
    return await _page(request, token, None)


@post("/claim/{token:str}", name="spend_claim", status_code=303)
async def create(request: PageRequest, token: FromPath[str]) -> Response[str]:
    form = await forms.read_form(request, is_public=True)
    password = form.text("password")
    try:
        await throttle.spend(one_time_links.CLAIMS_FROM_ONE, network_of(request), at=now())
        if password != form.text("again"):
            raise Invalid("again", "different")
        person = await one_time_links.redeem(token, password=password, name=form.text("name"), at=now())
    except Invalid as error:
        return await _page(request, token, form.wrong(error), status=422)
    except Throttled as error:
        answer = await _page(request, token, form.wrong(Invalid("password", error.code)), status=429)
        answer.headers["Retry-After"] = str(error.wait)
        return answer
    except NotFound:
        return _dead(request)
    await session.end_this(request)
    opened = await sessions.start(person, network=network_of(request), browser=session.browser_of(request), at=now())
    return session.opened(render.redirect(request, "/"), opened)


async def _page(request: PageRequest, token: str, form: Form | None, *, status: int = 200) -> Response[str]:
    link = await one_time_links.find_live(token, now())
    if link is None:
        return _dead(request)
    context = {
        "form": form,
        "address": link.address,
        "asks_password": link.purpose != Purpose.SIGN_IN,
        "asks_name": link.purpose == Purpose.SIGN_UP and not link.name,
    }
    return render.page(request, "access/claim.html", context, status=status)


def _dead(request: PageRequest) -> Response[str]:
    return render.page(request, "access/dead_link.html", {}, status=404)
