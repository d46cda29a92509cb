"""Phrases of both sides for each category of tickets, and for all."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Talk:
    """Phrases of one or two sentences; blanks in braces are filled."""

    titles: Sequence[str]
    openings: Sequence[str]
    replies: Sequence[str]
    questions: Sequence[str]
    answers: Sequence[str]
    notes: Sequence[str]
    solutions: Sequence[str]
    objections: Sequence[str]


OF_REQUESTERS = (
    "Segue o número do protocolo anterior, para facilitar a conferência.",
    "Podem ligar na secretaria entre 8h e 17h, quem atende é {quem}.",
    "Isso afeta a turma {turma} e também a turma vizinha.",
    "A reunião com as famílias é na sexta-feira, por isso a pressa.",
    "O problema começou em {mes}, logo depois do recesso.",
    "São {quantos} casos até agora, e a lista continua crescendo.",
    "Obrigada pela atenção de sempre!",
    "Se precisarem de mais informações, estou à disposição.",
    "A direção acompanha este pedido e quer um retorno ainda hoje.",
    "No semestre passado houve um chamado parecido, que foi resolvido por telefone.",
    "O responsável pela informática da escola está de férias nesta quinzena.",
    "{Quem} confirmou os dados na ficha de matrícula.",
    "Fico no aguardo de um retorno.",
)
"""Sentences that a requester may add to any message."""

OF_AGENTS = (
    "Qualquer novidade eu aviso por aqui.",
    "Se algo mudar do lado da escola, é só responder a esta mensagem.",
    "O prazo combinado continua valendo.",
    "Deixei registrado para a equipe da tarde, caso eu não esteja.",
    "Já conferi os dados da turma {turma}.",
    "O mesmo aconteceu em outras escolas em {mes}, por isso já conhecemos o caminho.",
    "Obrigada pelos detalhes, ajudaram bastante.",
    "Amanhã cedo confiro de novo e dou retorno.",
    "Peço desculpas pelo transtorno.",
    "Enquanto isso, o restante do {sistema} funciona normalmente.",
    "Avisei também {quem}, que tinha perguntado.",
)
"""Sentences that an agent may add to any message."""

OF_NOTES = (
    "Ficou anotado no cadastro da escola.",
    "Conferir de novo antes de encerrar.",
    "O colega do turno da manhã já conhece o caso.",
    "Há {quantos} registros parecidos desde {mes}.",
    "Se voltar, encaminhar direto ao N2.",
)
"""Sentences that may be added to an internal note."""

CHASES = (
    "Alguma novidade? As famílias estão perguntando na portaria.",
    "Bom dia! Conseguiram avançar com este pedido?",
    "A direção pediu uma previsão. Vocês já têm uma data?",
    "Ainda estamos na mesma situação, e hoje apareceram mais {quantos} casos.",
)
"""What a requester writes unasked, while the desk is at work."""

RELEASES = (
    "Não é da minha fila: quem conhece este contrato é o outro turno.",
    "Assumi por engano, é um caso de cadastro.",
    "Saio de férias amanhã e devolvo para não ficar parado.",
)

HAND_OVERS = (
    "Verificar no servidor e corrigir o cadastro da turma {turma}.",
    "Reproduzi o erro no {sistema}. Preciso da correção e da data em que entra.",
    "Conferir {quantos} registros importados em {mes} e reprocessar.",
)

APPROVAL_REQUESTS = (
    "Para seguir é preciso contratar mais {quantos} licenças. A escola aprova o valor?",
    "A correção muda os boletos já emitidos de {mes}. Podemos refazer todos?",
)

REASONS = (
    "Resolvemos por aqui.",
    "Pedido aberto em duplicidade.",
    "A escola desistiu da troca.",
    "Encontramos o que faltava.",
    "Aberto por engano na categoria errada.",
)

COMMENTS = (
    "",
    "",
    "Rápido e gentil.",
    "Resolveu, mas demorou.",
    "Atendimento ótimo, como sempre.",
    "Precisei explicar duas vezes.",
    "Tudo certo, obrigada!",
)
