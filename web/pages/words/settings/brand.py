"""Words of the brand: its fields, a sample of its accent, and changes by others."""

from collections.abc import Iterator
from dataclasses import dataclass

from web.brand import accent
from web.brand.accent import Scheme
from web.brand.brand import BrandInput
from web.pages.words.formats import joined
from web.tickets.life.workflows import Workflow

FIELDS = {
    "name": "Nome",
    "title": "Título da entrada",
    "text": "Texto da entrada",
    "accent": "Cor de destaque",
    "channels": "Canais de atendimento",
    "links": "Links do rodapé",
    "category_help": "Ajuda sobre categorias",
    "topic_help": "Ajuda sobre assuntos",
    "lists": "Lista de tickets de quem solicita",
}

LAYOUTS = {
    "bar": "Uma só, com a situação no filtro",
    "lists": "Várias, cada uma com quantos tickets tem",
    "tabs": "Várias, que se abrem em guias dentro do portal",
}

_ROWS = {
    "channel": "Canal {at}",
    "address": "Contato do canal {at}",
    "hours": "Horário do canal {at}",
    "link": "Texto do link {at}",
    "leads": "Endereço do link {at}",
}

PICTURES = {
    "logo": ("Logotipo", "o logotipo", "Fica no alto de todas as páginas. Um logotipo largo toma o lugar do nome."),
    "icon": ("Ícone", "o ícone", "Aparece na aba do navegador. Quadrado, de preferência SVG."),
}

_SCHEMES = {"light": "No fundo claro", "dark": "No fundo escuro"}


@dataclass(frozen=True)
class Sample:
    """The accent in a colour scheme."""

    label: str
    colour: str
    paper: str
    ink: str
    text: str


def layout_hint(flow: Workflow) -> str:
    """What each layout means, shown before one is saved."""
    own = LAYOUTS["tabs" if flow.has_tabs else "lists" if flow.has_lists else "bar"]
    names = joined([*(each.label for each in flow.filters), flow.words["any"]])
    return f"O vocabulário em uso tem {own[0].lower()}{own[1:]}. Sendo várias, são: {names}."


def row_label(name: str, at: int) -> str:
    return _ROWS[name].format(at=at)


def sample(colour: str, scheme: Scheme, name: str) -> Sample:
    shown = accent.nearest(colour, scheme)
    least = min(accent.contrast(shown, ground) for ground in scheme.grounds)
    text = f"{_SCHEMES[name]}: {shown}, contraste de {least:.1f}:1".replace(".", ",")
    return Sample(_SCHEMES[name], shown, scheme.paper, scheme.ink, text)


def differences(typed: BrandInput, now: BrandInput) -> Iterator[str]:
    """The fields in which the typed brand differs from what somebody else has saved."""
    for name, label in FIELDS.items():
        if getattr(typed, name) != getattr(now, name):
            yield f"{label}: agora é “{_text(getattr(now, name))}”."


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(", ".join(part for part in row if part) for row in value) or "vazio"
    return LAYOUTS.get(str(value), str(value)) or "vazio"


LOGGED = {
    "accent": "cor de destaque",
    "category_help": "ajuda sobre categorias",
    "channels": "canais de atendimento",
    "chat": "categoria do chat",
    "chat_ceiling": "conversas por atendente",
    "icon": "ícone",
    "links": "links do rodapé",
    "lists": "lista de tickets",
    "logo": "logotipo",
    "topic_help": "ajuda sobre assuntos",
    "vouching_key": "chave dos sites",
    "vouching_makes": "sites criam contas",
}
"""Fields of the brand, as the log of settings names them."""
