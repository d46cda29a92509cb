"""Markdown as readers get it: no active content, nothing loaded from other sites, bounded cost."""

import pytest

from web.articles.markdown import LONGEST, files_in, headings, plain, render
from web.articles.rendering import rendered
from web.errors import Invalid

pytestmark = pytest.mark.anyio


def test_a_text_with_steps_pictures_a_notice_and_a_table():
    text = (
        "1. Entre.\n\n   ![Tela de entrada](/help/files/12/a.png)\n2. Pague.\n\n"
        "> [!AVISO]\n> Só até *sexta*.\n\n|a|\n|-|\n|1|"
    )
    assert render(text) == (
        '<ol>\n<li>\n<p>Entre.</p>\n<p><img src="/help/files/12/a.png" alt="Tela de entrada" loading="lazy"></p>\n'
        "</li>\n<li>\n<p>Pague.</p>\n</li>\n</ol>\n"
        '<div class="notice" data-kind="aviso">\n<p><strong>Aviso</strong> Só até <em>sexta</em>.</p>\n</div>\n'
        "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n</tr>\n</tbody>\n</table>\n"
    )
    assert files_in(render(text)) == [12]


@pytest.mark.parametrize(
    ("label", "title"),
    [("NOTE", "Nota"), ("Tip", "Dica"), ("IMPORTANT", "Importante"), ("WARNING", "Atenção"), ("CAUTION", "Atenção")],
)
def test_a_notice_of_another_help_centre_has_a_portuguese_title(label, title):
    assert f"<strong>{title}</strong> Só até sexta." in render(f"> [!{label}]\n> Só até sexta.")


@pytest.mark.parametrize(("top", "below"), [("#", "##"), ("##", "###"), ("###", "####")])
def test_headings_come_right_below_the_title_and_can_be_pointed_at(top, below):
    html = render(f"{top} Antes\n\n{below} A prova\n\n{top} Antes")
    assert headings(html) == [(2, "s-antes", "Antes"), (3, "s-a-prova", "A prova"), (2, "s-antes-2", "Antes")]


def test_a_video_of_ours_plays_in_the_page_and_one_from_elsewhere_is_a_link():
    own = render("[Como pagar](/help/files/3/pagar.mp4)")
    assert own == '<p><video src="/help/files/3/pagar.mp4" preload="none" controls=""></video></p>\n'
    other = render("[Como pagar](https://video.example/1)")
    assert other == '<p><a href="https://video.example/1" rel="noopener noreferrer">Como pagar</a></p>\n'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](data:text/html,a)", "<p>[x](data:text/html,a)</p>\n"),
        ("[x](file:///etc/passwd)", "<p>[x](file:///etc/passwd)</p>\n"),
        (
            "![a](https://elsewhere.example/p.png)",
            '<p><a href="https://elsewhere.example/p.png" rel="noopener noreferrer">a</a></p>\n',
        ),
        (
            "[https://banco.example](https://mau.example)",
            '<p><a href="https://mau.example" rel="noopener noreferrer">https://banco.example</a> (mau.example)</p>\n',
        ),
        ("{{7*7}} {% x %}", "<p>{{7*7}} {% x %}</p>\n"),
    ],
)
def test_a40_a45_a49_a72_a73_nothing_runs_and_nothing_is_fetched(text, html):
    assert render(text) == html


@pytest.mark.parametrize(
    "text",
    [">" * 10_000 + " a", "- " * 5_000 + "a", "![" * 7_000, "[" * 15_000, "*a **a " * 2_000, "&lt;" * 3_000],
    ids=["quotes", "lists", "pictures", "brackets", "stars", "signs"],
)
async def test_a49_what_is_nested_without_end_is_cut_off(text):
    assert len(await rendered(text)) < 100_000


async def test_a49_a_long_text_is_read_apart_and_one_past_the_limit_is_refused():
    assert plain(await rendered("Um parágrafo.\n\n" * 2_000)).split()[:2] == ["Um", "parágrafo."]
    with pytest.raises(Invalid) as refused:
        await rendered("a" * (LONGEST + 1))
    assert refused.value.fields == {"body": "too_long"}
