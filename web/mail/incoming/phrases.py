"""Phrases that mail programs write around people's own text, in Portuguese and other languages."""

import re

ABOVE = "responda acima desta linha"
"""The separator line in our messages: whatever follows it in a reply is quoted."""

NO_SUBJECT = "Mensagem sem assunto"
LEFT_OUT = "(Arquivos não recebidos: {names})"
OWN_PICTURE = "imagem"
PICTURE = "[imagem externa]"
PICTURE_OF = "[imagem externa: {alt}]"

MARKER = re.compile(rf"^[>\s*_#\-—–]*{ABOVE}[\s*_#\-—–]*$", re.IGNORECASE)

ORIGINAL = re.compile(
    r"^[>\s]*[-_*]{2,}\s*(mensagem original|original message|mensaje original|message d'origine|"
    r"urspr[üu]ngliche nachricht|messaggio originale|e-?mail original)\s*[-_*]{2,}\s*(?:$|(?:de|from)\s*:)",
    re.IGNORECASE,
)

FORWARDED = re.compile(
    r"^[>\s]*[-_*]{2,}\s*(mensagem (re)?encaminhada|in[íi]cio da mensagem (re)?encaminhada|forwarded message|"
    r"mensaje reenviado)\s*[-_*]{2,}|"
    r"^(in[íi]cio da mensagem (re)?encaminhada|begin forwarded message):",
    re.IGNORECASE,
)

PASSED_ON = ("fw:", "fwd:", "enc:", "rv:", "tr:", "wg:")
"""Prefixes that programs put before the subject of a forwarded mail."""
MARKED = re.compile(r"^\s*((fwd?|enc|rv|tr|wg|re|res)\s*:\s*)+", re.IGNORECASE)
SENDER = re.compile(r"^[>\s*]*(de|from|von|da)\s*:[\s*]*(.+)$", re.IGNORECASE)

_WROTE = r"(escreveu|escreveram|wrote|escribi[óo]|a écrit|schrieb|ha scritto|schreef)"

STARTS_ATTRIBUTION = re.compile(
    rf"^[>\s\-=]*(em|no dia|on|el|le|am|il|op|citando|quoting)\b|^[>\s]*.{{1,80}}<[^<>@\s]+@|"
    rf"^[>\s]*\d{{1,4}}([-/.]\d| de \w)|^[>\s]*\w.{{0,60}}\b{_WROTE}|^-{{3,}} *\w|^\S.{{1,80}} -{{3,}} ?\d",
    re.IGNORECASE,
)

ATTRIBUTIONS = (
    re.compile(
        rf"^(?=.*(\d|@)).{{4,400}}\b{_WROTE}(\s+((no dia|em)\b.{{0,120}}|\(.{{0,80}}\)))?\s*(:|:?\s*[-=]{{3,}})\s*$",
        re.IGNORECASE,
    ),
    re.compile(rf"^(em|on|el)\b.{{4,200}}<[^<>\s]+@[^<>\s]+>\s*{_WROTE}:\s+\S", re.IGNORECASE),
    re.compile(r"^(am|op)\b.{4,80}\b(schrieb|schreef)\b.{2,120}:\s*$", re.IGNORECASE),
    re.compile(r"^(citando|quoting)\b.{3,200}:\s*$", re.IGNORECASE),
    re.compile(r"^.{2,120}[\w.+-]+@[^<>\s]+>?,? +escreveu n[ao] .{4,80}\d:?\s*:$", re.IGNORECASE),
    re.compile(r"^(em|no dia) .{4,200}<[^<>\s]+@[^<>\s]+> +respondeu:$", re.IGNORECASE),
    re.compile(r"^\d{1,2} de .{8,40}\d:\d\d (por|de) \S+@\S+:$", re.IGNORECASE),
    re.compile(r"^-{3,} *\w.{1,80} escreveu *-{3,}$", re.IGNORECASE),
    re.compile(r"^\S.{1,80} -{3,} ?\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4} .{0,20}\d:\d\d.{0,12}-{3,}"),
    re.compile(r"^.{2,80}<[^<>\s]+@[^<>\s]+> .{4,40}\d:\d\d *>>>$"),
)

DATED = re.compile(r"(19|20)\d\d|\d{1,2}[/.-]\d{1,2}[/.-]\d\d")
"""Patterns of a date header."""

HEADER = re.compile(
    r"^(de|from|von|da|enviad[oa]s?(?: em)?|sent|enviado el|envoyé|gesendet|inviato|data(?: de envio)?|date|fecha|"
    r"para|to|an|à|a|oggetto|"
    r"cc|c[óo]pia|assunto|subject|asunto|objet|betreff|"
    r"importância|importance|prioridade|responder[ -]para|reply-to)\s*:",
    re.IGNORECASE,
)
MEANINGS = {
    **dict.fromkeys(("de", "from", "von", "da"), "from"),
    **dict.fromkeys(
        (
            *("enviado", "enviada", "enviados", "enviadas", "sent", "enviado el", "envoyé", "gesendet"),
            *("data", "data de envio", "date", "fecha", "inviato"),
        ),
        "date",
    ),
    **dict.fromkeys(("para", "to", "an", "à", "a"), "to"),
    **dict.fromkeys(("assunto", "subject", "asunto", "objet", "betreff", "oggetto"), "subject"),
    **dict.fromkeys(("cc", "cópia", "copia", "importância", "importance", "prioridade"), "more"),
    **dict.fromkeys(("responder para", "reply to"), "more"),
}
NEEDED = {"from", "date", "to", "subject"}

RULE = re.compile(r"^[>\s]*[_\-=]{5,}\s*$")
END = re.compile(r"^\s*([_\-=*~]{3,}\s*)?$")
"""A line without text: blank, or a rule."""

REMOTE_PICTURE = re.compile(r"^\[https?://[^\]\s]+\](<https?://[^>\s]+>)?$")
"""The placeholder of a program for a picture on another server."""

LINK_BEFORE = re.compile(r"^<https?://[^>\s]+>\s*")

_WITHIN = (
    r"em (vermelho|azul|verde|negrito|amarelo|laranja|roxo|it[áa]lico|outra cor|caixa alta|mai[úu]sculas?)|"
    r"entre as linhas|in ?line|em destaque|(destaca|grifa)d[oa]s?|seguem? (as |minhas )?respostas?|"
    r"no (corpo|texto|meio|pr[óo]prio (texto|e-?mail))|(ponto|item|linha) a (ponto|item|linha)"
)
BELOW = re.compile(rf"\b(abaixo|embaixo|below|{_WITHIN})\b|:\s*$", re.IGNORECASE)

_ANSWERS = r"resp(ostas?|ond\w+)|coment\w+|complet\w+|preench\w+|answer\w*|segu(e|em|indo)"
WITHIN = re.compile(rf"\b({_WITHIN})\b", re.IGNORECASE)
LAST_ABOVE = re.compile(
    rf"\b({_ANSWERS})\b.{{0,60}}\b(abaixo|embaixo|below)\b|\b(abaixo|embaixo|below)\b.{{0,60}}\b({_ANSWERS})\b",
    re.IGNORECASE,
)
"""Words of those who say that they wrote into the history, also where their program marked all of it as quoted.

What is below may be their own next line, so that `LAST_ABOVE` counts in the last one alone.
"""
THANKS = re.compile(r"^\s*(obrigad|grat[oa]|valeu|abra[çc]os?|abs|att)", re.IGNORECASE)

SAID = re.compile(r"\w|[\u2600-\u27bf\U0001f000-\U0001faff]")
"""A letter, a digit, or an emoji."""

UNSEEN = re.compile("[\u200b\u2060-\u2064\ufeff]")
"""Marks that programs write and nobody sees."""

_DEVICE = (
    r"(iphone|ipad|ios|apple|android|galaxy|samsung|motorola|moto|xiaomi|redmi|poco|huawei|nokia|asus|lg|sony|"
    r"blackberry|celular|smartphone|telefone|tablet|aparelho|dispositivo|windows|mac|outlook|gmail|hotmail|yahoo|uol|bol|terra|"
    r"zimbra|webmail|roundcube|thunderbird|e-?mail para|correio para|mail|proton|spark|spike|aqua|edge)"
)
_LINK = r"(\s*<?https?://\S+>?)?"
_OF_A_MESSAGE = r"(esta|essa|a presente|este|esse|o presente) (mensagem|comunicação|e-?mail|documento)"
_IF_BY_MISTAKE = r"\b(se|caso|quem)\b.{0,40}\breceb.{0,60}\b(engano|equ[íi]voco|erro)\b"
_MEANT_FOR_ONE = r"destina-se (somente|apenas|exclusiv|[úu]nic)\w* .{0,20}(pessoa|quem|endereç)"
_IF_FOR_OTHERS = r"\b(se|caso)\b.{0,40}\bn[ãa]o (é|for|seja) [oa]s? (\w+ )?destinat"
_GRAVE = rf"((?=.*(confiden|privileg|sigil))(?=.*(destinat[áa]ri|{_MEANT_FOR_ONE}|{_IF_BY_MISTAKE}))|"
_GRAVE += rf"(?=.*dados pessoais)(?=.*{_IF_BY_MISTAKE}))"
"""Patterns of a confidentiality notice: whom a message is for, or what others must do with it.

People write about secrets and personal data as well.
"""
_ANTIVIRUS = r"[<\[]?(https?://|www\.)\S*(avast|avg|norton|kaspersky|mcafee|eset|antiv[íi]rus)"
_SPEAKS_OF_ITSELF = r"(?=.*\b[dn]?(est[ea]|ess[ea]|[ao] presente) (mensagem|comunicação|e-?mail)\b)"

ADDED = re.compile(
    rf"^((mensagem )?enviad[oa] (d[oea]|via|pel[oa]|a partir d[oea]|com|usando) ([^\s,;:?!]+ ){{0,4}}?{_DEVICE}\b"
    rf"[^,;:?!<]{{0,40}}{_LINK}( e-?mail seguro\.?)?$|"
    rf"sent (from|via|with) ([^\s,;:?!]+ ){{0,4}}?{_DEVICE}\b[^,;:?!<]{{0,40}}{_LINK}$|"
    rf"enviado desde ([^\s,;:?!]+ ){{0,3}}?{_DEVICE}\b.{{0,40}}$|"
    r"(get|obter|obtenha|obtener|baixe|baixar) (o )?(outlook|bluemail|aqua|spark|spike|canary|edison)( mail)? "
    r"(para|for) (o |a )?(ios|android|iphone|ipad|mac|windows|desktop|celular)\b|yahoo mail:|"
    rf"{_OF_A_MESSAGE}\b{_GRAVE}|(aviso|nota) de confidencialidade\s*:|"
    r"confidencialidade\s*:(?=.*destin)|\S.{1,60} (reagiu|reacted) via gmail\b.{0,60}$|"
    rf"(lgpd\s*[:–-]|(em|conforme|nos termos)\b.{{3,60}}(\b13\.?709\b|\blgpd\b|proteção de dados))(?=.*confiden)"
    rf"(?=.*({_IF_BY_MISTAKE}|{_IF_FOR_OTHERS}))|"
    rf"(?=aviso|importante){_GRAVE}(aviso legal|{_SPEAKS_OF_ITSELF}(aviso|importante))\s*:|"
    r"o conteúdo dest[ae] (e-?mail|mensagem)(?=.*confiden)(?=.*destina)|"
    r"as? informaç(ão|ões) (contidas?|existentes?) n(est[ae]|ess[ae]|a presente|o presente) "
    r"(mensagem|e-?mail|comunicação)(?=.*(confiden|privileg|sigil))(?=.*(destinat|engano|equ[íi]voco|divulgação))|"
    r"(legal|confidentiality) (notice|disclaimer)\s*:|disclaimer:(?=.*confiden)|"
    r"this (e-?mail|message)\b(?=.*(confiden|privileg|intended))"
    r"(?=.*(recipient|addressee|in error|by mistake|delete|named above))|"
    rf"(livre de|sem|não contém) v[íi]rus\.?\s*{_ANTIVIRUS}|virus-free\.?\s*{_ANTIVIRUS}|"
    r"est[ea] (e-?mail|mensagem) foi (escanead|verificad|analisad)[oa] (pel[oa]|por) .{0,40}(avast|avg|antiv[íi]rus)|"
    r"(p )?antes de imprimir\b.{0,80}\b(pense|ambiente|compromisso|responsabilidade)|"
    r"pense (bem )?(no meio ambiente|antes de imprimir)|"
    r"você recebeu (esta|essa) mensagem porque (est[áa] inscrit|se inscreveu|assin))",
    re.IGNORECASE,
)
"""Patterns of text that devices, programs and law firms add to every message. Sentences of people may begin alike."""
NO_REPLY = re.compile(r"(do)?(no|not|nao|não|never)(reply|respon[ds])", re.IGNORECASE)
"""How the names of addresses begin that nobody reads, without separators."""
MACHINES = frozenset(
    (
        *("mailer", "mailerdaemon", "daemon", "postmaster", "bounce", "bounces", "alert", "alerts", "alertas", "auto"),
        *("automatico", "notification", "notifications", "notificacao", "notificacoes"),
    )
)
"""First words of addresses of machines."""

CONTACT = re.compile(
    r"\(?\d\d\)?[ .-]*9?[ .-]?\d{4}[ .-]?\d{4}\b|\b0800\b|[\w.+-]+@[\w-]+\.\w|\b(https?://|www\.)\S",
    re.IGNORECASE,
)
"""Patterns of contact details in a signature."""

CLOSING = re.compile(
    r"^\s*(att|atte|atenciosamente|cordialmente|abs|abraços|grat[ao]|obrigad[ao])[\s,.!]*$", re.IGNORECASE
)
"""Closings, which stand above a name."""

SENTENCE = re.compile(r"\?|(\S+\s+){4,}\S*[.!:;]\s*$|^\s*(ps|p\.s\.|obs)\b", re.IGNORECASE)
"""A line that is a sentence: no name, office or number."""
