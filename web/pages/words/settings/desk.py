"""What leads set about tickets, in words: teams, categories, fields."""

from web.pages.words.settings.index import many
from web.pages.words.settings.workflow import workflow_name
from web.tickets.settings.categories import CategoryInput
from web.tickets.settings.teams import TeamInput


def team_text(team: TeamInput, calendar: str) -> str:
    """Suporte: nível 1, calendário Horário comercial, 3 pessoas."""
    members = many(len(team.members), "ninguém", "pessoa", "pessoas")
    kept = ", reservada" if team.is_confidential else ""
    return f"{team.name}: nível {team.tier}{kept}, calendário {calendar}, {members}."


def category_text(category: CategoryInput, calendar: str | None) -> str:
    """Cobrança: fluxo Guichê, pelo calendário Plantão."""
    counted = f"pelo calendário {calendar}" if calendar else "pelo calendário da equipe"
    return f"{category.name}: fluxo {workflow_name(category.workflow)}, {counted}."
