"""Words of workflows: their rules, timers and labels, and the effect of a change."""

from collections.abc import Iterator
from datetime import datetime

from web.business_time import durations
from web.pages.words.formats import UNITS, duration, moment
from web.pages.words.labels import WORKFLOWS

BEGINNINGS = {
    "guiche": "pergunta SIM ou NÃO, a avaliação é opcional, e uma resposta reabre.",
    "expresso": "o resolvido é a última palavra; quem quer mais abre outro.",
    "central": "uma resposta reabre; sem ela, o ticket se resolve e fecha sozinho.",
    "aprovacao": "só o SIM conclui; o NÃO pede explicação.",
    "avaliacao": "a avaliação é obrigatória e conclui o ticket.",
    "processo": "resolvido, há uma janela de cinco dias úteis para responder.",
}
"""The presets, each with a line of description."""

STATES = {
    "draft": "Rascunho",
    "approval": "Aguardando aprovação",
    "new": "Novo",
    "unassigned": "Aberto, na fila",
    "open": "Aberto, com alguém",
    "waiting_requester": "Aguardando solicitante",
    "waiting_team": "Em espera (outra equipe)",
    "waiting_until": "Em espera (até uma data)",
    "waiting_children": "Em espera (partes)",
    "waiting_case": "Em espera (caso)",
    "resolved": "Resolvido",
    "closed": "Fechado",
}
"""The states with unambiguous names."""

DESK_STATES = {state: f"{label} (atendimento)" for state, label in STATES.items()}
"""The same for the labels of the desk, where a field is named among all."""

REPLIES = {
    "refused": "Não aceita; abre-se outro ticket",
    "reopens": "Reabre o ticket",
    "confirmation": "Pelo NÃO, com explicação",
    "rating": "Pela avaliação, com explicação",
    "window": "Reabre enquanto não fecha",
}
RATINGS = {
    "off": "Não se pede",
    "optional": "Se quiser",
    "after_confirmation": "Depois do SIM",
    "required": "Para concluir",
}
MUST_SAY = {
    "nothing": "Nada",
    "message": "Mensagem ao solicitante",
    "message_or_note": "Mensagem ou nota interna",
}
AFTER_SILENCE = {"resolve": "Resolve o ticket", "close": "Encerra o ticket", "return": "Devolve à equipe"}

CHOICES = {
    "reply_when_resolved": ("Resposta do solicitante a um resolvido", REPLIES),
    "rating": ("Avaliação", RATINGS),
    "solution_must_say": ("A solução exige", MUST_SAY),
}
"""Rules with one of several codes, and their labels."""

SWITCHES = {
    "asks_confirmation": "Pergunta se a solução resolveu (SIM ou NÃO)",
    "first_edit_takes": "Quem responde primeiro assume",
    "may_cancel": "O solicitante pode cancelar",
    "may_duplicate": "O solicitante pode duplicar",
    "shows_log": "O solicitante vê os logs",
}

TIMERS = {
    "silence": "Sem resposta do solicitante por",
    "silence_warning": "Avisa antes disso",
    "closing": "Fecha o resolvido depois de",
    "unrated": "Conclui sem a avaliação depois de",
    "idle": "Volta à fila sem movimento por",
}
TIMER_HINTS = {
    "closing": "A janela de resposta: até lá o solicitante ainda responde neste ticket.",
    "unrated": "Onde a avaliação é pedida para concluir, no lugar da janela de resposta.",
}

FIELDS = {
    "preset": "começou de",
    "reply_when_resolved": "resposta a um resolvido",
    "rating": "avaliação",
    "solution_must_say": "a solução exige",
    "asks_confirmation": "pergunta se resolveu",
    "first_edit_takes": "quem responde primeiro assume",
    "may_cancel": "o solicitante cancela",
    "may_duplicate": "o solicitante duplica",
    "shows_log": "o solicitante vê os logs",
    "silence": "sem resposta do solicitante por",
    "silence_then": "e então",
    "silence_warning": "avisa antes",
    "closing": "fecha o resolvido depois de",
    "unrated": "conclui sem a avaliação depois de",
    "idle": "volta à fila sem movimento por",
    **{f"label_{state}": f"palavra de “{label}”" for state, label in STATES.items()},
    **{f"desk_{state}": f"palavra de “{label}” no atendimento" for state, label in STATES.items()},
}
"""As the log of settings names them."""


def workflow_name(name: str) -> str:
    """Guichê; or, for one that a lead customized: Próprio, de Guichê."""
    begun, _, own = name.partition("-")
    known = WORKFLOWS.get(begun, begun)
    return f"Próprio, de {known}" if own else known


def duration_text(written: str) -> str:
    """72 horas úteis, of `72 business_hours`."""
    return duration(durations.parse(written))


def date_text(due: datetime | None) -> str:
    """The date at which a timer that starts now would fire."""
    return f"Começando agora: {moment(due)}." if due else "Desligado."


def change_text(category: str, changes: Iterator[tuple[str, str, str]]) -> str:
    """Cobrança: fecha o resolvido depois de era 48 horas úteis, passou a 5 dias úteis."""
    told = "; ".join(f"{field}: era {old}, passou a {new}" for field, old, new in changes)
    return f"{category}: {told or 'nada muda'}."


UNIT_CHOICES = {code: many for code, (_, many) in UNITS.items()}
