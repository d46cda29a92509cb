"""Plans what becomes of each imported article. Writes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from web.articles import slugs
from web.articles.imports.incoming import IncomingArticle, Remark
from web.database import fetch_as, fetch_column

CREATED, CHANGED, SAME, REFUSED = "created", "changed", "same", "refused"


@dataclass(frozen=True)
class Origin:
    """An article that was imported before, as it is now."""

    key: str
    article: int
    slug: str
    digest: str
    version: int
    newest: int
    is_retired: bool


@dataclass(frozen=True)
class Known:
    """Existing articles by key and by slug; the value of a slug is 0 if its article was not imported."""

    origins: Mapping[str, Origin]
    slugs: Mapping[str, int]


@dataclass(frozen=True)
class Planned:
    """An article with its slug; `origin` is None for a new one."""

    article: IncomingArticle
    slug: str
    origin: Origin | None


@dataclass
class Plan:
    """The articles in their order, and those that are refused before anything is written."""

    articles: list[Planned] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)
    """The slug of each article, by its key and by its place."""


async def known() -> Known:
    """Reads the existing articles once, before the first one is written."""
    origins = {each.key: each for each in await fetch_as(Origin, _ORIGINS)}
    taken = await fetch_column(str, "SELECT slug FROM article UNION SELECT slug FROM article_slug")
    of_brought = {each.slug: each.article for each in origins.values()}
    return Known(origins, dict.fromkeys(taken, 0) | of_brought)


_ORIGINS = (
    "SELECT o.key, o.article, a.slug, o.digest, o.version, (SELECT max(v.number) FROM article_version v "
    "WHERE v.article = a.id) AS newest, a.state = 'retired' AS is_retired "
    "FROM article_origin o JOIN article a ON a.id = o.article"
)


def plan(articles: Sequence[IncomingArticle], there: Known) -> Plan:
    """Plans the articles. A given slug must be free; one made from a title avoids those that are taken."""
    made, taken, keys = Plan(), dict(there.slugs), set[str]()
    for each in articles:
        origin = there.origins.get(each.key)
        if code := _refusal(each, origin, taken, keys):
            made.refused.append(Remark(each.place, code, each.slug))
            continue
        slug = each.slug or (origin.slug if origin else _free(each.title, taken))
        keys.add(each.key)
        taken[slug] = origin.article if origin else 0
        made.articles.append(Planned(each, slug, origin))
        made.addresses |= {each.key: slug, each.place: slug}
    return made


def _refusal(each: IncomingArticle, origin: Origin | None, taken: Mapping[str, int], keys: set[str]) -> str | None:
    if each.slug and (code := slugs.wrong_slug(each.slug)):
        return code
    if each.key in keys:
        return "twice"
    if each.slug and taken.get(each.slug, -1) not in (-1, origin.article if origin else -1):
        return "slug_taken"
    return None


def _free(title: str, taken: Mapping[str, int]) -> str:
    wanted = slugs.slug_of(title)
    return next(each for each in _tries(wanted) if each not in taken)


def _tries(wanted: str) -> Iterator[str]:
    yield wanted
    yield from (f"{wanted[: slugs.LONGEST - 6].strip('-')}-{count}" for count in range(2, 100_000))
