"""A small help centre, with builders that supply defaults."""

from datetime import date, datetime
from typing import TypedDict, Unpack

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
    """The number of the section with this name, created if needed."""
    known = {(each.name, each.parent): each.id for each in await sections.sections()}
    wanted = SectionInput(name, text, parent)
    return known.get((name, parent)) or await sections.save_section(wanted, by=people.lia, at=NOW)


class More(TypedDict, total=False):
    """Further properties of an article."""

    objective: str
    audience: str
    organizations: frozenset[int]
    is_featured: bool
    of: int
    """Its section."""
    at: datetime


async def draft(people: Cast, title: str = "Segunda via de boleto", body: str = BODY, **more: Unpack[More]) -> int:
    """Creates an unpublished article. Returns its number."""
    place = ArticlePlace(
        more.get("of") or await section(people),
        audience=more.get("audience", "everybody"),
        organizations=more.get("organizations", frozenset()),
        is_featured=more.get("is_featured", False),
    )
    text = ArticleText(title, more.get("objective", "Emitir outra vez um boleto vencido."), body)
    return await writing.write_article(text, place, by=people.bia, at=more.get("at", NOW))


async def article(
    people: Cast,
    title: str = "Segunda via de boleto",
    body: str = BODY,
    *,
    reviewed_on: date | None = None,
    **more: Unpack[More],
) -> int:
    """Creates a published article. Returns its number."""
    number = await draft(people, title, body, **more)
    await publication.publish(number, reviewed_on=reviewed_on, by=people.lia, at=more.get("at", NOW))
    return number


async def read_by(person: Actor | None, *, at: datetime = NOW) -> list[str]:
    """The titles of the articles that the person may read at that time."""
    shown = readable_by(person, at)
    return [row["title"] for row in await fetch("SELECT title FROM article WHERE {} ORDER BY title", shown)]
