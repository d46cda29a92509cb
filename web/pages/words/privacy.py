"""Words about erased people, and about requests to be erased."""

from datetime import datetime

from web.people.privacy.requests import Request

ERASED = "Pessoa removida"

FILE = "dados-{day:%Y-%m-%d}.zip"

DONE = {
    "asked": "Pedido registrado. Respondemos em até 15 dias.",
    "withdrawn": "Pedido retirado. Nada foi apagado.",
    "export": "Estamos preparando a cópia. Ela aparece aqui em alguns minutos.",
    "erased": "Dados apagados.",
}


def state(request: Request, at: datetime) -> str:
    """The state of a request in the register."""
    if request.done_at:
        return "Atendido"
    if request.withdrawn_at:
        return "Retirado por quem pediu"
    return "Em atraso" if request.due_at < at else "Aguarda"
