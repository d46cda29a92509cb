"""What is said of votes and comments below articles, and of articles that are offered before a ticket is sent."""

VOTE = {"serves": "Isso foi útil?"}
COMMENT = {"name": "Nome", "email": "E-mail", "comment": "Comentário"}

SAID = {
    "yes": "Que bom que ajudou. Obrigado por dizer.",
    "no": "Obrigado por dizer. Conte abaixo o que faltou, ou abra uma solicitação.",
    "comment": "Recebemos seu comentário. Ele aparece aqui depois de lido pela equipe.",
    "solved": "Que bom que o artigo resolveu. Nada foi enviado.",
}
"""Above the forms of an article, once one was sent."""
