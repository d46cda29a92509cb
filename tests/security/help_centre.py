"""A help centre of five articles, each for another audience, with a picture in each."""

from dataclasses import fields

from tests.articles import factories
from tests.cast import NOW
from tests.client import portal
from tests.security.world import PNG, World, once
from web.articles import files
from web.database import fetch, fetch_column
from web.demo.cast import Cast

AUDIENCES = {"inside": "signed_in", "auroras": "organizations", "internal": "agents"}
"""The audiences by the names of the articles; `unpublished` is a draft, any other is for everybody."""


async def help_path(address: str, thing: str, world: World) -> str:
    """The path of the section, the article, or the article's picture."""
    if not await fetch("SELECT id FROM article WHERE slug = {}", thing):
        await _write(thing, world)
    if "/files/" in address:
        return f"/help/files/{await _picture_of(thing)}/tela.png"
    return address.replace("{slug:str}", "cobranca" if "/sections/" in address else thing)


async def _write(thing: str, world: World) -> None:
    people = Cast(**{field.name: world.people[field.name] for field in fields(Cast)})
    kept = await portal().state.storage.receive(once(PNG), limit=len(PNG))
    picture = await files.save_file("tela.png", "image/png", len(PNG), kept.sha256, by=world.bia, at=NOW)
    owners = frozenset({world.organizations["aurora"]}) if thing == "auroras" else frozenset[int]()
    write = factories.draft if thing == "unpublished" else factories.article
    text, audience = f"![Tela](/help/files/{picture}/tela.png)", AUDIENCES.get(thing, "everybody")
    await write(people, thing, text, audience=audience, organizations=owners)


async def _picture_of(thing: str) -> int:
    named = (
        "SELECT vf.file FROM article_version_file vf JOIN article_version v ON v.id = vf.version "
        "JOIN article a ON a.id = v.article WHERE a.slug = {}"
    )
    return (await fetch_column(int, named, thing))[0]
