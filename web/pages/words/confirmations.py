"""Confirmations of what was done, by the code in a page's address."""

ABSENCE = {
    "absence": "Ausência salva. O substituto também passa a receber os avisos.",
    "absence_removed": "Ausência encerrada.",
}

PHONE = {
    "phone": "Telefone acrescentado.",
    "phone_known": "Este telefone já estava aqui.",
    "phone_removed": "Telefone removido.",
}

ACCOUNT = {
    "name": "Nome salvo.",
    "password": "Senha trocada. Você saiu dos outros aparelhos.",
    "address_asked": "Se este e-mail estiver livre, um link chega nele em instantes. Abra-o para confirmar.",
    "login": "Pronto. Anote o usuário com que você entra: está abaixo, em “Por onde você entra”.",
    "address_added": "E-mail acrescentado. Você já pode entrar por ele.",
    "address_removed": "E-mail removido. Por ele ninguém entra mais.",
    "ended": "Sessão encerrada.",
    "alerts": "Salvo. Vale nas páginas que você abrir a partir de agora.",
    "mail": "Avisos por e-mail salvos.",
    **PHONE,
    "sending": "Salvo. Vale a partir da próxima resposta.",
    "signature": "Assinatura salva. Vai nas próximas respostas por e-mail.",
    **ABSENCE,
    "zone": "Fuso horário salvo.",
    "joined": "Você agora faz parte da organização.",
    "left": "Você saiu da organização.",
}

SIGNED_OUT = {
    "signed_out": "Você saiu.",
    "signed_out_everywhere": "Você saiu de todos os aparelhos.",
}

MAIL = {
    "retry": "O portal lê a mensagem de novo em instantes.",
    "removal": "Mensagem descartada.",
    "made": "Caixa criada. Confira com “Testar”.",
    "saved": "Salvo. Vale em instantes.",
}

IMPORT = {"discarded": "Importação descartada. Nada mudou."}

ORGANIZATION = {
    "saved": "Permissões salvas.",
    "removed": "A pessoa não faz mais parte da organização.",
    "returned": "A pessoa faz parte da organização de novo.",
    "invited": "Convite enviado. A pessoa passa a fazer parte quando aceitar.",
    "handed_over": "Tickets passados.",
    "paper_cancelled": "Convite cancelado. Com ele ninguém entra mais.",
    "domain_on": "Ligado. Quem se cadastrar com um e-mail deste domínio entra sozinho e vê só os próprios tickets.",
    "domain_off": "Desligado. Quem já entrou continua.",
    "proof_asked": "Link enviado. O domínio liga quando quem cuida do e-mail dele confirmar, em até três dias.",
}

PEOPLE = {
    "remark": "Anotação guardada.",
    "created": "Organização criada.",
    "domain_off": "Desligado. Quem já entrou continua.",
    "saved": "Salvo.",
    "retired": "Organização desativada. Ela continua nos tickets antigos.",
    "restored": "Organização reativada.",
    **ABSENCE,
    "invited": "Convite enviado. O link vale por sete dias.",
    "invitation_kept": "Convite guardado, pois este portal ainda não envia e-mail. Está com quem cuida do servidor.",
    "login_added": "Usuário acrescentado. A pessoa já pode entrar por ele.",
    "address_offered": "Link enviado. O e-mail passa a valer quando a pessoa o abrir.",
    "identity_removed": "Removido. Por ele ninguém entra mais.",
    **PHONE,
    "member": "Organização salva. Se a pessoa saiu de outra, encerre a anterior e diga para onde vão os tickets.",
    "member_ended": "Encerrado. A pessoa não faz mais parte da organização.",
    "role": "Papel e equipes salvos. Se o papel mudou, a pessoa entra de novo.",
    "deactivated": "Acesso encerrado. O que a pessoa atendia voltou à fila, em destaque.",
    "reactivated": "Acesso reativado. A pessoa entra com a senha que tinha, ou pede um link.",
    "merged": "Contas juntadas. A outra já não entra; os endereços dela levam a esta.",
    "parted": "Contas separadas. O que havia passado voltou para cá.",
}

BRAND = {
    "saved": "Salvo. Todas as páginas já mostram.",
    "picture": "Imagem salva. Todas as páginas já mostram.",
    "picture_removed": "Imagem removida.",
}

CHAT = {"saved": "Salvo. Já vale em todas as páginas."}

FIRST_STEPS = {
    "all_steps": "Primeiros passos dispensados. Tudo o que se configura está abaixo.",
    "example": "Pronto: equipes, categorias, horário e prazos. Já se pode abrir a primeira solicitação.",
    "step": "Passo dispensado.",
}

CANNED_REPLIES = {"saved": "Salvo. Já está à mão.", "removed": "Removido."}

TIME = {"saved": "Salvo. Os tickets em aberto são recalculados agora, e o histórico de cada um diz o que mudou."}

TEAMS = {
    "saved": "Salvo.",
    "retired": "Equipe desativada. Ela continua nos tickets antigos.",
    "restored": "Equipe reativada.",
    "moved": "Tickets em aberto passados à outra equipe.",
}

CATEGORIES = {
    "saved": "Salvo.",
    "removed": "Categoria excluída.",
}

TOPICS = {
    "saved": "Salvo.",
    "removed": "Assunto excluído.",
}

FIELDS = {"saved": "Salvo."}

WEBHOOKS = {
    "saved": "Salvo.",
    "removed": "Webhook excluído.",
    "test": "Teste na fila. A resposta aparece abaixo em instantes: atualize a página.",
    "repeat": "De volta à fila. A resposta aparece abaixo em instantes: atualize a página.",
}

EMBEDDING = {
    "saved": "Salvo. Vale já para a próxima página.",
    "dropped": "Chave apagada. O que os sites assinaram com ela não vale mais.",
}

KIOSKS = {
    "made": "Quiosque criado. Faça o link e abra-o no aparelho.",
    "saved": "Salvo. Vale já na próxima página do quiosque.",
    "retired": "Quiosque desativado. O aparelho já não atende.",
    "restored": "Quiosque de volta. Faça um link para ligar o aparelho.",
}

MOVED = {
    "replies": "Mensagem enviada.",
    "confirmation": "Pronto: o ticket foi encerrado.",
    "objection": "O ticket voltou ao atendimento, com o que você escreveu.",
    "rating": "Avaliação registrada. Agradecemos!",
    "cancellation": "Ticket cancelado.",
    "approval": "Pedido aprovado.",
    "refusal": "Pedido recusado.",
    "participants": "As pessoas em cópia foram atualizadas.",
    "removal": "A pessoa não está mais em cópia.",
}
"""What a form of the ticket page did, by its noun."""

OUT_OF_SIGHT = {
    "approval": MOVED["approval"],
    "refusal": MOVED["refusal"],
    "removal": "Você saiu da cópia e não vê mais o ticket.",
}
"""What it did, on the list that follows where its author no longer sees the ticket."""

SUBMITTED = "Solicitação enviada. O número dela é #{number}."

SERVING = "Guichê em {address}"
"""What the terminal shows once the portal is serving."""

MAIL_SENT = "\n--- Para {recipient}: {subject}\n{body}---"
"""A message as the terminal of a trial installation shows it."""
