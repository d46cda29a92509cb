"""The index of the settings in words: each kind with its state in one line."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from web.brand.brand import Brand
from web.pages.words.formats import bounded, dated
from web.tickets.settings.counts import SettingCounts


class Section(NamedTuple):
    """A kind of setting: its address below `/desk/settings`, its name, its state."""

    path: str
    name: str
    state: str


def sections(counts: SettingCounts) -> Iterator[Section]:
    """For leads."""
    return (Section(path, name, state(counts)) for path, name, state in _SECTIONS)


def in_order(shown: Iterable[Section]) -> list[Section]:
    """Brand, people, what is asked, deadlines, integrations, and logs."""
    return sorted(shown, key=lambda section: _ORDER.index(section.path))


def names(*, of_admins: bool) -> dict[str, str]:
    """Each kind by its address, without its state."""
    found = {path: name for path, name, _ in _SECTIONS} | (_OF_ADMINS if of_admins else {})
    return {path: found[path] for path in _ORDER if path in found}


def brand_section(brand: Brand) -> Section:
    """For administrators."""
    parts = [brand.name, "com logotipo" if brand.logo else "sem logotipo"]
    channels = len(brand.channels)
    parts.append(many(channels, "nenhum canal de atendimento", "canal de atendimento", "canais de atendimento"))
    return Section("place", _OF_ADMINS["place"], ", ".join(parts))


def chat_section(brand: Brand) -> Section:
    """For administrators."""
    return Section("chat", _OF_ADMINS["chat"], f"ligado, {brand.chat_name}" if brand.chat_name else "desligado")


def webhooks_section(counts: SettingCounts) -> Section:
    """For administrators."""
    state = many(counts.webhooks, "nenhum ligado", "ligado", "ligados")
    off = many(counts.webhooks_off, "", "desligado sem resposta", "desligados sem resposta")
    return Section("webhooks", _OF_ADMINS["webhooks"], f"{state}, {off}" if off else state)


def kiosks_section(counts: SettingCounts) -> Section:
    """For administrators."""
    return Section("kiosks", _OF_ADMINS["kiosks"], many(counts.kiosks, "nenhum", "quiosque", "quiosques"))


def embedding_section(brand: Brand) -> Section:
    """For administrators."""
    return Section("embedding", _OF_ADMINS["embedding"], many(len(brand.origins), "nenhum site", "site", "sites"))


def privacy_section(waiting: int) -> Section:
    """For administrators."""
    state = many(waiting, "nenhum espera", "pedido espera", "pedidos esperam")
    return Section("privacy", _OF_ADMINS["privacy"], state)


def many(count: int, none: str, one: str, several: str) -> str:
    """3 equipes, 1 equipe, nenhuma."""
    return f"{bounded(count)} {one if count == 1 else several}" if count else none


_SECTIONS: tuple[tuple[str, str, Callable[[SettingCounts], str]], ...] = (
    ("teams", "Equipes", lambda n: many(n.teams, "nenhuma", "equipe", "equipes")),
    (
        "permissions",
        "Papéis e permissões",
        lambda n: many(n.desk, "ninguém atende", "pessoa atende", "pessoas atendem"),
    ),
    (
        "categories",
        "Categorias e assuntos",
        lambda n: (
            f"{many(n.categories, 'nenhuma categoria', 'categoria', 'categorias')}, "
            f"{many(n.topics, 'nenhum assunto', 'assunto', 'assuntos')}"
        ),
    ),
    ("calendars", "Calendários", lambda n: many(n.calendars, "nenhum", "calendário", "calendários")),
    (
        "recesses",
        "Recessos",
        lambda n: many(n.recesses, "nenhum", "recesso de organização", "recessos de organizações"),
    ),
    ("targets", "Prazos", lambda n: many(n.targets, "nenhum", "prazo prometido", "prazos prometidos")),
    ("canned", "Respostas prontas", lambda n: many(n.canned, "nenhuma", "resposta", "respostas")),
    ("imports", "Importar pessoas e organizações", lambda _: "de uma planilha ou CSV"),
    ("keys", "Chaves de robôs", lambda n: many(n.keys, "nenhuma", "chave", "chaves")),
    (
        "log",
        "Histórico",
        lambda n: f"última mudança em {dated(n.changed_at)}" if n.changed_at else "nada mudou ainda",
    ),
)
"""For each section its address, its name, and its state by the counts."""

_OF_ADMINS = {
    "place": "Identidade",
    "mail": "E-mail",
    "chat": "Chat",
    "webhooks": "Webhooks",
    "kiosks": "Quiosques",
    "embedding": "Em outros sites",
    "privacy": "Pedidos de privacidade",
}

_ORDER = (
    *("place", "mail", "chat"),
    *("teams", "permissions", "imports"),
    *("categories", "canned", "kiosks", "embedding"),
    *("calendars", "recesses", "targets"),
    *("keys", "webhooks"),
    *("privacy", "log"),
)
