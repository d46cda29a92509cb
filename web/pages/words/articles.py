"""Words about articles for their authors."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, Protocol

from web.articles.sections import Section
from web.pages.words.formats import dated
from web.settings_log.recording import Kind

AUDIENCES = {
    "everybody": "Todos, mesmo sem entrar",
    "signed_in": "Quem entrou no portal",
    "organizations": "Só pessoas de algumas organizações",
    "agents": "Só atendentes",
}
"""Who reads an article."""

STATES = {"draft": "Rascunho", "review": "Em revisão", "published": "Publicado", "retired": "Retirado"}

FIELDS = {
    "title": "Título",
    "objective": "Objetivo",
    "section": "Seção",
    "audience": "Quem lê",
    "organizations": "Organizações",
    "slug": "Endereço",
    "body": "Texto",
    "remark": "O que mudou",
    "alt": "O que a imagem mostra",
    "files": "Arquivos",
    "since": "Publicar em",
    "reviewed_on": "Revisado em",
}

KINDS = {
    Kind.SECTION: "Seção da ajuda",
    Kind.SYNONYM: "Sinônimos da ajuda",
    Kind.ARTICLE: "Artigo da ajuda",
}

LOGGED = {
    "article_audience": "quem lê",
    "article_state": "situação",
    "is_featured": "em destaque",
    "parent": "seção acima",
    "reviewed_on": "revisado em",
    "section": "seção",
    "shown_since": "no ar desde",
    "slug": "endereço da página",
    "version": "versão no ar",
    "words": "palavras",
}
"""Field names of the help centre in the log of settings."""

SECTION_FIELDS = {"name": "Nome", "text": "Em uma linha", "parent": "Dentro de", "slug": "Endereço"}

SECTION = {"section": "Seção"}

SYNONYMS = {"words": "Palavras"}

DONE = {
    "created": "Rascunho salvo. Só atendentes o veem.",
    "saved": "Salvo.",
    "review": "Revisão pedida. Os líderes veem este artigo em “Em revisão”.",
    "returned": "Devolvido a quem escreve.",
    "published": "Publicado.",
    "retired": "Retirado. Ninguém mais o acha, e as versões continuam aqui.",
    "confirmed": "Anotado: revisado hoje.",
    "restored": "Versão restaurada como a mais nova. Leitores a recebem quando for publicada.",
    "from_ticket": "Rascunho feito do ticket. Tire ou troque o que está marcado com [REMOVER: …] antes de publicar.",
}

SECTIONS_DONE = {"saved": "Salvo.", "retired": "Seção fora de uso.", "restored": "Seção em uso de novo."}

SYNONYMS_DONE = {"saved": "Salvo. A busca já usa.", "removed": "Grupo removido."}

PROBLEM, SOLUTION = "O que acontece", "Como resolver"
"""Headings of an article made from a ticket."""

TOOLS = (
    ("Título", "\n## ", "\n", "Título da parte"),
    ("Negrito", "**", "**", "texto em negrito"),
    ("Itálico", "*", "*", "texto em itálico"),
    ("Passos", "\n1. ", "", "Primeiro passo"),
    ("Lista", "\n- ", "", "Item"),
    ("Link", "[", "](https://)", "palavras do link"),
    ("Tabela", "\n| Coluna | Coluna |\n| --- | --- |\n| ", " |  |\n", "valor"),
    ("Aviso", "\n> [!AVISO]\n> ", "\n", "O que convém saber antes"),
)
"""Name of a button, the text it puts before and after the selection, and the text if nothing is selected."""


class Standing(NamedTuple):
    """The state of an article as a chip: label, tone and icon."""

    words: str
    tone: str
    icon: str


class _Stands(Protocol):
    """An article, published or not."""

    @property
    def state(self) -> str: ...
    @property
    def published(self) -> int | None: ...
    @property
    def published_at(self) -> datetime | None: ...
    @property
    def newest(self) -> int: ...


def standing(article: _Stands, at: datetime) -> Standing:
    """Publicado, com mudanças por publicar."""
    if article.state != "published":
        return _STANDINGS[article.state]
    if article.published_at and article.published_at > at:
        return Standing(f"Publica em {dated(article.published_at)}", "work", "pause")
    return _PUBLISHED if article.published == article.newest else _CHANGED


def section_choices(sections: Iterable[Section]) -> list[tuple[int, str]]:
    """Choices of sections: Cobrança / Boletos."""
    return [(each.id, f"{each.parent_name} / {each.name}" if each.parent_name else each.name) for each in sections]


_PUBLISHED = Standing("Publicado", "good", "check")
_CHANGED = Standing("Publicado, com mudanças", "good", "half")


_STANDINGS = {
    "draft": Standing(STATES["draft"], "", "ring"),
    "review": Standing(STATES["review"], "turn", "turn"),
    "retired": Standing(STATES["retired"], "", "pause"),
}
