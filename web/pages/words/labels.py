"""Codes in Portuguese: the one place where a code meets its word."""

from web.tickets.life.workflows import StatusFilter

PRIORITIES = {"low": "Baixa", "normal": "Normal", "high": "Alta", "urgent": "Urgente"}

CHANNELS = {
    "form": "Formulário",
    "email": "E-mail",
    "phone": "Telefone",
    "whatsapp": "WhatsApp",
    "chat": "Chat",
    "counter": "Balcão",
    "kiosk": "Quiosque",
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
    "api": "",
}
"""After "o seu contato"."""

CANONICAL = {
    "draft": "Rascunho",
    "approval": "Aguardando aprovação",
    "new": "Novo",
    "unassigned": "Aberto",
    "open": "Aberto",
    "waiting_requester": "Aguardando solicitante",
    "waiting_team": "Em espera",
    "waiting_until": "Em espera",
    "waiting_children": "Em espera",
    "waiting_case": "Em espera",
    "resolved": "Resolvido",
    "closed": "Fechado",
}
"""What agents read under every preset."""

METHODS = {
    "communicated": "Comunicação com o destinatário do serviço",
    "no_answer": "Nenhuma resposta do cliente",
    "rejected": "Rejeitado",
    "spam": "Rejeitado como Spam",
    "unknown_sender": "Rejeitado: endereço desconhecido",
}
"""How an agent says that a ticket ended."""

LINK_KINDS = {
    ("follow_up", True): "continua este",
    ("follow_up", False): "continuação",
    ("duplicate", True): "original",
    ("duplicate", False): "cópia",
    ("split", True): "dividido em partes",
    ("split", False): "parte",
    ("merge", True): "unido a este",
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
"""What a linked ticket is to its reader's, by the link's kind and whether the reader's came of it."""

WAITS = {
    "requester": "Aguarde por mais informações",
    "until": "Esperar até",
}

_WAITING = frozenset(("waiting_requester", "waiting_team", "waiting_until", "waiting_children", "waiting_case"))
STATUSES = {
    each.slug: each
    for each in (
        StatusFilter("active", "Em aberto", frozenset(("approval", "new", "unassigned", "open")) | _WAITING),
        StatusFilter("new", "Novo", frozenset(("new",))),
        StatusFilter("open", "Aberto", frozenset(("unassigned", "open"))),
        StatusFilter("asked", "Aguardando solicitante", frozenset(("waiting_requester",))),
        StatusFilter("on_hold", "Em espera", _WAITING - {"waiting_requester"}),
        StatusFilter("team", "Em espera: outra equipe", frozenset(("waiting_team",))),
        StatusFilter("until", "Em espera: até uma data", frozenset(("waiting_until",))),
        StatusFilter("children", "Em espera: partes", frozenset(("waiting_children",))),
        StatusFilter("case", "Em espera: caso", frozenset(("waiting_case",))),
        StatusFilter("approval", "Aguardando aprovação", frozenset(("approval",))),
        StatusFilter("resolved", "Resolvido", frozenset(("resolved",))),
        StatusFilter("closed", "Fechado", frozenset(("closed",))),
    )
}
"""By which agents filter, under every preset."""

UPDATED = {
    1: "Nas últimas 24 horas",
    7: "Nos últimos 7 dias",
    30: "Nos últimos 30 dias",
    -7: "Há mais de 7 dias",
    -30: "Há mais de 30 dias",
    -90: "Há mais de 90 dias",
}
"""When a ticket changed last, in days; below nought it has not since."""

EVENTS = {
    "submission": "{who} abriu o ticket",
    "approval": "{who} aprovou o pedido",
    "refusal": "{who} recusou o pedido",
    "approval_request": "{who} pediu a aprovação de um responsável",
    "withdrawal": "{who} retirou o pedido de aprovação",
    "take": "{who} assumiu o ticket",
    "release": "{who} devolveu o ticket à fila",
    "assignment": "{who} encaminhou o ticket",
    "question": "{who} fez uma pergunta",
    "wait": "{who} colocou o ticket em espera",
    "resumption": "{who} retomou o atendimento",
    "reply": "{who} respondeu",
    "thanks": "{who} agradeceu",
    "participation": "{who} incluiu pessoas em cópia",
    "solution": "{who} marcou o ticket como resolvido",
    "confirmation": "{who} confirmou a solução",
    "objection": "{who} disse que não foi resolvido",
    "rating": "{who} avaliou o atendimento",
    "closing": "O ticket foi encerrado",
    "cancellation": "{who} cancelou o ticket",
    "rejection": "{who} recusou o ticket",
    "merge": "{who} uniu este ticket a outro sobre o mesmo assunto",
    "unmerge": "{who} separou este ticket de novo",
    "split": "{who} dividiu o ticket em partes",
    "case": "{who} abriu um trabalho maior sobre este ticket",
    "classification": "{who} mudou a classificação",
    "follow_up": "{who} abriu um novo ticket ligado a este",
    "deadline": "Os prazos foram calculados de novo",
}

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
"""What another ticket is to this one: where this came of it, and where it came of this."""

SCORES = {
    "service": ("Péssimo", "Ruim", "Regular", "Bom", "Ótimo"),
    "quality": ("Péssima", "Ruim", "Regular", "Boa", "Ótima"),
}
"""From 1 to 5."""

RUNG = {
    ("silence_warning", "reminder"): "O prazo para responder está no fim",
    ("silence", "solution"): "Sem resposta no prazo, o ticket foi considerado resolvido",
    ("silence", "closing"): "Sem resposta no prazo, o ticket foi encerrado",
    ("silence", "resumption"): "Sem resposta no prazo, o atendimento continua",
    ("follow_up", "resumption"): "Chegou a data marcada, o atendimento continua",
    ("due_soon:first_response", "due_soon"): "O prazo da primeira resposta está no fim",
    ("due_soon:resolution", "due_soon"): "O prazo da solução está no fim",
    ("breach:first_response", "breach"): "O prazo da primeira resposta venceu",
    ("breach:resolution", "breach"): "O prazo da solução venceu",
}
"""What happened by itself, by the timer and the move it made; all else as if somebody had done it."""

SEES = {
    "own": "Só os próprios tickets",
    "organization": "Os tickets da organização",
    "group": "Os tickets de todas as filiais",
}

AGES = ("Menos de 1 dia", "1 a 3 dias", "3 a 7 dias", "7 a 15 dias", "15 a 30 dias", "Mais de 30 dias")
"""Of open tickets, in the order of `reports.AGES`."""

DIMENSIONS = {"team": "Equipe", "agent": "Atendente", "category": "Categoria", "organization": "Organização"}

NOBODY = {
    "team": "Sem equipe",
    "agent": "Sem atendente",
    "category": "Sem categoria",
    "organization": "Sem organização",
}
"""Of a report, the tickets that have none."""

UNITS = {
    "business_hours": ("hora útil", "horas úteis"),
    "business_days": ("dia útil", "dias úteis"),
    "calendar_hours": ("hora corrida", "horas corridas"),
    "calendar_days": ("dia corrido", "dias corridos"),
}

PROMISES = {"first_response": "Primeira resposta", "resolution": "Solução"}

WEEKDAYS = {
    "monday": "Segunda-feira",
    "tuesday": "Terça-feira",
    "wednesday": "Quarta-feira",
    "thursday": "Quinta-feira",
    "friday": "Sexta-feira",
    "saturday": "Sábado",
    "sunday": "Domingo",
}

ZONES = {
    "America/Sao_Paulo": "Brasília, Goiás, Minas, Sudeste e Sul",
    "America/Bahia": "Bahia",
    "America/Maceio": "Alagoas e Sergipe",
    "America/Recife": "Pernambuco",
    "America/Fortaleza": "Ceará, Maranhão, Paraíba, Piauí e Rio Grande do Norte",
    "America/Belem": "Amapá e leste do Pará",
    "America/Santarem": "Oeste do Pará",
    "America/Araguaina": "Tocantins",
    "America/Campo_Grande": "Mato Grosso do Sul",
    "America/Cuiaba": "Mato Grosso",
    "America/Manaus": "Leste do Amazonas",
    "America/Porto_Velho": "Rondônia",
    "America/Boa_Vista": "Roraima",
    "America/Eirunepe": "Oeste do Amazonas",
    "America/Rio_Branco": "Acre",
    "America/Noronha": "Fernando de Noronha",
}
"""Of Brazil, those of most people first."""

STATES = {
    "AC": "Acre",
    "AL": "Alagoas",
    "AM": "Amazonas",
    "AP": "Amapá",
    "BA": "Bahia",
    "CE": "Ceará",
    "DF": "Distrito Federal",
    "ES": "Espírito Santo",
    "GO": "Goiás",
    "MA": "Maranhão",
    "MG": "Minas Gerais",
    "MS": "Mato Grosso do Sul",
    "MT": "Mato Grosso",
    "PA": "Pará",
    "PB": "Paraíba",
    "PE": "Pernambuco",
    "PI": "Piauí",
    "PR": "Paraná",
    "RJ": "Rio de Janeiro",
    "RN": "Rio Grande do Norte",
    "RO": "Rondônia",
    "RR": "Roraima",
    "RS": "Rio Grande do Sul",
    "SC": "Santa Catarina",
    "SE": "Sergipe",
    "SP": "São Paulo",
    "TO": "Tocantins",
}
