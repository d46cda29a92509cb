"""The worker's two jobs about mail, as `app.py` joins them, and what waits to be sent."""

from datetime import datetime
from typing import Any

from web.database import Row, fetch
from web.notifications import link_requests
from web.pages.shell import render


async def answered(at: datetime) -> int:
    """Answers the wishes for links; how many."""
    environment = render.environment()

    def text(template: str, **values: Any) -> str:
        return environment.get_template(template).render(**values)

    return await link_requests.answer_link_requests(at, render=text)


async def waiting() -> list[Row]:
    return await fetch("SELECT recipient, subject, body FROM outgoing ORDER BY id")
