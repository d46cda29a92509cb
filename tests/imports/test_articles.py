"""Imports of a help centre by page: tried out, done by a worker, resumed by another, without harmful content."""

import io
import zipfile
from datetime import timedelta

import pytest

from tests import cast
from tests.articles.imports.folders import PNG, articles
from tests.cast import NOW
from tests.client import Browser, Page, browser_of, portal
from tests.pages.reading import refusals
from web.demo.cast import Cast
from web.imports import progress
from web.imports.articles import archives, worker
from web.imports.articles.uploads import IMPORTS
from web.people.permissions import Role
from web.tickets.settings import roles
from web.tickets.settings.roles import RoleInput

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]

AT = "/desk/articles/imports"
FOLDER = {
    "cobranca/boleto.md": "# Boleto\n\n![Tela](tela.png)",
    "cobranca/tela.png": PNG,
    "cobranca/nota.md": "---\naudience: everybody\n---\n# Nota\n\n![Falta](falta.png)",
    "acesso/sem-titulo.md": "Só texto.",
}
WHY = [
    "acesso/sem-titulo.md:1 – Não tem título.",
    "cobranca/nota.md Nota O arquivo falta.png não está na pasta. Dele ficaram só as palavras.",
]


def packed(files: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


async def sent(lia: Browser, content: bytes, name: str = "ajuda.zip", **typed: str) -> Page:
    return await lia.send(await lia.get(AT), AT, files=[(name, content)], **typed)


async def works(*, later: timedelta = timedelta()) -> None:
    await worker.run_due(NOW + later, storage=portal().state.storage, now=lambda: NOW + later)


async def tried(lia: Browser, content: bytes, **typed: str) -> Page:
    page = await sent(lia, content, **typed)
    await works()
    return await lia.get(page.path)


def told(page: Page) -> dict[str, str]:
    names, numbers = page.texts(".facts dt"), page.texts(".facts dd")
    return dict(zip(names, numbers, strict=True))


async def test_a_folder_in_a_zip_is_tried_out_then_brought_in_and_told_of():
    people = await cast.enrol()
    lia = await browser_of(people.lia)
    waiting = await sent(lia, packed(FOLDER))
    assert (waiting.text("h1"), waiting.text("[role=status]")) == ("ajuda.zip", "Na fila. Atualizar")
    await works()
    page = await lia.get(waiting.path)
    assert page.text("h2#report") == "O que a importação vai fazer"
    counts = {"Artigos criados": "2", "Artigos mudados": "0", "Artigos que já estavam iguais": "0"}
    assert told(page) == counts | {"Artigos recusados": "1"}
    assert page.texts("tbody tr") == WHY
    assert await articles() == []
    await lia.send(page, f"{page.path}/start")
    await works()
    page = await lia.get(page.path)
    assert (page.text("h2#report"), page.texts("tbody tr")) == ("Importado", WHY)
    assert await articles() == [
        ("boleto", "Cobranca", "published", "agents"),
        ("nota", "Cobranca", "published", "everybody"),
    ]
    assert (await lia.get(AT)).texts("tbody td")[0] == "importada"
    again = await tried(lia, packed(FOLDER))
    assert (told(again)["Artigos que já estavam iguais"], again.text("[role=status]")) == (
        "2",
        "Nada vai mudar: o que foi aceito já está assim.",
    )


async def test_what_an_article_does_not_say_is_chosen_on_the_form():
    people = await cast.enrol()
    lia = await browser_of(people.lia)
    page = await tried(lia, packed({"um.md": "# Um\n\nTexto."}), audience="signed_in", section="Acesso / Senhas")
    await lia.send(page, f"{page.path}/start")
    await works()
    assert await articles() == [("um", "Senhas", "published", "signed_in")]


async def test_a_folder_around_all_the_others_is_no_section():
    people = await cast.enrol()
    page = await tried(await browser_of(people.lia), packed({f"ajuda/{name}": text for name, text in FOLDER.items()}))
    assert page.texts("tbody tr") == WHY


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04 de mentira", "O arquivo não é um ZIP que se possa abrir, ou tem senha."),
        (packed({"a.md": "# A"})[:-30] + b"PK\x05\x06" + bytes(18), "Não há artigos em ajuda.zip."),
        (packed({"leia.txt": "Nada."}), "Não há artigos em ajuda.zip."),
        (b"[1", "ajuda.zip não é um ZIP nem um JSON que se possa ler."),
        (b"{}", "Não há artigos em ajuda.zip."),
    ],
)
async def test_a_file_without_articles_is_refused_in_words(content: bytes, why: str):
    people = await cast.enrol()
    page = await tried(await browser_of(people.lia), content)
    assert page.text("[role=alert]") == why
    assert f"{page.path}/start" not in page.attributes("form", "action")


async def test_what_is_packed_to_do_harm_stays_within_its_folder_and_its_room(monkeypatch):
    people = await cast.enrol()
    page = await tried(
        await browser_of(people.lia), packed({"../../fora/um.md": "# Um", "/dois.md": "# Dois"}), section="A"
    )
    assert told(page)["Artigos criados"] == "2"
    monkeypatch.setattr(archives, "LARGEST", 10_000)
    bomb = await tried(await browser_of(people.lia), packed({"a.md": "# A\n" + "a" * 100_000}))
    assert bomb.text("[role=alert]") == "Aberto, o arquivo passa de 2 GB."


async def test_what_is_taken_out_by_page_comes_in_again_the_same():
    people = await cast.enrol()
    lia = await browser_of(people.lia)
    page = await tried(lia, packed({name: FOLDER[name] for name in ("cobranca/boleto.md", "cobranca/tela.png")}))
    await lia.send(page, f"{page.path}/start")
    await works()
    index = await lia.get(AT)
    response = (await lia.get(index.links()["Baixar a central de ajuda inteira (ZIP)"])).response
    assert response.headers["Content-Disposition"].startswith('attachment; filename="ajuda-2026-11-23.zip"')
    assert int(response.headers["Content-Length"]) == len(response.content)
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith((".md", ".png")))
    assert [name.rpartition("/")[2] for name in names] == ["_index.md", "boleto.md", "tela.png"]
    again = await tried(lia, response.content)
    assert (told(again)["Artigos recusados"], again.texts("tbody tr")) == ("0", [])


async def test_without_a_file_the_form_comes_back_as_it_was():
    people = await cast.enrol()
    lia = await browser_of(people.lia)
    page = await lia.send(await lia.get(AT), AT, section="Acesso", audience="everybody")
    assert (page.status, refusals(page)) == (422, {"files": "Escolha um arquivo."})
    assert page.values(AT)["section"] == "Acesso"
    assert page.values(AT)["audience"] == "everybody"


async def test_one_that_a_worker_left_is_taken_up_by_another_and_makes_nothing_twice(monkeypatch):
    people = await cast.enrol()
    lia = await browser_of(people.lia)
    page = await tried(lia, packed(FOLDER))
    await lia.send(page, f"{page.path}/start")
    number = int(page.path.rpartition("/")[2])
    await IMPORTS.claim(number, NOW)  # by one that dies
    await works()
    assert (await IMPORTS.find(number)).state == "importing"
    await works(later=IMPORTS.claimed_for + timedelta(seconds=1))
    assert ((await IMPORTS.find(number)).state, len(await articles())) == ("imported", 2)


async def test_who_leads_no_more_brings_nothing_in():
    people = await cast.enrol()
    page = await sent(await browser_of(people.lia), packed(FOLDER))
    await no_lead(people)
    await works()
    admin = await browser_of(people.admin)
    shown = await admin.get(page.path)
    assert shown.text("[role=alert]") == "Quem enviou o arquivo não pode mais importar artigos."


async def no_lead(people: Cast) -> None:
    await roles.assign(people.lia.id, RoleInput(Role.AGENT, frozenset()), by=people.admin, at=NOW)


async def test_what_was_tried_out_can_be_discarded():
    people = await cast.enrol()
    lia = await browser_of(people.lia)
    page = await tried(lia, packed(FOLDER))
    after = await lia.send(page, f"{page.path}/removal")
    assert (after.text(".notice"), after.texts("main td")) == ("Importação descartada. Nada mudou.", [])
    assert ((await lia.get(page.path)).status, await articles()) == (404, [])


async def test_what_was_brought_is_forgotten_after_a_month():
    people = await cast.enrol()
    page = await tried(await browser_of(people.lia), packed(FOLDER))
    number = int(page.path.rpartition("/")[2])
    content = (await IMPORTS.find(number)).name
    await IMPORTS.sweep(NOW + progress.KEPT)
    assert (await IMPORTS.find(number)).name == content
    await IMPORTS.sweep(NOW + progress.KEPT + timedelta(hours=1))
    assert await IMPORTS.listed() == []
