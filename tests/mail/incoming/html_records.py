"""The expected text of each of `html_letters`, and its HTML where that is shown instead."""

from tests.mail.incoming.letters import Record, new

RECORDS = {
    "Gmail, bold words and a list": Record(
        text="Oi, Paula.\n\nFaltam *dois* boletos:\n\n   - maio\n   - junho\n\nObrigada!",
        html="Oi, Paula.<br><br>Faltam <b>dois</b> boletos:<ul><li>maio</li><li>junho</li></ul>Obrigada!",
    ),
    "Gmail, only lines": Record(
        text="Oi, Paula.\n\nConferi.",
    ),
    "Gmail, lines that its text breaks": Record(
        text="O boleto de dezembro veio com o valor de outubro e a turma do Pedro ainda\nespera a segunda via.",
        html="O boleto de dezembro veio com o valor de outubro e a turma do Pedro ainda espera a segunda via.",
    ),
    "Gmail, a picture in place": Record(
        text="Veja a tela:\n[image: image.gif]\nO que é isto?",
        files=("image.gif",),
        html=(
            'Veja a tela:<br><a href="picture:image.gif" rel="noopener nofollow"><img src="picture:image.gif" alt="'
            'image.gif" width="542" loading="lazy"></a><br>O que é isto?'
        ),
    ),
    "Gmail, numbered steps and a link": Record(
        text="Fiz assim:\n\n   1. abri o portal <https://portal.example/boletos>\n   2. cliquei em *Emitir*",
        html=(
            'Fiz assim:<ol><li>abri o <a href="https://portal.example/boletos" rel="noopener nofollow">portal</a> <'
            "small>(portal.example)</small></li><li>cliquei em <b>Emitir</b></li></ol>"
        ),
    ),
    "Gmail, answers between": Record(
        text=(
            "Em seg., 23 de nov. de 2026 às 10:12, Guichê <suporte@guiche.example> escreveu:\n\n> Qual é o CNPJ?\n"
            "\n*12.345.678/0001-95*\n\n> Até quando?\n\nAté sexta."
        ),
        html=(
            "Em seg., 23 de nov. de 2026 às 10:12, Guichê &lt;suporte@guiche.example&gt; escreveu:<blockquote>Qual "
            "é o CNPJ?</blockquote><b>12.345.678/0001-95</b><blockquote>Até quando?</blockquote>Até sexta."
        ),
    ),
    "Gmail, a signature": Record(
        text="*Conferi.*",
        html="<b>Conferi.</b>",
    ),
    "Outlook, a table": Record(
        text="Bom dia,\n\nSegue a relação:\nAluno\nValor\nPedro\nR$ 10,00",
        html=(
            'Bom dia,<br><br>Segue a relação:<div tabindex="0"><table><tbody><tr><td><b>Aluno</b></td><td><b>Valor<'
            "/b></td></tr><tr><td>Pedro</td><td>R$ 10,00</td></tr></tbody></table></div>"
        ),
    ),
    "Outlook, marks before lines": Record(
        text="Faltam:\n\n·         maio\n·         junho",
    ),
    "Outlook, a picture and the logo of a signature": Record(
        text="Veja:\n[cid:image001.gif@01DC]\nAtt,\nAna\n[Logotipo]<https://www.aurora.example/>",
        files=("image001.gif", "logo.gif"),
        html=(
            'Veja:<br><a href="picture:image001.gif" rel="noopener nofollow"><img src="picture:image001.gif" alt="i'
            'magem" width="300" loading="lazy"></a><br>Att,<br><b>Ana</b><br><a href="https://www.aurora.example/" '
            'rel="noopener nofollow"><img src="picture:logo.gif" alt="Logotipo" loading="lazy"></a> <small>(www.aur'
            "ora.example)</small>"
        ),
    ),
    "Outlook of the web": Record(
        text="Conferi e está certo.\n\nObrigada!",
        html="Conferi e está <b>certo</b>.<br><br>Obrigada!",
    ),
    "Outlook of a phone": Record(
        text="Está certo?",
        html="Está <i>certo</i>?",
    ),
    "Apple Mail": Record(
        text="Conferi: está errado.",
        html="Conferi: está <b>errado</b>.",
    ),
    "iPhone": Record(
        text="Não chegou o de junho\n￼",
        files=("foto.gif",),
        html=(
            'Não chegou o de junho<br><a href="picture:foto.gif" rel="noopener nofollow"><img src="picture:foto.gif'
            '" alt="foto.gif" loading="lazy"></a>'
        ),
    ),
    "Yahoo": Record(
        text="Ainda não recebi.\nPodem reenviar?",
        html="<b>Ainda não recebi.</b><br>Podem reenviar?",
    ),
    "Thunderbird": Record(
        text="Segue o *erro*:\n\nORA-00942: table\n   does not exist",
        html="Segue o <b>erro</b>:<pre>ORA-00942: table\n   does not exist</pre>",
    ),
    "Roundcube": Record(
        text="Conferi _tudo_.",
        html="Conferi <i>tudo</i>.",
    ),
    "Zimbra": Record(
        text="Conferi.\n\n* maio\n* junho",
        html="Conferi.<ul><li>maio</li><li>junho</li></ul>",
    ),
    "UOL": Record(
        text="Não *abre*.",
        html="Não <b>abre</b>.",
    ),
    "Samsung": Record(
        text="Não abre 👍",
        html="Não <b>abre</b> 👍",
    ),
    "Google Docs pasted into Gmail": Record(
        text="Tudo leve\n*só isto não*",
        html="Tudo leve<br><b><i>só isto não</i></b>",
    ),
    "headings, what is struck out, and quotes of their own": Record(
        text="Pedido\n\n1. Boleto\nDia 10 12\n\n> Art. 5º\n\nCerto?",
        html="<h3>Pedido</h3><h4>1. Boleto</h4>Dia <s>10</s> 12<blockquote>Art. 5º</blockquote>Certo?",
    ),
    "lists in lists": Record(
        text="- a\n- b\n  - c\n- d",
        html="<ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>",
    ),
    "tables that put things beside each other": Record(
        text="Ana Prado\nSecretaria",
        html="<b>Ana Prado</b><br>Secretaria",
    ),
    "a table with joined cells": Record(
        text="Mês\nValor\nTotal\nmaio\n1\n2",
        html=(
            '<div tabindex="0"><table><thead><tr><th>Mês</th><th colspan="2">Valor</th><th>Total</th></tr></thead><'
            "tbody><tr><td>maio</td><td>1</td><td>2</td></tr></tbody></table></div>"
        ),
    ),
    "HTML alone": Record(
        text="Oi,\n\nfalta o de maio: veja <https://portal.example/x>.",
        html=(
            'Oi,<br><br>falta o de <b>maio</b>: <a href="https://portal.example/x" rel="noopener nofollow">veja</a>'
            " <small>(portal.example)</small>."
        ),
    ),
    "HTML in two pieces around a file": Record(
        text="Segue o boleto:\nObrigada!",
        files=("boleto.pdf",),
        html="Segue o <b>boleto</b>:<br>Obrigada!",
    ),
    "a new request with a table of a spreadsheet": new(
        text="Segue:\nAluno\tValor\nPedro\t10\nLia\t20",
        html=(
            'Segue:<div tabindex="0"><table><tbody><tr><td>Aluno</td><td>Valor</td></tr><tr><td>Pedro</td><td>10</t'
            "d></tr><tr><td>Lia</td><td>20</td></tr></tbody></table></div>"
        ),
    ),
    "passed on by an agent": Record(
        ticket="new",
        who="nina@fora.example",
        title="Boleto",
        verified=False,
        text="Venceu *ontem*.",
        html="Venceu <b>ontem</b>.",
    ),
    "a program beside it": Record(
        reason="files",
        text="Segue *isto*.\n\n(Arquivos não recebidos: boleto.pdf.exe)",
        html="Segue <b>isto</b>.<br><br>(Arquivos não recebidos: boleto.pdf.exe)",
    ),
    "HTML that says something else": Record(
        text="Podem pagar.",
    ),
    "HTML that says more": Record(
        text="Bom dia.",
    ),
    "HTML that says less": Record(
        text="Bom dia.\nPague.",
    ),
    "a beginning that is only alike": Record(
        text="SIM",
    ),
    "a quote that is no end of the HTML": Record(
        text="SIM",
    ),
    "scripts and what runs": Record(
        text="Oi\n\ntudo",
        html="<b>Oi</b><br><br>tudo",
    ),
    "styles and classes": Record(
        text="Oi\n\ntudo",
        html="<b>Oi</b><br><br>tudo",
    ),
    "links that run": Record(
        text="Oi um dois três quatro cinco seis sete oito nove",
        html="<b>Oi</b> um dois três quatro cinco seis sete oito nove",
    ),
    "another base": Record(
        text="Oi entre",
        html="<b>Oi</b> entre",
    ),
    "what leads on by itself": Record(
        text="Oi",
        html="<b>Oi</b>",
    ),
    "drawings": Record(
        text="Oi fim",
        html="<b>Oi</b> fim",
    ),
    "formulas": Record(
        text="Oi fim",
        html="<b>Oi</b> fim",
    ),
    "objects and frames": Record(
        text="Oi alifim",
        html="<b>Oi</b> alifim",
    ),
    "forms": Record(
        text="Oi Senha Entrar1texto",
        html="<b>Oi</b><br>Senha Entrar1texto",
    ),
    "names that take the place of ours": Record(
        text="Oi a.example <https://a.example/>\n\noi",
        html='<b>Oi</b> <a href="https://a.example/" rel="noopener nofollow">a.example</a><br><br>oi',
    ),
    "attributes of htmx": Record(
        text="Oi\n\noi",
        html="<b>Oi</b><br><br>oi",
    ),
    "comments and what is not parsed": Record(
        text="Oi -->um]]>",
        html="<b>Oi</b> --&gt;um]]&gt;",
    ),
    "raw text": Record(
        text="Oi <b>um</b>dois<b>três</b></plaintext>",
        html="<b>Oi</b> &lt;b&gt;um&lt;/b&gt;<b>dois</b>&lt;b&gt;três&lt;/b&gt;&lt;/plaintext&gt;",
    ),
    "tags broken off": Record(
        text="Oi <um",
        html="<b>Oi</b> &lt;<b>um</b>",
    ),
    "words that look like tags": Record(
        text='Oi <script>x()</script> <img src="picture:1"> &lt;b&gt; {{ 7*7 }}',
        html='<b>Oi</b> &lt;script&gt;x()&lt;/script&gt; &lt;img src="picture:1"&gt; &amp;lt;b&amp;gt; {{ 7*7 }}',
    ),
    "a picture to tell that it was read": Record(
        text="Oi fim",
        html="<b>Oi</b> fim",
    ),
    "pictures from outside": Record(
        text="Oi <https://loja.example/>\n\nfim",
        html=(
            '<b>Oi</b> <a href="outside:https://espia.example/a.png" rel="noopener nofollow">'
            '<img src="outside:https://espia.example/a.png" alt="Logo" loading="lazy"></a> '
            '<a href="https://loja.example/" rel="noopener nofollow">'
            '<img src="outside:http://espia.example/c.png" alt="" loading="lazy"></a> '
            "<small>(loja.example)</small><br>fim"
        ),
    ),
    "pictures from within": Record(
        text="Oi fim",
        html="<b>Oi</b> faltafim",
    ),
    "a drawing and a program as own pictures": Record(
        reason="files",
        text="Veja *isto*.\n\n(Arquivos não recebidos: b.exe)",
        files=("a.svg",),
        html="Veja <b>isto</b>.<br><br>desenho<br><br>(Arquivos não recebidos: b.exe)",
    ),
    "words of a link that are another address": Record(
        text=(
            "Oi https://www.banco.example/entrar <https://golpe.example/entrar> ou clique aqui <https://golpe.example/>"
        ),
        html=(
            '<b>Oi</b> <a href="https://golpe.example/entrar" rel="noopener nofollow">https://www.banco.example/ent'
            'rar</a> <small>(golpe.example)</small> ou <a href="https://golpe.example/" rel="noopener nofollow">cli'
            "que aqui</a> <small>(golpe.example)</small>"
        ),
    ),
    "words of a link that are its own address": Record(
        text=(
            "Oi www.banco.example <https://www.banco.example/entrar?utm=1> https://www.banco.example/ <https://banc"
            "o.example/>"
        ),
        html=(
            '<b>Oi</b> <a href="https://www.banco.example/entrar?utm=1" rel="noopener nofollow">www.banco.example</'
            'a> <a href="https://banco.example/" rel="noopener nofollow">https://www.banco.example/</a>'
        ),
    ),
    "letters that look like others": Record(
        text="Oi аррӏе.example <https://xn--80ak6aa92e.example/> epic.example <https://xn--e1awd7f.example/>",
        html=(
            '<b>Oi</b> <a href="https://xn--80ak6aa92e.example/" rel="noopener nofollow">аррӏе.example</a> <small>('
            'xn--80ak6aa92e.example)</small> <a href="https://xn--e1awd7f.example/" rel="noopener nofollow">epic.ex'
            "ample</a> <small>(xn--e1awd7f.example)</small>"
        ),
    ),
    "somebody before the host": Record(
        text=(
            "Oi https://www.banco.example@golpe.example/ <https://golpe.example/> banco <https://golpe.example:8443/a>"
        ),
        html=(
            '<b>Oi</b> <a href="https://golpe.example/" rel="noopener nofollow">https://www.banco.example@golpe.exa'
            'mple/</a> <small>(golpe.example)</small> <a href="https://golpe.example:8443/a" rel="noopener nofollow'
            '">banco</a> <small>(golpe.example)</small>'
        ),
    ),
    "a host that ends at a backslash": Record(
        text="Oi www.banco.example <https://golpe.example/@www.banco.example/> b <https://golpe.example/>",
        html=(
            '<b>Oi</b> <a href="https://golpe.example/@www.banco.example/" rel="noopener nofollow">www.banco.exampl'
            'e</a> <small>(golpe.example)</small> <a href="https://golpe.example/" rel="noopener nofollow">b</a> <s'
            "mall>(golpe.example)</small>"
        ),
    ),
    "hosts that are none": Record(
        text="Oi um dois três quatro <https://a/b> cinco <http://2130706433/>",
        html=(
            '<b>Oi</b> um dois três <a href="https://a/b" rel="noopener nofollow">quatro</a> <small>(a)</small> <a '
            'href="http://2130706433/" rel="noopener nofollow">cinco</a> <small>(2130706433)</small>'
        ),
    ),
    "addresses and phones": Record(
        text="Oi ana@aurora.example ana@aurora.example (11) 4002-8922 ligue",
        html=(
            '<b>Oi</b> <a href="mailto:golpe@fora.example" rel="noopener nofollow">ana@aurora.example</a> <small>(g'
            'olpe@fora.example)</small> <a href="mailto:ana@aurora.example" rel="noopener nofollow">ana@aurora.exam'
            'ple</a> <a href="tel:+551140028922" rel="noopener nofollow">(11) 4002-8922</a> <a href="tel:0900123" r'
            'el="noopener nofollow">ligue</a> <small>(0900123)</small>'
        ),
    ),
    "links around nothing": Record(
        text="Oi <https://a.example/> <https://a.example/>fim",
        html="<b>Oi</b> fim",
    ),
    "a link in a link": Record(
        text="Oi um\n\ndois <https://b.example/>\n\n<https://a.example/>",
        html=(
            '<b>Oi</b> <a href="https://a.example/" rel="noopener nofollow">um<br></a><a href="https://b.example/" '
            'rel="noopener nofollow">dois</a> <small>(b.example)</small> <small>(a.example)</small>'
        ),
    ),
    "marks that turn the direction of writing": Record(
        text="Oi \u202eelpmaxe.ocnab <https://a.example/>",
        html=(
            '<b>Oi</b> <a href="https://a.example/" rel="noopener nofollow">elpmaxe.ocnab</a> <small>(a.example)</s'
            "mall>"
        ),
    ),
    "elements that nobody knows": Record(
        text="Oi umdoistrês",
        html="<b>Oi</b> umdoistrês",
    ),
    "three hundred quotes": Record(
        text="Oi",
        html=(
            "<blockquote><blockquote><blockquote><blockquote><blockquote><blockquote><blockquote><blockquote><b>Oi<"
            "/b></blockquote></blockquote></blockquote></blockquote></blockquote></blockquote></blockquote></blockq"
            "uote>"
        ),
    ),
}
