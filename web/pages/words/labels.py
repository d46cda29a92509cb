"""Codes of tickets and people as words: priorities, channels, states, links, scores."""

import functools

from web.settings import settings
from web.tickets.life.status_filters import StatusFilter
from web.tickets.life.workflows import workflow


def spoken(text: str) -> str:
    """Replaces `{agent}` and `{Agent}` by the preset's word for an agent, `{reply}` by its label of a reply."""
    preset = workflow(settings().preset)
    agent, reply = preset.words["agent"], "Mensagem" if preset.folds_ticket else preset.words["reply"]
    return text.format(agent=agent, Agent=agent.capitalize(), reply=reply)


PRIORITIES = {"low": "Baixa", "normal": "Normal", "high": "Alta", "urgent": "Urgente"}

CHANNELS = {
    "form": "Formulário",
    "email": "E-mail",
    "phone": "Telefone",
    "whatsapp": "WhatsApp",
    "chat": "Chat",
    "counter": "Balcão",
    "kiosk": "Quiosque",
    "embed": "Outro site",
    "api": "Integração",
}

BY_CHANNEL = {
    "form": " pelo formulário",
    "email": " por e-mail",
    "phone": " por telefone",
    "whatsapp": " pelo WhatsApp",
    "chat": " pelo chat",
    "counter": " no balcão",
    "kiosk": " pelo quiosque",
    "embed": " por outro site",
    "api": "",
}
"""The channel after "o seu contato"."""

BY_WAY = {
    "form": "pelo portal",
    "email": "por e-mail",
    "phone": "por telefone",
    "whatsapp": "pelo WhatsApp",
    "chat": "pelo chat",
    "counter": "no balcão",
    "kiosk": "pelo quiosque",
    "embed": "por outro site",
    "api": "pela integração",
}
"""The channel of a message."""

ALERTS = {
    "departure": "Voltou à fila: quem atendia saiu",
    "no_approver": "Seguiu sem aprovação: ninguém podia aprovar",
}
"""Why the desk has to look at a ticket."""

ENDINGS = {"cancelled": "Cancelado"}
"""The label of a closed ticket by its resolution, for everybody and under every preset."""

METHODS = {
    "communicated": "Comunicação com o destinatário do serviço",
    "answered": "Com a resposta do cliente",
    "no_answer": "Nenhuma resposta do cliente",
    "rejected": "Rejeitado",
    "spam": "Rejeitado como Spam",
    "unknown_sender": "Rejeitado: endereço desconhecido",
}
"""Resolution methods."""
MERGED = {"merged": "Fundida"}
"""The method that needs another ticket, into which this one is merged."""
ENDED = {
    **METHODS,
    **MERGED,
    "split": "Dividida em vários",
    "cancelled": "Cancelada pelo solicitante",
    "refused": "Recusada na aprovação",
}
"""How a ticket ended, for agents."""

LINK_KINDS = {
    ("follow_up", True): "continuado por este",
    ("follow_up", False): "continuação",
    ("duplicate", True): "original",
    ("duplicate", False): "cópia",
    ("split", True): "dividido em partes",
    ("split", False): "parte",
    ("merge", True): "este foi unido a ele",
    ("merge", False): "veio para cá",
    ("team", True): "origem",
    ("team", False): "outra equipe",
    ("case", True): "origem",
    ("case", False): "caso",
    ("handling", True): "registro do contato",
    ("handling", False): "tratamento",
    ("related", True): "relacionado",
    ("related", False): "relacionado",
}
"""The label of a linked ticket by the kind of the link and whether it is the origin."""

WAITS = {
    "requester": "Aguarde por mais informações",
    "until": "Esperar até",
}

_ON_HOLD = {"team": "outra equipe", "until": "até uma data", "children": "partes", "case": "caso"}


@functools.cache
def desk_statuses(preset: str) -> dict[str, StatusFilter]:
    """The status filter of the desk by slug. Slugs are the same under every preset, labels are its own."""
    labels = workflow(preset).desk_labels
    queue = frozenset(state for state in ("new", "unassigned") if labels[state] == labels["new"])
    holding = labels["waiting_team"].partition(":")[0]
    on_hold = frozenset(state for state in labels if labels[state].startswith(holding))
    active = frozenset(labels) - {"draft", "resolved", "closed"}
    found = [
        StatusFilter("active", "Em aberto", active),
        StatusFilter("new", labels["new"], queue),
        StatusFilter("open", labels["open"], frozenset(("unassigned", "open")) - queue),
        StatusFilter("asked", labels["waiting_requester"], frozenset(("waiting_requester",))),
        StatusFilter("on_hold", holding, on_hold),
        *(_one_wait(wait, words, labels[f"waiting_{wait}"]) for wait, words in _ON_HOLD.items()),
        *(StatusFilter(status, labels[status], frozenset((status,))) for status in ("approval", "resolved", "closed")),
    ]
    return {each.slug: each for each in found}


def _one_wait(wait: str, words: str, label: str) -> StatusFilter:
    """One kind of waiting, with its own label if it has one."""
    return StatusFilter(wait, label if ":" in label else f"{label}: {words}", frozenset((f"waiting_{wait}",)))


UPDATED = {
    1: "Nas últimas 24 horas",
    7: "Nos últimos 7 dias",
    30: "Nos últimos 30 dias",
    -7: "Há mais de 7 dias",
    -30: "Há mais de 30 dias",
    -90: "Há mais de 90 dias",
}
"""When a ticket last changed. Positive: within so many days; negative: not within them."""

NUMBERED = (
    *("ticket", "tíquete", "chamado", "solicitação", "solicitações", "requisição", "pedido", "protocolo", "prot"),
    *("atendimento", "caso", "case", "ocorrência", "incidente", "os", "id", "código", "cód"),
)
"""The word for a ticket before its number."""
BEFORE_A_NUMBER = ("o", "meu", "a", "minha", "de", "número", "num", "nro", "nr", "n.º", "nº", "n")

LINKS = {
    "follow_up": ("Continuação de", "Continua em"),
    "duplicate": ("Cópia de", "Copiado em"),
    "handling": ("Atendimento do contato", "Pedido em atendimento"),
    "split": ("Parte de", "Dividido em"),
    "merge": ("Unido a", "Reúne"),
    "case": ("Ligado ao caso", "Caso aberto a partir de"),
    "team": ("Pedido por", "Com outra equipe em"),
    "related": ("Relacionado a", "Relacionado a"),
}
"""The labels of a linked ticket: as the origin, and as what came of it."""

SCORES = {
    "service": ("Péssimo", "Ruim", "Regular", "Bom", "Ótimo"),
    "quality": ("Péssima", "Ruim", "Regular", "Boa", "Ótima"),
}
"""Labels of the scores 1 to 5."""

SEES = {
    "own": "Só os próprios tickets",
    "organization": "Os tickets da organização",
    "group": "Os tickets de todas as filiais",
}

AUDIENCES = {
    "everybody": "Todos",
    "organizations": "Só as organizações escolhidas",
    "agents": "Só atendentes",
}
"""Who may use a category."""

WORKFLOWS = {
    "guiche": "Guichê",
    "expresso": "Expresso",
    "central": "Central",
    "aprovacao": "Aprovação",
    "avaliacao": "Avaliação",
    "processo": "Processo",
}
"""The presets by name."""

TILES = {
    "approval": ("pedido espera a sua aprovação", "pedidos esperam a sua aprovação", "Aprovar ou recusar"),
    "waiting_requester": ("espera a sua resposta", "esperam a sua resposta", "Responder"),
    "in_work": ("com a equipe", "com a equipe", "Acompanhar"),
    "draft": ("{draft} por terminar", "{draft}s por terminar", "Terminar"),
    "to_confirm": ("resolvido, espera o seu sim", "resolvidos, esperam o seu sim", "Conferir"),
    "to_rate": ("aguarda a sua avaliação", "aguardam a sua avaliação", "Avaliar"),
    "resolved": ("resolvido", "resolvidos", "Ver"),
}
"""The tiles of the overview: the text after the number one, after other numbers, and of the link."""
