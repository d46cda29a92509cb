"""Words of the first steps of an installation: what is missing, why it matters, and where to do it."""

from collections.abc import Iterator
from typing import NamedTuple

from web.tickets.settings.first_steps import UNBLOCKS, FirstSteps


class Step(NamedTuple):
    """A step with the address of its page; empty if it is done elsewhere."""

    noun: str
    name: str
    missing: str
    why: str
    link: str
    address: str

    @property
    def is_optional(self) -> bool:
        return self.noun not in UNBLOCKS


def steps(left: FirstSteps) -> Iterator[Step]:
    """The remaining steps in order."""
    return (Step(noun, *_STEPS[noun]) for noun in left.missing)


_STEPS = {
    "place": (
        "Nome e logotipo",
        "O portal ainda se chama Guichê.",
        "Quem recebe um link precisa reconhecer de quem ele é.",
        "Dar nome ao portal",
        "/desk/settings/place",
    ),
    "calendar": (
        "Calendário",
        "Vale o horário comercial de Brasília, sem feriados do estado.",
        "Todo prazo é contado nele: com o horário errado, todos os prazos saem errados.",
        "Conferir o calendário",
        "/desk/settings/calendars",
    ),
    "team": (
        "Equipe",
        "Ainda não há nenhuma em que alguém atenda.",
        "É na fila de uma equipe que um ticket espera por quem atende.",
        "Criar a equipe",
        "/desk/settings/teams",
    ),
    "category": (
        "Categoria",
        "Ainda não há nenhuma.",
        "Sem categoria ninguém consegue abrir uma solicitação: é ela que escolhe a equipe e o prazo.",
        "Criar a categoria",
        "/desk/settings/categories",
    ),
    "people": (
        "Pessoas",
        "Só administradores e líderes atendem.",
        "Solicitantes se cadastram sozinhos ou vêm de uma planilha; quem atende, um administrador cadastra em Pessoas.",
        "Importar pessoas de uma planilha",
        "/desk/settings/imports",
    ),
    "mail": (
        "E-mail",
        "Nenhuma caixa envia: os avisos ficam guardados, e ninguém os recebe.",
        "Links para criar senha chegam por e-mail. Até lá, estão com quem cuida do servidor, em var/outbox.",
        "Criar a caixa de e-mail",
        "/desk/settings/mail",
    ),
    "help": (
        "Central de ajuda",
        "Ainda não há artigos no ar.",
        "Quem acha a resposta sozinho não precisa esperar por ninguém.",
        "Escrever ou importar artigos",
        "/desk/articles",
    ),
    "channels": (
        "Canais de ajuda",
        "A página de entrada não diz por onde mais pedir ajuda.",
        "Quem não consegue entrar precisa de outro caminho: telefone, WhatsApp, e-mail.",
        "Dizer os canais",
        "/desk/settings/place#channel1",
    ),
}
"""For each step: name, what is missing, why it matters, the text of its link, and its address."""
