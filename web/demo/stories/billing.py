"""Stories about money: invoices, receipts, contracts."""

from web.demo.desk import Desk, Opening, Story
from web.tickets.life.states import Priority

INVOICES = Opening(
    "Boletos de novembro com o valor errado",
    "Bom dia! Os boletos da turma do 5º ano vieram com o valor de outubro.\n\nSão 28 famílias e o vencimento é dia 30.",
    ("Cobrança", "Boletos"),
    priority=Priority.HIGH,
    copies=("direcao@aurora.example",),
)


INVOICES_QUESTION = (
    "Obrigada, Ana. Encontrei a causa: o reajuste entrou só no contrato principal.\n\n"
    "Para corrigir de uma vez, preciso saber se as bolsas dos irmãos continuam em 10%. Continuam?"
)


async def invoices(desk: Desk) -> Story:
    """The agent has a question, and it is Ana's turn."""
    ana, bia = desk.cast.ana, desk.cast.bia
    yield 5.5
    number = await desk.opens(ana, INVOICES)
    yield 5
    await desk.takes(bia, number)
    yield 2
    await desk.asks(bia, number, INVOICES_QUESTION)


RECEIPT = Opening(
    "Nota fiscal da compra de setembro",
    "Preciso da nota fiscal da compra de setembro para a prestação de contas. O pedido foi feito em nome da "
    "mantenedora, com o CNPJ da matriz.",
    ("Cobrança", "Nota fiscal"),
)


async def receipt(desk: Desk) -> Story:
    """Nobody has read it yet."""
    yield 1.5
    await desk.opens(desk.cast.rui, RECEIPT)


PAID_TWICE = Opening(
    "Mensalidade de outubro lançada em duplicidade",
    "A mãe de um aluno do 2º ano avisou que a mensalidade de outubro saiu duas vezes no cartão. O comprovante "
    "mostra as duas cobranças no mesmo dia.",
    ("Cobrança", "Boletos"),
)


async def paid_twice(desk: Desk) -> Story:
    """Solved in time and accepted."""
    ana, bia = desk.cast.ana, desk.cast.bia
    yield 97
    number = await desk.opens(ana, PAID_TWICE)
    yield 95
    await desk.takes(bia, number)
    await desk.replies(bia, number, "Bom dia, Ana. Já pedi o estorno à operadora do cartão e aviso quando confirmarem.")
    yield 86
    await desk.solves(
        bia,
        number,
        "A operadora confirmou o estorno da segunda cobrança. O valor volta na próxima fatura da família.",
    )
    yield 84
    await desk.accepts(ana, number, service=5, quality=5, comment="Resolvido no mesmo dia, obrigada!")


UNSIGNED_CONTRACT = Opening(
    "Contrato sem a assinatura da mantenedora",
    "O contrato deste ano aparece como pendente no portal. A direção diz que assinou em agosto.",
    ("Cobrança", "Contrato"),
    priority=Priority.LOW,
)


UNSIGNED_CONTRACT_QUESTION = (
    "Oi, Rui. Falta a assinatura do segundo representante. Quem assina com a diretora, e com qual e-mail?"
)


async def unsigned_contract(desk: Desk) -> Story:
    """Asked, and never answered."""
    rui, bia = desk.cast.rui, desk.cast.bia
    yield 110
    number = await desk.opens(rui, UNSIGNED_CONTRACT)
    yield 108
    await desk.takes(bia, number)
    yield 107
    await desk.asks(bia, number, UNSIGNED_CONTRACT_QUESTION, closes=True)


STORIES = (invoices, receipt, paid_twice, unsigned_contract)
