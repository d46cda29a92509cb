"""Words of the reports: periods, groups, and the headings of their files."""

from web.pages.words.formats import counted

SPANS = {7: "7 dias", 30: "30 dias", 90: "90 dias", 365: "12 meses"}
"""Periods up to today, by number of days."""

AGES = ("Menos de 1 dia", "1 a 3 dias", "3 a 7 dias", "7 a 15 dias", "15 a 30 dias", "Mais de 30 dias")
"""The age of open tickets, in the order of `lists.reporting.reports.AGES`."""

DIMENSIONS = {"team": "Equipe", "agent": "{Agent}", "category": "Categoria", "organization": "Organização"}

NOBODY = {
    "team": "Sem equipe",
    "agent": "Sem {agent}",
    "category": "Sem categoria",
    "organization": "Sem organização",
}
"""The group of tickets without a value."""

BUSINESS_TIME, CALENDAR_TIME = "Horas úteis, dos que têm prazo", "Tempos corridos"
"""The clock by which durations are counted."""

HEADINGS = {
    "volume": ("Dia ou mês", "Canal", "Abertos"),
    "backlog": ("Idade", "Com a equipe", "Com o solicitante", "Em atraso"),
    "groups": (
        *("Grupo", "Abertos", "Resolvidos", "Reabertos"),
        *("Primeira resposta, mediana (s)", "Primeira resposta, 9 em cada 10 (s)"),
        *("Resolução, mediana (s)", "Resolução, 9 em cada 10 (s)"),
        *("Com prazo", "No prazo", "Em atraso agora", "Fora dos prazos"),
        *("Avaliações", "Soma do atendimento", "Soma da solução"),
    ),
}
"""The columns of each file."""

FILES = {"volume": "abertos", "backlog": "em-aberto", "groups": "tempos-e-satisfacao", "fields": "campos"}
"""The name of each file, before its days."""

OPTION_HEADINGS = ("Campo", "Opção", "Tickets abertos")


def late_text(late: int) -> str:
    """How many open tickets are past a target."""
    return f"{counted(late)} em atraso agora"


def unsolved_text(unsolved: int) -> str:
    """Which tickets of the period are excluded from targets and durations; empty if none are."""
    if not unsolved:
        return ""
    if unsolved == 1:
        return "1 cancelado, unido a outro, recusado ou spam fica fora dos prazos e dos tempos."
    return f"{counted(unsolved)} cancelados, unidos a outros, recusados ou spam ficam fora dos prazos e dos tempos."
