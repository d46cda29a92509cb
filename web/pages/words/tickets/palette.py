"""The lines of the command palette: actions on the ticket, and pages of the desk."""

from typing import NamedTuple

from web.pages.words.labels import spoken


class Way(NamedTuple):
    """A line: its name, its address, and its keyboard shortcut."""

    name: str
    address: str
    key: str = ""


GROUPS = ("Neste ticket", "Listas", "Lugares")
"""The groups of actions and of pages."""

_MOVES = {
    "replies": ("Responder", "r"),
    "questions": ("Fazer uma pergunta", "a"),
    "notes": ("Escrever uma nota interna", "n"),
    "take": ("Assumir", "t"),
    "release": ("Devolver à fila", ""),
    "resumption": ("Retomar", ""),
    "properties": ("Mudar {agent}, equipe, prioridade ou categoria", "p"),
    "solution": ("Resolver", "s"),
    "reopening": ("Reabrir", ""),
    "waits": ("Pôr em espera", "w"),
    "macros": ("Aplicar macro", "m"),
    "tags": ("Mudar etiquetas", "l"),
    "fields": ("Preencher campos", ""),
    "approval-requests": ("Pedir aprovação", "y"),
    "overruling": ("Liberar sem aprovação", ""),
    "withdrawal": ("Seguir sem aprovação", ""),
    "handover": ("Passar a outra equipe", "h"),
    "split": ("Dividir em vários", "d"),
    "case": ("Lançar caso", "i"),
    "merge": ("Unir a outro ticket", "b"),
    "unmerge": ("Desfazer a união", ""),
    "links": ("Ligar a outro ticket", "v"),
    "correction": ("Corrigir solicitante", "q"),
    "remarks": ("Anotar sobre o cliente", ""),
}


def moves(number: int, forms: set[str]) -> list[Way]:
    """The actions of a ticket that has these forms."""
    offered = ((noun, *words) for noun, words in _MOVES.items() if noun in forms)
    return [Way(spoken(name), f"/desk/tickets/{number}#do-{noun}", key) for noun, name, key in offered]


PLACES = (
    Way("Registrar contato", "/desk/contacts/new", "c"),
    Way("Deixadas para depois", "/desk/held"),
    Way("Minhas respostas prontas", "/desk/canned"),
    Way("Pessoas", "/desk/people"),
    Way("Organizações", "/desk/organizations"),
    Way("Artigos", "/desk/articles"),
    Way("Avisos", "/notices"),
    Way("Minha conta", "/account"),
)
"""The pages for all agents."""

OF_LEADS = (Way("Relatórios", "/desk/reports"), Way("Configurações", "/desk/settings"))
