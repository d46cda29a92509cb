"""A conversation that goes on right now."""

from web.brand.brand import known
from web.database import fetch_column
from web.demo.cast import Cast
from web.demo.desk import Desk, Story
from web.tickets.requests import chats
from web.tickets.settings.chats import choose

CATEGORY = "Acesso ao portal"

FIRST = "Bom dia! O link para criar a senha da secretaria venceu. Podem mandar outro?"
ANSWER = "Bom dia, Caio! Mandei agora para secretaria@horizonte.example. Chegou?"
LAST = "Chegou, obrigado. Ele pede o usuário da organização: qual é o nosso?"


async def turn_on(people: Cast, *, desk: Desk) -> None:
    """Chat, attended by the team of the first questions."""
    [category] = await fetch_column(int, "SELECT id FROM category WHERE name = {}", CATEGORY)
    await choose(category, seen=known().version, by=people.admin, at=desk.at)


async def new_link(desk: Desk) -> Story:
    """Caio has asked again, and waits."""
    caio, lia = desk.cast.caio, desk.cast.lia
    yield 0.4
    number = (await chats.say(FIRST, by=caio, at=desk.at)).ticket
    yield 0.3
    await desk.replies(lia, number, ANSWER)
    yield 0.1
    await chats.say(LAST, by=caio, at=desk.at)


STORIES = (new_link,)
