"""HTML of other help centres, converted to Markdown."""

import pytest

from web.articles.imports.html_markdown import markdown_of
from web.errors import Unreadable

pytestmark = pytest.mark.anywhere


class Kept:
    """A finder that knows the pictures and files whose addresses say so."""

    def file(self, address: str) -> str:
        return "import-file:0" if address.endswith(".pdf") else ""

    def picture(self, address: str) -> str:
        return "import-file:1" if "kept" in address else ""

    def link(self, address: str) -> str:
        return address if address.startswith("https:") else ""


CASES = {
    "<h1>Como <span>fazer</span></h1><p>&nbsp;</p><p>Clique em&nbsp;<strong>Entrar </strong>já.</p>": (
        "## Como fazer\n\nClique em **Entrar** já."
    ),
    "<p>Um<br>dois<br><br>três</p>": "Um\\\ndois\n\ntrês",
    "<ol><li>Abra<br><img src='/kept/1' alt='Tela'></li><li><p>Leia</p><ul><li>um</li></ul></li></ol>": (
        "1. Abra\n\n   ![Tela](import-file:1)\n2. Leia\n   - um"
    ),
    "<ol start='3'><li>Terceiro</li></ol>": "3. Terceiro",
    "<table><tr><th>A</th><th>B|C</th></tr><tr><td>1<br>2</td></tr></table>": (
        "| A | B\\|C |\n| --- | --- |\n| 1 2 |  |"
    ),
    "<table><tr><td><p>Caixa</p></td></tr></table>": "Caixa",
    "<div class='callout callout-warning'><p>Cuidado</p></div>": "> [!AVISO]\n> Cuidado",
    "<blockquote>Dito</blockquote><hr><pre>a &lt; b</pre>": "> Dito\n\n---\n\n```\na < b\n```",
    "<p><a href='https://x.example/'>lá</a> <a href='javascript:x()'>mau</a> <a href='c.pdf'>PDF</a></p>": (
        "[lá](https://x.example/) mau [PDF](import-file:0)"
    ),
    "<p>* a_b_ [c] 1. d</p><p>1. e</p><p># f</p><p>- g</p>": ("\\* a\\_b\\_ \\[c\\] 1. d\n\n1\\. e\n\n\\# f\n\n\\- g"),
    "<iframe src='https://video.example/embed/1' title='Vídeo'></iframe>": "[Vídeo](https://video.example/embed/1)",
    "<p>a <code>x</code> <del>b</del> <u>c</u><style>p{}</style></p><form><input value='x'></form>": "a `x` ~~b~~ c",
    "<p><img src='https://fora.example/x.png'>só</p>": "só",
}


@pytest.mark.parametrize(("html", "markdown"), CASES.items())
def test_html_becomes_markdown(html: str, markdown: str):
    assert markdown_of(html, Kept()) == (markdown, False)


def test_what_acts_is_left_out_and_told():
    assert markdown_of("<p onclick='x()'>a<script>alert(1)</script></p><object data='x'></object>", Kept()) == (
        "a",
        True,
    )


@pytest.mark.parametrize(
    ("html", "code"),
    [("<blockquote>" * 10_000, "too_deep"), ("<b>" * 500 + "x", "too_deep"), ("a" * 1_000_001, "too_long")],
)
def test_a49_html_that_costs_too_much_is_refused(html: str, code: str):
    with pytest.raises(Unreadable) as refused:
        markdown_of(html, Kept())
    assert refused.value.code == code
