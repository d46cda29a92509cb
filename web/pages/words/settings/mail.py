"""Mail in words: how it leaves and comes in, and why a message waits for a person."""

from web.pages.words.settings.index import Section
from web.settings import settings

REASONS = {
    "flood": "Mensagens demais em pouco tempo, talvez de outro programa",
    "unproven_agent": "Em nome de quem atende, sem o endereço assinado",
    "unverified": "O seu servidor de e-mail diz que o remetente não é quem diz ser",
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
    """How messages leave and come in, without names of accounts or passwords."""
    known = settings()
    return [
        ("Envio", "por um servidor de e-mail" if known.smtp else "nenhum servidor: ficam na pasta outbox"),
        ("Remetente", known.mail_from),
        ("Caixas lidas", f"{len(known.mailboxes)}" if known.mailboxes else "nenhuma"),
    ]


def mail_section(waiting: int) -> Section:
    """For administrators."""
    sent = "enviado por um servidor" if settings().smtp else "nenhum servidor de envio"
    parked = f", {waiting} {'mensagem espera' if waiting == 1 else 'mensagens esperam'} por você" if waiting else ""
    return Section("mail", "E-mail", sent + parked)
