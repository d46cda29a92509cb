"""Requester and agent who write to each other by mail alone, each step a minute later."""

import re
from datetime import timedelta
from email.message import EmailMessage

from tests.cast import NOW
from tests.client import Browser, browser_of
from tests.mail.arriving import Arrive, mail
from tests.mail.post_office import PostOffice, text_of, worked
from web.clock import set_now
from web.demo.cast import Cast

DESK = "suporte@guiche.example"
ANA, BIA = "ana@aurora.example", "bia@guiche.example"


class Post:
    """The mail of both sides; each step is a minute later."""

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
        """Replies to the last message they received."""
        return await self.writes(address, text, to=self.last(address)["Reply-To"])

    async def solves(self, text: str) -> None:
        """The agent opens the link in their last message and resolves."""
        (path,) = re.findall(r"http://127\.0\.0\.1:8000(/desk/tickets/\d+)", text_of(self.last(BIA)))
        bia = await browser_of(self.people.bia, at=self.at)
        page = await bia.get(path)
        await bia.send(page, f"{path}/replies", body=text, press="solve")
        await self.goes()

    def link(self) -> list[str]:
        return re.findall(r"http://127\.0\.0\.1:8000(/answers/\S+)", text_of(self.last(ANA)))

    async def follows(self, noun: str, **typed: str) -> None:
        """Ana opens the link in her last message, without signing in."""
        (link,) = self.link()
        anybody = Browser()
        done = await anybody.send(await anybody.get(link), f"{link}/{noun}", **typed)
        assert done.text(".notice") == "Obrigado! A sua resposta foi registrada."
        await self.goes()
