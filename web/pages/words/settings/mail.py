"""Words of mail: the operator's settings, and why a mail is in quarantine."""

from web.pages.words.settings.index import Section, many
from web.settings import settings
from web.tickets.settings.counts import SettingCounts

REASONS = {
    "flood": "Mensagens demais em pouco tempo, talvez de outro programa",
    "unproven_agent": "Em nome de quem atende, sem o endereço assinado",
    "unverified": "O seu servidor de e-mail diz que o remetente não é quem diz ser",
    "stranger": "De quem o portal não conhece",
    "inactive": "De uma conta encerrada",
    "no_sender": "Sem um único remetente",
    "too_large": "Passa de 25 MB",
    "too_many_parts": "Partes demais",
    "long_headers": "Cabeçalhos longos demais",
    "too_costly": "Não deu para ler em tempo",
    "unreadable": "Não deu para ler",
    "not_permitted": "O remetente não pode fazer isto",
}
OTHERWISE = "O portal recusou"


def reason(code: str) -> str:
    return REASONS.get(code, OTHERWISE)


def ways() -> list[tuple[str, str]]:
    """The operator's settings, without account names and passwords; empty if there are none."""
    known = settings()
    told = [
        ("Envio", "por um servidor de e-mail" if known.smtp else ""),
        ("Remetente", known.mail_from if known.smtp or known.takes_mail else ""),
        ("Caixas lidas", str(len(known.mailboxes) or "")),
    ]
    return [(name, state) for name, state in told if state]


def mail_section(counts: SettingCounts, waiting: int) -> Section:
    """For administrators."""
    known = settings()
    boxes = many(counts.mailboxes + len(known.mailboxes), "", "caixa", "caixas")
    sends = "" if known.smtp or counts.mailboxes_sending else "nenhum servidor de envio"
    faults = many(counts.mailboxes_failing, "", "com defeito", "com defeito")
    waits = f"{waiting} {'mensagem espera' if waiting == 1 else 'mensagens esperam'} por você" if waiting else ""
    return Section("mail", "E-mail", ", ".join(filter(None, (boxes, sends, faults, waits))) or "envio pelo servidor")
