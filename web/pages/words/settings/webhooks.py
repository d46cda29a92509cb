"""Words of webhooks: events, deliveries, and responses."""

from web.webhooks.deliveries import TEST, DeliveryShown

FIELDS = {"address": "Endereço", "events": "Eventos", "current": "Sua senha atual"}

EVENTS = {
    "submission": "novo ticket",
    "approval": "pedido aprovado",
    "refusal": "pedido recusado",
    "take": "ticket assumido",
    "release": "volta à fila",
    "assignment": "encaminhamento",
    "classification": "classificação",
    "question": "pergunta ao solicitante",
    "wait": "espera",
    "resumption": "atendimento retomado",
    "reply": "resposta",
    "note": "nota interna",
    "thanks": "agradecimento",
    "solution": "solução",
    "confirmation": "SIM, resolveu",
    "objection": "NÃO, não resolveu",
    "reopening": "reabertura",
    "rating": "avaliação",
    "closing": "encerramento",
    "cancellation": "cancelamento",
    "rejection": "recusa como indevido",
    "merge": "união com outro ticket",
    "due_soon": "prazo no fim",
    "breach": "prazo vencido",
}

STATES = {
    "waiting": "na fila",
    "delivered": "entregue",
    "failed": "falhou",
    "dropped": "descartada",
}

ERRORS = {
    "timeout": "não respondeu a tempo",
    "unreachable": "não aceitou a conexão",
    "tls": "o certificado não confere",
    "cut": "a conexão caiu no meio",
    "unresolved": "o servidor não foi encontrado",
    "private_address": "o endereço é da rede interna",
    "not_https": "o endereço não usa https",
    "hidden": "quem salvou o webhook não vê mais este ticket",
    "off": "o webhook foi desligado antes",
}


def event_text(noun: str) -> str:
    return "teste" if noun == TEST else EVENTS.get(noun, noun)


def events_text(events: str) -> str:
    """novo ticket, resposta."""
    if set(events.split()) == set(EVENTS):
        return "todos os eventos"
    return ", ".join(map(event_text, events.split()))


def state_text(delivery: DeliveryShown) -> str:
    """entregue; na fila, 3 tentativas."""
    tries = delivery.attempts
    if delivery.state != "waiting" or not delivery.tried_at or not tries:
        return STATES[delivery.state]
    return f"{STATES['waiting']}, {tries} tentativa{'s' if tries > 1 else ''}"


def answer_text(delivery: DeliveryShown) -> str:
    """500; não respondeu a tempo."""
    told = [str(delivery.status) if delivery.status else "", ERRORS.get(delivery.error, "")]
    if delivery.status and 300 <= delivery.status < 400:
        told.append("redirecionamento não é seguido")
    return ", ".join(each for each in told if each)
