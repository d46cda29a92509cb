"""Refusals as answers: one table from what went wrong to a status and a page in Portuguese."""

import logging
import secrets
from dataclasses import dataclass

from litestar import Request
from litestar.exceptions import HTTPException
from litestar.response.base import Response

from web.database import BUSY
from web.errors import Invalid, NotFound, NotFromHere, NotPermitted, Overtaken, Throttled
from web.http.body import BadBody, BodyTooLarge
from web.http.shield import CrossSite
from web.pages.shell import render
from web.pages.shell.forms import WRITTEN, SignInNeeded, StaleToken, page_of
from web.storage import StorageError

log = logging.getLogger("guiche.pages")


@dataclass(frozen=True)
class Refusal:
    """What the page says: a heading, what it means, and what to do."""

    status: int
    title: str
    text: str


_NOT_FOUND = Refusal(
    404,
    "Não encontramos esta página",
    "Ela pode ter mudado de endereço, ou não estar disponível para você. Confira o que foi digitado.",
)
_BAD_REQUEST = Refusal(
    400, "Não entendemos este pedido", "Alguma coisa no endereço ou no formulário não está como esperamos."
)
_BUSY = Refusal(
    503,
    "Estamos com um problema passageiro",
    "O que você escreveu não se perdeu desta tela. Tente de novo em alguns instantes.",
)
_BROKEN = Refusal(500, "Algo deu errado do nosso lado", "Já foi registrado. Se continuar, informe o código abaixo.")

_BY_KIND: tuple[tuple[type[Exception], Refusal], ...] = (
    (NotFound, _NOT_FOUND),
    (
        NotPermitted,
        Refusal(403, "Você não pode fazer isto", "Esta ação não está liberada para você."),
    ),
    (
        NotFromHere,
        Refusal(
            409,
            "O ticket mudou",
            "Ele está em outra situação e esta ação já não cabe. Abra o ticket para ver o que fazer agora.",
        ),
    ),
    (
        Overtaken,
        Refusal(409, "O ticket mudou", "Alguém mexeu nele antes de você. Confira como ficou e tente de novo."),
    ),
    (Throttled, Refusal(429, "Muitas tentativas seguidas", "Espere um pouco e tente de novo.")),
    (Invalid, Refusal(422, "Confira o que foi digitado", "Um dos campos não pôde ser aceito.")),
    (
        CrossSite,
        Refusal(403, "O envio veio de outro site", "Por segurança, só aceitamos o que é enviado pelas nossas páginas."),
    ),
    (
        StaleToken,
        Refusal(
            403, "Esta página ficou antiga", "Sua sessão mudou desde que ela foi aberta. Confira e envie outra vez."
        ),
    ),
    (BodyTooLarge, Refusal(413, "É texto demais de uma vez", "Divida em mais de uma mensagem ou envie como anexo.")),
    (StorageError, _BUSY),
    *((kind, _BUSY) for kind in BUSY),
)

_BY_STATUS = {
    404: _NOT_FOUND,
    405: Refusal(405, "Isto não se faz por aqui", "O endereço existe, mas não aceita este tipo de pedido."),
    413: Refusal(413, "O envio é grande demais", "Cada arquivo pode ter até 100 MB."),
    415: Refusal(415, "Não entendemos este envio", "O formulário chegou num formato que não conhecemos."),
}


def refused(request: Request, error: Exception) -> Response[str]:  # type: ignore[type-arg]
    """The one answer to everything that goes wrong, with what was typed still on it."""
    if isinstance(error, SignInNeeded):
        return _to_sign_in(request, error)
    refusal = _refusal(error)
    code = ""
    if refusal.status >= 500:
        code = secrets.token_hex(4)
        log.error("%s %s %r", code, request.method, request.url.path, exc_info=error)
    response = render.page(
        request,
        "errors/error.html",
        {
            "refusal": refusal,
            "code": code,
            "typed": _typed(request),
            "back": page_of(request.url.path),
            "kept": getattr(error, "kept", ""),
        },
        block="error",
        status=refusal.status,
    )
    if refusal.status == 503:
        response.headers["Retry-After"] = "5"
    if isinstance(error, Throttled):
        response.headers["Retry-After"] = str(error.wait)
    return response


def _refusal(error: Exception) -> Refusal:
    for kind, refusal in _BY_KIND:
        if isinstance(error, kind):
            return refusal
    if isinstance(error, BadBody):
        return _BY_STATUS[415] if error.code == "unsupported" else _BAD_REQUEST
    if isinstance(error, HTTPException):
        return _BY_STATUS.get(error.status_code, _BAD_REQUEST if error.status_code < 500 else _BROKEN)
    return _BROKEN


def _to_sign_in(request: Request, error: SignInNeeded) -> Response[str]:  # type: ignore[type-arg]
    """A visitor is shown the way in; what they had typed waits on the other side of it."""
    if request.method in ("GET", "HEAD") and not render.is_swap(request):
        address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return render.redirect(request, render.with_query("/sign-in", next=address) if address != "/" else "/sign-in")
    target = page_of(request.url.path)
    if render.is_swap(request) and (error.kept or request.method == "GET"):
        onward = render.with_query(target, kept=error.kept) if error.kept else target
        answer = render.redirect(request, render.with_query("/sign-in", next=onward))
        answer.status_code = 401
        return answer
    return render.page(
        request,
        "access/sign_in.html",
        {
            "form": None,
            "next": render.with_query(target, kept=error.kept) if error.kept else target,
            "kept": bool(error.kept),
            "typed": {} if error.kept else _typed(request),
        },
        block="sign_in",
        status=401,
    )


def _typed(request: Request) -> dict[str, str]:  # type: ignore[type-arg]
    """The longer texts of the form that was refused; never a password."""
    fields: dict[str, list[str]] = getattr(request.state, "typed", {}) or {}
    return {name: values[0] for name, values in fields.items() if name in WRITTEN and values[0].strip()}
