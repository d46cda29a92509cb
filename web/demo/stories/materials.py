"""Stories about books: orders, exchanges, deliveries."""

from web.demo.desk import Desk, Opening, Story
from web.tickets.actions.merges import merge
from web.tickets.requests.drafts import draft

SWAPPED_COVER = Opening(
    "Livro do 7º ano com capa trocada (12 exemplares)",
    "Recebemos 12 livros de História com a capa de Geografia.",
    ("Material didático", "Troca"),
)
SWAPPED_COVER_AGAIN = Opening(
    "Troca dos 12 livros de História",
    "Mando de novo, com a lista das salas: 7A, 7B e 7C. Continuamos sem os livros certos.",
    ("Material didático", "Troca"),
)


async def swapped_cover(desk: Desk) -> Story:
    """Solved, and asked about twice."""
    rui, bia = desk.cast.rui, desk.cast.bia
    yield 43
    number = await desk.opens(rui, SWAPPED_COVER)
    yield 42
    await desk.takes(bia, number)
    await desk.replies(bia, number, "Oi, Rui. Pedi a troca à gráfica e peço que guardem os 12 exemplares.")
    yield 30
    again = await desk.opens(rui, SWAPPED_COVER_AGAIN)
    yield 29
    await desk.does(bia, merge, again, number)
    yield 7
    await desk.solves(
        bia, number, "Enviamos 12 exemplares novos hoje. A coleta dos trocados fica para o dia da entrega."
    )


NEW_ADDRESS = Opening(
    "Troca do endereço de entrega do material",
    "Mudamos de prédio: Rua das Acácias, 120.",
    ("Material didático", "Entrega"),
)


NEW_ADDRESS_AGAIN = Opening(
    "Última entrega ainda foi para o prédio antigo",
    "O caminhão de ontem foi para o endereço antigo. Podem conferir?",
    ("Material didático", "Entrega"),
)


async def new_address(desk: Desk) -> Story:
    """Over, and followed up when something was left to do."""
    ana, bia = desk.cast.ana, desk.cast.bia
    yield 92
    number = await desk.opens(ana, NEW_ADDRESS)
    yield 91
    await desk.takes(bia, number)
    yield 85
    await desk.solves(bia, number, "Endereço trocado. As próximas entregas já vão para lá.")
    yield 30
    await desk.accepts(ana, number, service=5, quality=4, comment="Rápido e gentil, como sempre.")
    yield 6
    await desk.follows_up(ana, number, NEW_ADDRESS_AGAIN)


FOUND_BOXES = Opening(
    "Faltaram duas caixas na remessa de outubro",
    "A nota traz nove caixas e chegaram sete. Faltam as apostilas de Matemática do 3º ano.",
    ("Material didático", "Entrega"),
)


async def found_boxes(desk: Desk) -> Story:
    """Not wanted any more."""
    rui, bia = desk.cast.rui, desk.cast.bia
    yield 64
    number = await desk.opens(rui, FOUND_BOXES)
    yield 62
    await desk.takes(bia, number)
    yield 60
    await desk.withdraws(
        rui, number, "As duas caixas estavam no depósito, com a remessa da Educação Infantil.", agent=bia
    )


ORDER = Opening(
    "Pedido de livros para 2027",
    "Turmas novas: 1A, 1B e 6C.",
    ("Material didático", "Pedido"),
)


async def order(desk: Desk) -> Story:
    """Not sent yet."""
    ana = desk.cast.ana
    yield 1
    await draft(await desk.request(ORDER), by=ana, at=desk.at)


STORIES = (swapped_cover, new_address, found_boxes, order)
