"""Rate limits for incoming mail."""

from datetime import datetime, timedelta

from web.database import fetch_column
from web.mail.screening.exceptions import Quarantined

MOST_BY_MAIL = ((timedelta(minutes=10), 10), (timedelta(minutes=30), 15), (timedelta(hours=1), 25))
"""The most mails of a ticket or of a sender in this time, so that two programs stop answering each other."""


async def refuse(column: str, value: str | int, at: datetime) -> None:
    """Raises `Quarantined` if this `sender` or `ticket` has too many mails already."""
    sent = await fetch_column(
        datetime,
        f"SELECT filed_at FROM inbound_mail WHERE {column} = {{}} AND filed_at > {{}} AND state = 'filed' "
        "ORDER BY filed_at DESC LIMIT 26",
        value,
        at - MOST_BY_MAIL[-1][0],
    )
    if any(sum(each > at - span for each in sent) > most for span, most in MOST_BY_MAIL):
        raise Quarantined("flood")
