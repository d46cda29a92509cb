"""Replies as mail programs write them: what people typed, and what is put below it."""

OURS = """— responda acima desta linha —

Solicitação #10017: Boleto de dezembro

Paula, da equipe Financeiro, respondeu:
O boleto foi corrigido. Pode conferir?

Ver no portal: https://suporte.example.br/tickets/10017"""

QUOTED = "\n".join(f"> {line}".rstrip() for line in OURS.splitlines())
PLAIN = "\n".join(OURS.splitlines()[2:])
PLAIN_QUOTED = "\n".join(f"> {line}".rstrip() for line in PLAIN.splitlines())

TYPED = {
    "short": "SIM",
    "polite": "Bom dia, Paula.\n\nConferi e está certo. Obrigada!\nMaria de Lourdes",
    "list": "Faltam:\n- o boleto de maio\n- o de junho\n\n1) Em qual conta pago?\n2) Até quando?",
    "header_words": (
        "De: segunda a sexta estamos aqui.\nPara: a diretora não dá.\n\nEm 23/11 o sistema mostrou erro 500."
    ),
    "question": 'O que ele escreveu: "não pago".\nO que faço agora?',
}

HISTORIES = {
    "gmail_pt": f"\n\nEm seg., 23 de nov. de 2026 às 10:12, Guichê <suporte@guiche.example> escreveu:\n\n{QUOTED}",
    "gmail_pt_wrapped": (
        "\n\nEm seg., 23 de nov. de 2026 às 10:12, Guichê Suporte <\nsuporte+10017.abc@guiche.example> escreveu:\n\n"
        + QUOTED
    ),
    "gmail_pt_old": f"\n\nEm 23 de novembro de 2026 10:12, Guichê <suporte@guiche.example> escreveu:\n\n{PLAIN_QUOTED}",
    "gmail_pt_three_lines": (
        "\n\nEm segunda-feira, 23 de novembro de 2026\nàs 10:12, Guichê da Escola Aurora\n"
        "<suporte@guiche.example> escreveu:\n" + PLAIN_QUOTED
    ),
    "gmail_en": f"\n\nOn Mon, Nov 23, 2026 at 10:12 AM Guichê <suporte@guiche.example> wrote:\n\n{QUOTED}",
    "gmail_es": f"\n\nEl lun, 23 nov 2026 a las 10:12, Guichê (<suporte@guiche.example>) escribió:\n\n{PLAIN_QUOTED}",
    "apple_pt": (
        f"\n\nEnviado do meu iPhone\n\n> Em 23 de nov. de 2026, à(s) 10:12, Guichê "
        f"<suporte@guiche.example> escreveu:\n> \n"
        f"{QUOTED}"
    ),
    "apple_pt_no_device": (
        f"\n\n> Em 23 de nov. de 2026, à(s) 10:12, Guichê <suporte@guiche.example> escreveu:\n>\n{PLAIN_QUOTED}"
    ),
    "apple_mac_pt": (
        f"\n\nEm 23 de nov. de 2026, à(s) 10:12, Guichê <suporte@guiche.example> escreveu:\n\n{PLAIN_QUOTED}"
    ),
    "apple_en": (
        f"\n\nSent from my iPhone\n\n"
        f"> On Nov 23, 2026, at 10:12, Guichê <suporte@guiche.example> wrote:\n> \n{PLAIN_QUOTED}"
    ),
    "ipad_pt": f"\n\nEnviado do meu iPad\n\n> Em 23/11/2026, às 10:12, Guichê escreveu:\n>\n{PLAIN_QUOTED}",
    "outlook_pt": (
        "\n\nDe: Guichê <suporte@guiche.example>\nEnviado: segunda-feira, 23 de novembro de 2026 10:12\n"
        f"Para: Maria de Lourdes <maria@aurora.example>\nAssunto: [#10017] Boleto de dezembro\n\n{PLAIN}"
    ),
    "outlook_pt_enviada_em": (
        "\n\nDe: Guichê [mailto:suporte@guiche.example]\nEnviada em: segunda-feira, 23 de novembro de 2026 10:12\n"
        f"Para: maria@aurora.example\nAssunto: RES: Boleto\n\n{PLAIN}"
    ),
    "outlook_pt_cc": (
        "\n\nDe: Guichê <suporte@guiche.example>\nEnviado: 23/11/2026 10:12\nPara: Maria <maria@aurora.example>\n"
        f"Cc: Direção <direcao@aurora.example>;\n financeiro@aurora.example\nAssunto: Boleto\n"
        f"Prioridade: Alta\n\n{PLAIN}"
    ),
    "outlook_pt_bold": (
        "\n\n*De:* Guichê <suporte@guiche.example>\n*Enviado:* segunda-feira, 23 de novembro de 2026 10:12\n"
        f"*Para:* Maria <maria@aurora.example>\n*Assunto:* Boleto\n\n{PLAIN}"
    ),
    "outlook_pt_rule": (
        "\n\n________________________________\nDe: Guichê <suporte@guiche.example>\n"
        f"Enviado: segunda-feira, 23 de novembro de 2026 10:12\nPara: maria@aurora.example\nAssunto: Boleto\n\n{OURS}"
    ),
    "outlook_android_pt": (
        "\n\nObter o Outlook para Android<https://aka.ms/AAb9ysg>\n________________________________\n"
        "From: Guichê <suporte@guiche.example>\nSent: Monday, November 23, 2026 10:12:00 AM\n"
        f"To: maria@aurora.example\nSubject: Boleto\n\n{PLAIN}"
    ),
    "outlook_ios_pt": (
        "\n\nObter o Outlook para iOS\n\nDe: Guichê\nEnviado: Monday, November 23, 2026 10:12:00 AM\n"
        f"Para: maria@aurora.example\nAssunto: Boleto\n\n{PLAIN}"
    ),
    "outlook_en": (
        "\n\nFrom: Guichê <suporte@guiche.example>\nSent: Monday, November 23, 2026 10:12 AM\nTo: Maria\n"
        f"Subject: Boleto\n\n{PLAIN}"
    ),
    "outlook_express_pt": (
        "\n\n----- Original Message ----- \nFrom: Guichê\nTo: maria@aurora.example\nSent: Monday, November 23, 2026\n"
        f"Subject: Boleto\n\n{PLAIN}"
    ),
    "outlook_2003_pt": (
        "\n\n-----Mensagem original-----\nDe: Guichê\nEnviada em: segunda-feira, 23 de novembro de 2026\n"
        f"Para: maria\nAssunto: Boleto\n\n{PLAIN}"
    ),
    "outlook_on_behalf": (
        "\n\nDe: suporte@guiche.example <suporte@guiche.example> Em nome de Guichê\nEnviada em: 23/11/2026 10:12\n"
        f"Para: maria@aurora.example\nAssunto: Boleto\n\n{PLAIN}"
    ),
    "yahoo_pt": (
        "\n\n    Em segunda-feira, 23 de novembro de 2026 às 10:12:00 BRT, Guichê "
        "<suporte@guiche.example> escreveu:  \n \n " + PLAIN.replace("\n", "\n ")
    ),
    "yahoo_android_pt": (
        "\n\nEnviado do Yahoo Mail no Android \n \n"
        "  Em seg., 23 de nov. de 2026 às 10:12, Guichê<suporte@guiche.example> "
        "escreveu:   " + PLAIN.replace("\n", "\n  ")
    ),
    "thunderbird_pt": f"\n\nEm 23/11/2026 10:12, Guichê escreveu:\n{PLAIN_QUOTED}",
    "thunderbird_pt_day": f"\n\nOn 23/11/2026 10:12, Guichê wrote:\n{PLAIN_QUOTED}\n>\n>\n",
    "thunderbird_original": (
        "\n\n-------- Mensagem original --------\nAssunto: \tBoleto\nData: \tMon, 23 Nov 2026 10:12:00 -0300\n"
        f"De: \tGuichê <suporte@guiche.example>\nPara: \tmaria@aurora.example\n\n{PLAIN}"
    ),
    "samsung_pt": (
        "\n\nEnviado do meu smartphone Samsung Galaxy.\n\n\n-------- Mensagem original --------\nDe: Guichê "
        f"<suporte@guiche.example>\nData: 23/11/2026 10:12 (GMT-03:00)\nPara: maria@aurora.example\n"
        f"Assunto: Boleto\n\n{PLAIN}"
    ),
    "samsung_via": (
        f"\n\nEnviado do meu Galaxy\n\n\n-------- Mensagem original --------\nDe : Guichê\nData : 23/11/2026\n"
        f"Para : maria@aurora.example\nAssunto : Boleto\n\n{PLAIN}"
    ),
    "motorola_pt": (
        f"\n\nEnviado via Motorola Edge\n\n"
        f"Em 23 de nov de 2026 10:12, Guichê <suporte@guiche.example> escreveu:\n{PLAIN_QUOTED}"
    ),
    "xiaomi_pt": (
        f"\n\nEnviado do meu Xiaomi\n"
        f"Em Guichê <suporte@guiche.example>, 23 de nov de 2026 10:12 escreveu:\n{PLAIN_QUOTED}"
    ),
    "bol_pt": (
        '\n\n----- Mensagem Original -----\nDe: "Guichê" <suporte@guiche.example>\nPara: maria@bol.example\n'
        f"Assunto: Boleto\nData: 23/11/2026 10:12\n\n{PLAIN}"
    ),
    "uol_pt": (
        '\n\nDe: "Guichê" <suporte@guiche.example>\nEnviada: 2026/11/23 10:12:00\nPara: maria@uol.example\n'
        f"Assunto: Boleto\n\n{PLAIN}"
    ),
    "terra_pt": f"\n\nEm Seg 23/11/26 10:12, Guichê suporte@guiche.example escreveu:\n{PLAIN_QUOTED}",
    "zimbra_pt": (
        '\n\nDe: "Guichê" <suporte@guiche.example>\nPara: "maria" <maria@aurora.example>\n'
        f"Enviadas: Segunda-feira, 23 de novembro de 2026 10:12:00\nAssunto: Boleto\n\n{PLAIN}"
    ),
    "roundcube_pt": f"\n\nEm 2026-11-23 10:12, Guichê escreveu:\n\n{PLAIN_QUOTED}",
    "roundcube_bare": f"\n\nEm 23/11/2026 10:12, suporte@guiche.example escreveu:\n{PLAIN_QUOTED}",
    "horde_pt": f"\n\nCitando Guichê <suporte@guiche.example>:\n\n{PLAIN_QUOTED}",
    "squirrelmail_pt": f"\n\nEm Seg, Novembro 23, 2026 10:12 am, Guichê escreveu:\n{PLAIN_QUOTED}",
    "proton_pt": (
        "\n\nEnviado com o Proton Mail.\n\n-------- Mensagem Original --------\n"
        "Em segunda-feira, 23 de novembro de 2026 às "
        f"10:12, Guichê <suporte@guiche.example> escreveu:\n\n{PLAIN_QUOTED}"
    ),
    "zoho_pt": (
        "\n\n\n---- Em seg., 23 nov. 2026 10:12:00 -0300 Guichê <suporte@guiche.example> escreveu ----\n\n"
        + PLAIN_QUOTED
    ),
    "icloud_pt": f"\n\nEm 23 de nov. de 2026, às 10:12, Guichê <suporte@guiche.example> escreveu:\n\n\n{PLAIN}",
    "lotus_pt": f"\n\n\nGuichê <suporte@guiche.example> escreveu em 23/11/2026 10:12:00:\n\n{PLAIN_QUOTED}",
    "name_first": (
        f"\n\nGuichê <suporte@guiche.example> escreveu no dia segunda, 23/11/2026 à(s) 10:12:\n\n{PLAIN_QUOTED}"
    ),
    "pt_portugal": f"\n\nGuichê <suporte@guiche.example> escreveu (segunda, 23/11/2026 à(s) 10:12):\n\n{PLAIN_QUOTED}",
    "mutt_pt": f"\n\nEm Mon, Nov 23, 2026 at 10:12:00AM -0300, Guichê escreveu:\n{PLAIN_QUOTED}",
    "quote_only": f"\n\n{PLAIN_QUOTED}",
    "marker_only": f"\n\n{OURS}",
    "marker_bold": f"\n\n*{OURS}",
    "french": f"\n\nLe lun. 23 nov. 2026 à 10:12, Guichê <suporte@guiche.example> a écrit :\n\n{PLAIN_QUOTED}",
    "german": f"\n\nAm 23.11.2026 um 10:12 schrieb Guichê <suporte@guiche.example>:\n{PLAIN_QUOTED}",
    "signature_dashes": (
        f"\n\n-- \nMaria de Lourdes\nEscola Aurora | (11) 4002-8922\n\n"
        f"Em 23/11/2026 10:12, Guichê escreveu:\n{PLAIN_QUOTED}"
    ),
    "device_only": "\n\nEnviado do meu iPhone",
    "device_outlook": "\n\nEnviado do meu Android com o Outlook",
    "device_email_windows": "\n\nEnviado do Email para Windows",
    "antivirus": "\n\n\n\nLivre de vírus.www.avast.com.",
    "secrecy": (
        "\n\nEsta mensagem pode conter informação confidencial ou privilegiada. Se você não é o destinatário,\n"
        "apague-a e avise o remetente."
    ),
    "secrecy_after_history": (
        f"\n\nEm 23/11/2026 10:12, Guichê escreveu:\n{PLAIN_QUOTED}\n\n"
        f"Aviso de confidencialidade: esta mensagem é destinada "
        "apenas a quem se dirige."
    ),
    "mobile_twice": (
        f"\n\nEnviado do meu iPhone\n\nEnviado do meu iPhone\n\nEm 23/11/2026 10:12, Guichê escreveu:\n{PLAIN_QUOTED}"
    ),
}

KEPT_WHOLE = {
    "answers_between": (
        "Em 23/11/2026 10:12, Guichê escreveu:\n> Qual é o CNPJ?\n12.345.678/0001-95\n> Até quando precisa?\nAté sexta."
    ),
    "answers_between_with_greeting": (
        "Oi, Paula!\n\nEm 23/11/2026 10:12, Guichê escreveu:\n> Qual é o CNPJ?\n\n"
        "12.345.678/0001-95\n\n> Até quando precisa?\n\n"
        "Até sexta."
    ),
    "answer_below": (
        "Em 23/11/2026 10:12, Guichê escreveu:\n> O boleto foi corrigido. Pode conferir?\n\nConferi, está certo."
    ),
    "below_in_red": (
        "Respondi abaixo, em vermelho.\n\nDe: Guichê <suporte@guiche.example>\nEnviado: 23/11/2026 10:12\n"
        "Para: maria@aurora.example\nAssunto: Boleto\n\nQual é o CNPJ? 12.345.678/0001-95"
    ),
    "nothing_above_outlook": (
        "De: Guichê <suporte@guiche.example>\nEnviado: 23/11/2026 10:12\n"
        "Para: maria@aurora.example\nAssunto: Boleto\n\n"
        "Qual é o CNPJ? É 12.345.678/0001-95."
    ),
    "forwarded": (
        "---------- Forwarded message ---------\nDe: Banco <banco@example.br>\nDate: seg., 23 de nov. de 2026\n"
        "Subject: Retorno\nTo: <maria@aurora.example>\n\nO boleto foi recusado."
    ),
    "quotes_of_their_own": "O banco respondeu:\n> boleto recusado\n> código 17\nO que faço?",
    "says_wrote": "Em 2024 o diretor escreveu um ofício sobre isso:\nnão pagaremos o boleto 17.\nE agora?",
    "de_para_table": "De: conta 123\nPara: conta 456\nValor: R$ 10,00",
    "dashes": "Primeiro pedido\n-----\nSegundo pedido",
    "code": "O erro é:\n\n    --- a/boleto.txt\n    +++ b/boleto.txt\n\nPode ver?",
    "enviado_in_sentence": (
        "O boleto foi enviado do meu e-mail antigo na sexta, por isso não chegou a "
        "tempo para vocês, que pena mesmo.\n\nPodem reenviar?"
    ),
    "starts_with_em": "Em casa o site abre, na escola não.\nEm 23/11 funcionou.",
    "only_quote": "> O boleto foi corrigido.",
    "empty": "",
}
