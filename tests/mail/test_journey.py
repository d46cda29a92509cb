"""A ticket lived by mail alone under each preset: what is written goes out by SMTP, and answers come in as mail."""

import re
from datetime import timedelta
from email.message import EmailMessage

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, browser_of
from tests.mail.arriving import Arrive, mail
from tests.mail.post_office import PostOffice, text_of, worked
from tests.pages.reading import messages, ticket_row
from tests.presets import started_with
from web.clock import set_now
from web.demo.cast import Cast
from web.notifications import preferences

pytestmark = pytest.mark.anyio

DESK = "suporte@guiche.example"
ANA, BIA = "ana@aurora.example", "bia@guiche.example"

NO = {
    "guiche": "link",
    "aprovacao": "link",
    "avaliacao": "link",
    "central": "mail",
    "processo": "mail",
    "expresso": "new ticket",
}
"""How somebody says by mail that a solution did not serve."""
END = {
    "guiche": ("confirmation", "rating"),
    "aprovacao": ("confirmation", "rating"),
    "avaliacao": ("rating",),
    "central": (),
    "processo": (),
    "expresso": (),
}
"""What the links of the last solution are answered with."""


class Post:
    """The mail of both sides; each step a minute later."""

    def __init__(self, people: Cast, office: PostOffice, arrives: Arrive) -> None:
        self.people, self.office, self.arrives, self.at = people, office, arrives, NOW

    async def goes(self) -> None:
        self.at += timedelta(minutes=1)
        set_now(self.at)
        await worked(self.office, self.at)

    def last(self, address: str) -> EmailMessage:
        return self.office.to(address)[-1]

    async def writes(self, address: str, text: str, *, to: str = DESK) -> int:
        sent = mail(address, text, to=to, message_id=f"<{self.at.timestamp()}@casa.example>")
        became = await self.arrives(sent, at=self.at)
        assert (became["state"], became["reason"]) == ("filed", "")
        await self.goes()
        return int(became["ticket"])

    async def answers(self, address: str, text: str) -> int:
        """To the last message they were sent."""
        return await self.writes(address, text, to=self.last(address)["Reply-To"])

    async def solves(self, text: str) -> None:
        """The agent follows the link of their last message."""
        (path,) = re.findall(r"http://127\.0\.0\.1:8000(/desk/tickets/\d+)", text_of(self.last(BIA)))
        bia = await browser_of(self.people.bia, at=self.at)
        page = await bia.get(path)
        await bia.send(page, f"{path}/replies", body=text, press="solve")
        await self.goes()

    def link(self) -> list[str]:
        return re.findall(r"http://127\.0\.0\.1:8000(/answers/\S+)", text_of(self.last(ANA)))

    async def follows(self, noun: str, **typed: str) -> None:
        """Ana follows the link of her last message, signed in nowhere."""
        (link,) = self.link()
        anybody = Browser()
        done = await anybody.send(await anybody.get(link), f"{link}/{noun}", **typed)
        assert done.text(".notice") == "Obrigado! A sua resposta foi registrada."
        await self.goes()


@pytest.mark.parametrize("preset", NO)
async def test_a_ticket_is_lived_by_mail_alone(people, office, arrives, preset):
    with started_with(GUICHE_PRESET=preset, GUICHE_MAIL=DESK):
        await cast.live_by(preset)
        await preferences.choose(people.bia, "all")
        post = Post(people, office, arrives)
        number = await post.writes(ANA, "O boleto veio errado.")
        assert post.last(ANA)["Subject"] == f"[#{number}] Boleto de dezembro"
        await post.answers(BIA, "De qual aluno?")
        await post.answers(ANA, "Do Pedro.")
        assert await messages(number) == ["O boleto veio errado.", "De qual aluno?", "Do Pedro."]
        await post.solves("Emitimos outro.")
        assert "Emitimos outro." in text_of(post.last(ANA))
        assert len(post.link()) == (1 if NO[preset] == "link" else 0)
        if NO[preset] == "link":
            await post.follows("objection", body="Ainda vem errado.")
        else:
            again = await post.answers(ANA, "Ainda vem errado.")
            assert (again == number) is (NO[preset] == "mail")
            number = again
        assert (await ticket_row(number))["status"] in ("open", "new")
        await post.solves("Agora sim.")
        for noun in END[preset]:
            await post.follows(noun, **({"service": "5", "quality": "5"} if noun == "rating" else {}))
        row = await ticket_row(number)
        assert row["status"] == ("closed" if END[preset] else "resolved")
