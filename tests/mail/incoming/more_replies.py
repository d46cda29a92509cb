"""More replies as mail programs write them, newer and rarer, and words of people that begin like those."""

from tests.mail.incoming.replies import PLAIN, PLAIN_QUOTED

MORE_HISTORIES = {
    "new_outlook_win": (
        "\n\n________________________________\n\nDe: Guichê Suporte <suporte@guiche.example>\n"
        "Data: segunda-feira, 3 de março de 2025 às 10:22\nPara: Maria <maria@aurora.example>\n"
        "Assunto: Re: Boleto\n\n"
        f"{PLAIN}"
    ),
    "new_outlook_no_rule": (
        "\n\nDe: Guichê Suporte <suporte@guiche.example>\n"
        "Data: segunda-feira, 3 de março de 2025 às 10:22\nPara: Maria <maria@aurora.example>\n"
        "Assunto: Re: Boleto\n"
        f"{PLAIN}"
    ),
    "outlook_mac": (
        "\n\nDe: Guichê <suporte@guiche.example>\nData: segunda-feira, 3 de março de 2025 10:22\n"
        "Para: Maria <maria@aurora.example>\nAssunto: Re: Boleto\n\n"
        f"{PLAIN}"
    ),
    "outlook_mobile_pt": (
        "\n\nObter o Outlook para iOS<https://aka.ms/o0ukef>\n________________________________\n"
        "De: Guichê <suporte@guiche.example>\nEnviado: segunda-feira, março 3, 2025 10:22 AM\n"
        "Para: Maria <maria@aurora.example>\nAssunto: Re: Boleto\n\n"
        f"{PLAIN}"
    ),
    "outlook_mobile_baixe": (
        "\n\nBaixe o Outlook para Android<https://aka.ms/AAb9ysg>\n________________________________\n"
        "De: Guichê <suporte@guiche.example>\nEnviado: segunda-feira, março 3, 2025 10:22 AM\n"
        "Para: Maria <maria@aurora.example>\nAssunto: Re: Boleto\n\n"
        f"{PLAIN}"
    ),
    "outlook_enviado_de": (
        "\n\nEnviado do Outlook para iOS<https://aka.ms/o0ukef>\n________________________________\n"
        "De: Guichê <suporte@guiche.example>\nEnviado: segunda-feira, março 3, 2025 10:22 AM\n"
        "Para: Maria <maria@aurora.example>\nAssunto: Re: Boleto\n\n"
        f"{PLAIN}"
    ),
    "outlook_pt_PT": (
        "\n\nDe: Guichê <suporte@guiche.example>\nEnviado: 3 de março de 2025 10:22\n"
        "Para: Maria <maria@aurora.example>\nCc: Bia <b@x.example>\nAssunto: Re: Boleto\n\n"
        f"{PLAIN}"
    ),
    "outlook_bold_spaced": (
        "\n\n*De:* Guichê <suporte@guiche.example> \n"
        "*Enviada em:* segunda-feira, 3 de março de 2025 10:22\n"
        "*Para:* 'Maria' <maria@aurora.example>\n*Assunto:* RES: Boleto\n\n"
        f"{PLAIN}"
    ),
    "outlook_em_nome": (
        "\n\nDe: Guichê <suporte@guiche.example> \nEm Nome De Suporte\n"
        "Enviada em: segunda-feira, 3 de março de 2025 10:22\nPara: maria@aurora.example\n"
        "Assunto: RES: Boleto\nImportância: Alta\n\n"
        f"{PLAIN}"
    ),
    "gmail_new": (
        f"\n\nEm seg., 3 de mar. de 2025 às 10:22, Guichê <suporte@guiche.example> escreveu:\n\n{PLAIN_QUOTED}"
    ),
    "gmail_pt_PT": (f"\n\nGuichê <suporte@guiche.example> escreveu (segunda, 3/03/2025 à(s) 10:22):\n\n{PLAIN_QUOTED}"),
    "gmail_app_html": (
        f"\n\nEm seg., 3 de mar. de 2025, 10:22, Guichê <suporte@guiche.example>\nescreveu:\n\n{PLAIN_QUOTED}"
    ),
    "iphone": (
        "\n\nEnviado do meu iPhone\n\n"
        "> Em 3 de mar. de 2025, à(s) 10:22, Guichê <suporte@guiche.example> escreveu:\n> \n"
        f"{PLAIN_QUOTED}"
    ),
    "iphone_unquoted": (
        "\n\nEnviado do meu iPhone\n\n"
        "Em 3 de mar. de 2025, à(s) 10:22, Guichê <suporte@guiche.example> escreveu:\n\n\ufeff\n"
        f"{PLAIN}"
    ),
    "iphone_no_comma": (
        "\n\nEnviado do meu iPhone\n\n"
        "Em seg., 3 de mar. de 2025 à(s) 10:22 Guichê <suporte@guiche.example> escreveu:\n\n"
        f"{PLAIN_QUOTED}"
    ),
    "iphone_en": (
        "\n\nSent from my iPhone\n\n> On 3 Mar 2025, at 10:22, Guichê <suporte@guiche.example> wrote:\n"
        "> \n"
        f"{PLAIN_QUOTED}"
    ),
    "iphone_outlook": (
        "\n\nEnviado do meu iPhone\n\nDe: Guichê <suporte@guiche.example>\n"
        "Enviada em: segunda-feira, 3 de março de 2025 10:22\nPara: maria@aurora.example\n"
        "Assunto: Boleto\n\n"
        f"{PLAIN}"
    ),
    "samsung": (
        "\n\nEnviado do meu Galaxy\n\n\n-------- Mensagem original --------\n"
        "De: Guichê <suporte@guiche.example>\nData: 03/03/2025 10:22 (GMT-03:00)\n"
        "Para: maria@aurora.example\nAssunto: Re: Boleto\n\n"
        f"{PLAIN}"
    ),
    "samsung_new": (
        "\n\nEnviado do meu Galaxy\n\n-------- Mensagem original --------\n"
        "De: Guichê <suporte@guiche.example>\nData: seg., 3 de mar. de 2025, 10:22\n"
        "Para: maria@aurora.example\nAssunto: Re: Boleto\n"
        f"{PLAIN}"
    ),
    "samsung_tim": (
        "\n\nEnviado do meu smartphone Samsung Galaxy.\n"
        "-------- Mensagem original --------De: Guichê <suporte@guiche.example> Data: 03/03/2025  10:22 "
        " (GMT-03:00) Para: maria@aurora.example Assunto: Re: Boleto \n"
        f"{PLAIN}"
    ),
    "yahoo_app": (
        "\n\nEnviado do Yahoo Mail para iPhone<https://mail.onelink.me/1>\n\n\n"
        "Em segunda-feira, março 3, 2025, 10:22, Guichê <suporte@guiche.example> escreveu:\n\n"
        f"{PLAIN}"
    ),
    "yahoo_android": (
        "\n\nEnviado do Yahoo Mail no Android<https://go.onelink.me/1> \n \n"
        "  Em seg., 3 3e mar. 3e 2025 às 10:22, Guichê<suporte@guiche.example> escreveu:   "
        f"{PLAIN}"
    ),
    "yahoo_web": (
        "\n\n"
        "    Em segunda-feira, 3 de março de 2025 às 10:22:11 BRT, Guichê <suporte@guiche.example> escreveu:  \n"
        " \n "
        f"{PLAIN}"
    ),
    "yahoo_conversas": (
        "\n\nYahoo Mail: Busque, organize, conquiste<https://x>\n\n"
        "Em seg, 3 de mar de 2025 às 10:22, Guichê<suporte@guiche.example> escreveu:\n"
        f"{PLAIN}"
    ),
    "uol": (
        '\n\n\n\nDe: "Guichê" <suporte@guiche.example>\nEnviada: 2025/03/03 10:22:00\n'
        "Para: maria@uol.example\nAssunto: Re: Boleto\n\n"
        f"{PLAIN}"
    ),
    "uol_host": (f"\n\nEm 03/03/2025 10:22, Guichê < suporte@guiche.example > escreveu:\n\n{PLAIN}"),
    "bol_new": (
        "\n\nDe: Guichê <suporte@guiche.example>\nEnviado: Segunda-feira, 03 de Março de 2025 10:22\n"
        "Para: maria@bol.example\nAssunto: Re: Boleto\n\n"
        f"{PLAIN}"
    ),
    "terra_br": (f"\n\nEm 03/03/2025 10:22:11, suporte@guiche.example escreveu:\n{PLAIN}"),
    "locaweb": (f"\n\n---\n\nEm 03-03-2025 10:22, Guichê escreveu:\n\n{PLAIN_QUOTED}"),
    "zimbra": (
        '\n\n----- Mensagem original -----\nDe: "Guichê" <suporte@guiche.example>\n'
        'Para: "maria" <maria@aurora.example>\nEnviadas: Segunda-feira, 3 de março de 2025 10:22:11\n'
        "Assunto: Re: Boleto\n\n"
        f"{PLAIN}"
    ),
    "zimbra_web": (
        '\n\n\nDe: "Guichê" <suporte@guiche.example>\nPara: "maria" <maria@aurora.example>\n'
        'Cc: "b" <b@x.example>\nEnviadas: Segunda-feira, 3 de março de 2025 10:22:11\n'
        "Assunto: Re: Boleto\n\n"
        f"{PLAIN}"
    ),
    "roundcube_unquoted": (f"\n\nEm 03/03/2025 10:22, Guichê escreveu:\n\n{PLAIN}"),
    "thunderbird": (f"\n\nEm 03/03/2025 10:22, Guichê escreveu:\n{PLAIN_QUOTED}\n>\n"),
    "thunderbird_as": (f"\n\nEm 03/03/2025 às 10:22, Guichê escreveu:\n{PLAIN_QUOTED}"),
    "thunderbird_pt_PT": (f"\n\nÀs 10:22 de 03/03/2025, Guichê escreveu:\n{PLAIN_QUOTED}"),
    "proton": (
        "\n\n\n\n\nSent with Proton Mail secure email.\n\n"
        "On Monday, March 3rd, 2025 at 10:22 AM, Guichê <suporte@guiche.example> wrote:\n\n"
        f"{PLAIN_QUOTED}"
    ),
    "proton_pt": (
        "\n\nEnviado com o e-mail seguro Proton Mail.\n\n"
        "Em segunda-feira, 3 de março de 2025 às 10:22, Guichê <suporte@guiche.example> escreveu:\n\n"
        f"{PLAIN_QUOTED}"
    ),
    "en_samsung": (
        "\n\nSent from my Galaxy\n\n\n-------- Original message --------\n"
        "From: Guichê <suporte@guiche.example>\nDate: 3/3/25 10:22 AM (GMT-03:00)\n"
        "To: maria@aurora.example\nSubject: Re: Boleto\n\n"
        f"{PLAIN}"
    ),
    "en_outlook_ios": (
        "\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\n"
        "From: Guichê <suporte@guiche.example>\nSent: Monday, March 3, 2025 10:22:11 AM\n"
        "To: maria@aurora.example <maria@aurora.example>\nSubject: Re: Boleto\n\n"
        f"{PLAIN}"
    ),
    "mailspring": (f"\n\nEm mar. 3 2025, às 10:22 da manhã, Guichê <suporte@guiche.example> escreveu:\n{PLAIN_QUOTED}"),
    "spark": (
        "\n\nEnviado com Spark\n"
        "Em 3 de mar. de 2025 10:22 -0300, Guichê <suporte@guiche.example>, escreveu:\n"
        f"{PLAIN_QUOTED}"
    ),
    "bluemail": (
        "\n\nObtenha o BlueMail para Android\n\n"
        'Em 3 de mar de 2025, às 10:22, "Guichê" <suporte@guiche.example> escreveu:\n'
        f"{PLAIN_QUOTED}"
    ),
    "aqua": (
        "\n\nEnviado com o Aqua Mail\nhttps://www.mobisystems.com/aqua-mail\n\n"
        "Em 3 de março de 2025 10:22:11 Guichê <suporte@guiche.example> escreveu:\n\n"
        f"{PLAIN_QUOTED}"
    ),
    "hotmail_live": (
        "\n\n________________________________\nFrom: suporte@guiche.example\nTo: maria@hotmail.example\n"
        "Subject: Re: Boleto\nDate: Mon, 3 Mar 2025 10:22:11 -0300\n\n"
        f"{PLAIN}"
    ),
    "hotmail_pt": (
        "\n\nDate: Mon, 3 Mar 2025 10:22:11 -0300\nFrom: suporte@guiche.example\n"
        "To: maria@hotmail.example\nSubject: Re: Boleto\n\n"
        f"{PLAIN}"
    ),
    "kmail": (f"\n\nEm segunda-feira, 3 de março de 2025, às 10:22:11 -03, Guichê escreveu:\n{PLAIN_QUOTED}"),
    "evolution": (f"\n\nEm seg, 2025-03-03 às 10:22 -0300, Guichê escreveu:\n{PLAIN_QUOTED}"),
    "sogo": (f'\n\nSegunda-feira, Março 3, 2025 10:22 -03, "Guichê" <suporte@guiche.example> escreveu:\n \n{PLAIN}'),
    "horde": (f"\n\nCitando suporte@guiche.example:\n\n{PLAIN_QUOTED}"),
    "expresso": (
        "\n\n-----Mensagem original-----\nDe: Guichê [mailto:suporte@guiche.example] \n"
        "Enviada em: segunda-feira, 3 de março de 2025 10:22\nPara: maria@aurora.example\n"
        "Cc: b@x.example\nAssunto: Re: Boleto\nPrioridade: Alta\n\n"
        f"{PLAIN}"
    ),
    "mail_windows": (
        "\n\nEnviado do Email para Windows\n\nDe: Guichê\n"
        "Enviado:segunda-feira, 3 de março de 2025 10:22\nPara: maria@aurora.example\n"
        "Assunto: Re: Boleto\n\n"
        f"{PLAIN}"
    ),
    "positivo": (
        "\n\nEnviado de Correio para Windows 10\n\nDe: Guichê\n"
        "Enviado: segunda-feira, 3 de março de 2025 10:22\nPara: maria@aurora.example\n"
        "Assunto: Re: Boleto\n\n"
        f"{PLAIN}"
    ),
    "disclaimer_before": (
        "\n\nAviso de confidencialidade: Esta mensagem é destinada exclusivamente ao destinatário.\n"
        "Se você a recebeu por engano, apague-a.\n\nDe: Guichê <suporte@guiche.example>\n"
        "Enviada em: segunda-feira, 3 de março de 2025 10:22\nPara: maria@aurora.example\n"
        "Assunto: RES: Boleto\n\n"
        f"{PLAIN}"
    ),
    "external_banner": (
        "\n\nDe: Guichê <suporte@guiche.example>\nEnviada em: segunda-feira, 3 de março de 2025 10:22\n"
        "Para: maria@aurora.example\nAssunto: [EXTERNO] RES: Boleto\n\nATENÇÃO: E-mail externo.\n\n"
        f"{PLAIN}"
    ),
    "html_hr": (f"\n\n-----\nEm 03/03/2025 10:22, Guichê escreveu:\n\n{PLAIN}"),
    "em_data": (f"\n\nEm 03/03/25, Guichê<suporte@guiche.example> escreveu:\n{PLAIN_QUOTED}"),
    "em_seg_hh_h": (
        f"\n\nEm seg., 3 de mar. de 2025 às 10h22, Guichê <suporte@guiche.example> escreveu:\n\n{PLAIN_QUOTED}"
    ),
    "sent_via": (
        "\n\nEnviado do meu Moto G\n\n"
        "Em 3 de mar. de 2025 10:22, Guichê <suporte@guiche.example> escreveu:\n"
        f"{PLAIN_QUOTED}"
    ),
    "celular": (
        "\n\nEnviado do meu celular\n\n"
        "Em seg, 3 de mar de 2025 10:22, Guichê <suporte@guiche.example> escreveu:\n\n"
        f"{PLAIN_QUOTED}"
    ),
    "xiaomi": (
        "\n\nEnviado do meu telefone Xiaomi\n"
        "Guichê <suporte@guiche.example> escreveu em 3 de mar. de 2025 10:22:\n"
        f"{PLAIN}"
    ),
    "avast": (
        "\n\nLivre de vírus.www.avast.com <https://www.avast.com/sig-email>.\n\n"
        "Em seg., 3 de mar. de 2025 às 10:22, Guichê <suporte@guiche.example> escreveu:\n\n"
        f"{PLAIN_QUOTED}"
    ),
    "avast_table": (
        "\n\n"
        "[https://s-install.avcdn.net/ipm/preview/icons/icon-envelope.png]<https://www.avast.com/sig-email>\n"
        "Livre de vírus.www.avast.com<https://www.avast.com/sig-email>.\n\n"
        "Em seg., 3 de mar. de 2025 às 10:22, Guichê <suporte@guiche.example> escreveu:\n\n"
        f"{PLAIN_QUOTED}"
    ),
    "gmail_fwd_style_reply": (
        "\n\n---------- Mensagem original ----------\nDe: Guichê <suporte@guiche.example>\n"
        "Data: seg., 3 de mar. de 2025 às 10:22\nAssunto: Re: Boleto\nPara: <maria@aurora.example>\n\n"
        f"{PLAIN}"
    ),
    "titan": (f"\n\nEm Seg, 3 de mar de 2025, às 10:22, Guichê <suporte@guiche.example> escreveu:\n{PLAIN}"),
    "zoho2": (
        "\n\n"
        "---- Ligado seg., 03 mar. 2025 10:22:11 -0300 Guichê <suporte@guiche.example> escreveu ----\n\n"
        f"{PLAIN_QUOTED}"
    ),
    "zoho_three": (
        "\n\n\nEnviado usando o Zoho Mail\n\n\n"
        f"---- Em seg., 03 mar. 2025 10:22:11 -0300 Guichê<suporte@guiche.example> escreveu ---\n\n{PLAIN}"
    ),
    "outlook_fr": (
        "\n\nDe : Guichê <suporte@guiche.example>\nEnvoyé : lundi 3 mars 2025 10:22\nÀ : Maria\nObjet : Boleto\n\n"
        f"{PLAIN}"
    ),
    "outlook_de": (
        "\n\nVon: Guichê <suporte@guiche.example>\nGesendet: Montag, 3. März 2025 10:22\nAn: Maria\nBetreff: Boleto\n\n"
        f"{PLAIN}"
    ),
    "signature_below_quote": (
        f"\n\nEm seg., 3 de mar. de 2025 às 10:22, Guichê <suporte@guiche.example>\nescreveu:\n\n{PLAIN_QUOTED}\n\n\n"
        "-- \nMaria de Lourdes\nSecretária | Colégio Aurora"
    ),
    "list_below_quote": (
        f"\n\nEm 03/03/2025 10:22, Guichê escreveu:\n{PLAIN_QUOTED}\n\n-- \nVocê recebeu essa mensagem porque está "
        'inscrito no grupo "Secretaria" dos Grupos do Google.\nPara sair, escreva para s+unsubscribe@aurora.example.'
    ),
    "two_notices": (
        "\n\nAVISO LEGAL: Esta mensagem e seus anexos são confidenciais. Se recebida por engano, favor apagá-la.\n\n"
        "LEGAL NOTICE: This message is confidential and intended only for the addressee. If received by mistake, "
        "please delete it.\n\nDe: Guichê <s@guiche.example>\nEnviada em: segunda-feira, 3 de março de 2025 10:22\n"
        f"Para: maria@aurora.example\nAssunto: Boleto\n\n{PLAIN}"
    ),
    "avast_links": (
        "\n\n<https://www.avast.com/sig-email?utm_medium=email>\nLivre\nde vírus.www.avast.com\n"
        "<https://www.avast.com/sig-email>.\n<#DAB4FAD8-2DD7-40BB-A1B8-4E2AA1F9FDF2>\n\n"
        f"Em seg., 3 de mar. de 2025 às 10:22, Guichê <suporte@guiche.example> escreveu:\n\n{PLAIN_QUOTED}"
    ),
    "avast_below_quote": (
        f"\n\nEm 03/03/2025 10:22, Guichê escreveu:\n{PLAIN_QUOTED}\n\n<https://www.avast.com/sig-email>  Livre de "
        "vírus. www.avast.com\n<https://www.avast.com/sig-email>\n<#DAB4FAD8-2DD7-40BB-A1B8-4E2AA1F9FDF2>"
    ),
    "celular_mensagem": (
        f"\n\nMensagem enviada do meu celular.\n\nEm 03/03/2025 10:22, Guichê escreveu:\n{PLAIN_QUOTED}"
    ),
    "freshdesk": (f"\n\nEm Seg, 3 Mar em 10:22 AM , Guichê <suporte@guiche.example> escreveu:\n{PLAIN}"),
}


MORE_KEPT = (
    (
        "Segue:\n\nDe: Guichê <suporte@guiche.example>\nEnviada em: segunda-feira, 3 de março de 2025 10:22\n"
        "Para: maria@aurora.example\nAssunto: Re: Boleto\n\nQual o CNPJ? 12"
    ),
    (
        "Seguem as respostas, em destaque.\n\nDe: Guichê <suporte@guiche.example>\nEnviado: 3 de março de 2025 10:22\n"
        "Para: maria@aurora.example\nAssunto: Re: Boleto\n\nQual o CNPJ? 12"
    ),
    "Sim, pode fechar.\n\nEnviado do meu iPhone\n\nE o de janeiro, quando sai?",
    (
        "Ok, segue em anexo.\n\nEm 03/03/2025 10:22, Guichê escreveu:\n> Mande o RG e o CPF.\n\n"
        "RG 12.345.678-9\nCPF 111.444.777-35"
    ),
    "Oi\ntudo bem?\nentao\no boleto n chegou ainda\npode mandar d novo?\nobg",
    (
        "Segue o e-mail do banco:\n\n---------- Forwarded message ---------\nDe: Banco <b@x.example>\n"
        "Date: seg., 3 de mar. de 2025\nSubject: Retorno\nTo: <m@x.example>\n\nRecusado."
    ),
    (
        "Segue o que recebi:\n\nInício da mensagem encaminhada:\n\nDe: Banco <b@x.example>\n"
        "Assunto: Retorno\nData: 3 de março de 2025\nPara: m@x.example\n\nRecusado."
    ),
    (
        "Respostas em azul:\n\nDe: Guichê <suporte@guiche.example>\n"
        "Enviado: segunda-feira, 3 de março de 2025 10:22\nPara: maria@aurora.example\n"
        "Assunto: Re: Boleto\n\n1) Qual o CNPJ? 12\n2) Qual valor? 10"
    ),
    (
        "Respondi no texto.\n\nDe: Guichê <suporte@guiche.example>\n"
        "Enviado: segunda-feira, 3 de março de 2025 10:22\nPara: maria@aurora.example\n"
        "Assunto: Re: Boleto\n\nQual o CNPJ? 12"
    ),
    (
        "Respondendo ponto a ponto no próprio e-mail.\n\nDe: Guichê <suporte@guiche.example>\n"
        "Enviado: segunda-feira, 3 de março de 2025 10:22\nPara: maria@aurora.example\n"
        "Assunto: Re: Boleto\n\nQual o CNPJ? 12"
    ),
    (
        "Em seg., 3 de mar. de 2025 às 10:22, Guichê <s@guiche.example> escreveu:\n\n> Qual é o CNPJ?\n"
        "12.345\n> Até quando?\nSexta."
    ),
    "Atenciosamente,\nMaria\n\nPS: o boleto de junho também não veio.",
    "Bom dia\n\nAtt.\nMaria\n\nEsqueci: são dois boletos.",
    "Pedido 1\n--\nPedido 2?",
    "Valores:\n---\nMaio 10,00\n---\nJunho 12,00",
    'O diretor escreveu:\n"não pague".',
    "Na terça, 3 de março, Ana escreveu: não paguem.\nE agora?",
    "Ana <ana@x.example> escreveu que não recebeu.\nPodem ver?",
    "De: São Paulo\nPara: Rio\nData: 3/3\nQuero mudar o endereço.",
    "De: 8h\nPara: 9h\nAssunto: reunião",
    "Assunto: troca de turma\nDe: 5A\nPara: 5B\n\nPodem trocar?",
    "Enviado ontem o comprovante. Podem conferir?",
    "Enviado do banco hoje às 10h, falta compensar.\nAguardo.",
    "Este e-mail é da secretaria; o da direção é confidencial e não pode ser divulgado.",
    "Esta mensagem não abre: o anexo é confidencial e pede senha. Qual é?",
    "Aviso: a escola estará fechada amanhã.",
    "Aviso legal chegou para a escola. O que faço?",
    "https://drive.google.com/file/d/abc",
    "Link:\n\nhttps://drive.google.com/file/d/abc",
    "[https://drive.google.com/file/d/abc] é o link",
    "> Quando fica pronto?\n\nAmanhã.",
    "Em 03/03/2025 10:22, paguei o boleto.\nPara: escola",
    "Antes de imprimir o boleto o sistema trava.",
    "As informações contidas no boleto estão erradas.",
    "Obter o Outlook para o aluno é possível?",
    "Sent from my school last week, the form never arrived here and nobody answered us since then, please check it.",
    (
        "Sim\n\nEm seg., 3 de mar. de 2025 às 10:22, Guichê <s@guiche.example> escreveu:\n> Pode?\n\n"
        "Ah, e o outro boleto também."
    ),
    "No dia 03/03/2025 o sistema caiu.\nMaria escreveu para vocês:\nsem resposta.",
    "Você recebeu esta mensagem porque eu encaminhei o pedido da diretora; favor responder a ela.",
    "Não contém vírus o anexo? O antivírus barrou.",
    "Importante: os dados pessoais da aluna foram alterados sem que a mãe autorizasse.",
    "Importante: os dados pessoais da aluna foram enviados por engano ao destinatário errado.",
    "Importante: o vírus foi eliminado do computador da secretaria.",
    "Este documento traz dados pessoais e deve ser eliminado.",
    "Este e-mail é confidencial e foi enviado por engano; apaguem, por favor.",
    "Este documento é sigiloso e a direção não autoriza que saia da escola.",
    "As informações contidas neste e-mail estão erradas.",
    "Aviso legal: chegou ontem da prefeitura, segue em anexo.",
    "Sem vírus.",
    "Livre de vírus. www.aurora.example é o nosso site.",
    "Enviado por engano, desculpe. O certo é 12/03.",
    "Enviada a documentação por correio. Chegou?",
    "Enviado via Sedex, código BR123. Confirmem o recebimento.",
    "Boa tarde.\n\nEnviado via WhatsApp o comprovante.",
    "Enviado da secretaria o comprovante de maio.",
)
"""Also where a greeting stands before them."""
