"""Stories about what costs the school money: somebody there says yes or no before work starts."""

from web.demo.desk import Desk, Opening, Story
from web.tickets.actions import approvals

LICENCES = Opening(
    "Cinco licenças a mais para o laboratório",
    "O laboratório novo tem cinco computadores sem licença do sistema de avaliações.",
    ("Compras", "Licenças"),
)


async def licences(desk: Desk) -> Story:
    """Ana has to decide."""
    yield 6
    await desk.opens(desk.cast.rui, LICENCES)


ROBOTS = Opening(
    "Dez kits de robótica para a feira de ciências",
    "A feira é em dezembro e os oito kits que temos são das turmas da tarde. Precisamos de mais dez.",
    ("Compras", "Material extra"),
)


async def robots(desk: Desk) -> Story:
    """Approved, and in work."""
    ana, rui, bia = desk.cast.ana, desk.cast.rui, desk.cast.bia
    yield 47
    number = await desk.opens(rui, ROBOTS)
    yield 41
    await desk.does(ana, approvals.approve, number)
    yield 38
    await desk.takes(bia, number)
    await desk.replies(
        bia, number, "Aprovado pela escola, obrigada. Reservei os dez kits e a entrega leva cinco dias úteis."
    )
    yield 10
    await desk.replies(bia, number, "A transportadora marcou a entrega para a próxima quinta-feira.")


TABLETS = Opening(
    "Tablets para a sala de leitura",
    "A sala de leitura pede seis tablets com o aplicativo de leitura instalado.",
    ("Compras", "Material extra"),
)


async def tablets(desk: Desk) -> Story:
    """Refused."""
    ana, rui = desk.cast.ana, desk.cast.rui
    yield 58
    number = await desk.opens(rui, TABLETS)
    yield 55
    await desk.does(ana, approvals.disapprove, number, reason="Fica para o orçamento do ano que vem.")


STORIES = (licences, robots, tablets)
