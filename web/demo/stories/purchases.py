"""Stories about what costs the school money: somebody there says yes or no before work starts."""

from web.demo.desk import Desk, Story
from web.tickets.actions import approvals, assignment, replies


async def licences(desk: Desk) -> Story:
    """Ana has to decide."""
    yield 6
    await desk.opens(
        desk.cast.rui,
        "Cinco licenças a mais para o laboratório",
        "O laboratório novo tem cinco computadores sem licença do sistema de avaliações.",
        ("Compras", "Licenças"),
    )


async def robots(desk: Desk) -> Story:
    """Approved, and in work."""
    ana, rui, bia = desk.cast.ana, desk.cast.rui, desk.cast.bia
    yield 47
    number = await desk.opens(
        rui,
        "Dez kits de robótica para a feira de ciências",
        "A feira é em dezembro e os oito kits que temos são das turmas da tarde. Precisamos de mais dez.",
        ("Compras", "Material extra"),
    )
    yield 41
    await desk.does(ana, approvals.approve, number)
    yield 38
    await desk.does(bia, assignment.take, number)
    await desk.does(
        bia,
        replies.reply,
        number,
        "Aprovado pela escola, obrigada. Reservei os dez kits e a entrega leva cinco dias úteis.",
    )
    yield 10
    await desk.does(bia, replies.reply, number, "A transportadora marcou a entrega para a próxima quinta-feira.")


async def tablets(desk: Desk) -> Story:
    """Refused."""
    ana, rui = desk.cast.ana, desk.cast.rui
    yield 58
    number = await desk.opens(
        rui,
        "Tablets para a sala de leitura",
        "A sala de leitura pede seis tablets com o aplicativo de leitura instalado.",
        ("Compras", "Material extra"),
    )
    yield 55
    await desk.does(ana, approvals.disapprove, number, reason="Fica para o orçamento do ano que vem.")


STORIES = (licences, robots, tablets)
