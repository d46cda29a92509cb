"""Words of mailboxes: their fields and faults."""

from collections.abc import Mapping

from web.mail.mailboxes.connection_check import UNUSED
from web.mail.mailboxes.faults import FaultShown
from web.pages.words.formats import exactly

FIELDS = {
    "address": "Endereço",
    "name": "Nome de quem envia",
    "login": "Acesso",
    "imap_host": "Servidor que recebe (IMAP)",
    "imap_port": "Porta de quem recebe",
    "imap_tls": "Segurança de quem recebe",
    "imap_user": "Usuário de quem recebe",
    "imap_password": "Senha de quem recebe",
    "folder": "Pasta",
    "smtp_host": "Servidor que envia (SMTP)",
    "smtp_port": "Porta de quem envia",
    "smtp_tls": "Segurança de quem envia",
    "smtp_user": "Usuário de quem envia",
    "smtp_password": "Senha de quem envia",
    "team": "Equipe",
    "category": "Categoria",
    "strangers": "De quem o portal não conhece",
    "current": "Sua senha atual",
}

TLS = {"tls": "TLS", "starttls": "STARTTLS", "none": "nenhuma"}

STRANGERS = {"ticket": "vira ticket", "parked": "espera por você", "refused": "é ignorado"}

FAULTS = {
    "dns": "O servidor não foi encontrado. Confira o nome dele.",
    "connection": "O servidor não aceitou a conexão. Confira o nome e a porta.",
    "timeout": "O servidor não respondeu a tempo. Confira o nome, a porta e a segurança.",
    "certificate": "O certificado do servidor está vencido, é de outro nome ou de uma autoridade desconhecida.",
    "tls": "A conexão segura não começou. TLS costuma ser na porta 993 ou 465; STARTTLS, na 143 ou 587.",
    "password": "O servidor recusou o usuário ou a senha. Alguns provedores pedem uma senha de aplicativo.",
    "no_sign_in": "O servidor não pede senha assim. Confira a porta e a segurança, ou deixe usuário e senha em branco.",
    "busy": "O servidor não deixa entrar agora. Tente de novo em alguns minutos.",
    "token": "O comando que dá o acesso falhou ou demorou. Quem cuida do Guichê precisa conferir.",
    "sealed": "A senha foi guardada com outra GUICHE_SECRET e não se lê mais. Digite-a de novo.",
    "folder": "A pasta não existe nesta caixa. Confira o nome dela.",
    "quota": "A caixa está cheia ou quase. Apague mensagens ou peça mais espaço ao provedor.",
    "sender": "O servidor não deixa enviar com este endereço. Confira o endereço e o usuário.",
    "private_address": "O servidor é da rede interna. Quem cuida do Guichê o libera em GUICHE_MAIL_ALLOW.",
    "not_tls": "Sem TLS a senha passaria às claras. Escolha TLS ou STARTTLS.",
}
SIDES = {"imap": "Recebe", "smtp": "Envia"}
WORKS = {"imap": "Funciona: a caixa abriu.", "smtp": "Funciona: o servidor aceita mensagens deste endereço."}


def findings(query: Mapping[str, str]) -> list[tuple[str, str, bool]]:
    """The results of a connection check from the codes in the address: side, text, and whether it works."""
    told = ((side, query[side]) for side in SIDES if query.get(side, UNUSED) != UNUSED)
    return [
        (SIDES[side], WORKS[side] if code == "ok" else FAULTS[code], code == "ok")
        for side, code in told
        if code == "ok" or code in FAULTS
    ]


def fault_text(fault: FaultShown) -> str:
    """Desde 23/11/2026, 9h00min00s não envia. O servidor recusou ..."""
    verb = "não é lida" if fault.side == "imap" else "não envia"
    return f"{fault.address} {verb} desde {exactly(fault.since)}. {FAULTS.get(fault.code, '')}"
