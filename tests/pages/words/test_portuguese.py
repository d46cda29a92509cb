"""Portuguese stands only in words of the pages, templates and presets."""

import ast
import re

import pytest

from web.settings import ROOT

pytestmark = pytest.mark.anywhere

WEB = ROOT / "web"
LEFT_OUT = ("pages/words/", "demo/", "mail/incoming/", "__main__.py", "commands/")
"""The words themselves, the demonstration's tickets, phrases of mail programs, and terminal output."""

OTHERWISE = {
    "business_time/holidays.py": "holidays as the library calls them",
    "articles/search/queries.py": "endings that search leaves out of words",
    "http/routing.py": "a class of Litestar whose name ends as a Portuguese verb does",
    "articles/imports/html_markdown.py": "a tag of HTML that is a frequent word",
    "articles/markdown.py": "titles of notices, which authors write into their texts",
    "pages/help/structured.py": "a name of schema.org",
    "imports/people/sheets.py": "what is true or false, as spreadsheets show it",
    "imports/people/delimited_text.py": "letters by which an encoding is known",
    "people/identifiers/addresses.py": "labels that mail programs write before addresses",
    "normalization/numbers.py": "months, hours and ordinals as people write them",
    "normalization/words.py": "abbreviations as people write them",
    "tickets/actions/placeholders.py": "placeholders that leads write into their texts, which are rows",
    "tickets/life/status_filters.py": "the one list that every preset has",
}

FREQUENT = re.compile(
    r"\b(aberto|aberta|abertos|ainda|até|canal|das|de|dia|dias|dos|em|equipe|fechado|grupo|hora|horas|já|na|nada|não"
    r"|nenhum|nenhuma|nunca|objeto|ou|para|pela|pelo|por|prazo|quem|sem|sua|seu|texto|um|uma|você)\b"
)
ENDINGS = re.compile(r"(ad[ao]s?|id[ao]s?|[aei]ndo|mente|dade|agem|eir[ao])$")
SENTENCE = re.compile(r"[A-Z][a-z]+ [a-z]+(?=[ .,:;!?]|$)")
INFINITIVE = re.compile(r"[A-Z][a-z]*[aei]r")


def test_no_module_but_the_words_holds_portuguese():
    found = {
        path.relative_to(WEB).as_posix()
        for path in WEB.rglob("*.py")
        if not path.relative_to(WEB).as_posix().startswith(LEFT_OUT)
        if any(is_portuguese(text) for text in strings(ast.parse(path.read_text())))
    }
    assert found == set(OTHERWISE)


@pytest.mark.parametrize(
    "text",
    ["Ação", "Receber o link", "Responder", "pausado, faltam ", "sem prazo", "texto", "Removido.", "Ver tudo", " dias"],
)
def test_portuguese_is_told_by_its_letters_words_and_endings(text):
    assert is_portuguese(text)


@pytest.mark.parametrize(
    "text", ["desk/index.html", "Guichê", "SELECT id FROM ticket", "Retry-After", "first_response", "job %s failed"]
)
def test_code_is_no_portuguese(text):
    assert not is_portuguese(text)


def strings(tree: ast.Module) -> list[str]:
    """Every string of a module except docstrings."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


def is_portuguese(text: str) -> bool:
    """Whether it has an accent, a frequent word or ending, is a sentence, or an infinitive as on buttons."""
    text = text.replace("Guichê", "").strip()
    words = re.findall(r"[^\W\d_]+", text.lower())
    return bool(
        re.search("[À-ÖØ-öø-ÿ]", text)
        or FREQUENT.search(text.lower())
        or any(ENDINGS.search(word) for word in words)
        or SENTENCE.match(text)
        or INFINITIVE.fullmatch(text)
    )
