"""Words of the API's documentation and problem details, by code."""

from collections.abc import Iterable

PROBLEMS = {
    "malformed": "O corpo do pedido não é JSON válido.",
    "key_missing": "Falta a chave: envie o cabeçalho Authorization: Bearer.",
    "key_unknown": "A chave não existe, foi revogada ou venceu.",
    "out_of_scope": "Esta chave não permite isto.",
    "not_permitted": "O robô vê o ticket, mas não pode fazer isto com ele.",
    "cross_site": "O pedido veio da página de outro site.",
    "not_found": "Não existe, ou o robô não pode ver.",
    "wrong_method": "O endereço existe, mas não aceita este método.",
    "not_from_here": "O ticket está em outra situação e isto já não cabe.",
    "overtaken": "Alguém mudou o ticket ao mesmo tempo.",
    "contradiction": "O pedido contradiz a situação do ticket, e nada foi alterado.",
    "too_large": "O pedido é grande demais: até 1 MB de JSON, ou 100 MB de arquivo.",
    "unsupported": "O corpo precisa ser application/json.",
    "invalid": "Um ou mais campos não podem ser aceitos.",
    "throttled": "São pedidos demais. Espere os segundos de Retry-After.",
    "unavailable": "Problema passageiro do nosso lado. Tente de novo.",
    "broken": "Algo deu errado do nosso lado. Já foi registrado.",
}

PLACES = {"path": "no endereço", "query": "na consulta", "header": "no cabeçalho", "body": "no corpo"}
"""Where a parameter is sent."""

KINDS = {
    "string": "texto",
    "integer": "número",
    "boolean": "sim ou não",
    "object": "objeto",
    "null": "nada",
    "date-time": "data e hora",
}

PAGE_AFTER, PAGE_BEFORE = "Vem em `next`.", "Vem em `earlier`."

OPERATIONS = {
    "queues": "As filas que o robô vê",
    "queue": "O que espera numa fila: o mais urgente primeiro, depois o mais antigo",
    "claim": "Pega o próximo ticket da fila; 204 quando não há nenhum",
    "held": "Os tickets abertos e em espera que estão com o robô",
    "categories": "As categorias, com seus assuntos e o que cada uma pergunta",
    "open": "Abre um ticket, em nome de quem pede",
    "ticket": "Um ticket e sua conversa, os últimos 50 acontecimentos primeiro",
    "reply": "Responde ao solicitante",
    "note": "Anota só para a equipe",
    "question": "Pergunta ao solicitante e espera a resposta",
    "wait": "Coloca o ticket em espera",
    "solution": "Resolve o ticket",
    "fields": "Preenche ou corrige campos da categoria do ticket, cada um pelo número",
    "correction": "Corrige de quem é o ticket: solicitante, contato primário e organização",
    "release": "Devolve o ticket à fila, para uma pessoa, dizendo o motivo",
    "upload": "Envia um arquivo, a ser citado em files de uma mensagem em até 24 horas",
    "download": "Baixa um arquivo de uma mensagem",
}


def list_of(kind: str) -> str:
    return f"lista de {kind}"


def one_of(kinds: Iterable[str]) -> str:
    return " ou ".join(kinds)
