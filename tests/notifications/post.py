"""The worker's jobs about mail, as in `jobs.py`, and the pending messages."""

from datetime import datetime

from web.database import Row, fetch
from web.notifications import link_requests
from web.pages.shell import render


async def answered(at: datetime) -> int:
    """Answers requests for links. Returns how many."""
    return await link_requests.answer_link_requests(at, render=render.mail_texts())


async def waiting() -> list[Row]:
    return await fetch("SELECT recipient, subject, body FROM outgoing ORDER BY id")
