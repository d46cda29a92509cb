"""Asking for a link by e-mail: "Cadastre-se", "Crie uma senha", or just to enter. The answer never says who exists."""

from dataclasses import dataclass

from litestar import get, post
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid
from web.http.shield import network_of
from web.pages.shell import forms, render
from web.pages.shell.forms import Form
from web.pages.shell.session import PageRequest
from web.people import cnpj, one_time_links
from web.people.addresses import is_address
from web.people.one_time_links import Purpose


@dataclass(frozen=True)
class Wish:
    """One of the three forms: what its link is for, and its words."""

    purpose: Purpose
    title: str
    text: str
    button: str
    asks_name: bool = False


_WISHES = {
    "/sign-up": Wish(
        Purpose.SIGN_UP,
        "Cadastre-se",
        "Mandamos uma mensagem para confirmar o seu e-mail; nela você cria a sua senha.",
        "Cadastrar",
        asks_name=True,
    ),
    "/password": Wish(
        Purpose.PASSWORD,
        "Crie uma senha",
        "Serve para quem já abriu tickets e ainda não tem senha, e para quem a esqueceu. "
        "Mandamos por e-mail um link para criar uma nova.",
        "Receber o link",
    ),
    "/sign-in/link": Wish(
        Purpose.SIGN_IN, "Entrar com um link", "Mandamos por e-mail um link que vale por 30 minutos.", "Receber o link"
    ),
}


@get(list(_WISHES), name="ask_for_link")
async def show(request: PageRequest) -> Response[str]:
    return _page(request, None)


@post(list(_WISHES), name="send_link", status_code=303)
async def create(request: PageRequest) -> Response[str]:
    form = await forms.read_form(request, is_public=True)
    wish = _WISHES[request.url.path]
    try:
        number = _checked(form, wish)
    except Invalid as error:
        return _page(request, form.wrong(error), status=422)
    await one_time_links.request(
        wish.purpose,
        form.text("identifier"),
        name=" ".join(form.text("name").split()),
        cnpj=number,
        network=network_of(request),
        at=now(),
    )
    return render.redirect(request, "/sent")


@get("/sent", name="sent")
async def sent(request: PageRequest) -> Response[str]:
    return render.page(request, "access/sent.html", {})


def _checked(form: Form, wish: Wish) -> str:
    """The CNPJ given, if any; raises `Invalid` for the first field that can't be."""
    name = form.text("name").strip()
    if wish.asks_name and (not name or len(name) > 200):
        raise Invalid("name", "too_long" if name else "missing")
    if not is_address(form.text("identifier").strip()):
        raise Invalid("identifier", "not_an_address")
    return cnpj.parse(form.text("cnpj")) if wish.asks_name and form.text("cnpj").strip() else ""


def _page(request: PageRequest, form: Form | None, *, status: int = 200) -> Response[str]:
    wish = _WISHES[request.url.path]
    context = {
        "form": form,
        "title": wish.title,
        "text": wish.text,
        "button": wish.button,
        "asks_name": wish.asks_name,
        "action": request.url.path,
    }
    return render.page(request, "access/ask.html", context, status=status)
