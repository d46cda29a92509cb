"""Words about votes and comments below articles, and about suggested articles."""

from collections.abc import Iterable

from web.tickets.requests.categories import CategoryTopic

VOTE = {"serves": "Isso foi útil?"}
COMMENT = {"name": "Nome", "email": "E-mail", "comment": "Comentário"}

SAID = {
    "yes": "Que bom que ajudou. Obrigado por dizer.",
    "no": "Obrigado por dizer. Conte abaixo o que faltou, ou abra uma solicitação.",
    "comment": "Recebemos seu comentário. Ele aparece aqui depois de lido pela equipe.",
    "solved": "Que bom que o artigo resolveu. Nada foi enviado.",
}
"""The confirmation above the forms of an article."""

ANSWER = {"answer": "Resposta da equipe"}
TICKET = {"category": "Categoria"}
STATES = {"held": "Por ler", "shown": "Publicados", "hidden": "Ocultos"}
DONE = {"shown": "Comentário publicado.", "hidden": "Comentário oculto."}


def choices(rows: Iterable[CategoryTopic]) -> list[tuple[str, str]]:
    """Categories with their topics as one choice: both numbers with a hyphen."""
    return [
        (f"{row.id}-{row.topic or ''}", f"{row.name} / {row.topic_name}" if row.topic_name else row.name)
        for row in rows
    ]
