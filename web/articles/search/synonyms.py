"""Synonyms for the article search, set by authors: boleto, fatura, cobrança."""

from dataclasses import dataclass
from datetime import datetime

from web.articles.search.queries import MOST_TOGETHER, meant
from web.articles.tables import ArticleSynonym, ArticleSynonymWord
from web.articles.writing import check_author
from web.database import execute, existing, fetch_as, fetch_column, within
from web.errors import Invalid, refuse
from web.people.permissions import Actor
from web.settings_log.listing import refuse_overtaken
from web.settings_log.recording import Kind, record_change
from web.sql import rows
from web.text import one_line, singular, terms, too_long
from web.tickets.sla import settings_queries

LONGEST = 500
LONGEST_WORD = 100
MOST = 300
"""The most groups."""


@dataclass(frozen=True)
class Synonym:
    """A group of synonyms, as typed."""

    id: int
    words: str


async def synonyms() -> list[Synonym]:
    return await fetch_as(Synonym, f"SELECT id, words FROM article_synonym ORDER BY words, id LIMIT {MOST}")


async def save_synonym(
    words: str, *, number: int | None = None, seen: int | None = None, by: Actor, at: datetime
) -> int:
    """Saves a group of at least two words or phrases. Raises `Invalid`, and `Overtaken` when its log is newer."""
    check_author(by)
    folded = _folded(words)
    async with within():
        await settings_queries.lock()
        before = await _synonym(number) if number is not None else None
        if before is not None:
            await refuse_overtaken(Kind.SYNONYM, before.id, seen)
        if before is None and (await fetch_column(int, "SELECT count(*) AS n FROM article_synonym"))[0] >= MOST:
            raise Invalid("words", "too_many_synonyms")
        kept = ", ".join(one_line(each) for each in words.split(",") if one_line(each))
        number = await _write(kept, number)
        await ArticleSynonymWord.delete().where(ArticleSynonymWord.synonym == number)
        pairs = rows([(word, number) for word in folded])
        await execute("INSERT INTO article_synonym_word (word, synonym) VALUES {}", pairs)
        told = {"words": before.words} if before else None
        await record_change(Kind.SYNONYM, number, kept, told, {"words": kept}, by=by.id, at=at)
    return number


async def remove_synonym(number: int, *, by: Actor, at: datetime) -> None:
    check_author(by)
    async with within():
        found = await _synonym(number)
        await ArticleSynonymWord.delete().where(ArticleSynonymWord.synonym == number)
        await ArticleSynonym.delete().where(ArticleSynonym.id == number)
        await record_change(Kind.SYNONYM, number, found.words, {"words": found.words}, None, by=by.id, at=at)


async def _write(words: str, number: int | None) -> int:
    if number is None:
        row = ArticleSynonym(words=words)
        await row.save()
        return int(row.id)
    await ArticleSynonym.update({ArticleSynonym.words: words}).where(ArticleSynonym.id == number)
    return number


async def _synonym(number: int) -> Synonym:
    return existing(await fetch_as(Synonym, "SELECT id, words FROM article_synonym WHERE id = {}", number), "synonym")


def _folded(words: str) -> list[str]:
    """The words and phrases as the index has them: folded terms separated by spaces."""
    some = [_kept(each) for each in words.split(",") if one_line(each)]
    refuse({"words": too_long(words, LONGEST)})
    if any(not each for each in some):
        raise Invalid("words", "few_words_each")
    if len(some) < 2:
        raise Invalid("words", "two_words")
    return list(dict.fromkeys(term for each in some for term in each))


def _kept(text: str) -> list[str]:
    """The terms of a word or phrase; empty if it has only stop words or too many words."""
    said = list(dict.fromkeys(singular(each[0]) for each in meant(text)))
    if len(said) < 2:
        return terms(text) if said else []
    together = " ".join(said)
    return [together] if len(said) <= MOST_TOGETHER and len(together) <= LONGEST_WORD else []
