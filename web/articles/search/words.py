"""The word index of articles, and how each word is spelled in them."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from web.articles.markdown import headings, plain
from web.articles.tables import ArticleWord
from web.database import execute, fetch_column
from web.sql import literals, rows, values
from web.text import fold, terms

TITLE, OBJECTIVE, HEADING, OFTEN, ONCE = 20, 8, 5, 2, 1
"""The weight of a word by its position."""
_OFTEN = 3
_MOST_WORDS = 2_000
"""The most words of one article."""
_AT_ONCE = 5_000
"""Rows in one statement."""
_LONGEST_TYPO = 30
_SPELLED = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


@dataclass(frozen=True)
class Indexed:
    """The parts of an article that are indexed."""

    title: str
    objective: str
    html: str


async def index(article: int, text: Indexed) -> None:
    """Rebuilds the words of an article."""
    await forget(article)
    await index_all({article: text})


async def index_all(texts: Mapping[int, Indexed]) -> None:
    """Adds the words of articles that have none yet, in few statements."""
    weights = {article: weigh(text) for article, text in texts.items()}
    words = [(word, article, weight) for article, some in weights.items() for word, weight in some.items()]
    await _insert("article_word (word, article, weight)", words, "ON CONFLICT DO NOTHING")
    await _count(texts, Counter(word for word, _, _ in words))


async def _count(texts: Mapping[int, Indexed], times: Counter[str]) -> None:
    """Updates the terms: in how many articles each occurs, its spelling and its typing errors."""
    new = set(times) - await _known(sorted(times))
    shown = _spellings((f"{each.title} {each.objective} {plain(each.html)}" for each in texts.values()), new)
    counted = [(word, shown.get(word, word), count) for word, count in sorted(times.items())]
    more = "ON CONFLICT (word) DO UPDATE SET articles = article_term.articles + excluded.articles"
    await _insert("article_term (word, shown, articles)", counted, more)
    typos = sorted({(rest, word) for word in new for rest in rests(word)})
    await _insert("article_typo (rest, word)", typos, "ON CONFLICT DO NOTHING")


async def forget(article: int) -> None:
    """Removes an article from the index."""
    own = f"(SELECT word FROM article_word WHERE article = {literals([article])})"
    await execute(f"UPDATE article_term SET articles = articles - 1 WHERE word IN {own}")
    await ArticleWord.delete().where(ArticleWord.article == article)


def weigh(text: Indexed) -> dict[str, int]:
    """The words of an article with their weights; the heaviest position counts."""
    said = plain(text.html)
    often = Counter(fold(each) for each in _SPELLED.findall(said))
    weights = dict.fromkeys(terms(said), ONCE)
    weights |= {term: OFTEN for word, count in often.items() if count >= _OFTEN for term in terms(word)}
    for place, words in ((HEADING, _headings(text.html)), (OBJECTIVE, text.objective), (TITLE, text.title)):
        weights |= dict.fromkeys(terms(words), place)
    heaviest = sorted(weights.items(), key=lambda each: -each[1])[:_MOST_WORDS]
    return dict(heaviest)


def rests(word: str) -> list[str]:
    """The word, the word without each of its letters, and its sound; empty for anything but a plain word."""
    if len(word) < 4 or len(word) > _LONGEST_TYPO or not word.isalpha():
        return []
    without = (word[:place] + word[place + 1 :] for place in range(len(word)))
    return list(dict.fromkeys([word, *without, f"={sound(word)}"]))


def sound(word: str) -> str:
    """A key shared by folded words that sound alike in Portuguese: instalassao and instalacao."""
    for spelled, heard in _SOUNDS:
        word = word.replace(spelled, heard)
    return re.sub(r"(.)\1+", r"\1", word)


_SOUNDS = (
    *(("ch", "x"), ("qu", "c"), ("h", ""), ("k", "c"), ("y", "i"), ("w", "v"), ("ge", "je"), ("gi", "ji")),
    *(("np", "mp"), ("nb", "mb"), ("x", "s"), ("z", "s"), ("c", "s")),
)


def _headings(html: str) -> str:
    return " ".join(words for _, _, words in headings(html))


async def _known(words: Sequence[str]) -> set[str]:
    """Words that are indexed already, with their spelling and typing errors."""
    some = (words[begin : begin + _AT_ONCE] for begin in range(0, len(words), _AT_ONCE))
    known = [await fetch_column(str, "SELECT word FROM article_term WHERE word IN ({})", values(each)) for each in some]
    return set(itertools.chain.from_iterable(known))


def _spellings(texts: Iterable[str], words: Set[str]) -> dict[str, str]:
    """The most frequent spelling of each of these terms, in lower case."""
    found: dict[str, Counter[str]] = {}
    for word in itertools.chain.from_iterable(_SPELLED.findall(text) for text in texts if words):
        for term in terms(word):
            if term in words:
                found.setdefault(term, Counter())[word.lower()] += 1
    return {term: spelled.most_common(1)[0][0][:100] for term, spelled in found.items()}


async def _insert(into: str, some: Sequence[Sequence[object]], otherwise: str) -> None:
    for begin in range(0, len(some), _AT_ONCE):
        await execute(f"INSERT INTO {into} VALUES {{}} {otherwise}", rows(some[begin : begin + _AT_ONCE]))
