"""Imports from Zendesk Guide and Movidesk, in the JSON of their APIs."""

from pathlib import Path

import pytest

from tests import cast
from tests.articles.imports.folders import PNG, articles, as_json, body_of, brought, outcomes, told, written
from web.articles.imports.worker import ImportDefaults
from web.database import fetch

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]

AT = "https://escola.zendesk.com"
ZENDESK = {
    "categories.json": as_json(categories=[{"id": 1, "name": "Financeiro", "description": "", "position": 0}]),
    "sections.json": as_json(
        sections=[
            {"id": 11, "category_id": 1, "parent_section_id": None, "name": "Boletos", "position": 1},
            {"id": 12, "category_id": 1, "parent_section_id": 11, "name": "Vencidos", "description": "Juros"},
        ]
    ),
    "segments.json": as_json(
        user_segments=[
            {"id": 5, "user_type": "signed_in_users", "name": "Signed-in users"},
            {"id": 6, "user_type": "staff", "name": "Agents and admins"},
            {"id": 7, "user_type": "signed_in_users", "name": "VIP", "organization_ids": [9]},
        ]
    ),
    "articles-1.json": as_json(
        articles=[
            {
                "id": 100,
                "title": "Segunda via",
                "section_id": 11,
                "locale": "pt-br",
                "promoted": True,
                "draft": False,
                "user_segment_id": None,
                "author_id": 42,
                "edited_at": "2026-10-01T12:00:00Z",
                "body": "<p><strong>Objetivo:</strong> Tirar de novo um boleto.</p><ol><li>Abra"
                f"<img src='{AT}/hc/article_attachments/900/tela.png' alt='Tela'></li></ol>"
                "<p>Veja <a href='/hc/pt-br/articles/101-Vencido'>o vencido</a>.<script>x()</script></p>",
            },
            {"id": 101, "title": "Vencido", "section_id": 12, "user_segment_id": 5, "body": "<p>Pague.</p>"},
        ],
        next_page=f"{AT}/api/v2/help_center/articles.json?page=2",
    ),
    "articles-2.json": as_json(
        articles=[
            {"id": 102, "title": "Só da equipe", "section_id": 11, "user_segment_id": 6, "body": "<p>Nota.</p>"},
            {"id": 103, "title": "Só VIP", "section_id": 11, "user_segment_id": 7, "body": "<p>Nota.</p>"},
            {"id": 104, "title": "Rascunho", "section_id": 11, "draft": True, "user_segment_id": None, "body": "<p>a"},
            {"id": 105, "title": "", "section_id": 11, "body": ""},
            {"id": 106, "title": "Vencido", "section_id": 11, "user_segment_id": None, "body": "<p>Outro.</p>"},
        ]
    ),
    "attachments.json": as_json(
        article_attachments=[
            {
                "id": 900,
                "article_id": 100,
                "file_name": "tela.png",
                "inline": True,
                "content_url": f"{AT}/hc/article_attachments/900/tela.png",
            },
            {
                "id": 901,
                "article_id": 100,
                "file_name": "modelo.pdf",
                "inline": False,
                "content_url": f"{AT}/hc/article_attachments/901/modelo.pdf",
            },
        ]
    ),
    "files/900/tela.png": PNG,
    "files/901-modelo.pdf": b"%PDF-1.7",
}


async def test_zendesk_comes_with_sections_audiences_pictures_and_links(tmp_path: Path):
    people = await cast.enrol()
    done = await brought(people, written(tmp_path, ZENDESK))
    assert told(done) == [
        ("articles-2.json: 105", "Não tem título."),
        ("articles-1.json: 100", "Tinha partes que executam algo (script, object). O artigo veio sem elas."),
    ]
    assert await articles() == [
        ("rascunho", "Boletos", "draft", "everybody"),
        ("segunda-via", "Boletos", "published", "everybody"),
        ("so-da-equipe", "Boletos", "published", "agents"),
        ("so-vip", "Boletos", "published", "agents"),
        ("vencido", "Vencidos", "published", "signed_in"),
        ("vencido-2", "Boletos", "published", "everybody"),
    ]
    picture, model = [
        f"/help/files/{each['id']}/{each['name']}"
        for each in await fetch("SELECT * FROM article_file ORDER BY name DESC")
    ]
    assert await body_of("segunda-via") == (
        f"1. Abra\n\n   ![Tela]({picture})\n\nVeja [o vencido](/help/vencido).\n\n- [modelo.pdf]({model})"
    )
    (row,) = await fetch("SELECT objective, is_featured, reviewed_on FROM article WHERE slug = 'segunda-via'")
    assert (row["objective"], bool(row["is_featured"])) == ("Tirar de novo um boleto.", True)
    assert str(row["reviewed_on"]) == "2026-10-01"
    assert set(outcomes(await brought(people, tmp_path)).values()) == {"same", "refused"}


MOVIDESK = {
    "lista.json": as_json(items=[{"id": 7, "title": "Acompanhar", "articleStatus": 1}, {"id": 8, "title": "Falta"}]),
    "7.json": as_json(
        id=7,
        title="Acompanhar um ticket",
        slug="acompanhar",
        articleStatus=1,
        contentText="Clique",
        contentHtml="<p>Clique em <b>Tickets</b>.</p><img src='https://arquivos.example/kb/tela.png'>"
        "<p><a href='https://escola.movidesk.com/kb/pt-br/article/9/fim?token=x'>Fim</a></p>",
        createdBy={"businessName": "Ana Prado", "email": "ana@escola.example"},
        categories=[{"name": "Portal"}],
        updatedDate="2026-09-30T10:00:00",
    ),
    "9.json": as_json(id=9, title="Fim", articleStatus=2, contentHtml="<p>Acabou.</p>", categories=["Portal"]),
    "10.json": as_json(id=10, title="Sem texto", articleStatus=1),
    "img/tela.png": PNG,
}


async def test_movidesk_comes_for_agents_unless_it_is_told_otherwise(tmp_path: Path):
    people = await cast.enrol()
    done = await brought(people, written(tmp_path, MOVIDESK), ImportDefaults())
    assert told(done) == [("10.json: 10", "Não tem texto: peça o artigo inteiro à API, e não só a lista.")]
    assert await articles() == [
        ("acompanhar-um-ticket", "Portal", "published", "agents"),
        ("fim", "Portal", "draft", "agents"),
    ]
    (file,) = await fetch("SELECT id FROM article_file")
    assert await body_of("acompanhar-um-ticket") == (
        f"Clique em **Tickets**.\n\n![](/help/files/{file['id']}/tela.png)\n\n[Fim](/help/fim)"
    )
    again = await brought(people, tmp_path, ImportDefaults("everybody"))
    assert set(outcomes(again).values()) == {"changed", "refused"}
    assert {audience for *_, audience in await articles()} == {"everybody"}


async def test_nobody_of_the_old_place_is_named_in_what_comes(tmp_path: Path):
    people = await cast.enrol()
    await brought(people, written(tmp_path, MOVIDESK))
    texts = await fetch("SELECT title, objective, body, html, remark FROM article_version")
    assert not any("prado" in str(value).lower() or "token" in str(value) for row in texts for value in row.values())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("não é json", "dump.json não é um arquivo JSON."),
        ("[" * 100_000, "dump.json não é um arquivo JSON."),
        ('{"tickets": []}', "Não há artigos em dump.json."),
    ],
)
async def test_a_file_that_is_no_help_centre_is_refused(tmp_path: Path, content: str, why: str):
    from web.articles.imports import reading
    from web.articles.imports.incoming import Remark
    from web.errors import Unreadable
    from web.pages.words.article_imports import why_text

    path = written(tmp_path, {"dump.json": content}) / "dump.json"
    with pytest.raises(Unreadable) as refused:
        await reading.read(path)
    assert why_text(Remark("", refused.value.code, refused.value.about)) == why
