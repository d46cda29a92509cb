"""Votes on whether an article was helpful: one for each person or browser, which may be changed."""

from datetime import datetime

from web.articles import reading
from web.articles.writing import lock_row
from web.database import execute, fetch_column, within
from web.people.permissions import Actor
from web.people.throttle import Limit, spend
from web.people.tokens import hash_of

FROM_ONE = Limit("votes-network", tries=60, seconds=10)
"""By network. It is generous, because a school behind one address has many readers."""


async def vote(slug: str, *, serves: bool, voter: str, network: str, by: Actor | None, at: datetime) -> None:
    """Saves a vote. `voter` identifies a reader; only its hash is stored. Raises `NotFound` and `Throttled`."""
    article = await reading.number_at(slug, by=by, at=at)
    await spend(FROM_ONE, network, at=at)
    key = hash_of(voter)
    async with within():
        await lock_row(article)
        before = await fetch_column(bool, _BEFORE, article, key)
        await execute(_VOTED, article, key, serves, at)
        yes, no = serves - (True in before), (not serves) - (False in before)
        await execute("UPDATE article SET yes = yes + {}, no = no + {} WHERE id = {}", yes, no, article)


_BEFORE = "SELECT value FROM article_vote WHERE article = {} AND voter = {}"
_VOTED = (
    "INSERT INTO article_vote (article, voter, value, at) VALUES ({}, {}, {}, {}) "
    "ON CONFLICT (article, voter) DO UPDATE SET value = excluded.value, at = excluded.at"
)
