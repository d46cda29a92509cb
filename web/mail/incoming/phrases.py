"""What mail programs put around the words of people, in Portuguese and other languages."""

import re

ABOVE = "responda acima desta linha"
"""In a line of its own of our messages: whatever follows it in a reply is ours."""

NO_SUBJECT = "Mensagem sem assunto"
LEFT_OUT = "(Arquivos não recebidos: {names})"
OWN_PICTURE = "imagem"
PICTURE = "[imagem externa]"
PICTURE_OF = "[imagem externa: {alt}]"

MARKER = re.compile(rf"^[>\s*_#\-—–]*{ABOVE}[\s*_#\-—–]*$", re.IGNORECASE)

ORIGINAL = re.compile(
    r"^[>\s]*[-_*]{2,}\s*(mensagem original|original message|mensaje original|message d'origine|"
    r"urspr[üu]ngliche nachricht|messaggio originale|e-?mail original)\s*[-_*]{2,}\s*$",
    re.IGNORECASE,
)

FORWARDED = re.compile(
    r"^[>\s]*[-_*]{2,}\s*(mensagem encaminhada|in[íi]cio da mensagem encaminhada|forwarded message|"
    r"mensaje reenviado)\s*[-_*]{2,}|"
    r"^(in[íi]cio da mensagem encaminhada|begin forwarded message):",
    re.IGNORECASE,
)

PASSED_ON = ("fw:", "fwd:", "enc:", "rv:", "tr:", "wg:")
"""What programs put before the subject of what they pass on."""
MARKED = re.compile(r"^\s*((fwd?|enc|rv|tr|wg|re|res)\s*:\s*)+", re.IGNORECASE)
SENDER = re.compile(r"^[>\s*]*(de|from|von|da)\s*:[\s*]*(.+)$", re.IGNORECASE)

_WROTE = r"(escreveu|escreveram|wrote|escribi[óo]|a écrit|schrieb|ha scritto|schreef)"

STARTS_ATTRIBUTION = re.compile(
    rf"^[>\s\-]*(em|no dia|on|el|le|am|il|op|citando|quoting)\b|^[>\s]*.{{1,80}}<[^<>@\s]+@|^[>\s]*\d{{1,4}}[-/.]\d|"
    rf"^[>\s]*\w.{{0,60}}\b{_WROTE}",
    re.IGNORECASE,
)

ATTRIBUTIONS = (
    re.compile(
        rf"^(?=.*(\d|@)).{{4,400}}\b{_WROTE}(\s+((no dia|em)\b.{{0,120}}|\(.{{0,80}}\)))?\s*(:|----)\s*$", re.IGNORECASE
    ),
    re.compile(rf"^(em|on|el)\b.{{4,200}}<[^<>\s]+@[^<>\s]+>\s*{_WROTE}:\s+\S", re.IGNORECASE),
    re.compile(r"^(am|op)\b.{4,80}\b(schrieb|schreef)\b.{2,120}:\s*$", re.IGNORECASE),
    re.compile(r"^(citando|quoting)\b.{3,200}:\s*$", re.IGNORECASE),
)

HEADER = re.compile(
    r"^(de|from|von|enviad[oa]s?(?: em)?|sent|enviado el|data(?: de envio)?|date|fecha|para|to|an|cc|"
    r"c[óo]pia|assunto|subject|asunto|"
    r"importância|importance|prioridade|responder[ -]para|reply-to)\s*:",
    re.IGNORECASE,
)
MEANINGS = {
    **dict.fromkeys(("de", "from", "von"), "from"),
    **dict.fromkeys(
        ("enviado", "enviada", "enviados", "enviadas", "sent", "enviado el", "data", "data de envio", "date", "fecha"),
        "date",
    ),
    **dict.fromkeys(("para", "to", "an"), "to"),
    **dict.fromkeys(("assunto", "subject", "asunto"), "subject"),
    **dict.fromkeys(("cc", "cópia", "copia", "importância", "importance", "prioridade"), "more"),
    **dict.fromkeys(("responder para", "reply to"), "more"),
}
NEEDED = {"from", "date", "to", "subject"}

RULE = re.compile(r"^[>\s]*[_\-=]{5,}\s*$")

BELOW = re.compile(
    r"\b(abaixo|embaixo|em (vermelho|azul|verde|negrito|amarelo)|no corpo|entre as linhas|in ?line|below)\b",
    re.IGNORECASE,
)

ADDED = re.compile(
    r"^(enviad[oa] (do|de|da|via|pelo|a partir d[oe]|com o|usando)\b.{0,80}$|obter o outlook|get outlook for|"
    r"baixe o outlook|sent from (my|mail|yahoo|outlook|the)\b.{0,60}$|sent via\b.{0,60}$|"
    r"yahoo mail:|enviado desde\b.{0,60}$|"
    r"(esta|essa|a presente) (mensagem|comunicação)\b.{0,160}\b(confiden|privileg|sigil|destinat)|"
    r"(este|o presente) e-?mail\b.{0,160}\b(confiden|privileg|sigil|destinat|v[íi]rus)|"
    r"aviso( legal| de confidencialidade|:)|as informações (contidas|existentes) n|"
    r"this (e-?mail|message)\b.{0,160}\b(confiden|privileg|intended)|"
    r"livre de v[íi]rus|não contém v[íi]rus|virus-free|"
    r"antes de imprimir|pense (bem )?(no meio ambiente|antes de imprimir)|"
    r"você recebeu (esta|essa) mensagem porque)",
    re.IGNORECASE,
)
