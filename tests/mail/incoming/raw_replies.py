"""Seventy-eight whole replies as Portuguese programs put them on the wire, each with what of it is new."""

import base64
import quopri
from typing import NamedTuple

HEAD = (
    "From: {by} <maria@aurora.example>\nTo: suporte@guiche.example\nSubject: Re: [#10017] Boleto\nMIME-Version: 1.0\n"
)
OURS = ("— responda acima desta linha —", "", "Paula Reis respondeu:", "", "Qual é o CNPJ?", "Até quando pagam?")
PLAIN = "\n".join(OURS)
MARKED = "\n".join(f"> {line}".rstrip() for line in OURS)
LETTER = (
    '<div style="display:none;max-height:0">Paula Reis respondeu: Qual é o CNPJ?</div><div style="font-size:1px">'
    "— responda acima desta linha —</div><p>Guichê</p><div><p>Paula Reis respondeu:</p><p>Qual é o CNPJ?<br>"
    "Até quando pagam?</p></div>"
)


class Sent(NamedTuple):
    """`new` is what is to be read of it."""

    new: str
    raw: bytes


def part(text: str, kind: str = "plain", charset: str = "utf-8", encoding: str = "8bit", more: str = "") -> bytes:
    content = text.encode(charset)
    if encoding == "quoted-printable":
        content = quopri.encodestring(content)
    elif encoding == "base64":
        content = base64.encodebytes(content)
    head = f"Content-Type: text/{kind}; charset={charset}{more}\nContent-Transfer-Encoding: {encoding}\n\n"
    return head.encode() + content


def alone(new: str, text: str, kind: str = "plain", *form: str, by: str = "Maria Souza") -> Sent:
    return Sent(new, HEAD.format(by=by).encode() + part(text, kind, *form))


def both(new: str, plain: str, html: str, *form: str, by: str = "Maria Souza") -> Sent:
    pieces = b"".join(b"\n--x\n" + each for each in (part(plain, "plain", *form), part(html, "html", *form)))
    kind = b"Content-Type: multipart/alternative; boundary=x\n"
    return Sent(new, HEAD.format(by=by).encode() + kind + pieces + b"\n--x--\n")


QP, B64 = ("utf-8", "quoted-printable"), ("utf-8", "base64")
LATIN, WINDOWS = ("iso-8859-1", "8bit"), ("windows-1252", "quoted-printable")
FLOWED = ("utf-8", "8bit", "; format=flowed")
DAY = "segunda-feira, 23 de novembro de 2026 10:12"

OUTLOOK = (
    f"De: Guichê <suporte@guiche.example>\nEnviada em: {DAY}\nPara: Maria Souza <maria@aurora.example>\n"
    f"Assunto: [#10017] Boleto\n\n{PLAIN}"
).replace("—", "-")
OUTLOOK_HTML = (
    '<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class=MsoNormal><b>De:</b> Guichê &lt;suporte@guiche.'
    f"example&gt; <br><b>Enviada em:</b> {DAY}<br><b>Para:</b> Maria Souza &lt;maria@aurora.example&gt;<br>"
    f"<b>Assunto:</b> [#10017] Boleto</p></div>{LETTER}"
)
WEB = (
    '<div id="appendonsend"></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><font>'
    f"<b>De:</b> Guichê &lt;suporte@guiche.example&gt;<br><b>Enviado:</b> {DAY}<br><b>Para:</b> Maria Souza "
    f"&lt;maria@aurora.example&gt;<br><b>Assunto:</b> [#10017] Boleto</font><div>&nbsp;</div></div>{LETTER}"
)
GMAIL = f"Em seg., 23 de nov. de 2026 às 10:12, Guichê <suporte@guiche.example>\nescreveu:\n\n{MARKED}"
GMAIL_HTML = (
    '<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Em seg., 23 de nov. de 2026 às 10:12, Guichê &lt;'
    '<a href="mailto:suporte@guiche.example">suporte@guiche.example</a>&gt; escreveu:<br></div><blockquote class="gma'
    f'il_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid">{LETTER}</blockquote></div>'
)
PHONE = f"Em 23 de nov. de 2026, à(s) 10:12, Guichê <suporte@guiche.example> escreveu:\n\n{MARKED}"
PHONE_HTML = (
    '<div dir="ltr"><br><blockquote type="cite">Em 23 de nov. de 2026, à(s) 10:12, Guichê &lt;suporte@guiche.example'
    f'&gt; escreveu:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">{LETTER}</div></blockquote>'
)
YAHOO = (
    f"Em segunda-feira, 23 de novembro de 2026 às 10:12:33 BRT, Guichê <suporte@guiche.example> escreveu:\n\n{MARKED}"
)
YAHOO_HTML = (
    '<div id="yahoo_quoted_1" class="yahoo_quoted"><div><div>Em segunda-feira, 23 de novembro de 2026 às 10:12:33 BRT'
    f", Guichê &lt;suporte@guiche.example&gt; escreveu:</div><div><br></div><div>{LETTER}</div></div></div>"
)
ROUNDCUBE = f"Em 23-11-2026 10:12, Guichê escreveu:\n\n{MARKED}"
THUNDERBIRD = f"Em 23/11/2026 10:12, Guichê escreveu:\n{MARKED}"
ZIMBRA = (
    '----- Mensagem original -----\nDe: "Guichê" <suporte@guiche.example>\nPara: "Maria Souza" '
    "<maria@aurora.example>\nEnviadas: Segunda-feira, 23 de novembro de 2026 10:12:33\n"
    f"Assunto: [#10017] Boleto\n\n{PLAIN}"
)
SAMSUNG = (
    "-------- Mensagem original --------\nDe: Guichê <suporte@guiche.example> \nData: 23/11/2026 10:12 (GMT-03:00) \n"
    f"Para: maria@aurora.example \nAssunto: [#10017] Boleto \n\n{PLAIN}"
)
BOL = (
    'De: "Guichê" <suporte@guiche.example>\nEnviada: 2026/11/23 10:12:33\nPara: maria@aurora.example\n'
    f"Assunto: [#10017] Boleto\n \n{PLAIN}"
)
UOL = f'Em 23/11/2026 às 10:12 horas, "Guichê" suporte@guiche.example escreveu:\n\n{PLAIN}'
TERRA = f"Em Seg 23/11/26 10:12, Guichê suporte@guiche.example escreveu:\n\n{MARKED}"

CNPJ = "É 11.222.333/0001-81. Pagamos até sexta."
SAID = f"Bom dia, Paula.\n\n{CNPJ}"
OFFICE = "Maria Souza\nSecretária escolar\nColégio Aurora\n(11) 4002-8922"
BELOW_QUOTE = "Em 23/11/2026 10:12, Guichê escreveu:\n> Qual é o CNPJ?\n"


def mso(*lines: str) -> str:
    body = "".join(f'<p class="MsoNormal">{line or "&nbsp;"}<o:p></o:p></p>' for line in lines)
    return f'<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang="PT-BR"><div>{body}'


def divs(*lines: str) -> str:
    return '<div dir="ltr">' + "".join(f"<div>{line or '<br>'}</div>" for line in lines) + "</div>"


RAW_REPLIES = {
    # Outlook
    "Outlook desktop, both, Att": both(
        SAID,
        f"{SAID}\n\nAtt,\n\n{OFFICE}\n\n{OUTLOOK}",
        mso("Bom dia, Paula.", "", CNPJ, "", "Att,", "", *OFFICE.split("\n"), "") + OUTLOOK_HTML,
        *QP,
    ),
    "Outlook desktop, windows-1252": alone(
        CNPJ, f"{CNPJ}\n\nAtenciosamente,\nMaria Souza\n\n{OUTLOOK}", "plain", *WINDOWS
    ),
    "Outlook desktop, HTML alone": alone(
        SAID, mso("Bom dia, Paula.", "", CNPJ, "", "Att.", "<b>Maria Souza</b>", "") + OUTLOOK_HTML, "html", *WINDOWS
    ),
    "Outlook desktop, answers in red": alone(
        f"Respondi em vermelho.\n\n{OUTLOOK.replace('CNPJ?', 'CNPJ? 11.222.333/0001-81')}".strip(),
        f"Respondi em vermelho.\n\n{OUTLOOK.replace('CNPJ?', 'CNPJ? 11.222.333/0001-81')}",
    ),
    "Outlook desktop, base64": alone(CNPJ, f"{CNPJ}\n\n{OUTLOOK}", "plain", *B64),
    "Outlook desktop, RES and a notice": alone(
        CNPJ,
        f"{CNPJ}\n\nGrata,\n\nMaria Souza | Financeiro\nmaria@aurora.example\n\nEsta mensagem pode conter informação "
        "confidencial. Se você não é o destinatário, apague-a e avise o remetente, por favor.\n\n" + OUTLOOK,
    ),
    "Outlook web, both": both(
        CNPJ, f"{CNPJ}\n\n________________________________\n{OUTLOOK}", divs(CNPJ, "") + WEB, *QP
    ),
    "Outlook web, HTML alone, Att": alone(
        CNPJ, divs(CNPJ, "", "Atte.", "", "Maria Souza", "Setor Financeiro") + WEB, "html", *B64
    ),
    "Outlook web, Obter": alone(
        "SIM",
        f"SIM\n\nObter o Outlook para Android<https://aka.ms/AAb9ysg>\n________________________________\n{OUTLOOK}",
    ),
    "Outlook mobile, HTML alone": alone(
        CNPJ,
        f'<div dir="auto">{CNPJ}</div><div id="ms-outlook-mobile-signature"><div><br></div>Enviado do <a href="https://'
        f'aka.ms/o0ukef">Outlook para iOS</a></div>{WEB}',
        "html",
    ),
    "Outlook mobile, Abs": alone(
        CNPJ,
        f"{CNPJ}\n\nAbs,\nMaria\n\nEnviado do Outlook para iOS<https://aka.ms/o0ukef>\n"
        f"________________________________\n{OUTLOOK}",
        "plain",
        *QP,
    ),
    # Gmail
    "Gmail web, both": both(SAID, f"{SAID}\n\n{GMAIL}", divs("Bom dia, Paula.", "", CNPJ) + GMAIL_HTML, *QP),
    "Gmail web, a signature after two dashes": both(
        CNPJ,
        f"{CNPJ}\n\n{GMAIL}\n\n\n-- \n*Maria Souza*\nSecretaria",
        divs(CNPJ) + GMAIL_HTML + '<div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" '
        'class="gmail_signature"><b>Maria Souza</b><br>Secretaria</div>',
        *QP,
    ),
    "Gmail web, base64, Att": alone(CNPJ, f"{CNPJ}\n\nAtt,\nMaria\n\n{GMAIL}", "plain", *B64),
    "Gmail web, between the lines": alone(
        f"Em seg., 23 de nov. de 2026 às 10:12, Guichê <suporte@guiche.example> escreveu:\n\n> Qual é o CNPJ?\n\n{CNPJ}"
        "\n\n> Até quando pagam?\n\nSexta.",
        f"Em seg., 23 de nov. de 2026 às 10:12, Guichê <suporte@guiche.example> escreveu:\n\n> Qual é o CNPJ?\n\n{CNPJ}"
        "\n\n> Até quando pagam?\n\nSexta.",
    ),
    "Gmail web, below": alone(
        f"{BELOW_QUOTE}\n{CNPJ}",
        f"{BELOW_QUOTE}\n{CNPJ}\n\nAtt,\nMaria Souza",
    ),
    "Gmail app, both": both(
        "Sim, resolveu.", f"Sim, resolveu.\n\n{GMAIL}", f'<div dir="auto">Sim, resolveu.</div>{GMAIL_HTML}'
    ),
    "Gmail app, HTML alone, Atenciosamente": alone(
        CNPJ,
        f'<div dir="auto">{CNPJ}<div dir="auto"><br></div><div dir="auto">Atenciosamente,</div><div dir="auto">Maria '
        f"Souza</div></div>{GMAIL_HTML}",
        "html",
        *QP,
    ),
    "Gmail app, one line": alone(
        "NÃO", f"NÃO\n\nEm seg., 23 de nov. de 2026, 10:12, Guichê <suporte@guiche.example> escreveu:\n\n{MARKED}"
    ),
    # Apple
    "iPhone, both": both(
        CNPJ,
        f"{CNPJ}\n\nEnviado do meu iPhone\n\n> {PHONE}",
        f'<body dir="auto">{CNPJ}<br><br><div dir="ltr">Enviado do meu iPhone</div>{PHONE_HTML}</body>',
        *QP,
    ),
    "iPhone, HTML alone, Att": alone(
        CNPJ,
        f'<body dir="auto"><div>{CNPJ}</div><div><br></div><div>Att,</div><div>Maria<br><br><div dir="ltr">Enviado do '
        f"meu iPhone</div></div>{PHONE_HTML}</body>",
        "html",
        *B64,
    ),
    "iPad, windows-1252": alone(
        CNPJ, f"{CNPJ}\n\nEnviado do meu iPad\n\n> {PHONE}".replace("—", "-"), "plain", *WINDOWS
    ),
    "Apple Mail, a name": alone(CNPJ, f"{CNPJ}\n\nCordialmente,\nMaria Souza\n\n{PHONE}", "plain", *QP),
    "Apple Mail, between the lines": alone(
        f"> Qual é o CNPJ?\n\n{CNPJ}\n\n> Até quando pagam?\n\nSexta.",
        f"> Qual é o CNPJ?\n\n{CNPJ}\n\n> Até quando pagam?\n\nSexta.",
    ),
    # Yahoo
    "Yahoo, both": both(
        CNPJ,
        f" {CNPJ}\n\n    {YAHOO}",
        f'<div class="ydp1"><div dir="ltr">{CNPJ}</div><div><br></div></div>{YAHOO_HTML}',
        *QP,
    ),
    "Yahoo, HTML alone, Grata": alone(
        CNPJ, f"<div><div>{CNPJ}</div><div><br></div><div>Grata,</div><div>Maria Souza</div></div>{YAHOO_HTML}", "html"
    ),
    "Yahoo on Android": alone(CNPJ, f"{CNPJ}\n\nEnviado do Yahoo Mail no Android \n \n  {YAHOO}", "plain", *B64),
    "Yahoo, iso-8859-1": alone(CNPJ, f"{CNPJ}\n\nAtt.\nMaria\n\n{YAHOO}".replace("—", "-"), "plain", *LATIN),
    # UOL, BOL, Terra
    "UOL": alone(CNPJ, f"{CNPJ}\n\n{UOL}".replace("—", "-"), "plain", *LATIN),
    "UOL, HTML alone": alone(
        SAID,
        f"<p>Bom dia, Paula.</p><p>{CNPJ}</p><p>Att,<br>Maria Souza<br>Secretaria</p><hr><p>Em 23/11/2026 às 10:12 "
        f'horas, "Guichê" suporte@guiche.example escreveu:</p><blockquote>{LETTER}</blockquote>',
        "html",
    ),
    "UOL, original": alone(CNPJ, f"{CNPJ}\n\nAt.te\nMaria Souza\n\n-----Mensagem Original-----\n{OUTLOOK}"),
    "BOL": alone(CNPJ, f"{CNPJ}\n \n{BOL}".replace("—", "-"), "plain", *LATIN),
    "BOL, Att": alone(CNPJ, f"{CNPJ}\n\nATT,\nMARIA SOUZA\n\n{BOL}", "plain", *QP),
    "BOL, HTML alone": alone(
        CNPJ,
        f'<div>{CNPJ}<br>&nbsp;</div><div><hr><b>De: </b>"Guichê" &lt;suporte@guiche.example&gt;<br><b>Enviada:</b> '
        "2026/11/23 10:12:33<br><b>Para: </b>maria@aurora.example<br><b>Assunto: </b>[#10017] Boleto<br>&nbsp;</div>"
        f"<div>{LETTER}</div>",
        "html",
        *WINDOWS,
    ),
    "Terra": alone(CNPJ, f"{CNPJ}\n\n{TERRA}".replace("—", "-"), "plain", *LATIN),
    "Terra, Atenciosamente": alone(CNPJ, f"{CNPJ}\n\nAtenciosamente\nMaria Souza\n\n{TERRA}", "plain", *QP),
    "Terra, HTML alone": alone(
        CNPJ,
        f"<div>{CNPJ}</div><br><div>Em Seg 23/11/26 10:12, Guichê suporte@guiche.example escreveu:</div><blockquote "
        f'type="cite">{LETTER}</blockquote>',
        "html",
    ),
    # Roundcube, Zimbra, Thunderbird
    "Roundcube": alone(
        CNPJ, f"{CNPJ}\n\n---\nMaria Souza\nSecretaria\n(11) 4002-8922\n\n{ROUNDCUBE}", "plain", *FLOWED
    ),
    "Roundcube, Att": alone(
        CNPJ, f"{CNPJ}\n\nAtt,\n\nMaria Souza\nAuxiliar administrativo\n\n{ROUNDCUBE}", "plain", *FLOWED
    ),
    "Roundcube, HTML alone": alone(
        CNPJ,
        f'<p>{CNPJ}</p><p id="reply-intro">Em 23-11-2026 10:12, Guichê escreveu:</p><blockquote type="cite" style="pad'
        f'ding:0 .4em">{LETTER}</blockquote>',
        "html",
        *QP,
    ),
    "Roundcube, below the quote": alone(
        f"Em 23-11-2026 10:12, Guichê escreveu:\n> Qual é o CNPJ?\n\n{CNPJ}",
        f"Em 23-11-2026 10:12, Guichê escreveu:\n> Qual é o CNPJ?\n\n{CNPJ}\n\n-- \nMaria Souza",
        "plain",
        *FLOWED,
    ),
    "Zimbra": alone(CNPJ, f"{CNPJ}\n\n{ZIMBRA}".replace("—", "-"), "plain", *LATIN),
    "Zimbra, both, Att": both(
        CNPJ,
        f"{CNPJ}\n\nAtt,\nMaria Souza\nColégio Aurora\n\n{ZIMBRA}",
        f'<div style="font-family: arial"><div>{CNPJ}</div><div><br></div><div>Att,</div><div>Maria Souza</div><div>Col'
        'égio Aurora</div><div><br></div><hr id="zwchr"><div><b>De: </b>"Guichê" &lt;suporte@guiche.example&gt;<br><b>'
        'Para: </b>"Maria Souza" &lt;maria@aurora.example&gt;<br><b>Enviadas: </b>Segunda-feira, 23 de novembro de 2026'
        f" 10:12:33<br><b>Assunto: </b>[#10017] Boleto<br></div><div>{LETTER}</div></div>",
        *QP,
    ),
    "Zimbra, HTML alone": alone(
        "SIM",
        '<div><div>SIM</div><hr id="zwchr"><div><b>De: </b>"Guichê" &lt;suporte@guiche.example&gt;<br><b>Para: </b>"'
        'Maria Souza" &lt;maria@aurora.example&gt;<br><b>Enviadas: </b>Segunda-feira, 23 de novembro de 2026 10:12:33'
        f"<br><b>Assunto: </b>[#10017] Boleto<br></div><div>{LETTER}</div></div>",
        "html",
    ),
    "Thunderbird": alone(CNPJ, f"{CNPJ}\n\n{THUNDERBIRD}", "plain", *FLOWED),
    "Thunderbird, below": alone(
        f"Em 23/11/2026 10:12, Guichê escreveu:\n> Qual é o CNPJ?\n{CNPJ}",
        f"Em 23/11/2026 10:12, Guichê escreveu:\n> Qual é o CNPJ?\n{CNPJ}\n\n-- \nMaria Souza\nSecretaria\n",
        "plain",
        *FLOWED,
    ),
    "Thunderbird, flowed, between the lines": alone(
        f"Em 23/11/2026 10:12, Guichê escreveu:\n> Qual é o CNPJ?\n{CNPJ}\n> Até quando pagam?\nAté sexta, "
        "como foi combinado com a diretora do nosso colégio na semana passada por telefone.",
        f"Em 23/11/2026 10:12, Guichê escreveu:\n> Qual é o CNPJ?\n{CNPJ}\n> Até quando pagam?\nAté sexta, "
        "como foi combinado com a diretora do nosso colégio \nna semana passada por telefone.",
        "plain",
        *FLOWED,
    ),
    "Thunderbird, HTML alone, Att": alone(
        CNPJ,
        f'<body><p>{CNPJ}</p><p>Att,<br>Maria Souza</p><div class="moz-cite-prefix">Em 23/11/2026 10:12, Guichê escreve'
        f'u:<br></div><blockquote type="cite" cite="mid:1@guiche.example">{LETTER}</blockquote></body>',
        "html",
    ),
    "Thunderbird, flowed, a long line": alone(
        "Conferi o boleto de dezembro com a diretora e o valor continua o de outubro, sem o desconto.",
        "Conferi o boleto de dezembro com a diretora e o valor continua o de \noutubro, sem o desconto.\n\n"
        + THUNDERBIRD,
        "plain",
        *FLOWED,
    ),
    # Samsung, others on phones
    "Samsung Email": alone(CNPJ, f"{CNPJ}\n\n\n\nEnviado do meu Galaxy\n\n\n{SAMSUNG}", "plain", *B64),
    "Samsung Email, HTML alone": alone(
        CNPJ,
        f'<div dir="auto">{CNPJ}</div><div dir="auto"><br></div><div id="composer_signature" dir="auto"><div style="fon'
        't-size:12px;color:#575757">Enviado do meu Galaxy</div></div><div dir="auto"><br></div><div><br></div><div><div'
        ">-------- Mensagem original --------</div><div>De: Guichê &lt;suporte@guiche.example&gt; </div><div>Data: 23/1"
        "1/2026  10:12  (GMT-03:00) </div><div>Para: maria@aurora.example </div><div>Assunto: [#10017] Boleto </div>"
        f"<div><br></div></div>{LETTER}",
        "html",
    ),
    "Samsung Email, Att": alone(
        CNPJ, f"{CNPJ}\n\nAtt, Maria Souza\n\nEnviado do meu smartphone Samsung Galaxy.\n{SAMSUNG}", "plain", *QP
    ),
    # What was said elsewhere, and what stands below a closing
    "WhatsApp, passed on": alone(
        "Segue a conversa:\n\n[23/11/2026 10:12] Maria Souza: Bom dia\n[23/11/2026 10:13] Paula: Qual é o CNPJ?",
        "Segue a conversa:\n\n[23/11/2026 10:12] Maria Souza: Bom dia\n[23/11/2026 10:13] Paula: Qual é o CNPJ?\n\n"
        + GMAIL,
        "plain",
        *QP,
    ),
    "WhatsApp, exported": alone(
        "23/11/2026 10:12 - Maria Souza: O boleto veio errado\n23/11/2026 10:14 - Pai do Pedro: o meu também\n\nSim?",
        "23/11/2026 10:12 - Maria Souza: O boleto veio errado\n23/11/2026 10:14 - Pai do Pedro: o meu também\n\nSim?"
        f"\n\n{THUNDERBIRD}",
    ),
    "WhatsApp, after Att": alone(
        "Conferi.\n\nAtt,\nMaria Souza\n\n[10:12, 23/11/2026] Pai do Pedro: o meu também veio errado",
        "Conferi.\n\nAtt,\nMaria Souza\n\n[10:12, 23/11/2026] Pai do Pedro: o meu também veio errado\n\n" + GMAIL,
    ),
    "a request after Att": alone(
        f"{CNPJ}\n\nAtt,\nMaria Souza\n\nFavor mandar também a segunda via",
        f"{CNPJ}\n\nAtt,\nMaria Souza\n\nFavor mandar também a segunda via\n\n{GMAIL}",
    ),
    "a number after Att": alone(
        "Segue o que pediram.\n\nAtt,\nMaria Souza\nCNPJ 11.222.333/0001-81",
        f"Segue o que pediram.\n\nAtt,\nMaria Souza\nCNPJ 11.222.333/0001-81\n\n{OUTLOOK}",
    ),
    "how to be reached, which was asked": alone(
        "Podem ligar hoje à tarde.\n\nAtt,\nMaria Souza\n(11) 98765-4321",
        f"Podem ligar hoje à tarde.\n\nAtt,\nMaria Souza\n(11) 98765-4321\n\n{PHONE}",
    ),
    "from the mailbox of a house": alone(
        CNPJ, f"{CNPJ}\n\nAtt,\nJoana Dias\nCoordenação pedagógica\n\n{GMAIL}", by="Colégio Aurora"
    ),
    # Programs that announce the history in words of their own
    "Notes, a line of dashes": alone(
        CNPJ,
        f"{CNPJ}\n\n\nGuichê ---23/11/2026 10:12:33---Paula Reis respondeu: CNPJ?\n\nDe: Guichê <suporte@guiche"
        f".example>\nPara: maria@aurora.example\nData: 23/11/2026 10:12\nAssunto: [#10017] Boleto\n\n{PLAIN}",
    ),
    "Verse": alone(
        CNPJ,
        f'{CNPJ}\n\n-----"Guichê" <suporte@guiche.example> wrote: -----\nTo: maria@aurora.example\nFrom: "Guichê" '
        f"<suporte@guiche.example>\nDate: 11/23/2026 10:12AM\nSubject: [#10017] Boleto\n\n{PLAIN}",
    ),
    "Rainloop": alone(
        CNPJ,
        f'{CNPJ}\n\nSegunda-feira, 23 de Novembro de 2026 10:12 -03, de "Guichê" <suporte@guiche.example>:\n\n{MARKED}',
    ),
    "Mutt": alone(CNPJ, f"{CNPJ}\n\n* Guichê <suporte@guiche.example> [2026-11-23 10:12]:\n{MARKED}"),
    "Roundcube, a signature without a number": alone(
        CNPJ, f"{CNPJ}\n\n---\nMaria Souza\nCoordenadora\n\n{ROUNDCUBE}", "plain", *FLOWED
    ),
    # Answers within the quoted lines, and quotations of others
    "Gmail web, answers marked as quoted": alone(
        f"Minhas respostas em negrito no texto.\n\n{GMAIL}\n> *É 11.222.333/0001-81*",
        f"Minhas respostas em negrito no texto.\n\n{GMAIL}\n> *É 11.222.333/0001-81*",
    ),
    "Gmail web, answers below that it marked as quoted": alone(
        f"Bom dia, seguem abaixo as respostas.\nObrigada!\n\n{GMAIL}\n> 11.222.333/0001-81",
        f"Bom dia, seguem abaixo as respostas.\nObrigada!\n\n{GMAIL}\n> 11.222.333/0001-81",
    ),
    "what is below in their own words": alone(
        f"Segue abaixo o CNPJ.\n{CNPJ}", f"Segue abaixo o CNPJ.\n{CNPJ}\n\n{GMAIL}"
    ),
    "what another said": alone(
        "A diretora me disse isto:\n\n> o boleto perde o desconto\n> quando imprimo",
        "A diretora me disse isto:\n\n> o boleto perde o desconto\n> quando imprimo",
    ),
    # Few words, and what programs and houses add
    "Proton, words after its link": alone(
        CNPJ, f"{CNPJ}\n\nEnviado com Proton Mail <https://proton.me/> e-mail seguro.\n\n{GMAIL}"
    ),
    "words after a link of their own": alone(
        "Enviado do celular https://arquivos.example/boleto.pdf o boleto de maio",
        f"Enviado do celular https://arquivos.example/boleto.pdf o boleto de maio\n\n{GMAIL}",
    ),
    "a thumb": alone("👍🏽", f"👍🏽\n\n{GMAIL}"),
    "a reaction of Gmail": alone(
        "👍", f"👍\n\nMaria Souza reagiu via Gmail <https://www.google.com/gmail/about/>\n\n{GMAIL}"
    ),
    "BlueMail, an unseen mark": alone(CNPJ, f"{CNPJ}\n\n\u2063Obter o BlueMail para Android \u200b\n\n{PHONE}"),
    "a notice in quotes": alone(
        CNPJ,
        f'{CNPJ}\n\n"AVISO LEGAL: as informações contidas neste e-mail são confidenciais e destinadas ao destinatário. '
        f'Caso o tenha recebido por engano, apague-o."\n\n{GMAIL}',
    ),
    "a notice between stars": alone(
        CNPJ,
        f"{CNPJ}\n\n*******************\nEsta mensagem é confidencial e seu conteúdo destina-se somente à pessoa "
        f"endereçada.\n*******************\n\n{THUNDERBIRD}",
    ),
    "a notice about personal data": alone(
        CNPJ,
        f"{CNPJ}\n\nLGPD: conforme a Lei nº 13.709/2018, os dados desta mensagem são confidenciais. Caso não "
        f"seja o destinatário, apague-a.\n\n{OUTLOOK}",
    ),
    "words about personal data": alone(
        f"{CNPJ}\n\nConforme a LGPD, os dados são confidenciais e vão só à mãe do aluno.",
        f"{CNPJ}\n\nConforme a LGPD, os dados são confidenciais e vão só à mãe do aluno.\n\n{GMAIL}",
    ),
    "the name of another": alone(f"{CNPJ}\n\nAtt,\nJoana Dias", f"{CNPJ}\n\nAtt,\nJoana Dias\n\n{GMAIL}"),
}
