"""Articles that may answer a ticket before it is sent."""

from datetime import datetime

from web.articles import reading
from web.articles.search.queries import asked
from web.articles.search.ranking import Found, answers, ranked
from web.articles.tables import ArticleUse
from web.people.permissions import Actor
from web.people.throttle import Limit, spend

OFFERED = 3
_SHORTEST = 4
"""The fewest characters of a title that is searched."""
_FEWEST_WORDS = 2
FROM_ONE = Limit("solved-person", tries=20, seconds=60)


async def suggested(title: str, *, by: Actor, at: datetime) -> list[Found]:
    """Suggestions while a title is typed: the best first, even with only some of its words."""
    if len(title.strip()) < _SHORTEST:
        return []
    return (await ranked(title, by=by, at=at, some=True))[:OFFERED]


async def answering(title: str, *, by: Actor, at: datetime) -> list[Found]:
    """Articles with all words of the title; only these are worth an extra step before sending."""
    question = await asked(title)
    if len(question) < _FEWEST_WORDS:
        return []
    found = await answers(question, by=by, at=at, some=True)
    return [each for each in found if each.covered == len(question)][:OFFERED]


async def note_solved(slug: str, *, by: Actor, at: datetime) -> None:
    """Counts a ticket that an article prevented. Raises `NotFound` and `Throttled`."""
    article = await reading.number_at(slug, by=by, at=at)
    await spend(FROM_ONE, str(by.id), at=at)
    await ArticleUse(article=article, kind="solved", at=at).save()
