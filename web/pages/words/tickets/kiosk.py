"""Words of the kiosk: pictures of categories, and the note about the visitor."""

from collections.abc import Iterator

from web.kiosks.settings import KioskShown
from web.text import fold

VISITOR = "Visitante do quiosque"
"""The name of a visitor who typed none."""
VISITOR_OF_FRAME = "Visitante de outro site"

FIELDS = {
    "name": "Seu nome",
    "organization": "Escola ou empresa",
    "body": "O que você precisa?",
    "files": "Foto",
    "address": "E-mail",
    "phone": "Telefone",
    "category": "Assunto",
}

_PICTURES = (
    ("money", ("cobranca", "boleto", "financ", "pagamento", "nota", "compra")),
    ("key", ("acesso", "senha", "conta", "login", "cadastro")),
    ("box", ("material", "entrega", "pedido", "livro", "estoque", "uniforme")),
    ("sheet", ("avaliac", "prova", "matricula", "documento", "secretaria", "pedagog")),
    ("screen", ("plataforma", "sistema", "aplicativo", "portal", "computador", "suporte", "tecnic")),
    ("tool", ("manutenc", "conserto", "infra", "limpeza", "predi")),
    ("heart", ("elogio", "ouvidoria", "reclama", "sugest")),
)


def picture(name: str) -> str:
    """The picture of a category, by its name."""
    folded = fold(name)
    return next((code for code, parts in _PICTURES if any(part in folded for part in parts)), "question")


def said(kiosk: KioskShown, organization: str, address: str) -> str:
    """The note below the message with the unverified data of the visitor."""
    lines = [f"Aberta no quiosque {kiosk.name}. Ninguém conferiu quem escreveu."]
    return "\n".join([*lines, *_claimed(organization, address)])


def said_in_frame(site: str, address: str, *, is_vouched: bool = False) -> str:
    who = "O site confirmou quem escreveu." if is_vouched else "Ninguém conferiu quem escreveu."
    lines = [f"Aberta em {site or 'uma página de fora do portal'}. {who}"]
    return "\n".join([*lines, *_claimed("", address)])


def _claimed(organization: str, address: str) -> Iterator[str]:
    if organization:
        yield f"Disse que é de: {organization}"
    if address:
        yield f"Deixou o e-mail: {address}"
