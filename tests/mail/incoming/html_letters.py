"""Raw messages in HTML as programs and attackers write them; `html_records` has the result of each."""

from tests.mail.incoming.html_records import RECORDS
from tests.mail.incoming.letters import Letter, file, raw

DESK = "suporte@guiche.example"


def html_of(plain: str, html: str, *files: str) -> bytes:
    """Both, as programs send them, and files beside."""
    both = "Content-Type: text/plain; charset=utf-8\n\n{}\n--h\nContent-Type: text/html; charset=utf-8\n\n{}\n"
    body = f"--b\nContent-Type: multipart/alternative; boundary=h\n\n--h\n{both.format(plain, html)}--h--\n"
    return (body + "".join(f"--b\n{each}\n" for each in files) + "--b--\n").encode()


def written(plain: str, html: str, *files: str, **headers: str) -> bytes:
    return raw(html_of(plain, html, *files), kind="multipart/related; boundary=b", **headers)


def gif(cid: str, name: str) -> str:
    return f'Content-Type: image/gif\nContent-ID: <{cid}>\nContent-Disposition: inline; filename="{name}"\n\nGIF89a1'


GMAIL_ABOVE = "Em seg., 23 de nov. de 2026 às 10:12, Guichê <suporte@guiche.example> escreveu:"
GMAIL_QUOTE = (
    '<br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">Em seg., 23 de nov. de 2026 '
    'às 10:12, Guichê &lt;<a href="mailto:suporte@guiche.example">suporte@guiche.example</a>&gt; escreveu:<br></div>'
    '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204)">'
    "<div>Pode conferir?</div></blockquote></div>"
)
GMAIL_PLAIN = f"\n\n{GMAIL_ABOVE}\n\n> Pode conferir?\n"
OUTLOOK_ABOVE = (
    "De: Guichê <suporte@guiche.example>\nEnviado: segunda-feira, 23 de novembro de 2026 10:12\n"
    "Para: Ana Prado <ana@aurora.example>\nAssunto: Boletos\n\nPode conferir?\n"
)
OUTLOOK_QUOTE = (
    '<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>'
    "De:</b> Guichê &lt;suporte@guiche.example&gt; <br><b>Enviado:</b> segunda-feira, 23 de novembro de 2026 10:12<br>"
    "<b>Para:</b> Ana Prado &lt;ana@aurora.example&gt;<br><b>Assunto:</b> Boletos<o:p></o:p></p></div></div>"
    '<p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">Pode conferir?<o:p></o:p></p></div></body></html>'
)
OUTLOOK_HEAD = (
    '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!--'
    "p.MsoNormal {margin:0cm; font-size:11.0pt}--></style><!--[if gte mso 9]><xml><o:shapedefaults/></xml><![endif]-->"
    '</head><body lang="PT-BR" link="#0563C1" style="word-wrap:break-word"><div class="WordSection1">'
)


def mso(*lines: str) -> str:
    return "".join(f'<p class="MsoNormal">{line or "&nbsp;"}<o:p></o:p></p>' for line in lines)


CLIENTS = {
    "Gmail, bold words and a list": written(
        f"Oi, Paula.\n\nFaltam *dois* boletos:\n\n   - maio\n   - junho\n\nObrigada!{GMAIL_PLAIN}",
        '<div dir="ltr"><div>Oi, Paula.</div><div><br></div><div>Faltam <b>dois</b> boletos:</div><div><ul><li>maio'
        f"</li><li>junho</li></ul><div>Obrigada!</div></div></div>{GMAIL_QUOTE}",
    ),
    "Gmail, only lines": written(
        f"Oi, Paula.\n\nConferi.{GMAIL_PLAIN}",
        f'<div dir="ltr"><div>Oi, Paula.</div><div><br></div><div>Conferi.</div></div>{GMAIL_QUOTE}',
    ),
    "Gmail, lines that its text breaks": written(
        "O boleto de dezembro veio com o valor de outubro e a turma do Pedro ainda\nespera a segunda via."
        + GMAIL_PLAIN,
        '<div dir="ltr">O boleto de dezembro veio com o valor de outubro e a turma do Pedro ainda espera a segunda '
        f"via.</div>{GMAIL_QUOTE}",
    ),
    "Gmail, a picture in place": written(
        f"Veja a tela:\n[image: image.gif]\nO que é isto?{GMAIL_PLAIN}",
        '<div dir="ltr"><div>Veja a tela:</div><img src="cid:ii_m1" alt="image.gif" width="542" height="201"><div>'
        f"O que é isto?</div></div>{GMAIL_QUOTE}",
        gif("ii_m1", "image.gif"),
    ),
    "Gmail, numbered steps and a link": written(
        "Fiz assim:\n\n   1. abri o portal <https://portal.example/boletos>\n   2. cliquei em *Emitir*\n" + GMAIL_PLAIN,
        '<div dir="ltr">Fiz assim:<div><ol><li>abri o <a href="https://portal.example/boletos">portal</a></li><li>'
        f"cliquei em <b>Emitir</b></li></ol></div></div>{GMAIL_QUOTE}",
    ),
    "Gmail, answers between": written(
        f"{GMAIL_ABOVE}\n\n> Qual é o CNPJ?\n\n*12.345.678/0001-95*\n\n> Até quando?\n\nAté sexta.",
        '<div dir="ltr"><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Em seg., 23 de nov. de 2026 às '
        "10:12, Guichê &lt;suporte@guiche.example&gt; escreveu:<br></div><blockquote>Qual é o CNPJ?</blockquote>"
        "<div><b>12.345.678/0001-95</b></div><blockquote>Até quando?</blockquote><div>Até sexta.</div></div></div>",
    ),
    "Gmail, a signature": written(
        f"*Conferi.*\n\n-- \nAna Prado\nSecretaria{GMAIL_PLAIN}",
        '<div dir="ltr"><b>Conferi.</b><div><br></div><span class="gmail_signature_prefix">-- </span><br><div '
        'class="gmail_signature"><div dir="ltr">Ana Prado<br>Secretaria</div></div></div>' + GMAIL_QUOTE,
    ),
    "Outlook, a table": written(
        f"Bom dia,\n\nSegue a relação:\nAluno\nValor\nPedro\nR$ 10,00\n\nAtt.\n\n{OUTLOOK_ABOVE}",
        OUTLOOK_HEAD
        + mso("Bom dia,", "", "Segue a relação:")
        + '<table class="MsoNormalTable" border="1" cellpadding="0" style="border-collapse:collapse"><tr style="hei'
        'ght:15pt"><td width="64" style="width:48pt"><p class="MsoNormal"><b>Aluno</b><o:p></o:p></p></td><td><p cl'
        'ass="MsoNormal"><b>Valor</b></p></td></tr><tr><td><p class="MsoNormal">Pedro</p></td><td><p class="MsoNor'
        'mal" align="right">R$ 10,00</p></td></tr></table>' + mso("", "Att.", "") + OUTLOOK_QUOTE,
    ),
    "Outlook, marks before lines": written(
        f"Faltam:\n\n·         maio\n·         junho\n\n{OUTLOOK_ABOVE}",
        OUTLOOK_HEAD
        + mso("Faltam:")
        + "".join(
            '<p class="MsoListParagraph" style="text-indent:-18.0pt;mso-list:l0 level1 lfo1"><![if !supportLists]>'
            '<span style="font-family:Symbol"><span style="mso-list:Ignore">·<span style="font:7.0pt &quot;Times&q'
            f'uot;">&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>{each}<o:p></o:p></p>'
            for each in ("maio", "junho")
        )
        + mso("")
        + OUTLOOK_QUOTE,
    ),
    "Outlook, a picture and the logo of a signature": written(
        f"Veja:\n[cid:image001.gif@01DC]\nAtt,\nAna\n[Logotipo]<https://www.aurora.example/>\n\n{OUTLOOK_ABOVE}",
        OUTLOOK_HEAD
        + mso("Veja:", '<img width="300" height="20" id="Imagem_1" src="cid:image001.gif@01DC">')
        + mso("Att,", "<b>Ana</b>")
        + mso('<a href="https://www.aurora.example/"><img border="0" alt="Logotipo" src="cid:logo@01DC"></a>', "")
        + OUTLOOK_QUOTE,
        gif("image001.gif@01DC", "image001.gif"),
        gif("logo@01DC", "logo.gif"),
    ),
    "Outlook of the web": written(
        f"Conferi e está certo.\n\nObrigada!\n\n________________________________\n{OUTLOOK_ABOVE}",
        '<html><head><style type="text/css">P {margin-top:0;margin-bottom:0;}</style></head><body dir="ltr"><div cl'
        'ass="elementToProof" style="font-family: Aptos; color: rgb(0, 0, 0);">Conferi e está <span style="font-wei'
        'ght: 700">certo</span>.</div><div class="elementToProof"><br></div><div class="elementToProof">Obrigada!</'
        'div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face='
        '"Calibri"><b>De:</b> Guichê &lt;suporte@guiche.example&gt;<br><b>Enviado:</b> segunda-feira, 23 de novembr'
        "o de 2026 10:12<br><b>Para:</b> Ana Prado &lt;ana@aurora.example&gt;<br><b>Assunto:</b> Boletos</font><div"
        ">&nbsp;</div></div><div>Pode conferir?</div></body></html>",
    ),
    "Outlook of a phone": written(
        f"Está certo?\n\nObter o Outlook para iOS<https://aka.ms/o0ukef>\n{'_' * 32}\n{OUTLOOK_ABOVE}",
        '<html><body><div dir="auto">Está <i>certo</i>?</div><div dir="auto" id="ms-outlook-mobile-signature">Obter'
        ' o <a href="https://aka.ms/o0ukef">Outlook para iOS</a></div><hr style="display:inline-block;width:98%"><d'
        'iv id="divRplyFwdMsg"><b>De:</b> Guichê &lt;suporte@guiche.example&gt;<br><b>Enviado:</b> segunda-feira, 2'
        "3 de novembro de 2026 10:12<br><b>Para:</b> Ana Prado &lt;ana@aurora.example&gt;<br><b>Assunto:</b> Boleto"
        "s</div><div>Pode conferir?</div></body></html>",
    ),
    "Apple Mail": written(
        "Conferi: está errado.\n\n> Em 23 de nov. de 2026, à(s) 10:12, Guichê <suporte@guiche.example> escreveu:\n> "
        "\n> Pode conferir?\n",
        '<html><head></head><body style="overflow-wrap: break-word;">Conferi: está <b>errado</b>.<br id="lineBreakA'
        'tBeginningOfMessage"><div><br><blockquote type="cite"><div>Em 23 de nov. de 2026, à(s) 10:12, Guichê &lt;s'
        'uporte@guiche.example&gt; escreveu:</div><br class="Apple-interchange-newline"><div>Pode conferir?</div></b'
        "lockquote></div><br></body></html>",
    ),
    "iPhone": written(
        "Não chegou o de junho\n￼\n\nEnviado do meu iPhone\n\n> Em 23 de nov. de 2026, à(s) 10:12, Guichê <suporte@g"
        "uiche.example> escreveu:\n> \n> ﻿Pode conferir?\n",
        '<html><body dir="auto">Não chegou o de <u>junho</u><div><img src="cid:A1-L0-001" alt="foto.gif"></div><div'
        '><br><div dir="ltr">Enviado do meu iPhone</div><div dir="ltr"><br><blockquote type="cite">Em 23 de nov. de '
        "2026, à(s) 10:12, Guichê &lt;suporte@guiche.example&gt; escreveu:<br><br></blockquote></div><blockquote ty"
        'pe="cite"><div dir="ltr">﻿Pode conferir?</div></blockquote></div></body></html>',
        gif("A1-L0-001", "foto.gif"),
    ),
    "Yahoo": written(
        "Ainda não recebi.\nPodem reenviar?\n\n    Em segunda-feira, 23 de novembro de 2026 às 10:12:00 BRT, Guichê <"
        "suporte@guiche.example> escreveu:  \n \n Pode conferir?",
        '<html><body><div class="ydp1yahoo-style-wrap" style="font-family:Helvetica;font-size:13px;"><div dir="ltr">'
        '<b>Ainda não recebi.</b></div><div dir="ltr">Podem reenviar?</div><div><br></div></div><div id="ydp2yahoo_qu'
        'oted_1" class="yahoo_quoted"><div>Em segunda-feira, 23 de novembro de 2026 às 10:12:00 BRT, Guichê &lt;supo'
        "rte@guiche.example&gt; escreveu:</div><div><br></div><div>Pode conferir?</div></div></body></html>",
    ),
    "Thunderbird": written(
        "Segue o *erro*:\n\nORA-00942: table\n   does not exist\n\nEm 23/11/2026 10:12, Guichê escreveu:\n> Pode confe"
        "rir?\n",
        '<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head><body>'
        '<p>Segue o <b>erro</b>:</p><pre>ORA-00942: table\n   does not exist</pre><div class="moz-cite-prefix">Em 2'
        '3/11/2026 10:12, Guichê escreveu:<br></div><blockquote type="cite" cite="mid:1@guiche.example"><div>Pode co'
        "nferir?</div></blockquote></body></html>",
    ),
    "Roundcube": written(
        "Conferi _tudo_.\n\nEm 2026-11-23 10:12, Guichê escreveu:\n\n> Pode conferir?\n",
        '<html><body style=\'font-size: 10pt\'><p>Conferi <em>tudo</em>.</p><div id="signature"></div><p id="reply-i'
        'ntro">Em 2026-11-23 10:12, Guichê escreveu:</p><blockquote type="cite" style="padding: 0 0.4em; border-left'
        ': #1010ff 2px solid"><div>Pode conferir?</div></blockquote></body></html>',
    ),
    "Zimbra": written(
        'Conferi.\n\n* maio\n* junho\n\nDe: "Guichê" <suporte@guiche.example>\nPara: "ana" <ana@aurora.example>\nEnvi'
        "adas: Segunda-feira, 23 de novembro de 2026 10:12:00\nAssunto: Boletos\n\nPode conferir?",
        '<html><body><div style="font-family: arial; font-size: 12pt"><div>Conferi.</div><ul><li>maio</li><li>junho</'
        'li></ul><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>De: </b>"Guichê" &lt;supo'
        'rte@guiche.example&gt;<br><b>Para: </b>"ana" &lt;ana@aurora.example&gt;<br><b>Enviadas: </b>Segunda-feira, 2'
        '3 de novembro de 2026 10:12:00<br><b>Assunto: </b>Boletos<br></div><div data-marker="__QUOTED_TEXT__">Pode c'
        "onferir?</div></div></body></html>",
    ),
    "UOL": written(
        'Não *abre*.\n\nDe: "Guichê" <suporte@guiche.example>\nEnviada: 2026/11/23 10:12:00\nPara: ana@aurora.example'
        "\nAssunto: Boletos\n\nPode conferir?",
        '<p>Não <strong>abre</strong>.</p><hr /><p><strong>De: </strong>"Guichê" &lt;suporte@guiche.example&gt;<br />'
        "<strong>Enviada: </strong>2026/11/23 10:12:00<br /><strong>Para: </strong>ana@aurora.example<br /><strong>As"
        "sunto: </strong>Boletos</p><p>Pode conferir?</p>",
    ),
    "Samsung": written(
        "Não abre 👍\n\n\nEnviado do meu Galaxy\n\n\n-------- Mensagem original --------\nDe : Guichê\nData : 23/11"
        "/2026\nPara : ana@aurora.example\nAssunto : Boletos\n\nPode conferir?",
        '<html><body><div dir="auto">Não <b>abre</b> 👍</div><div dir="auto"><br></div><div id="composer_signature" di'
        'r="auto"><div style="font-size:12px">Enviado do meu Galaxy</div></div><div dir="auto"><br></div><div><br></d'
        'iv><div align="left" dir="auto"><div>-------- Mensagem original --------</div><div>De : Guichê </div><div>Da'
        "ta : 23/11/2026 </div><div>Para : ana@aurora.example </div><div>Assunto : Boletos </div></div><div>Pode conf"
        "erir?</div></body></html>",
    ),
    "Google Docs pasted into Gmail": written(
        f"Tudo leve\n*só isto não*{GMAIL_PLAIN}",
        '<div dir="ltr"><b style="font-weight:normal" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38;ma'
        'rgin-top:0pt"><span style="font-weight:400">Tudo leve</span></p><p dir="ltr" style="margin-top:0pt"><span sty'
        f'le="font-weight:700;font-style:italic">só isto não</span></p></b></div>{GMAIL_QUOTE}',
    ),
    "headings, what is struck out, and quotes of their own": written(
        "Pedido\n\n1. Boleto\nDia 10 12\n\n> Art. 5º\n\nCerto?",
        "<h1>Pedido</h1><h3>1. Boleto</h3><p>Dia <strike>10</strike> 12</p><blockquote>Art. 5º</blockquote><p>Certo?"
        "</p>",
    ),
    "lists in lists": written(
        "- a\n- b\n  - c\n- d\n",
        "<ul><li>a</li><li>b</li><ul><li>c</li></ul><li>d</li></ul>",
    ),
    "tables that put things beside each other": written(
        "Ana Prado\nSecretaria",
        '<table role="presentation"><tr><td><table><tr><td><b>Ana Prado</b></td></tr><tr><td>Secretaria</td></tr></ta'
        "ble></td><td></td></tr></table>",
    ),
    "a table with joined cells": written(
        "Mês\nValor\nTotal\nmaio\n1\n2",
        '<table><thead><tr><th>Mês</th><th colspan="2">Valor</th><th rowspan="999">Total</th></tr></thead><tr><td>mai'
        "o</td><td>1</td><td>2</td></tr></table>",
    ),
    "HTML alone": raw(
        '<p>Oi,</p><p>falta o de <b>maio</b>: <a href="https://portal.example/x">veja</a>.</p>',
        kind="text/html; charset=utf-8",
    ),
    "HTML in two pieces around a file": raw(
        "--b\nContent-Type: text/html; charset=utf-8\n\n<html><body>Segue o <b>boleto</b>:</body></html>\n--b\n"
        + file('inline; filename="boleto.pdf"')
        + "\n--b\nContent-Type: text/html; charset=utf-8\n\n<html><body><div>Obrigada!</div></body></html>\n--b--\n",
        kind="multipart/mixed; boundary=b",
    ),
    "a new request with a table of a spreadsheet": written(
        "Segue:\nAluno\tValor\nPedro\t10\nLia\t20",
        '<meta name="Generator" content="Microsoft Excel 15"><div>Segue:</div><table border=0 cellpadding=0 style="bo'
        'rder-collapse:collapse"><col width=64><tr height=20><td class=xl65>Aluno</td><td>Valor</td></tr><tr><td>Pedro'
        "</td><td align=right>10</td></tr><tr><td>Lia</td><td>20</td></tr></table>",
        sender="rui@aurora.example",
        to=DESK,
        subject="Pedido",
    ),
    "passed on by an agent": written(
        "Pode ver?\n\nDe: Nina <nina@fora.example>\nEnviado: hoje\nPara: Bia\nAssunto: Boleto\n\nVenceu *ontem*.",
        "<div>Pode ver?</div><hr><div><b>De:</b> Nina &lt;nina@fora.example&gt;<br><b>Enviado:</b> hoje<br><b>Para:</b"
        "> Bia<br><b>Assunto:</b> Boleto</div><div><br></div><div>Venceu <b>ontem</b>.</div>",
        sender="bia@guiche.example",
        to=DESK,
        subject="Enc: Boleto",
    ),
    "a program beside it": written(
        "Segue *isto*.", "<p>Segue <b>isto</b>.</p>", file('attachment; filename="boleto.pdf.exe"')
    ),
}

PLAINER = {
    "HTML that says something else": written("Podem pagar.", "<p><b>Não</b> paguem.</p>"),
    "HTML that says more": written("Bom dia.", "<p>Bom dia.</p><p><b>Feche o ticket.</b></p>"),
    "HTML that says less": written("Bom dia.\nPague.", "<b>Bom dia.</b>"),
    "a beginning that is only alike": written("SIM\n\n-- \nAna", "<b>SIM</b>ulado, Ana"),
    "a quote that is no end of the HTML": written(f"SIM{GMAIL_PLAIN}", "<b>SIM</b><p>Outra coisa.</p>"),
}


def page(html: str, **headers: str) -> bytes:
    return raw(html, kind="text/html; charset=utf-8", **headers)


MARK = "<b>Oi</b> "
ATTACKS = {
    "scripts and what runs": page(
        f"{MARK}<script>x()</script><img src=x onerror=x()><p onclick=x() onmouseover=x()>tudo</p><body onload=x()>"
    ),
    "styles and classes": page(
        f'<style>@import "https://espia.example/a.css"; .message{{display:none}}</style>{MARK}<p class="message__body p'
        'anel" id="main" style="position:fixed;inset:0;background:url(https://espia.example/2.gif)">tudo</p>'
    ),
    "links that run": page(
        f'{MARK}<a href="javascript:x()">um</a> <a href="JaVa\tScRiPt:x()">dois</a> <a href="&#1;javascript:'
        f'x()">três</a> <'
        'a href="data:text/html,<script>x()</script>">quatro</a> <a href="vbscript:x()">cinco</a> <a href="f'
        "ile:///etc/pas"
        'swd">seis</a> <a href="/account">sete</a> <a href="//golpe.example">oito</a> <a href="https:golpe.e'
        'xample">nove</'
        "a>"
    ),
    "another base": page(f'<base href="https://golpe.example/">{MARK}<a href="entrar">entre</a>'),
    "what leads on by itself": page(
        f'<meta http-equiv="refresh" content="0;url=https://golpe.example/"><link rel="prefetch" href="https'
        f"://espia.exam"
        f'ple/"><link rel=stylesheet href="https://espia.example/">{MARK}'
    ),
    "drawings": page(
        f'{MARK}<svg onload=x()><a xlink:href="javascript:x()"><text>dentro</text></a><style><img src=x oner'
        f"ror=x()></style"
        "></svg>fim"
    ),
    "formulas": page(
        f'{MARK}<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=x()&g'
        f't;"></table><'
        '/math>fim<math href="javascript:x()">1</math>'
    ),
    "objects and frames": page(
        f'{MARK}<object data="x.swf">velho</object><embed src="x.swf"><iframe srcdoc="<script>x()</script>">'
        f"velho</iframe>"
        '<applet code=x>ali</applet><video poster="https://espia.example/p.gif" src="https://espia.example/v'
        '.mp4"></video><'
        'audio src="https://espia.example/a.mp3"></audio>fim'
    ),
    "forms": page(
        f'{MARK}<form action="https://golpe.example/"><label>Senha <input name=password autofocus onfocus=x('
        f")></label><but"
        "ton formaction=javascript:x()>Entrar</button><select><option>1</select><textarea>texto</textarea></"
        "form><isindex>"
    ),
    "names that take the place of ours": page(
        f'{MARK}<a id="htmx" name="body" href="https://a.example/">a.example</a><p id="ticket-1" name="getEl'
        f'ementById">oi</'
        "p>"
    ),
    "attributes of htmx": page(
        f'{MARK}<p hx-get="/sign-out" hx-trigger="load" data-hx-post="/x" hx-on:click="x()" hx-swap-oob="true">oi</p>'
    ),
    "comments and what is not parsed": page(
        f'{MARK}<!--><script>x()</script>--><![CDATA[<b>um</b>]]><noscript><p title="</noscript><img src=x o'
        f'nerror=x()>">'
        "</noscript><template><b>dois</b></template><title><b>três</b></title>fim"
    ),
    "raw text": page(f"{MARK}<xmp><b>um</b></xmp><listing><b>dois</b></listing><plaintext><b>três</b></plaintext>"),
    "tags broken off": page(f'{MARK}<<b>um</b> <a href="https://a.example/"dois<img src="x'),
    "words that look like tags": page(
        f'{MARK}&lt;script&gt;x()&lt;/script&gt; &lt;img src="picture:1"&gt; &amp;lt;b&amp;gt; {{{{ 7*7 }}}}'
    ),
    "a picture to tell that it was read": page(
        f'{MARK}<img src="https://espia.example/1.gif" width="1" height="1"><img src="https://espia.example/'
        f'2.gif" style="wid'
        'th:0;height:0"><div style="display:none"><img src="https://espia.example/3.gif"></div>fim'
    ),
    "pictures from outside": page(
        f'{MARK}<img src="https://espia.example/a.png" alt="Logo" srcset="https://espia.example/b.png 2x"><a'
        f' href="https://l'
        'oja.example/"><img src="http://espia.example/c.png"></a><picture><source srcset="https://espia.exam'
        'ple/d.webp"></p'
        'icture><table background="https://espia.example/e.png"><tr><td>fim</td></tr></table>'
    ),
    "pictures from within": page(
        f'{MARK}<img src="/attachments/1/x.png"><img src="file:///c:/x.png"><img src="data:image/svg+xml,<sv'
        f'g onload=x()>" al'
        'f="d"><img src="picture:0"><img src="cid:nada" alt="falta">fim'
    ),
    "a drawing and a program as own pictures": written(
        "Veja *isto*.",
        '<p>Veja <b>isto</b>.</p><img src="cid:a" alt="desenho"><img src="cid:b">',
        "Content-Type: image/svg+xml\nContent-ID: <a>\nContent-Disposition: inline; filename=a.svg\n\n<svg/>",
        "Content-Type: image/gif\nContent-ID: <b>\nContent-Disposition: inline; filename=b.exe\n\nGIF89a",
    ),
    "words of a link that are another address": page(
        f'{MARK}<a href="https://golpe.example/entrar">https://www.banco.example/entrar</a> ou <a href="http'
        f"s://golpe.exampl"
        'e/">clique aqui</a>'
    ),
    "words of a link that are its own address": page(
        f'{MARK}<a href="https://www.banco.example/entrar?utm=1">www.banco.example</a> <a href="https://banc'
        f'o.example">https'
        "://www.banco.example/</a>"
    ),
    "letters that look like others": page(
        f'{MARK}<a href="https://аррӏе.example/">аррӏе.example</a> <a href="https://xn--e1awd7f.example/">ep'
        f"ic.example</a>"
    ),
    "somebody before the host": page(
        f'{MARK}<a href="https://www.banco.example@golpe.example/">https://www.banco.example@golpe.example/<'
        f'/a> <a href="http'
        's://www.banco.example:443@golpe.example:8443/a">banco</a>'
    ),
    "a host that ends at a backslash": page(
        f'{MARK}<a href="https://golpe.example\\@www.banco.example/">www.banco.example</a> <a href="https:'
        f'\\\\golpe.example">'
        "b</a>"
    ),
    "hosts that are none": page(
        f'{MARK}<a href="https://">um</a> <a href="https://banco.example%2egolpe.example/">dois</a> <a href='
        f'"https://ban co.e'
        'xample/">três</a> <a href="https://a/b">quatro</a> <a href="http://2130706433/">cinco</a>'
    ),
    "addresses and phones": page(
        f'{MARK}<a href="mailto:golpe@fora.example?bcc=x@y.example&body=oi">ana@aurora.example</a> <a href="'
        f"mailto:ana@aurora"
        '.example">ana@aurora.example</a> <a href="tel:+55 11 4002-8922">(11) 4002-8922</a> <a href="tel:090'
        '0123">ligue</a'
        ">"
    ),
    "links around nothing": page(f'{MARK}<a href="https://a.example/"></a><a href="https://a.example/"> </a>fim'),
    "a link in a link": page(
        f'{MARK}<a href="https://a.example/">um <table><tr><td><a href="https://b.example/">dois</a></td></t'
        f"r></table></a>"
    ),
    "marks that turn the direction of writing": page(f"{MARK}<a href='https://a.example/'>\u202eelpmaxe.ocnab</a>"),
    "elements that nobody knows": page(f"{MARK}<x-y onclick=x()>um</x-y><marquee>dois</marquee><blink>três</blink>"),
    "three hundred quotes": page("<blockquote>" * 300 + MARK + "</blockquote>" * 300),
}

HTML_LETTERS = {name: Letter(content, RECORDS[name]) for name, content in (CLIENTS | PLAINER | ATTACKS).items()}
