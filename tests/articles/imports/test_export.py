"""An exported help centre is a folder of Markdown; an import of it restores the same articles."""

import io
import zipfile
from pathlib import Path

import pytest

from tests import cast
from tests.articles import factories
from tests.articles.imports.folders import PNG, brought, outcomes, written
from tests.cast import NOW
from tests.client import portal
from tests.emptying import empty
from web.articles import exports, publication
from web.demo import help_centre
from web.demo.cast import Cast
from web.errors import NotPermitted

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]


async def exported(people: Cast) -> dict[str, bytes]:
    """The exported files, contents by path."""
    file = io.BytesIO()
    await exports.write(file, storage=portal().state.storage, by=people.lia, at=NOW)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


async def again(people: Cast, folder: Path) -> tuple[dict[str, bytes], dict[str, str]]:
    """Exports, imports into an empty installation, and exports from there.

    Returns the files and the outcome of each article.
    """
    written(folder, await exported(people))
    await empty()
    afresh = await cast.enrol()
    became = outcomes(await brought(afresh, folder))
    return await exported(afresh), became


async def test_the_demonstrations_help_centre_comes_back_word_for_word_with_its_pictures(tmp_path: Path):
    people = await cast.enrol()
    await help_centre.write(storage=portal().state.storage, by=people.lia, at=NOW)
    before = await exported(people)
    after, became = await again(people, tmp_path)
    assert set(became.values()) == {"created"}
    assert len(became) == len([name for name in before if name.endswith(".md") and "_index" not in name]) > 25
    assert after == before
    assert len([name for name in before if name.endswith(".png")]) > 5


async def test_who_reads_what_is_not_shown_and_where_it_stands_comes_back_too(tmp_path: Path):
    people = await cast.enrol()
    above = await factories.section(people, "Boletos / notas", text='O que é "boleto".')
    below = await factories.section(people, "Notas", parent=above)
    await factories.article(people, 'O "boleto": o que é', of=above, audience="signed_in", is_featured=True)
    await factories.article(people, "Manual interno", of=below, audience="agents")
    theirs = frozenset(people.ana.organizations)
    await factories.article(people, "Contrato", of=below, audience="organizations", organizations=theirs)
    await factories.draft(people, "Rascunho", of=below)
    await publication.retire(await factories.article(people, "Retirado", of=below), by=people.lia, at=NOW)
    after, became = await again(people, tmp_path)
    assert (len(became), set(became.values())) == (4, {"created"})
    heads = {path: text.decode() for path, text in after.items()}
    assert heads == {path: text.decode() for path, text in written_in(tmp_path).items()}
    folder = "001-boletos-notas/002-notas"
    assert 'draft: "true"' in heads[f"{folder}/rascunho.md"]
    assert 'audience: "agents"' in heads[f"{folder}/contrato.md"]
    assert heads["001-boletos-notas/_index.md"] == (
        '---\ntitle: "Boletos / notas"\ndescription: "O que é "boleto"."\n---\n'
    )


def written_in(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


async def test_files_of_one_name_stay_apart(tmp_path: Path):
    people = await cast.enrol()
    texts = {f"a/{place}/tela.png": PNG + bytes([place]) for place in (1, 2)}
    texts |= {f"a/{place}/artigo-{place}.md": f"# Artigo {place}\n\n![Tela](tela.png)".encode() for place in (1, 2)}
    await brought(people, written(tmp_path / "from", texts))
    before = await exported(people)
    assert len([name for name in before if name.endswith("/tela.png")]) == 2
    after, _ = await again(people, tmp_path / "to")
    assert after == before


async def test_only_who_publishes_takes_everything_with_them():
    people = await cast.enrol()
    with pytest.raises(NotPermitted):
        await exports.write(io.BytesIO(), storage=portal().state.storage, by=people.bia, at=NOW)
