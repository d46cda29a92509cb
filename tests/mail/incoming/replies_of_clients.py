"""Replies of people in Portugal and Brazil, with what their programs put around them, and words that stay whole."""

from tests.mail.incoming.replies import PLAIN, PLAIN_QUOTED, QUOTED

DAY = "segunda-feira, 23 de novembro de 2026"
BARRED = "\n".join(f"| {line}".rstrip() for line in PLAIN.splitlines())

OF_CLIENTS = {
    "ol_desktop_assin": (
        f"\n\nDe: Guichê Suporte <suporte@guiche.example> \nEnviada em: {DAY} 10:12\n"
        "Para: Maria de Lourdes <maria@aurora.example>\n"
        "Cc: Direção <dir@aurora.example>; Financeiro <fin@aurora.example>\n"
        f"Assunto: RES: [#10017] Boleto de dezembro\n\n{PLAIN}"
    ),
    "ol_from_commas": (
        "\n\nDe: Silva, Paula, Financeiro e Cobrança, Guichê Atendimento <suporte@guiche.example>\n"
        f"Enviada em: {DAY} 10:12\n"
        "Para: Lourdes, Maria de, Secretaria <maria@aurora.example>; Souza, Ana <ana@aurora.example>\n"
        f"Assunto: RES: Boleto\n\n{PLAIN}"
    ),
    "ol_wrapped_to": (
        f"\n\nDe: Guichê Suporte <suporte@guiche.example>\nEnviada em: {DAY} 10:12\n"
        "Para: Maria de Lourdes <maria@aurora.example>; Direção Geral do Colégio\n"
        "Aurora <dir@aurora.example>; Financeiro <fin@aurora.example>\n"
        f"Assunto: RES: Boleto de dezembro da unidade Vila Mariana que não foi\ncorrigido\n\n{PLAIN}"
    ),
    "ol_md_bold_all": (
        f"\n\n**De:** Guichê <suporte@guiche.example>\n**Enviado:** {DAY} 10:12\n"
        f"**Para:** Maria <maria@aurora.example>\n**Assunto:** Re: Boleto\n\n{PLAIN}"
    ),
    "ol_bold_rule": (
        f"\n\n------------------------------\n*De:* Guichê <suporte@guiche.example>\n*Enviado:* {DAY} 10:12:33\n"
        f"*Para:* maria@aurora.example <maria@aurora.example>\n*Assunto:* Boleto\n\n{PLAIN}"
    ),
    "ol_tab": (
        f"\n\nDe:\tGuichê <suporte@guiche.example>\nEnviado:\t{DAY} 10:12\nPara:\tmaria@aurora.example\n"
        f"Assunto:\tBoleto\n\n{PLAIN}"
    ),
    "ol_anexos": (
        f"\n\nDe: Guichê <suporte@guiche.example>\nEnviada em: {DAY} 10:12\nPara: maria@aurora.example\n"
        "Assunto: RES: Boleto\nAnexos: boleto.pdf\nSinalizador de acompanhamento: Acompanhar\n"
        f"Status do sinalizador: Sinalizada\n\n{PLAIN}"
    ),
    "ol_web_data": (
        f"\n________________________________\nDe: Guichê <suporte@guiche.example>\nEnviado: {DAY} 10:12\n"
        "Para: Maria de Lourdes <maria@aurora.example>\nAssunto: Re: Boleto\n\n"
        "Você não costuma receber emails de suporte@guiche.example. Saiba por que isso é "
        f"importante<https://aka.ms/LearnAboutSenderIdentification>\n\n{PLAIN}"
    ),
    "ol_mobile_enviado_android": (
        "\n\nEnviado do Outlook para Android<https://aka.ms/AAb9ysg>\n________________________________\n"
        "De: Guichê <suporte@guiche.example>\nEnviado: segunda-feira, novembro 23, 2026 10:12:05 AM\n"
        f"Para: Maria <maria@aurora.example>\nAssunto: Boleto\n\n{PLAIN}"
    ),
    "ol_mobile_baixar": (
        "\n\nBaixar o Outlook para iOS<https://aka.ms/o0ukef>\n________________________________\n"
        "De: Guichê <suporte@guiche.example>\nEnviado: Monday, November 23, 2026 10:12:05 AM\n"
        f"Para: Maria <maria@aurora.example>\nAssunto: Boleto\n\n{PLAIN}"
    ),
    "ol_mobile_obtenha": (
        "\n\nObtenha o Outlook para iOS<https://aka.ms/o0ukef>\n________________________________\n"
        "De: Guichê <suporte@guiche.example>\nEnviado: Monday, November 23, 2026 10:12:05 AM\n"
        f"Para: Maria <maria@aurora.example>\nAssunto: Boleto\n\n{PLAIN}"
    ),
    "ol_pt_pt": (
        "\n\nDe: Guichê <suporte@guiche.example>\nEnviada: 23 de novembro de 2026 10:12\n"
        f"Para: Maria <maria@aurora.example>\nAssunto: RE: Boleto\n\n{PLAIN}"
    ),
    "ol_es": (
        "\n\nDe: Guichê <suporte@guiche.example>\nEnviado el: lunes, 23 de noviembre de 2026 10:12\n"
        f"Para: Maria <maria@aurora.example>\nAsunto: RE: Boleto\n\n{PLAIN}"
    ),
    "ol_es_fecha": (
        "\n\nDe: Guichê <suporte@guiche.example>\nFecha: lunes, 23 de noviembre de 2026, 10:12\n"
        f"Para: Maria <maria@aurora.example>\nAsunto: RE: Boleto\n\n{PLAIN}"
    ),
    "ol_it": (
        "\n\nDa: Guichê <suporte@guiche.example>\nInviato: lunedì 23 novembre 2026 10:12\n"
        f"A: Maria <maria@aurora.example>\nOggetto: RE: Boleto\n\n{PLAIN}"
    ),
    "gm_web_long_name": (
        "\n\nEm seg., 23 de nov. de 2026 às 10:12, Guichê Atendimento ao Cliente da Rede\n"
        f"Aurora de Ensino <suporte+10017.abcdefghijklmnop@guiche.example> escreveu:\n\n{QUOTED}"
    ),
    "gm_wrapped_word": (
        "\n\nEm seg., 23 de nov. de 2026 às 10:12, Guichê <\n"
        f"suporte+10017.abcdefghijklmnopqrstuvwxyz0123456789@atendimento.guiche.example>\nescreveu:\n\n{QUOTED}"
    ),
    "gm_via": (
        "\n\nEm seg., 23 de nov. de 2026 às 10:12, Guichê (via Suporte Aurora) <suporte@guiche.example> "
        f"escreveu:\n\n{QUOTED}"
    ),
    "gm_sig_dashes_before": (
        "\n\n--\n*Maria de Lourdes*\nSecretária Escolar\nColégio Aurora\n(11) 4002-8922 | www.aurora.example\n\n"
        f"Em seg., 23 de nov. de 2026 às 10:12, Guichê <suporte@guiche.example> escreveu:\n\n{QUOTED}"
    ),
    "gm_android_no_quote": (
        f"\n\nEm seg., 23 de nov. de 2026, 10:12, Guichê <suporte@guiche.example> escreveu:\n\n{PLAIN}"
    ),
    "gm_es": (
        f"\n\nEl lun, 23 nov 2026 a las 10:12, Guichê Suporte (<suporte@guiche.example>)\nescribió:\n\n{PLAIN_QUOTED}"
    ),
    "gm_en_narrow": (f"\n\nOn Mon, Nov 23, 2026 at 10:12\u202fAM Guichê <suporte@guiche.example> wrote:\n\n{QUOTED}"),
    "gm_nbsp": (
        f"\n\nEm seg., 23 de nov. de 2026 às 10:12,\xa0Guichê\xa0<suporte@guiche.example>\xa0escreveu:\n\n{QUOTED}"
    ),
    "gm_ios_nbsp_lines": (
        f"\n\n\xa0\n\nEm seg., 23 de nov. de 2026 às 10:12, Guichê <suporte@guiche.example> escreveu:\n\n{PLAIN}"
    ),
    "ap_mac_nbsp": (
        f"\n\nEm 23 de nov. de 2026, à(s) 10:12, Guichê <suporte@guiche.example> escreveu:\n\n\ufeff{PLAIN}"
    ),
    "ap_iphone_pt_pt": (
        "\n\nEnviado do meu iPhone\n\nNo dia 23/11/2026, às 10:12, Guichê <suporte@guiche.example> escreveu:\n\n"
        f"\ufeff{PLAIN}"
    ),
    "ap_iphone_pt_pt_quoted": (
        "\n\nEnviado a partir do meu iPhone\n\n"
        f"> No dia 23/11/2026, às 10:12, Guichê <suporte@guiche.example> escreveu:\n> \n{PLAIN_QUOTED}"
    ),
    "ap_es": (
        "\n\nEnviado desde mi iPhone\n\n> El 23 nov 2026, a las 10:12, Guichê <suporte@guiche.example> escribió:\n"
        f"> \n{PLAIN_QUOTED}"
    ),
    "ap_two_dash_device": (
        "\n\n--\nEnviado do meu iPhone\n\n"
        f"Em 23 de nov. de 2026, à(s) 10:12, Guichê <suporte@guiche.example> escreveu:\n\n{PLAIN_QUOTED}"
    ),
    "ap_device_dot": ("\n\nEnviado do meu iPhone.\n"),
    "ap_device_star": ("\n\n*Enviado do meu iPad*"),
    "ap_watch": ("\n\nEnviado do meu Apple Watch"),
    "ya_conv": (f"\n\n    Em {DAY} 10:12:33 GMT-3, Guichê <suporte@guiche.example> escreveu:  \n \n {PLAIN}"),
    "ya_brst": (f"\n\nEm {DAY} 10:12:33 BRST, Guichê escreveu:\n\n{PLAIN}"),
    "ya_android_app": (
        "\n\nYahoo Mail: pesquise, organize, conquiste\n\nEm seg., 23 de nov. de 2026 às 10:12, Guichê\n"
        f"<suporte@guiche.example> escreveu:\n{PLAIN}"
    ),
    "uol_new": (f"\n\n---\nEm 23/11/2026 às 10:12, Guichê escreveu:\n\n{PLAIN}"),
    "uol_quote_header": (
        '\n\n  De: "Guichê" <suporte@guiche.example>\n  Enviada: 2026/11/23 10:12:00\n  Para: maria@uol.example\n'
        f"  Assunto: Boleto\n\n  {PLAIN}"
    ),
    "terra_mail": (
        f"\n\nEm Seg, 23 de Nov de 2026 às 10:12, Guichê\n<suporte@guiche.example> escreveu:\n> {PLAIN_QUOTED}"
    ),
    "bol_hr": (
        "\n\n------------------------------\n\nDe: suporte@guiche.example\n"
        "Enviada: Segunda-feira, 23 de Novembro de 2026 10:12\nPara: maria@bol.example\nAssunto: Boleto\n\n"
        f"{PLAIN}"
    ),
    "ig_mail": (f"\n\n---- Guichê escreveu ----\n\n{PLAIN_QUOTED}"),
    "rc_below_sig": (
        "\n\n---\nMaria de Lourdes\nSecretaria - Colégio Aurora\nTel: (11) 4002-8922\n\n"
        f"Em 2026-11-23 10:12, Guichê escreveu:\n\n{PLAIN_QUOTED}"
    ),
    "rc_sig_only": ("\n\n---\nMaria de Lourdes\nSecretaria - Colégio Aurora\nTel: (11) 4002-8922"),
    "rc_wrap": (
        "\n\nEm 23-11-2026 10:12, Guichê Atendimento da Rede Aurora de Ensino Fundamental\ne Médio escreveu:\n\n"
        f"{PLAIN_QUOTED}"
    ),
    "zi_br": (
        '\n\nDe: "Guichê" <suporte@guiche.example>\nPara: "Maria" <maria@aurora.example>\n'
        f"Enviadas: Segunda-feira, 23 de novembro de 2026 10:12:00\nAssunto: Boleto\n\n{BARRED}"
    ),
    "zi_rule_bars": (f"\n\n----- Em 23 de Nov de 2026, em 10:12, Guichê suporte@guiche.example escreveu:\n\n{BARRED}"),
    "zi_mobile": (
        "\n\n----- Mensagem original -----\nDe: Guichê <suporte@guiche.example>\nPara: maria@aurora.example\n"
        f"Enviadas: Mon, 23 Nov 2026 10:12:00 -0300 (BRT)\nAssunto: Boleto\n\n{PLAIN}"
    ),
    "ex_livre": (f'\n\nEm 23/11/2026 às 10:12 horas, "Guichê" <suporte@guiche.example> escreveu:\n{PLAIN_QUOTED}'),
    "ex_livre_sent": (
        f"\n\n Em Segunda-feira, 23/11/2026 às 10:12, Guichê <suporte@guiche.example> escreveu:\n\n{PLAIN_QUOTED}"
    ),
    "gw_novell": (f"\n\n>>> Guichê <suporte@guiche.example> 23/11/2026 10:12 >>>\n{PLAIN}"),
    "gw_novell_day": (f"\n\n>>> On 23/11/2026 at 10:12, Guichê <suporte@guiche.example> wrote:\n{PLAIN_QUOTED}"),
    "tb_pt_pt": (f"\n\nA 23/11/2026 10:12, Guichê escreveu:\n{PLAIN_QUOTED}"),
    "tb_pt_em_dash": (
        "\n\nEm 23/11/2026 10:12, Guichê Suporte via Guichê escreveu:\n> Solicitação #10017: Boleto de dezembro\n"
        ">\n> Paula, da equipe Financeiro, respondeu: O boleto foi corrigido e já está no\nportal.\n"
        "> Pode conferir?"
    ),
    "tb_sig": ("\n\n-- \nMaria de Lourdes\nColégio Aurora"),
    "sa_email": (
        "\n\nEnviado de meu Galaxy\n\n\n-------- Mensagem original --------\nDe: Guichê <suporte@guiche.example>\n"
        f"Data: 23/11/2026 10:12 (GMT-03:00)\nPara: maria@aurora.example\nAssunto: Boleto\n\n{PLAIN}"
    ),
    "sa_plain": (
        "\n\nEnviado a partir do meu smartphone Samsung Galaxy.\n-------- Mensagem original --------\n"
        "De: Guichê <suporte@guiche.example>\nData: 23/11/26 10:12 (GMT-03:00)\nPara: maria@aurora.example\n"
        f"Assunto: Boleto\n\n{PLAIN}"
    ),
    "sa_tim": (
        "\n\nEnviado do meu telefone Samsung Galaxy da TIM\n\n-------- Mensagem original --------\nDe: Guichê\n"
        f"Data: 23/11/2026\n\n{PLAIN}"
    ),
    "zo_pt": (
        f"\n\n\n---- Em seg., 23 nov. 2026 10:12:00 -0300, Guichê <suporte@guiche.example> escreveu ----\n\n{PLAIN}"
    ),
    "zo_on": (
        "\n\n\n============ Em Mon, 23 Nov 2026 10:12:00 -0300, Guichê <suporte@guiche.example> escreveu "
        f"============\n\n{PLAIN}"
    ),
    "pr_pt": (
        "\n\nEnviado com segurança usando o Proton Mail.\n\n"
        f"Em {DAY} às 10:12, Guichê <suporte@guiche.example> escreveu:\n\n{PLAIN_QUOTED}"
    ),
    "tuta": (f"\n\n\n23 de nov. de 2026, 10:12 por suporte@guiche.example:\n\n{PLAIN_QUOTED}"),
    "tuta_en": (f"\n\n-- \nEnviado com Tuta\n\n23 de nov. de 2026 10:12 de suporte@guiche.example:\n\n{PLAIN_QUOTED}"),
    "fastmail": (f"\n\nEm seg, 23 de nov de 2026, às 10:12 AM, Guichê wrote:\n{PLAIN_QUOTED}"),
    "iso_date": (f"\n\nEm 2026-11-23T10:12:00-03:00, Guichê escreveu:\n{PLAIN_QUOTED}"),
    "ddmmm": (f"\n\nEm 23-nov-2026 10:12, Guichê <suporte@guiche.example> escreveu:\n{PLAIN_QUOTED}"),
    "escreveu_na": (f"\n\nGuichê <suporte@guiche.example> escreveu na segunda, 23/11/2026 às 10:12:\n\n{PLAIN_QUOTED}"),
    "respondeu": (f"\n\nEm 23/11/2026 10:12, Guichê <suporte@guiche.example> respondeu:\n\n{PLAIN_QUOTED}"),
    "en_original_plain": (
        "\n\n-----Original Message-----\nFrom: Guichê <suporte@guiche.example> \n"
        "Sent: Monday, November 23, 2026 10:12 AM\nTo: Maria <maria@aurora.example>\nSubject: RE: Boleto\n\n"
        f"{PLAIN}"
    ),
    "sig_underscore": (
        "\n\n_______________________\nMaria de Lourdes\nSecretária Escolar\nColégio Aurora - Unidade Centro\n"
        "Telefone: (11) 4002-8922 Ramal 12\nmaria@aurora.example"
    ),
    "sig_dash3": (
        "\n\n---\nMaria de Lourdes Souza\nCoordenadora Financeira\n+55 11 98765-4321\nhttps://aurora.example"
    ),
    "sig_dash2": ("\n\n--\nMaria de Lourdes Souza\n+55 11 98765-4321"),
    "sig_dash_em": ("\n\n—\nMaria de Lourdes Souza\nColégio Aurora"),
    "disc_pt1": (
        "\n\nEsta mensagem pode conter informação confidencial e/ou privilegiada. Se você não for o\n"
        "destinatário ou a pessoa autorizada a receber esta mensagem, não pode usar, copiar ou\n"
        "divulgar as informações nela contidas. Se você recebeu esta mensagem por engano, por favor\n"
        "avise imediatamente o remetente e em seguida apague-a."
    ),
    "disc_pt2": (
        "\n\nAVISO: As informações contidas neste e-mail e nos arquivos anexados são confidenciais. Se você "
        "recebeu por engano, favor eliminar."
    ),
    "disc_pt3": (
        "\n\nAs informações contidas nesta mensagem são confidenciais e protegidas pelo sigilo legal. A "
        "divulgação,\ndistribuição ou reprodução depende da autorização do emissor."
    ),
    "disc_lgpd": (
        "\n\nEste e-mail e seus anexos contêm dados pessoais protegidos pela Lei 13.709/2018 (LGPD) e são "
        "destinados exclusivamente ao destinatário; se o recebeu por engano, apague-o."
    ),
    "disc_star": (
        "\n\n*Esta mensagem, incluindo seus anexos, contém informações confidenciais e é destinada somente "
        "ao destinatário. Se recebida por engano, elimine-a.*"
    ),
    "disc_nota": (
        "\n\nNota de confidencialidade: este e-mail é dirigido apenas ao seu destinatário. Caso o tenha "
        "recebido por engano, apague."
    ),
    "disc_conf": (
        "\n\nCONFIDENCIALIDADE: Esta mensagem é destinada exclusivamente ao destinatário. Se recebeu por "
        "erro, elimine-a."
    ),
    "disc_two_par": (
        "\n\n-- \nMaria\n\nEsta mensagem é confidencial. Se você a recebeu por engano, apague-a.\n\n"
        "Antes de imprimir, pense no meio ambiente."
    ),
    "disc_ruled": (
        "\n\n__________________________________________________\n"
        "Esta mensagem pode conter informação confidencial. Se não for o destinatário, apague-a."
    ),
    "print_green": ("\n\nPense no Meio Ambiente antes de imprimir este e-mail."),
    "print_green2": ("\n\nAntes de imprimir este e-mail, pense em seu compromisso com o MEIO AMBIENTE."),
    "avg": ("\n\n<https://www.avg.com/email-signature>\nSem vírus. www.avg.com\n<https://www.avg.com/email-signature>"),
    "avast_checked": ("\n\n--\nEste email foi escaneado pelo Avast antivírus.\nwww.avast.com"),
    "avast_checked2": ("\n\n---\nEste email foi verificado pelo Avast.\nhttps://www.avast.com/antivirus"),
    "ol_de_semana": (
        "\n\n-----Mensagem Original-----\nDe: suporte@guiche.example <suporte@guiche.example> \n"
        f"Enviada em: {DAY} 09:01\nPara: 'Maria' <maria@aurora.example>\nAssunto: ENC: RES: Boleto\n"
        f"Prioridade: Alta\n\n{PLAIN}"
    ),
    "ol_hora": (
        f"\n\nDe: Guichê\nEnviado: {DAY} 09:01:22\nPara: maria@aurora.example; diretoria@aurora.example;\n"
        "financeiro@aurora.example; secretaria@aurora.example;\ncoordenacao@aurora.example\n"
        f"Cc: outro@aurora.example\nAssunto: Re: Boleto\n\n{PLAIN}"
    ),
    "ol_cco": (
        f"\n\nDe: Guichê <suporte@guiche.example>\nEnviado: {DAY}\nPara: maria@aurora.example\n"
        f"Cco: x@aurora.example\nAssunto: Re: Boleto\n\n{PLAIN}"
    ),
    "ol_resp_para": (
        f"\n\nDe: Guichê <suporte@guiche.example>\nResponder a: suporte@guiche.example\nData: {DAY} 09:01\n"
        f"Para: maria@aurora.example\nAssunto: Re: Boleto\n\n{PLAIN}"
    ),
    "gm_em_dom": (
        "\n\nEm dom., 1 de mar. de 2026, 09:01, Guichê via Rede Aurora <\nsuporte@guiche.example> escreveu:\n\n"
        f"{QUOTED}"
    ),
    "gm_en_gb": (f"\n\nOn Tue, 3 Mar 2026 at 09:01, Guichê <suporte@guiche.example> wrote:\n\n{QUOTED}"),
    "gm_pt_pt_web": (f"\n\nGuichê <suporte@guiche.example> escreveu (terça, 3/03/2026 à(s)\n09:01):\n\n{QUOTED}"),
    "ap_mail_no_addr": (f"\n\nEm 3 de mar. de 2026, à(s) 09:01, Guichê Atendimento escreveu:\n\n{PLAIN_QUOTED}"),
    "ap_mail_en_device_pt": (
        "\n\nEnviado do meu iPhone\n\nOn Mar 3, 2026, at 9:01 AM, Guichê <suporte@guiche.example> wrote:\n\n\ufeff\n"
        f"{PLAIN}"
    ),
    "ap_sem_fio": (
        "\n\nEnviado do meu iPhone X\n\n"
        f"> Em 3 de mar de 2026, à(s) 09:01, Guichê <suporte@guiche.example> escreveu:\n> \n{PLAIN_QUOTED}"
    ),
    "ya_mobile2": (
        "\n\nEnviado do Yahoo Mail para iPhone\n\n\n"
        f"Em terça-feira, março 3, 2026, 9:01 AM, Guichê <suporte@guiche.example> escreveu:\n\n{PLAIN}"
    ),
    "hotmail_android": (
        "\n\nObter o Outlook para Android\n________________________________\n"
        "From: Guichê <suporte@guiche.example>\nSent: Tuesday, March 3, 2026 9:01:02 AM\n"
        f"To: maria@hotmail.example <maria@hotmail.example>\nSubject: Boleto\n\n{PLAIN}"
    ),
    "samsung_galaxy_a": (
        "\n\nEnviado do meu Samsung Galaxy A54\n\n-------- Mensagem original --------\n"
        "De: Guichê <suporte@guiche.example> \nData: 03/03/2026 09:01 (GMT-03:00) \n"
        f"Para: maria@aurora.example \nAssunto: Boleto \n\n{PLAIN}"
    ),
    "samsung_obt": (f"\n\nEnviado via meu smartphone Samsung Galaxy.\nObter o Outlook para Android\n\n{QUOTED}"),
    "motorola": (
        "\n\nEnviado do meu motorola\n\n"
        f"Em ter., 3 de mar. de 2026 09:01, Guichê <suporte@guiche.example> escreveu:\n\n{QUOTED}"
    ),
    "locaweb_email": (f"\n\nEm 03/03/2026 09:01, Guichê Suporte < suporte@guiche.example >\nescreveu:\n\n> {QUOTED}"),
    "kinghost": (
        "\n\n---\nAtt,\nMaria de Lourdes\nSecretaria\n(11) 4002-8922\n\n"
        f"Em 03-03-2026 09:01, suporte@guiche.example escreveu:\n\n{QUOTED}"
    ),
    "hostgator_rc": (
        "\n\n---\nMaria de Lourdes | Secretaria\nTel.: 11 4002-8922 | www.aurora.example\n\n"
        f"Em 2026-03-03 09:01, suporte@guiche.example escreveu:\n\n{QUOTED}"
    ),
    "zimbra_from": (
        f"\n\nDe: suporte@guiche.example\nPara: maria@aurora.example\nEnviadas: {DAY} 9:01:22\nAssunto: Re: Boleto\n"
        f"\n{PLAIN}"
    ),
    "icewarp": (
        '\n\n-----Original Message-----\nFrom: "Guichê" <suporte@guiche.example>\nTo: maria@aurora.example\n'
        f"Date: 03/03/2026 09:01\nSubject: Boleto\n\n{PLAIN}"
    ),
    "zoho_mobile": (
        "\n\nEnviado pelo Zoho Mail do celular\n\n"
        f"---- Em ter., 03 mar. 2026 09:01:22 -0300  suporte@guiche.example  escreveu ----\n\n{PLAIN}"
    ),
    "mailbird": (f"\n\nEm 03/03/2026 09:01:22, Guichê <suporte@guiche.example> escreveu:\n{PLAIN}"),
    "em_client": (
        '\n\n------ Mensagem Original ------\nDe "Guichê" <suporte@guiche.example>\nPara maria@aurora.example\n'
        f"Data 03/03/2026 09:01:22\nAssunto Re: Boleto\n\n{PLAIN}"
    ),
    "em_client_colon": (
        '\n\n------ Mensagem original ------\nDe: "Guichê" <suporte@guiche.example>\nPara: maria@aurora.example\n'
        f"Enviado(s): 03/03/2026 09:01:22\nAssunto: Re: Boleto\n\n{PLAIN}"
    ),
    "pt_pt_sapo": (f"\n\nCitando Guichê <suporte@guiche.example>:\n\n{PLAIN_QUOTED}"),
    "pt_pt_tb": (f"\n\nÀs 09:01 de 3/3/2026, Guichê escreveu:\n{PLAIN_QUOTED}"),
    "es_tb": (f"\n\nEl 3/3/26 a las 9:01, Guichê escribió:\n{PLAIN_QUOTED}"),
    "es_ol_web": (
        "\n\n________________________________\nDe: Guichê <suporte@guiche.example>\n"
        f"Enviado: martes, 3 de marzo de 2026 9:01\nPara: maria@aurora.example\nAsunto: Re: Boleto\n\n{PLAIN}"
    ),
    "es_gmail_movil": (
        f"\n\nEl mar, 3 de mar de 2026, 9:01 a. m., Guichê <suporte@guiche.example> escribió:\n\n{QUOTED}"
    ),
    "es_iphone": ("\n\nEnviado desde mi iPhone"),
    "es_outlook_ios": ("\n\nObtener Outlook para iOS<https://aka.ms/o0ukef>"),
    "en_disc": (
        "\n\nThis email and any attachments are confidential and intended solely for the addressee. If you "
        "have received it in error please delete it."
    ),
    "sig_gmail_logo": (
        "\n\n-- \n[image: Logo Colégio Aurora]\n*Maria de Lourdes*\nSecretária\n(11) 4002-8922\n"
        "<http://www.aurora.example>"
    ),
    "sig_cid": ("\n\n--\nMaria de Lourdes\n[cid:image001.png@01D9]\nColégio Aurora"),
    "sig_stars": ("\n\n***********************\nMaria de Lourdes\nSecretaria\nFone: (11) 4002-8922"),
    "sig_tilde": ("\n\n~~~~~~~~~~~~~\nMaria de Lourdes\nFone: (11) 4002-8922"),
    "disc_banner_env": (
        "\n\nEste documento pode incluir informações confidenciais e de propriedade restrita do Colégio "
        "Aurora e apenas pode ser lido por aquele(s) a qual o mesmo tenha sido endereçado. Se você "
        "recebeu essa mensagem por engano, notifique o remetente."
    ),
    "disc_mensagem_e": (
        "\n\nA informação contida nesta mensagem é confidencial e destina-se apenas ao destinatário. Se a "
        "recebeu por engano, apague-a."
    ),
    "disc_conteudo": (
        "\n\nO conteúdo deste e-mail é confidencial e destinado exclusivamente ao destinatário especificado."
    ),
    "disc_antes_imprimir": ("\n\nP Antes de imprimir, pense em sua responsabilidade com o meio ambiente!"),
    "kaspersky": ("\n\n---\nEsta mensagem foi verificada pelo antivírus Kaspersky."),
}

STAY_WHOLE = (
    (
        "Olá Paula,\n\nrespondo nas linhas.\n\nEm 23/11/2026 10:12, Guichê escreveu:\n> Qual é o CNPJ?\n"
        "12.345.678/0001-95\n> Até quando?\nsexta"
    ),
    (
        "Olá!\n\nEm 23/11/2026 10:12, Guichê escreveu:\n| Qual é o CNPJ?\n\n12.345.678/0001-95\n\n"
        "| Até quando precisa?\n\nAté sexta."
    ),
    (f"Em 23/11/2026 10:12, Guichê escreveu:\n{PLAIN_QUOTED}\n\nConferi, está certo. Podem fechar."),
    (f"{PLAIN_QUOTED}\n\nConferi, está certo."),
    (
        "Vejam o que o banco mandou.\n\n---------- Mensagem encaminhada ---------\nDe: Banco <banco@example.br>\n"
        "Data: seg., 23 de nov. de 2026 às 10:12\nSubject: Retorno\nTo: <maria@aurora.example>\n\n"
        "O boleto foi recusado."
    ),
    (
        "Vejam abaixo.\n\nInício da mensagem reencaminhada:\n\nDe: Banco <banco@example.br>\nAssunto: Retorno\n"
        "Data: 23 de novembro de 2026 10:12:00 BRT\nPara: maria@aurora.example\n\nRecusado."
    ),
    (
        "Segue.\n\nInício da mensagem encaminhada:\n\n> De: Banco <banco@example.br>\n> Assunto: Retorno\n"
        "> Data: 23 de novembro de 2026\n> Para: maria@aurora.example\n>\n> Recusado."
    ),
    ("Primeiro: o boleto de maio veio errado.\n--\nSegundo: o de junho não veio."),
    ("Aluno: João Silva\n---\nAluna: Maria Souza\nTelefone da mãe: (11) 98765-4321"),
    ("Itens:\n____________\nMaria de Souza deve ligar para (11) 4002-8922 amanhã cedo, pode ser?"),
    ("Segue a tabela:\n\n| Aluno | Valor |\n| João  | 10,00 |\n| Ana   | 12,00 |"),
    ("O telefone é:\n\n(11) 98765-4321\nMaria de Lourdes"),
    ("Pode ligar.\n\nAtt,\nMaria\n(11) 98765-4321"),
    ("Enviado do meu celular o boleto não abre; do computador abre."),
    ('Esta mensagem apareceu na tela: "dados confidenciais, apague o cache". O que faço?'),
    ("Aviso: o sistema está fora desde as 8h. Podem verificar?"),
    (
        "Seguem respostas em vermelho.\n\nDe: Guichê <suporte@guiche.example>\nEnviado: 23/11/2026 10:12\n"
        "Para: maria@aurora.example\nAssunto: Boleto\n\nQual é o CNPJ?\n12.345.678/0001-95"
    ),
    (
        "Conferi.\n\n-- \nMaria de Lourdes\nColégio Aurora\n\n"
        "PS: o boleto de junho também veio errado, podem corrigir? Preciso até sexta-feira porque a "
        "direção vai fechar o mês."
    ),
    ("Conferi.\n\nEnviado do meu iPhone\n\nPS: falta o de junho."),
    ("Paula, respondendo:\n\n> 1) CNPJ?\n12.345.678/0001-95\n\n> 2) Nome?\nMaria"),
    ("Enviado do meu iPhone\n\nOi, esqueci de dizer: é do 5º ano."),
    ("Dados para depósito:\n\n---\n\nMaria de Lourdes\nBanco 001 Ag 1234-5\nPix: maria@aurora.example"),
    ("Alunos:\n\n---\nJoão Silva\nTel: (11) 98765-4321\n---\nAna Lima\nTel: (11) 98765-4322"),
    ("Oi\n--\nPodem ver o boleto?"),
)
