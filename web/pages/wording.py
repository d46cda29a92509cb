"""Codes and instants in Portuguese: the one place where a code meets its word."""

import functools
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from web.deadlines.durations import Duration
from web.pages.body import RefusedFile
from web.people.cnpj import masked
from web.tickets.files import readable_size
from web.tickets.workflows import StatusFilter

ZONE = ZoneInfo("America/Sao_Paulo")

DAYS = ("seg.", "ter.", "qua.", "qui.", "sex.", "sáb.", "dom.")

PRIORITIES = {"low": "Baixa", "normal": "Normal", "high": "Alta", "urgent": "Urgente"}

CHANNELS = {
    "form": "Formulário",
    "email": "E-mail",
    "phone": "Telefone",
    "whatsapp": "WhatsApp",
    "chat": "Chat",
    "counter": "Balcão",
    "kiosk": "Quiosque",
    "api": "Integração",
}

BY_CHANNEL = {
    "form": " pelo formulário",
    "email": " por e-mail",
    "phone": " por telefone",
    "whatsapp": " pelo WhatsApp",
    "chat": " pelo chat",
    "counter": " no balcão",
    "kiosk": " pelo quiosque",
    "api": "",
}
"""After "o seu contato"."""

CANONICAL = {
    "draft": "Rascunho",
    "approval": "Aguardando aprovação",
    "new": "Novo",
    "unassigned": "Aberto",
    "open": "Aberto",
    "waiting_requester": "Aguardando solicitante",
    "waiting_team": "Em espera",
    "waiting_until": "Em espera",
    "waiting_children": "Em espera",
    "waiting_case": "Em espera",
    "resolved": "Resolvido",
    "closed": "Fechado",
}
"""What agents read under every preset."""

METHODS = {
    "communicated": "Comunicação com o destinatário do serviço",
    "no_answer": "Nenhuma resposta do cliente",
    "rejected": "Rejeitado",
    "spam": "Rejeitado como Spam",
    "unknown_sender": "Rejeitado: endereço desconhecido",
}
"""How an agent says that a ticket ended."""

KINSHIPS = {
    ("follow_up", True): "continua este",
    ("follow_up", False): "continuação",
    ("duplicate", True): "original",
    ("duplicate", False): "cópia",
    ("split", True): "dividido em partes",
    ("split", False): "parte",
    ("merge", True): "unido a este",
    ("merge", False): "veio para cá",
    ("team", True): "origem",
    ("team", False): "outra equipe",
    ("case", True): "origem",
    ("case", False): "caso",
    ("handling", True): "registro do contato",
    ("handling", False): "tratamento",
    ("related", True): "relacionado",
    ("related", False): "relacionado",
}
"""What a linked ticket is to its reader's, by the link's kind and whether the reader's came of it."""

WAITS = {
    "requester": "Aguarde por mais informações",
    "until": "Esperar até",
}

_WAITING = frozenset(("waiting_requester", "waiting_team", "waiting_until", "waiting_children", "waiting_case"))
STATUSES = {
    each.slug: each
    for each in (
        StatusFilter("active", "Em aberto", frozenset(("approval", "new", "unassigned", "open")) | _WAITING),
        StatusFilter("new", "Novo", frozenset(("new",))),
        StatusFilter("open", "Aberto", frozenset(("unassigned", "open"))),
        StatusFilter("asked", "Aguardando solicitante", frozenset(("waiting_requester",))),
        StatusFilter("on_hold", "Em espera", _WAITING - {"waiting_requester"}),
        StatusFilter("approval", "Aguardando aprovação", frozenset(("approval",))),
        StatusFilter("resolved", "Resolvido", frozenset(("resolved",))),
        StatusFilter("closed", "Fechado", frozenset(("closed",))),
    )
}
"""By which agents filter, under every preset."""

EVENTS = {
    "submission": "{who} abriu o ticket",
    "approval": "{who} aprovou o pedido",
    "refusal": "{who} recusou o pedido",
    "approval_request": "{who} pediu a aprovação de um responsável",
    "withdrawal": "{who} retirou o pedido de aprovação",
    "take": "{who} assumiu o ticket",
    "release": "{who} devolveu o ticket à fila",
    "assignment": "{who} encaminhou o ticket",
    "question": "{who} fez uma pergunta",
    "wait": "{who} colocou o ticket em espera",
    "resumption": "{who} retomou o atendimento",
    "reply": "{who} respondeu",
    "thanks": "{who} agradeceu",
    "participation": "{who} incluiu pessoas em cópia",
    "solution": "{who} marcou o ticket como resolvido",
    "confirmation": "{who} confirmou a solução",
    "objection": "{who} disse que não foi resolvido",
    "rating": "{who} avaliou o atendimento",
    "closing": "O ticket foi encerrado",
    "cancellation": "{who} cancelou o ticket",
    "rejection": "{who} recusou o ticket",
    "merge": "{who} uniu este ticket a outro sobre o mesmo assunto",
    "unmerge": "{who} separou este ticket de novo",
    "split": "{who} dividiu o ticket em partes",
    "case": "{who} abriu um trabalho maior sobre este ticket",
    "classification": "{who} mudou a classificação",
    "follow_up": "{who} abriu um novo ticket ligado a este",
    "deadline": "Os prazos foram calculados de novo",
}

LINKS = {
    "follow_up": ("Continuação de", "Continua em"),
    "duplicate": ("Cópia de", "Copiado em"),
    "handling": ("Atendimento do contato", "Pedido em atendimento"),
    "split": ("Parte de", "Dividido em"),
    "merge": ("Unido a", "Reúne"),
    "case": ("Ligado ao caso", "Caso aberto a partir de"),
    "team": ("Pedido por", "Com outra equipe em"),
    "related": ("Relacionado a", "Relacionado a"),
}
"""What another ticket is to this one: where this came of it, and where it came of this."""

SCORES = {
    "service": ("Péssimo", "Ruim", "Regular", "Bom", "Ótimo"),
    "quality": ("Péssima", "Ruim", "Regular", "Boa", "Ótima"),
}
"""From 1 to 5."""

RUNG = {
    ("silence_warning", "reminder"): "O prazo para responder está no fim",
    ("silence", "solution"): "Sem resposta no prazo, o ticket foi considerado resolvido",
    ("silence", "closing"): "Sem resposta no prazo, o ticket foi encerrado",
    ("silence", "resumption"): "Sem resposta no prazo, o atendimento continua",
    ("follow_up", "resumption"): "Chegou a data marcada, o atendimento continua",
    ("due_soon:first_response", "due_soon"): "O prazo da primeira resposta está no fim",
    ("due_soon:resolution", "due_soon"): "O prazo da solução está no fim",
    ("breach:first_response", "breach"): "O prazo da primeira resposta venceu",
    ("breach:resolution", "breach"): "O prazo da solução venceu",
}
"""What happened by itself, by the timer and the move it made; all else as if somebody had done it."""

SEES = {
    "own": "Só os próprios tickets",
    "organization": "Os tickets da organização",
    "group": "Os tickets de todas as filiais",
}

AGES = ("Menos de 1 dia", "1 a 3 dias", "3 a 7 dias", "7 a 15 dias", "15 a 30 dias", "Mais de 30 dias")
"""Of open tickets, in the order of `reports.AGES`."""

DIMENSIONS = {"team": "Equipe", "agent": "Atendente", "category": "Categoria", "organization": "Organização"}

NOBODY = {
    "team": "Sem equipe",
    "agent": "Sem atendente",
    "category": "Sem categoria",
    "organization": "Sem organização",
}
"""Of a report, the tickets that have none."""

REFUSALS = {
    "missing": "Preencha este campo.",
    "too_long": "O texto passou do tamanho permitido.",
    "too_short": "Use pelo menos 8 caracteres.",
    "easy_to_guess": "Esta senha é fácil de adivinhar ou já vazou na internet. Tente uma frase de três palavras.",
    "unknown_pair": "E-mail, usuário ou senha não conferem. Confira e tente de novo.",
    "throttled": "Foram muitas tentativas. Espere um minuto, ou peça um link por e-mail para entrar agora.",
    "wrong_password": "A senha atual não confere.",
    "not_a_cnpj": "Um CNPJ tem 14 posições: doze letras ou números e dois dígitos. Confira o que foi digitado.",
    "wrong_check_digits": "Os dois últimos dígitos não conferem com este CNPJ. Confira o que foi digitado.",
    "not_an_address": "Isto não parece um endereço de e-mail.",
    "not_addresses": "Isto não parece um endereço de e-mail. Separe vários com vírgula.",
    "too_many": "São endereços demais: até 20 pessoas em cópia por vez.",
    "in_use": "Este dado já está em uso.",
    "unknown_person": "Não encontramos ninguém com este e-mail.",
    "unknown": "Escolha uma das opções da lista.",
    "not_of_category": "Este assunto não é da categoria escolhida. Escolha de novo.",
    "not_yours": "Um dos arquivos não pôde ser usado. Anexe de novo.",
    "different": "As duas senhas não são iguais.",
    "solution_must_say": "Escreva como o ticket foi resolvido.",
    "solution_must_be_public": "A solução precisa ser uma mensagem ao solicitante.",
    "not_a_duration": "Escreva um número e escolha a unidade: horas úteis, dias úteis, horas ou dias corridos.",
    "not_positive": "O prazo precisa ser maior que zero.",
    "never_open": "Este calendário nunca abre. Deixe pelo menos um horário de atendimento.",
    "bad_interval": "Os horários precisam estar em ordem, sem se sobrepor, entre 00:00 e 24:00.",
    "not_seven_days": "Um calendário tem sete dias.",
    "not_hours": "Escreva os horários assim: 09:00-12:00, 13:00-18:00.",
    "not_a_date": "Escreva a data assim: 31/12/2026.",
    "not_a_number": "Escreva um número inteiro.",
    "not_a_percent": "Escreva um número de 1 a 99.",
    "too_much": "É tempo demais: até 10.000.",
    "never_due": "Assim um dos prazos prometidos nunca venceria.",
    "already_promised": "Já existe um prazo para esta prioridade e esta categoria. Mude o que existe.",
    "ends_before": "O último dia não pode vir antes do primeiro.",
    "too_many_days": "São dias demais: até um ano de cada vez.",
    "unknown_organization": "Não encontramos esta organização. Escreva o CNPJ ou o nome inteiro.",
    "unknown_zone": "Este fuso horário não existe. Escolha um da lista.",
    "unknown_state": "Este estado não existe. Use a sigla de duas letras.",
    "too_many_views": "Você já tem 50 listas salvas. Remova uma antes.",
    "itself": "É este mesmo ticket. Escreva o número do outro.",
    "unknown_ticket": "Não encontramos este ticket. Confira o número.",
    "other_customer": "Os dois tickets são de clientes diferentes e não podem ser unidos.",
    "merged_itself": "Aquele ticket já foi unido a outro. Use o número do outro.",
    "too_many_parts": "São partes demais: até 10 por vez.",
    "wrong_days": "Escreva um número de dias, de 1 a 365.",
    "too_many_tags": "São etiquetas demais, ou uma é longa demais: até 10, de 40 letras.",
    "not_of_team": "Esta pessoa não faz parte da equipe, que é reservada.",
    "score": "Escolha uma das cinco opções.",
    "nobody_approves": "Ninguém da organização pode aprovar este pedido. Quem cuida dos acessos dela dá esse direito.",
    "reserved_robot": "Este robô é de uma equipe reservada. Só quem é dela cria chaves para ele.",
    "not_in_future": "Escolha uma data que ainda não passou.",
    "malformed": "Este valor não está como esperamos.",
    "not_8_to_64_characters": "Use de 8 a 64 letras e números.",
    "too_large": "“{name}” passa de 100 MB e não foi anexado.",
    "empty": "“{name}” está vazio e não foi anexado.",
    "forbidden": "“{name}” é um programa, e programas não podem ser anexados.",
    "too_many_files": "São arquivos demais: até 10 por mensagem. “{name}” ficou de fora.",
    "storage": "“{name}” não pôde ser guardado agora. Tente de novo em alguns minutos.",
}


def refusal(code: str) -> str:
    return REFUSALS.get(code, "Confira este campo.")


def file_refusal(file: RefusedFile) -> str:
    """Why a file was turned away, by its name."""
    code = "too_many_files" if file.code == "too_many" else file.code
    return REFUSALS[code].format(name=file.name)


@functools.lru_cache(maxsize=10_000)
def local(instant: datetime) -> datetime:
    return instant.astimezone(ZONE)


def clock_time(instant: datetime) -> str:
    """14h, 9h05."""
    here = local(instant)
    return f"{here.hour}h{here.minute:02}" if here.minute else f"{here.hour}h"


@functools.lru_cache(maxsize=10_000)
def day(instant: datetime | date) -> str:
    """26/11."""
    here = local(instant) if isinstance(instant, datetime) else instant
    return f"{here.day:02}/{here.month:02}"


def dated(instant: datetime) -> str:
    """26/11/2026."""
    return f"{day(instant)}/{local(instant).year}"


@functools.lru_cache(maxsize=10_000)
def moment(instant: datetime) -> str:
    """qui., 26/11, 14h."""
    here = local(instant)
    return f"{DAYS[here.weekday()]}, {day(here.date())}, {clock_time(instant)}"


@functools.lru_cache(maxsize=10_000)
def exactly(instant: datetime) -> str:
    """26/11/2026 14:00:05: for the hint and for paper."""
    here = local(instant)
    return f"{here.day:02}/{here.month:02}/{here.year} {here.hour:02}:{here.minute:02}:{here.second:02}"


UNITS = {
    "business_hours": ("hora útil", "horas úteis"),
    "business_days": ("dia útil", "dias úteis"),
    "calendar_hours": ("hora corrida", "horas corridas"),
    "calendar_days": ("dia corrido", "dias corridos"),
}


PROMISES = {"first_response": "Primeira resposta", "resolution": "Solução"}

WEEKDAYS = {
    "monday": "Segunda-feira",
    "tuesday": "Terça-feira",
    "wednesday": "Quarta-feira",
    "thursday": "Quinta-feira",
    "friday": "Sexta-feira",
    "saturday": "Sábado",
    "sunday": "Domingo",
}

ZONES = {
    "America/Sao_Paulo": "Brasília, Goiás, Minas, Sudeste e Sul",
    "America/Bahia": "Bahia",
    "America/Maceio": "Alagoas e Sergipe",
    "America/Recife": "Pernambuco",
    "America/Fortaleza": "Ceará, Maranhão, Paraíba, Piauí e Rio Grande do Norte",
    "America/Belem": "Amapá e leste do Pará",
    "America/Santarem": "Oeste do Pará",
    "America/Araguaina": "Tocantins",
    "America/Campo_Grande": "Mato Grosso do Sul",
    "America/Cuiaba": "Mato Grosso",
    "America/Manaus": "Leste do Amazonas",
    "America/Porto_Velho": "Rondônia",
    "America/Boa_Vista": "Roraima",
    "America/Eirunepe": "Oeste do Amazonas",
    "America/Rio_Branco": "Acre",
    "America/Noronha": "Fernando de Noronha",
}
"""Of Brazil, those of most people first."""

STATES = {
    "AC": "Acre",
    "AL": "Alagoas",
    "AM": "Amazonas",
    "AP": "Amapá",
    "BA": "Bahia",
    "CE": "Ceará",
    "DF": "Distrito Federal",
    "ES": "Espírito Santo",
    "GO": "Goiás",
    "MA": "Maranhão",
    "MG": "Minas Gerais",
    "MS": "Mato Grosso do Sul",
    "MT": "Mato Grosso",
    "PA": "Pará",
    "PB": "Paraíba",
    "PE": "Pernambuco",
    "PI": "Piauí",
    "PR": "Paraná",
    "RJ": "Rio de Janeiro",
    "RN": "Rio Grande do Norte",
    "RO": "Rondônia",
    "RR": "Roraima",
    "RS": "Rio Grande do Sul",
    "SC": "Santa Catarina",
    "SE": "Sergipe",
    "SP": "São Paulo",
    "TO": "Tocantins",
}


def duration(of: Duration) -> str:
    """72 horas úteis."""
    one, many = UNITS[of.unit]
    return f"{of.amount} {one if of.amount == 1 else many}"


def span(length: timedelta | int) -> str:
    """45 min, 6h20, 27h: of counted time."""
    seconds = int(length.total_seconds()) if isinstance(length, timedelta) else length
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}h{minutes:02}" if hours and minutes else f"{hours}h" if hours else f"{minutes} min"


def ago(instant: datetime, now: datetime) -> str:
    """agora, há 5 min, há 2 h, ontem, 19/11, 19/11/2025."""
    passed = now - instant
    if passed < _MINUTE:
        return "agora"
    if passed < _HOUR:
        return f"há {passed.seconds // 60} min"
    return _before(instant, _today(now)) or f"há {passed.seconds // 3600} h"


_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)


@functools.lru_cache(maxsize=10_000)
def _before(instant: datetime, today: date) -> str:
    """The day, if it was an earlier one."""
    here = local(instant)
    days = today.toordinal() - here.toordinal()
    if days < 2:
        return "ontem" if days else ""
    return f"{here.day:02}/{here.month:02}" + ("" if here.year == today.year else f"/{here.year}")


@functools.lru_cache(maxsize=8)
def _today(now: datetime) -> date:
    """Of all the rows of a page."""
    return local(now).date()


def lasting(seconds: int) -> str:
    """45 min, 5 h 20 min, 31 h."""
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest and hours < 10 else f"{hours} h"


def counted(number: int) -> str:
    """99.772."""
    return f"{number:,}".replace(",", ".")


def share(part: int, whole: int) -> str:
    """82%; a dash of nothing."""
    return f"{round(100 * part / whole)}%" if whole else "–"


def mean(total: int, count: int) -> str:
    """4,3; a dash of nothing."""
    return f"{total / count:.1f}".replace(".", ",") if count else "–"


def first_name(name: str) -> str:
    return name.split(" ", 1)[0]


def joined(words: list[str]) -> str:
    """Ana, Rui e Bia."""
    return " e ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


FILTERS = {
    "span": span,
    "moment": moment,
    "exactly": exactly,
    "day": day,
    "dated": dated,
    "ago": ago,
    "first_name": first_name,
    "lasting": lasting,
    "counted": counted,
    "share": share,
    "mean": mean,
    "refusal": refusal,
    "file_refusal": file_refusal,
    "readable_size": readable_size,
    "cnpj": masked,
}
