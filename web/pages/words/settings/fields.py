"""Words of custom fields: their kinds, and whom they are asked of."""

from web.pages.words.formats import bounded
from web.tickets.fields.field import Asks, Field
from web.tickets.fields.kinds import Kind

KINDS: dict[str, str] = {
    Kind.TEXT: "Texto curto",
    Kind.LONG: "Texto longo",
    Kind.CHOICE: "Uma opção",
    Kind.SEVERAL: "Várias opções",
    Kind.DATE: "Data",
    Kind.NUMBER: "Número",
    Kind.MONEY: "Valor em reais",
    Kind.CNPJ: "CNPJ",
    Kind.CPF: "CPF",
    Kind.PHONE: "Telefone",
    Kind.EMAIL: "E-mail",
    Kind.FILE: "Arquivo",
}

ASKS: dict[str, str] = {Asks.NO: "Não pergunta", Asks.OPTIONAL: "Pergunta", Asks.REQUIRED: "Exige"}


def state_text(field: Field) -> str:
    """The description of a field after its label: Texto curto, exigido."""
    parts = [KINDS[field.kind]]
    if not field.is_active:
        parts.append("não é mais perguntado")
    elif field.is_required:
        parts.append("exigido")
    if not field.is_public:
        parts.append("só o atendimento lê")
    return ", ".join(parts)


def lacking_text(label: str, count: int) -> str:
    """What happens to open tickets without a value that becomes required."""
    one = "1 ticket em aberto ainda não tem"
    many = f"{bounded(count)} tickets em aberto ainda não têm"
    return f"{one if count == 1 else many} o campo {label}. Ele será pedido ao resolver."
