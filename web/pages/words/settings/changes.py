"""Words of the log of settings: what was changed, its fields, and the values before and after."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from web.pages.words import articles
from web.pages.words.formats import UNITS, dated, exactly
from web.pages.words.labels import AUDIENCES, PRIORITIES, SEES
from web.pages.words.people import roles
from web.pages.words.settings import brand, fields, kiosks, mailboxes, time, webhooks, workflow
from web.people.identifiers.phones import shown
from web.settings_log.listing import Recorded
from web.settings_log.recording import Kind

KINDS = {
    Kind.CALENDAR: "Calendário",
    Kind.CLOSURE: "Datas próprias",
    Kind.TARGET: "Prazo",
    Kind.ORGANIZATION: "Organização",
    Kind.PERSON: "Pessoa",
    Kind.MERGE: "Contas juntadas",
    Kind.ERASURE: "Pessoa apagada",
    Kind.MEMBERSHIP: "Permissão",
    Kind.TEAM: "Equipe",
    Kind.CATEGORY: "Categoria",
    Kind.TOPIC: "Assunto",
    Kind.FIELD: "Campo",
    Kind.WORKFLOW: "Fluxo",
    Kind.CANNED: "Resposta pronta",
    Kind.KEY: "Chave",
    Kind.BRAND: "Identidade",
    Kind.WEBHOOK: "Webhook",
    Kind.IMPORT: "Importação",
    Kind.MAILBOX: "Caixa de e-mail",
    **articles.KINDS,
    Kind.KIOSK: "Quiosque",
}

CREATED, REMOVED = "criação", "remoção"

NOTHING = "–"
"""The text for an empty field."""

HEADING = ("Quando", "Quem", "O que", "Nome", "Número", "Campo", "Antes", "Depois")
"""The header of the file."""

_OF_IMPORTS = {
    "changed": "pessoas alteradas",
    "created": "pessoas novas",
    "refused": "linhas recusadas",
    "same": "já estavam assim",
}

_FIELDS = {
    "addresses": "endereços e usuários que passaram",
    "address": "endereço",
    "agent_resolution": "ao atendimento, ao resolver",
    "agent_submission": "ao atendimento, ao abrir",
    "amount": "quanto tempo",
    "audience": "quem usa",
    "approves": "aprova",
    "away_from": "ausente desde",
    "away_until": "ausente até",
    "body": "texto",
    "calendar": "calendário",
    "category": "categoria",
    "cnpj": "CNPJ",
    "domain": "domínio de e-mail",
    "ends": "depois do texto",
    "events": "eventos",
    "first_day": "primeiro dia",
    "help": "ajuda",
    "folder": "pasta",
    "hours": "horários",
    "identities": "entra por",
    "imap": "recebe por",
    "is_active": "ativa",
    "is_confidential": "reservada",
    "is_erased": "apagada",
    "is_note": "nota interna",
    "is_on": "ligado",
    "is_public": "o solicitante lê",
    "is_revoked": "revogada",
    "kind": "tipo",
    "label": "nome do campo",
    "last_day": "último dia",
    "login": "acesso",
    "manages": "cuida dos acessos",
    "members": "pessoas",
    "merged": "conta juntada",
    "name": "nome",
    "new_password": "senha trocada",
    "needs_approval": "pede aprovação",
    "opens": "abre em feriado e fim de semana",
    "options": "opções",
    "organization": "organização",
    "organizations": "organizações",
    "pauses_for_team": "pausa por outra equipe",
    "phones": "telefones",
    "place": "onde é usada",
    "position": "posição",
    "priority": "prioridade",
    "promise": "promessa",
    "requester_submission": "ao solicitante, ao abrir",
    "role": "papel",
    "readers": "só para a equipe",
    "scope": "pode",
    "sees": "vê",
    "signature": "assinatura",
    "stand_in": "substituto",
    "smtp": "envia por",
    "state": "feriados",
    "strangers": "de desconhecidos",
    "tag": "etiqueta",
    "takes": "assume o ticket",
    "team": "equipe",
    "teams": "equipes",
    "text": "texto",
    "tickets": "tickets que passaram",
    "tier": "nível",
    "title": "título da entrada",
    "topic": "assunto",
    "unit": "contado em",
    "until": "vale até",
    "warns_at": "avisa em (%)",
    "workflow": "fluxo",
    "week": "horários",
    "zone": "fuso",
    **_OF_IMPORTS,
    **brand.LOGGED,
    **articles.LOGGED,
    **kiosks.LOGGED,
    **workflow.FIELDS,
}

_OF_ONE_KIND: dict[tuple[Kind | None, str], str] = {
    (Kind.KIOSK, "words"): "boas-vindas",
    **{(kind, "is_active"): "ativo" for kind in (Kind.FIELD, Kind.KIOSK, Kind.TOPIC)},
}
"""Fields with another label there than elsewhere."""


class FieldChange(NamedTuple):
    """A field, before and after; empty if there was no before or is no after."""

    field: str
    old: str
    new: str


def kind_text(kind: str) -> str:
    return KINDS[Kind(kind)]


def ending_text(change: Recorded) -> str:
    """Whether the change created or removed the setting, in words."""
    return CREATED if change.before is None else REMOVED if change.after is None else ""


def field_changes(change: Recorded) -> Iterator[FieldChange]:
    """The fields of a change. If it was created or removed, those with a value."""
    is_whole = change.before is None or change.after is None
    old, new = _values(change.before), _values(change.after)
    for name in {**old, **new}:
        each = _field_change(name, old, new, Kind(change.kind))
        if is_whole and {each.old, each.new} <= {NOTHING}:
            continue
        yield FieldChange(each.field, each.old if change.before else "", each.new if change.after else "")


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[FieldChange]:
    """The fields whose values differ."""
    for name in {**old, **new}:
        if old.get(name) != new.get(name):
            yield _field_change(name, old, new)


def _field_change(name: str, old: Mapping[str, Any], new: Mapping[str, Any], kind: Kind | None = None) -> FieldChange:
    label = _OF_ONE_KIND.get((kind, name)) or _FIELDS.get(name, name)
    return FieldChange(label, value_text(name, old.get(name)), value_text(name, new.get(name)))


def change_text(change: Recorded) -> str:
    """Lia Castro, 23/11/2026, 9h00min00s: nível era 1, passou a 2."""
    fields = "; ".join(f"{each.field} era {each.old}, passou a {each.new}" for each in field_changes(change))
    return f"{change.person_name}, {exactly(change.at)}: {fields}."


def value_text(name: str, value: Any) -> str:
    """A value of the log in words."""
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, bool):
        return "sim" if value else "não"
    if isinstance(value, list):
        return ", ".join(value_text(name, each) for each in value)
    return _READ[name](value) if name in _READ else str(value)


def _values(text: str | None) -> dict[str, object]:
    return json.loads(text) if text else {}


def _one_of(words: Mapping[str, str]) -> Callable[[str], str]:
    return lambda code: words.get(code, code)


def _date(text: str) -> str:
    return f"{date.fromisoformat(text[:10]):%d/%m/%Y}"


def _instant(text: str) -> str:
    """An instant in the reader's zone."""
    return dated(datetime.fromisoformat(text))


_READ: dict[str, Callable[[Any], str]] = {
    **dict.fromkeys(("agent_resolution", "agent_submission", "requester_submission"), _one_of(fields.ASKS)),
    **dict.fromkeys(("away_from", "away_until"), _instant),
    **dict.fromkeys(("link", "shown_since"), lambda text: exactly(datetime.fromisoformat(text))),
    **dict.fromkeys(("article_audience", "article_state"), _one_of(articles.AUDIENCES | articles.STATES)),
    "audience": _one_of(AUDIENCES),
    "ends": _one_of({"question": "aguardar o solicitante", "solution": "resolver"}),
    "events": webhooks.events_text,
    "first_day": _date,
    "hours": lambda text: time.hours_text(json.loads(text)) or "fechado",
    "kind": _one_of(fields.KINDS),
    "last_day": _date,
    "lists": _one_of(brand.LAYOUTS),
    "priority": _one_of(PRIORITIES),
    "phones": shown,
    "promise": _one_of(time.PROMISES),
    "scope": lambda scopes: time.KEY_SCOPES["write" if "write" in scopes else "read"],
    "reviewed_on": _date,
    "role": lambda role: roles()[role],
    "sees": _one_of(SEES),
    "strangers": _one_of(mailboxes.STRANGERS),
    "unit": _one_of({code: many for code, (_, many) in UNITS.items()}),
    "until": _date,
    "workflow": workflow.workflow_name,
    "preset": workflow.workflow_name,
    "reply_when_resolved": _one_of(workflow.REPLIES),
    "rating": _one_of(workflow.RATINGS),
    "solution_must_say": _one_of(workflow.MUST_SAY),
    "silence_then": _one_of(workflow.AFTER_SILENCE),
    **dict.fromkeys(("silence", "silence_warning", "closing", "unrated", "idle"), workflow.duration_text),
    "week": lambda text: time.week_text(json.loads(text)),
}
