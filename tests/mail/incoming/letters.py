"""Over a hundred raw messages of our own making, each with the whole record of what it becomes.

`{ana}` and `{bia}` stand for the secret addresses of Ana's ticket for these two, `{number}` for its number; `{id}` for
the id of a message of ours.
"""

import base64
import quopri
from dataclasses import dataclass, field
from email.header import Header

from tests.mail.incoming.replies import HISTORIES

PASS = "mx.guiche.example; dmarc=pass"
ANA = "Ana Prado <ana@aurora.example>"
THANKS = "Obrigada, já conferi."


@dataclass(frozen=True)
class Record:
    """The result of a mail. `ticket` is "same" or "new"; `who` is its requester's address.

    Empty if nothing was created.
    """

    state: str = "filed"
    reason: str = ""
    ticket: str = "same"
    who: str = "ana@aurora.example"
    text: str = THANKS
    title: str = "Boletos com o valor errado"
    files: tuple[str, ...] = ()
    verified: bool = True
    html: str = ""
    """The HTML that is shown; an own picture is `picture:` with its file name."""


@dataclass(frozen=True)
class Letter:
    """A raw message and its result."""

    raw: bytes
    record: Record = field(default_factory=Record)


def raw(
    body: bytes | str = THANKS,
    *,
    sender: str = ANA,
    to: str = "{ana}",
    subject: str = "Re: Boletos",
    results: str | None = PASS,
    kind: str = "text/plain; charset=utf-8",
    encoding: str = "8bit",
    more: tuple[str, ...] = (),
) -> bytes:
    lines = [f"Authentication-Results: {results}"] if results else []
    lines += [f"From: {sender}"] if sender else []
    lines += [f"To: {to}", f"Subject: {subject}", "Message-ID: <1@aurora.example>", *more]
    lines += ["MIME-Version: 1.0", f"Content-Type: {kind}", f"Content-Transfer-Encoding: {encoding}"]
    return "\n".join(lines).encode() + b"\n\n" + (body if isinstance(body, bytes) else body.encode())


def nothing(state: str, reason: str) -> Record:
    return Record(state, reason, "", "", "", "")


def parts(*files: str, text: str = THANKS) -> bytes:
    """A multipart body; each file is its headers and its content."""
    plain = f"Content-Type: text/plain; charset=utf-8\n\n{text}\n"
    return "".join(f"--b\n{each}\n" for each in (plain, *files)).encode() + b"--b--\n"


def file(disposition: str, content: str = "conteudo", kind: str = "application/octet-stream") -> str:
    return f"Content-Type: {kind}\nContent-Disposition: {disposition}\n\n{content}"


def mixed(*files: str, names: tuple[str, ...], text: str = THANKS) -> Letter:
    shown = Record(files=names, text=text)
    return Letter(raw(parts(*files), kind="multipart/mixed; boundary=b"), shown)


def new(text: str = "Podem ver?", title: str = "Pedido", who: str = "rui@aurora.example", **more) -> Record:
    return Record(ticket="new", text=text, title=title, who=who, **more)


REPLIES = {f"reply of {name}": Letter(raw(THANKS + history)) for name, history in HISTORIES.items()}

_ACCENTS = "Não há boleto à vista: é só amanhã."
CHARSETS = {
    f"charset {charset} as {encoding}": Letter(
        raw(encode(_ACCENTS.encode(charset)), kind=f'text/plain; charset="{charset}"', encoding=encoding),
        Record(text=_ACCENTS),
    )
    for charset in ("utf-8", "iso-8859-1", "windows-1252", "iso-8859-15", "macroman")
    for encoding, encode in {
        "quoted-printable": quopri.encodestring,
        "base64": base64.encodebytes,
        "8bit": bytes,
    }.items()
}
CHARSETS |= {
    "charset utf-16": Letter(
        raw(base64.encodebytes(_ACCENTS.encode("utf-16")), kind="text/plain; charset=utf-16", encoding="base64"),
        Record(text=_ACCENTS),
    ),
    "charset of nobody": Letter(raw(_ACCENTS, kind="text/plain; charset=x-nobody"), Record(text=_ACCENTS)),
    "charset not told": Letter(raw(_ACCENTS, kind="text/plain"), Record(text=_ACCENTS)),
    "charset said to be ascii": Letter(raw(_ACCENTS, kind="text/plain; charset=us-ascii"), Record(text=_ACCENTS)),
    "quotes of Windows said to be latin": Letter(
        raw("“oi” – € 5".encode("cp1252"), kind="text/plain; charset=iso-8859-1"), Record(text="“oi” – € 5")
    ),
    "japanese": Letter(raw("請求書".encode("shift_jis"), kind="text/plain; charset=shift_jis"), Record(text="請求書")),
    "russian": Letter(raw("Счёт".encode("koi8-r"), kind="text/plain; charset=koi8-r"), Record(text="Счёт")),
}

ABSENCES = {
    f"absence {subject}": Letter(raw(subject=str(Header(subject, "utf-8"))), nothing("ignored", "absence"))
    for subject in (
        *("Resposta automática: Boletos", "Ausência: Ana Prado", "Fora do escritório até 30/11", "Aviso de férias"),
        *("Automatic reply: Boletos", "Out of Office: Boletos", "Auto-reply: Boletos"),
        *("Respuesta automática: Boletos", "Fuera de la oficina", "Ausente de la oficina: Boletos"),
        *("Réponse automatique : Boletos", "Absence du bureau", "Absent du bureau : Boletos"),
        *("Automatische Antwort: Boletos", "Abwesenheitsnotiz", "Abwesenheitsassistent: Boletos", "Abwesend: Boletos"),
        *("Risposta automatica: Boletos", "Fuori ufficio", "Fuori sede: Boletos"),
        *("Ausência temporária: Boletos", "Mensagem automática de ausência"),
    )
}
MACHINES = {
    f"machine {header}": Letter(raw(more=(header,)), nothing("ignored", reason))
    for header, reason in {
        "Auto-Submitted: auto-replied": "answer",
        "Auto-Submitted: auto-generated (vacation)": "answer",
        "X-Autoreply: yes": "answer",
        "X-Autorespond: Férias": "answer",
        "Precedence: auto_reply": "answer",
        "Precedence: bulk": "list",
        "Precedence: junk": "list",
        "List-Id: Avisos <avisos.aurora.example>": "list",
        "Return-Path: <>": "bounce",
        "X-Failed-Recipients: ana@aurora.example": "bounce",
    }.items()
}
MACHINES["not a machine: Auto-Submitted: no"] = Letter(raw(more=("Auto-Submitted: no",)))
MACHINES["message of ours that came round"] = Letter(
    raw().replace(b"<1@aurora.example>", b"{id}"), nothing("ignored", "ours")
)
MACHINES["mail in the name of the desk"] = Letter(raw(sender="nao-responda@127.0.0.1"), nothing("ignored", "ours"))


def bounce(status: str, answer: str) -> bytes:
    report = f"Final-Recipient: rfc822; ana@aurora.example\nAction: failed\nStatus: {status}\nDiagnostic-Code: {answer}"
    body = parts(
        f"Content-Type: message/delivery-status\n\n{report}",
        "Content-Type: text/rfc822-headers\n\nMessage-ID: {id}",
        text="Não foi entregue.",
    )
    kind = "multipart/report; report-type=delivery-status; boundary=b"
    return raw(body, sender="MAILER-DAEMON@mx.aurora.example", kind=kind)


BOUNCES = {
    f"bounce {status}": Letter(bounce(status, f"smtp; 550 {status} no"), nothing("ignored", "bounce"))
    for status in ("5.1.1", "5.2.2", "5.7.1", "4.4.1", "2.0.0")
}
BOUNCES["bounce of a host, in words"] = Letter(
    raw(
        "550 No such user\n\nMessage-ID: {id}",
        sender="postmaster@hospeda.example",
        subject="Mensagem devolvida",
        more=("Auto-Submitted: auto-replied",),
    ),
    nothing("ignored", "bounce"),
)
BOUNCES["absence without a return path"] = Letter(
    raw(subject="=?utf-8?Q?Resposta_autom=C3=A1tica:_Boletos?=", more=("Return-Path: <>", "In-Reply-To: {id}")),
    nothing("ignored", "absence"),
)
BOUNCES["answer without a return path"] = Letter(
    raw(more=("Return-Path: <>", "Auto-Submitted: auto-replied", "In-Reply-To: {id}")), nothing("ignored", "answer")
)
BOUNCES["receipt"] = Letter(
    raw(
        parts(text="Sua mensagem foi lida."),
        subject="Lida: Boletos",
        kind="multipart/report; report-type=disposition-notification; boundary=b",
        more=("Return-Path: <>",),
    ),
    nothing("ignored", "answer"),
)
BOUNCES["bounce of an old server"] = Letter(
    raw("550 unknown user\n\n{id}", sender="mailer-daemon@old.example"), nothing("ignored", "bounce")
)

_PROGRAM = file('attachment; filename="boleto.pdf.exe"')
LEFT_OUT = f"{THANKS}\n\n(Arquivos não recebidos: {{}})"
FILES = {
    "file": mixed(file('attachment; filename="boleto.pdf"'), names=("boleto.pdf",)),
    "name encoded by RFC 2231": mixed(
        file("attachment; filename*=utf-8''boleto%20n%C2%BA%201.pdf"), names=("boleto nº 1.pdf",)
    ),
    "name in pieces": mixed(file('attachment; filename*0="bole"; filename*1="to.pdf"'), names=("boleto.pdf",)),
    "name in encoded words": mixed(file('attachment; filename="=?utf-8?B?w6JuY29yYS5wZGY=?="'), names=("âncora.pdf",)),
    "name with a path": mixed(file('attachment; filename="../../etc/passwd"'), names=("passwd",)),
    "name with a path of Windows": mixed(file('attachment; filename="C:\\\\temp\\\\nota.txt"'), names=("nota.txt",)),
    "name that Windows keeps for itself": mixed(file('attachment; filename="CON.txt"'), names=("_CON.txt",)),
    "name turned round": mixed(file("attachment; filename*=utf-8''nota%E2%80%AEfdp.txt"), names=("notafdp.txt",)),
    "name of 900 letters": mixed(file(f'attachment; filename="{"a" * 896}.pdf"'), names=(f"{'a' * 146}.pdf",)),
    "no name": mixed(file("attachment"), names=("anexo",)),
    "program": Letter(
        raw(parts(_PROGRAM), kind="multipart/mixed; boundary=b"),
        Record(text=LEFT_OUT.format("boleto.pdf.exe"), reason="files"),
    ),
    "mail inside a mail": mixed(
        "Content-Type: message/rfc822\n\nFrom: x@y.example\nSubject: Outro\n\nOi\n", names=("mensagem.eml",)
    ),
    "invitation": mixed(
        file("inline", "BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR", "text/calendar; method=REQUEST"),
        names=("convite.ics",),
    ),
    "winmail that can't be read": mixed(
        file('attachment; filename="winmail.dat"', "nada", "application/ms-tnef"), names=("winmail.dat",)
    ),
    "html by name": mixed(file('attachment; filename="pagina.html"', "<script>", "text/html"), names=("pagina.html",)),
    "two of one name": mixed(*[file('attachment; filename="a.txt"')] * 2, names=("a.txt", "a.txt")),
}

HTML = {
    "html with a program": Letter(
        raw("<script>x()</script><p onclick=x()>Oi</p><style>p{}</style>", kind="text/html"), Record(text="Oi")
    ),
    "html with a pixel": Letter(
        raw('<p>Oi<img src="https://espia.example/1.gif" width=1></p>', kind="text/html"), Record(text="Oi")
    ),
    "html with what nobody sees": Letter(
        raw('<p>Oi</p><div style="display:none">escondido</div>', kind="text/html"), Record(text="Oi")
    ),
    "html that nests without end": Letter(raw("<div>" * 5000 + "<b>Oi", kind="text/html"), Record(text="Oi")),
    "html with a table": Letter(
        raw("<table><tr><td>Aluno<td>Valor<tr><td>Pedro<td>10</table>", kind="text/html"),
        Record(
            text="Aluno Valor\nPedro 10",
            html='<div tabindex="0"><table><tbody><tr><td>Aluno</td><td>Valor</td></tr><tr><td>Pedro</td><td>10</td>'
            "</tr></tbody></table></div>",
        ),
    ),
    "html of Thunderbird, signed below the quote": Letter(
        raw(
            '<p>Sim.<br></p><div class="moz-cite-prefix">Em 23/11/2026 10:12, Guichê escreveu:<br></div><blockquote '
            'type="cite" cite="mid:1@guiche.example"><div><p>Pode conferir?</p></div></blockquote>'
            '<div class="moz-signature">-- <br>Ana</div>',
            kind="text/html",
        ),
        Record(text="Sim."),
    ),
    "html of Apple Mail, which quotes the sentence above the quote": Letter(
        raw(
            'Sim.<div><br></div><div><blockquote type="cite"><div>Em 23 de nov. de 2026, à(s) 10:12, Guichê '
            "&lt;suporte@guiche.example&gt; escreveu:</div><br><div><p>Pode conferir?</p></div></blockquote></div>",
            kind="text/html",
        ),
        Record(text="Sim."),
    ),
    "html of Gmail, answered between the lines": Letter(
        raw(
            '<div dir="ltr"><div class="gmail_attr">Em 23/11/2026, Guichê escreveu:<br></div><blockquote '
            'class="gmail_quote"><div>Qual turma?</div></blockquote><div>3º B</div><blockquote class="gmail_quote">'
            "<div>Qual o valor?</div></blockquote><div>R$ 320</div></div>",
            kind="text/html",
        ),
        Record(
            text="Em 23/11/2026, Guichê escreveu:\n\n> Qual turma?\n\n3º B\n\n> Qual o valor?\n\nR$ 320",
            html="Em 23/11/2026, Guichê escreveu:<blockquote>Qual turma?</blockquote>3º B<blockquote>Qual o valor?"
            "</blockquote>R$ 320",
        ),
    ),
    "html of 30,000 pieces": Letter(
        raw("<b>Oi</b> " * 15_000, kind="text/html"), Record(text=" ".join(["Oi"] * 15_000))
    ),
}

ATTACKS = {
    "requester without any check": Letter(raw(results=None), Record(verified=False)),
    "requester whose check failed": Letter(raw(results="mx.guiche.example; dmarc=fail"), Record(verified=False)),
    "check by somebody else": Letter(raw(results="mx.golpe.example; dmarc=pass"), Record(verified=False)),
    "agent without the secret address": Letter(raw(sender="bia@guiche.example"), nothing("parked", "unproven_agent")),
    "agent without any check": Letter(
        raw(sender="bia@guiche.example", to="{bia}", results=None), nothing("parked", "unproven_agent")
    ),
    "agent begins something": Letter(
        raw(sender="bia@guiche.example", to="suporte@guiche.example"), nothing("parked", "unproven_agent")
    ),
    "two senders": Letter(raw(sender=f"{ANA}, bia@guiche.example"), nothing("parked", "no_sender")),
    "no sender": Letter(raw(sender=""), nothing("parked", "no_sender")),
    "sender that is no address": Letter(raw(sender="Ana"), nothing("parked", "no_sender")),
    "surname first, without quotes": Letter(
        raw(
            "Podem ver?",
            sender="Silva, Nina <nina@fora.example>",
            to="Desk, Our <suporte@guiche.example>",
            subject="Pedido",
        ),
        new(who="nina@fora.example"),
    ),
    "two senders, one of them a name": Letter(
        raw(sender="ana@aurora.example, Silva, Bia <bia@guiche.example>"), nothing("parked", "no_sender")
    ),
    "unseen marks in the sender": Letter(raw(sender="=?utf-8?B?4oCuQW5h?= <ana@aurora.example>")),
    "words of ours in headers": Letter(
        raw(more=("X-Original-To: bia@guiche.example", "X-Guiche-Status: closed", "X-Guiche-Role: admin"))
    ),
    "break in an encoded subject": Letter(
        raw(
            "Podem ver?",
            sender="rui@aurora.example",
            to="suporte@guiche.example",
            subject="=?utf-8?Q?Pedido=0D=0ABcc:_x@y.example?=",
        ),
        new(title="Pedido Bcc: x@y.example"),
    ),
    "number of another's ticket": Letter(
        raw("Podem ver?", sender="rui@aurora.example", to="suporte@guiche.example", subject="[#{number}] Pedido"),
        new(title="[#{number}] Pedido"),
    ),
    "another's secret address": Letter(
        raw("Podem ver?", sender="rui@aurora.example", subject="Pedido"), new(reason="out_of_sight")
    ),
    "nul in the text": Letter(raw(b"Obrigada,\0 j\xc3\xa1 conferi.")),
    "SIM to close": Letter(raw("SIM"), Record(text="SIM")),
    "nothing said": Letter(raw(" \n"), nothing("parked", "missing")),
    "headers too long": Letter(raw(more=("X-Long: " + "a" * 600_000,)), nothing("parked", "long_headers")),
    "parts too many": Letter(
        raw(parts(*[file("attachment")] * 300), kind="multipart/mixed; boundary=b"), nothing("parked", "too_many_parts")
    ),
    "template": Letter(raw("{{ 7*7 }} {% include 'x' %}"), Record(text="{{ 7*7 }} {% include 'x' %}")),
}

_PASSED_ON = "{}\n\nDe: Nina <nina@fora.example>\nEnviado: hoje\nPara: Bia\nAssunto: Boleto\n\nVenceu."
FORWARDS = {
    f"passed on as {mark}": Letter(
        raw(
            _PASSED_ON.format(above),
            sender="bia@guiche.example",
            to="suporte@guiche.example",
            subject=f"{mark} Boleto",
        ),
        Record(ticket="new", who="nina@fora.example", text="Venceu.", title="Boleto", verified=False),
    )
    for mark, above in {
        "Enc:": "",
        "ENC:": "-----Mensagem original-----",
        "Fwd:": "---------- Forwarded message ---------",
        "Fw:": "________________________________",
        "RV:": "---------- Mensaje reenviado ---------",
    }.items()
}
FORWARDS["passed on by a requester is theirs"] = Letter(
    raw(_PASSED_ON.format(""), sender="rui@aurora.example", to="suporte@guiche.example", subject="Enc: Boleto"),
    new(text=_PASSED_ON.format("").strip(), title="Enc: Boleto"),
)

NEW = {
    "known person": Letter(
        raw("Podem ver?", sender="rui@aurora.example", to="suporte@guiche.example", subject="Pedido"), new()
    ),
    "unknown person": Letter(
        raw("Podem ver?", sender="Nina <nina@fora.example>", to="suporte@guiche.example", subject="Pedido"),
        new(who="nina@fora.example"),
    ),
    "unknown person without a check": Letter(
        raw("Podem ver?", sender="nina@fora.example", to="suporte@guiche.example", subject="Pedido", results=None),
        new(who="nina@fora.example", verified=False),
    ),
    "no subject": Letter(
        raw("Podem ver?", sender="rui@aurora.example", to="suporte@guiche.example", subject=""),
        new(title="Mensagem sem assunto"),
    ),
    "subject of 500 letters": Letter(
        raw("Podem ver?", sender="rui@aurora.example", to="suporte@guiche.example", subject="a" * 500),
        new(title="a" * 200),
    ),
    "subject in two charsets": Letter(
        raw(
            "Podem ver?",
            sender="rui@aurora.example",
            to="suporte@guiche.example",
            subject="=?iso-8859-1?Q?Observa=E7=E3o?= =?utf-8?B?IPCfkq8=?=",
        ),
        new(title="Observação 💯"),
    ),
    "request about absence": Letter(
        raw("Podem ver?", sender="rui@aurora.example", to="suporte@guiche.example", subject="Ausencia de sinal"),
        new(title="Ausencia de sinal"),
    ),
}

LETTERS = REPLIES | CHARSETS | ABSENCES | MACHINES | BOUNCES | FILES | HTML | ATTACKS | FORWARDS | NEW
