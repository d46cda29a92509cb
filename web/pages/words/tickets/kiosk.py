"""Words of the kiosk: names of visitors, labels of fields, pictures of categories."""

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
