"""What was done, as a page confirms it, by the code in its address."""

ACCOUNT = {
    "name": "Nome salvo.",
    "password": "Senha trocada. Você saiu dos outros aparelhos.",
    "ended": "Sessão encerrada.",
    "zone": "Fuso horário salvo.",
    "joined": "Você agora faz parte da organização.",
}

ORGANIZATION = {
    "saved": "Permissões salvas.",
    "removed": "A pessoa não faz mais parte da organização.",
    "returned": "A pessoa faz parte da organização de novo.",
    "invited": "Convite enviado. A pessoa passa a fazer parte quando aceitar.",
    "handed_over": "Tickets passados.",
}

CANNED_REPLIES = {"saved": "Salvo. Já está à mão de todos os {agent}s.", "removed": "Removido."}

SUBMITTED = "Solicitação enviada. O número dela é #{number}."

SERVING = "Guichê em {address}"
"""What the terminal shows once the portal can be visited."""

MAIL_SENT = "\n--- Para {recipient}: {subject}\n{body}---"
"""A message as the terminal of a trial installation shows it."""
