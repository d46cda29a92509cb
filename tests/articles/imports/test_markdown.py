"""Imports of a Markdown folder: front matter, pictures, links and refusals."""

from pathlib import Path

import pytest

from tests import cast
from tests.articles.factories import article
from tests.articles.imports.folders import PNG, articles, body_of, brought, outcomes, told, written
from web.articles.imports.worker import ImportDefaults
from web.database import fetch

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]

BOLETO = """---
title: "Segunda via: como tirar"
slug: segunda-via
objective: Tirar de novo um boleto.
featured: true
reviewed: 2026-11-10
---
1. Entre em **Cobrança**.

   ![A tela](img/tela.png)

2. Se venceu, veja [outro](vencido.md#juros), o [contrato](contrato.pdf) ou o [banco](https://banco.example/).
"""

ENTREGA = "---\nsection: Material / Entrega\naudience: signed_in\n---\n# Acompanhar a entrega\n\nOlá."


async def test_a_folder_becomes_sections_articles_and_files(tmp_path: Path):
    people = await cast.enrol()
    folder = written(
        tmp_path,
        {
            "01-cobranca/_index.md": "---\ntitle: Cobrança\ndescription: Boletos e notas\n---\n",
            "01-cobranca/boletos/segunda-via.md": BOLETO,
            "01-cobranca/boletos/vencido.md": "+++\ntitle = 'Boleto vencido'\ndraft = true\n+++\nPague no banco.",
            "01-cobranca/boletos/img/tela.png": PNG,
            "01-cobranca/boletos/contrato.pdf": b"%PDF-1.7",
            "entrega/index.md": ENTREGA,
        },
    )
    assert set(outcomes(await brought(people, folder)).values()) == {"created"}
    assert await articles() == [
        ("entrega", "Entrega", "published", "signed_in"),
        ("segunda-via", "Boletos", "published", "everybody"),
        ("vencido", "Boletos", "draft", "everybody"),
    ]
    files = await fetch("SELECT id, name, media_type FROM article_file ORDER BY name")
    assert [(each["name"], each["media_type"]) for each in files] == [
        ("contrato.pdf", "application/octet-stream"),
        ("tela.png", "image/png"),
    ]
    contract, picture = (f"/help/files/{each['id']}/{each['name']}" for each in files)
    body = await body_of("segunda-via")
    assert f"![A tela]({picture})" in body
    assert f"[outro](/help/vencido#juros), o [contrato]({contract}) ou o [banco](https://banco.example/)" in body
    (row,) = await fetch("SELECT title, objective, is_featured, reviewed_on FROM article WHERE slug = 'segunda-via'")
    assert (row["title"], row["objective"]) == ("Segunda via: como tirar", "Tirar de novo um boleto.")
    assert (bool(row["is_featured"]), str(row["reviewed_on"])) == (True, "2026-11-10")
    (section,) = await fetch("SELECT text FROM help_section WHERE name = 'Cobrança'")
    assert section["text"] == "Boletos e notas"


async def test_what_cannot_be_read_is_told_with_its_line_and_the_rest_comes(tmp_path: Path):
    people = await cast.enrol()
    folder = written(
        tmp_path,
        {
            "a/aberto.md": "---\ntitle: Sem fim\n",
            "a/bom.md": "# Bom\n\nTexto.",
            "a/cabecalho.md": "---\ntitle: X\nisto não é nada\n---\n",
            "a/data.md": "---\ntitle: X\ndate: ontem\n---\n",
            "a/latin.md": "# Ação".encode("latin-1"),
            "a/script.md": "---\ntitle: Mau\n---\n\nOlá\n<script>alert(1)</script>",
            "a/sem-titulo.md": "Só texto.",
            "solto.md": "# Sem seção",
        },
    )
    done = await brought(people, folder)
    assert told(done) == [
        ("a/aberto.md:1", "O cabeçalho do arquivo começa e não termina."),
        ("a/cabecalho.md:3", "O cabeçalho do arquivo não está como “nome: valor”."),
        ("a/data.md:1", "A data “ontem” não existe, ou não está como 2026-11-28."),
        ("a/latin.md", "O arquivo não está em UTF-8."),
        ("a/script.md:6", "Tem HTML que executaria algo (<script>). Tire-o do texto."),
        ("a/sem-titulo.md:1", "Não tem título."),
        ("solto.md", "Não diz em que seção fica, e nenhuma foi indicada."),
    ]
    assert await articles() == [("bom", "A", "published", "everybody")]
    again = await brought(people, folder, ImportDefaults("everybody", section="Geral / Outros"))
    assert outcomes(again)["solto.md"] == "created"
    assert ("sem-secao", "Outros", "published", "everybody") not in await articles()
    assert ("solto", "Outros", "published", "everybody") in await articles()


@pytest.mark.parametrize(
    "body",
    ["a" * 5_000_000, "x " * 150_000, "> " * 10_000 + "x", "[" * 100_000, "![" * 50_000, "*a_" * 60_000],
    ids=["5 MB", "too long", "quotes", "brackets", "pictures", "marks"],
)
async def test_a49_a_text_that_costs_too_much_keeps_nothing_from_coming(tmp_path: Path, body: str):
    people = await cast.enrol()
    done = await brought(people, written(tmp_path, {"a/mau.md": f"# Mau\n\n{body}", "a/bom.md": "# Bom\n\nTexto."}))
    assert ("bom", "A", "published", "everybody") in await articles()
    whys = [why for _, why in told(done)]
    too_long = "Passa do tamanho: o título pode ter até 200 caracteres, o objetivo até 300, o texto até 200.000."
    assert whys == ([too_long] if len(body) > 200_000 else [])


async def test_a_slug_named_twice_or_taken_here_is_refused(tmp_path: Path):
    people = await cast.enrol()
    await article(people, "Ajuda")
    second = written(
        tmp_path,
        {
            "a/1-outro.md": "---\nslug: o-mesmo\n---\n# Um",
            "a/2-outro.md": "---\nslug: o-mesmo\n---\n# Dois",
            "a/ajuda.md": "# Ajuda, outra",
            "a/mau.md": "---\nslug: ../mau\n---\n# Mau",
        },
    )
    done = await brought(people, second)
    assert told(done) == [
        ("a/2-outro.md", "O endereço “o-mesmo” aparece duas vezes. Este ficou de fora."),
        ("a/ajuda.md", "O endereço “ajuda” já é de outro artigo."),
        ("a/mau.md", "Use letras minúsculas sem acento, números e hifens: segunda-via-de-boleto."),
    ]


async def test_a72_pictures_from_elsewhere_are_not_fetched_and_those_missing_are_told(tmp_path: Path):
    people = await cast.enrol()
    text = "# Figuras\n\n![Fora](https://fora.example/x.png?token=1) ![Falta](nada.png)\n\n<img src='b.svg' alt='B'>"
    done = await brought(people, written(tmp_path, {"a/figuras.md": text, "a/b.svg": b"<svg/>"}))
    assert told(done) == [
        (
            "a/figuras.md",
            "A figura https://fora.example/x.png não está entre os arquivos, e nada é buscado fora. "
            "O artigo veio sem ela.",
        ),
        ("a/figuras.md", "O arquivo nada.png não está na pasta. Dele ficaram só as palavras."),
    ]
    assert "<img" not in (await fetch("SELECT html FROM article_version"))[0]["html"]


@pytest.mark.parametrize(
    "target",
    [
        "../segredo.png",
        "..%2fsegredo.png",
        "..%252fsegredo.png",
        "..\\segredo.png",
        "/../segredo.png",
        "//segredo.png",
        "file:///etc/passwd",
        "{absolute}",
        "link.png",
        ".env",
        "pasta/segredo.png",
    ],
)
async def test_a48_a_picture_named_outside_of_the_folder_is_not_opened(tmp_path: Path, target: str):
    people = await cast.enrol()
    written(tmp_path, {"segredo.png": PNG, "out/segredo.png": PNG, "in/a/.env": b"KEY=1"})
    folder = written(tmp_path / "in", {"a/x.md": f"# X\n\n![y]({target.format(absolute=tmp_path / 'segredo.png')})"})
    (folder / "a" / "link.png").symlink_to(tmp_path / "segredo.png")
    (folder / "a" / "pasta").symlink_to(tmp_path / "out")
    done = await brought(people, folder)
    assert outcomes(done) == {"a/x.md": "created"}
    assert await fetch("SELECT id FROM article_file") == []
    assert len(told(done)) == 1
