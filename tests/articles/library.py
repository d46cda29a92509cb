"""A small help centre: builders that supply what a test leaves out."""

from datetime import date, datetime

from tests import cast
from tests.cast import NOW
from web.articles import publication, sections, writing
from web.articles.sections import SectionInput
from web.articles.visibility import readable_by
from web.articles.writing import ArticlePlace, ArticleText
from web.database import fetch
from web.demo.cast import Cast
from web.people.permissions import Actor

BODY = "Um **ticket** é o registro de um pedido.\n\n1. Entre em **Cobrança**.\n2. Escolha o mês."


async def section(people: Cast, name: str = "Cobrança", *, text: str = "", parent: int | None = None) -> int:
    """Its number; the same section where there is one of the name."""
    known = {(each.name, each.parent): each.id for each in await sections.sections()}
    wanted = SectionInput(name, text, parent)
    return known.get((name, parent)) or await sections.save_section(wanted, by=people.lia, at=NOW)


async def draft(
    people: Cast,
    title: str = "Segunda via de boleto",
    body: str = BODY,
    *,
    objective: str = "Emitir outra vez um boleto vencido.",
    audience: str = "everybody",
    organizations: frozenset[int] = frozenset(),
    is_featured: bool = False,
    of: int | None = None,
    at: datetime = NOW,
) -> int:
    """An article that nobody reads yet; its number."""
    place = ArticlePlace(
        of or await section(people), audience=audience, organizations=organizations, is_featured=is_featured
    )
    return await writing.write_article(ArticleText(title, objective, body), place, by=people.bia, at=at)


async def article(
    people: Cast,
    title: str = "Segunda via de boleto",
    body: str = BODY,
    *,
    objective: str = "Emitir outra vez um boleto vencido.",
    audience: str = "everybody",
    organizations: frozenset[int] = frozenset(),
    is_featured: bool = False,
    reviewed_on: date | None = None,
    of: int | None = None,
    at: datetime = NOW,
) -> int:
    """A published one; its number."""
    more = {"objective": objective, "audience": audience, "organizations": organizations, "is_featured": is_featured}
    number = await draft(people, title, body, of=of, at=at, **more)  # type: ignore[arg-type]
    await publication.publish(number, reviewed_on=reviewed_on, by=people.lia, at=at)
    return number


async def enrolled() -> Cast:
    return await cast.enrol()


async def read_by(person: Actor | None, *, at: datetime = NOW) -> list[str]:
    """The titles of what they may read then."""
    shown = readable_by(person, at)
    return [row["title"] for row in await fetch("SELECT title FROM article WHERE {} ORDER BY title", shown)]
