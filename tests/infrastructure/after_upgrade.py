"""A process in which people of an earlier release come back after the upgrade, and which prints what they see.

The worker has had its turn: it writes the documents of search anew.

Its arguments: the instant, the session of Ana's cookie, her password, her ticket, and the link sent to Rui.
"""

import asyncio
import json
import sys
from datetime import datetime

from tests.client import Browser, portal
from tests.pages.reading import GOOD_PASSWORD, said, titles
from web.clock import now, set_now
from web.pages.shell.session import cookie_name
from web.tickets.record import reindexing


async def main(at: str, session: str, password: str, ticket: str, claim: str) -> dict[str, object]:
    set_now(datetime.fromisoformat(at))
    ana, rui, again = Browser(), Browser(), Browser()
    async with portal().lifespan():
        ana.client.cookies.set(cookie_name(), session, domain="127.0.0.1")
        page = await ana.get(f"/tickets/{ticket}")
        file = page.links()["tela.txt 15 bytes"]
        await reindexing.run_due(now())
        found = await ana.get("/tickets?q=coordenação")
        asked = await rui.get(claim)
        entered = await rui.send(asked, claim, password=GOOD_PASSWORD, again=GOOD_PASSWORD)
        signing = await again.get("/sign-in")
        signed = await again.send(signing, "/sign-in", identifier="ana@aurora.example", password=password)
        return {
            "conversation": said(page),
            "file": (await ana.get(file)).response.text,
            "found": titles(found),
            "claim": (asked.text("h1"), entered.text("h1")),
            "signed in": signed.text("h1"),
        }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(*sys.argv[1:]))))
