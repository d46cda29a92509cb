"""Words of settings about tickets: teams, categories, fields."""

from collections.abc import Mapping
from dataclasses import dataclass

from web.pages.words.fields import labels
from web.pages.words.labels import PRIORITIES
from web.pages.words.settings.index import many
from web.pages.words.settings.workflow import workflow_name
from web.tickets.actions.canned_replies import CannedReply, NewCannedReply
from web.tickets.actions.placeholders import Piece, Values, pieces
from web.tickets.settings.categories import CategoryInput
from web.tickets.settings.teams import TeamInput

CANNED = labels("name", "team", "tag", "ends", "folder", "share", "in_ticket", "body", of="canned")


def team_text(team: TeamInput, calendar: str) -> str:
    """Suporte: nível 1, calendário Horário comercial, 3 pessoas."""
    members = many(len(team.members), "ninguém", "pessoa", "pessoas")
    kept = ", reservada" if team.is_confidential else ""
    return f"{team.name}: nível {team.tier}{kept}, calendário {calendar}, {members}."


def category_text(category: CategoryInput, calendar: str | None) -> str:
    """Cobrança: fluxo Guichê, pelo calendário Plantão."""
    counted = f"pelo calendário {calendar}" if calendar else "pelo calendário da equipe"
    return f"{category.name}: fluxo {workflow_name(category.workflow)}, {counted}."


def example_values(agent: str) -> dict[str, str]:
    """Example values of placeholders, for a preview without a ticket."""
    own = agent.split(" ", 1)[0]
    return {"solicitante": "Maria", "número": "1234", "atendente": own, "organização": "Escola Modelo"}


@dataclass(frozen=True)
class Preview:
    """The resulting text, and the other actions of a macro."""

    pieces: list[Piece]
    steps: list[str]


def preview_of(canned: NewCannedReply | CannedReply, values: Values, teams: Mapping[int, str]) -> Preview:
    return Preview(pieces(canned.body, values), macro_steps(canned, teams))


def macro_steps(canned: NewCannedReply | CannedReply, teams: Mapping[int, str]) -> list[str]:
    """What a macro does besides its text: Assume o ticket; Prioridade: Alta."""
    steps = {
        "Assume o ticket": canned.takes,
        "O texto é uma nota interna": canned.is_note,
        f"Prioridade: {PRIORITIES[canned.priority] if canned.priority else ''}": canned.priority,
        f"Etiqueta: {canned.tag.strip()}": canned.tag.strip(),
        "Aguarda o solicitante": canned.ends == "question",
        "Resolve o ticket": canned.ends == "solution",
        f"Encaminha à equipe {teams.get(canned.team or 0, '')}": canned.team,
    }
    return [step for step, is_made in steps.items() if is_made]
