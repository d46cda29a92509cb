"""Words of kiosks: their settings and states."""

from datetime import datetime

from web.kiosks.settings import KioskShown
from web.pages.words.formats import ago, dated

FIELDS = {
    "name": "Nome",
    "organization": "Organização",
    "team": "Equipe",
    "categories": "Categorias",
    "words": "Boas-vindas",
}


LOGGED = {
    "categories": "categorias",
    "is_accessible": "modo acessível",
    "link": "link do aparelho, até",
    "origins": "sites que incorporam",
}
"""What the log of settings calls them."""


def state_text(kiosk: KioskShown, now: datetime) -> str:
    """no ar; sem sinal, visto há 2 horas; nenhum aparelho ligado."""
    if kiosk.retired_at is not None:
        return f"desativado em {dated(kiosk.retired_at)}"
    if not kiosk.is_bound:
        return "nenhum aparelho ligado"
    if kiosk.is_live(now):
        return "no ar"
    return f"sem sinal, visto {ago(kiosk.seen_at, now)}" if kiosk.seen_at else "sem sinal"


def place_text(kiosk: KioskShown) -> str:
    """Escola Aurora, Financeiro."""
    return ", ".join(each for each in (kiosk.organization_name, kiosk.team_name) if each)
