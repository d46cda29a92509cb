"""Refusals about tickets."""

from web.tickets.actions.placeholders import PLACEHOLDERS
from web.tickets.record.ticket import LONGEST_TITLE

_PLACEHOLDERS = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)

REFUSALS = {
    "long_title": f"O título tem até {LONGEST_TITLE} letras. Conte o resto na descrição.",
    "missing_field": "Preencha este campo: sem ele o ticket não pode ser resolvido.",
    "needed_now": "A categoria também pergunta isto. Preencha e envie de novo.",
    "asked_now": "A categoria também pergunta isto. Preencha, ou deixe em branco, e envie de novo.",
    "already_sent": "Você já enviou isto há poucos minutos. Enviar de novo? Então envie mais uma vez.",
    "asks_more": "Esta categoria pergunta mais. Escolha outra, ou registre um contato com o texto do comentário.",
    "too_many": "São endereços demais: até 20 pessoas em cópia por vez.",
    "nothing_chosen": "Marque na lista os tickets em que fazer isto.",
    "too_late_to_undo": "Já não dá para desfazer: passou o tempo ou aconteceu outra coisa depois.",
    "not_of_category": "Este assunto não é da categoria escolhida. Escolha de novo.",
    "not_yours": "Um dos arquivos não pôde ser usado. Anexe de novo.",
    "solution_must_say": "Escreva como o ticket foi resolvido.",
    "solution_must_be_public": "A solução precisa ser uma mensagem ao solicitante.",
    "view_exists": "Você já tem uma lista com este nome. Escolha outro, ou remova a outra.",
    "too_much_filtered": "A busca e os filtros desta lista são longos demais para guardar. Use menos.",
    "too_many_views": "Você já tem 50 listas salvas. Remova uma antes.",
    "itself": "É este mesmo ticket. Escreva o número do outro.",
    "unknown_ticket": "Não encontramos este ticket. Confira o número.",
    "other_customer": "Os dois tickets são de clientes diferentes e não podem ser unidos.",
    "merged_itself": "Aquele ticket já foi unido a outro. Use o número do outro.",
    "too_many_parts": "São partes demais: até 10 por vez.",
    "wrong_days": "Escreva um número de dias, de 1 a 365.",
    "open_placeholders": "Falta completar antes de enviar: {about}.",
    "open_placeholder": "O texto tem um lugar que fica vazio neste ticket. Insira a resposta pronta, complete e envie.",
    "unknown_placeholders": f"Não existe: {{about}}. Os lugares são {_PLACEHOLDERS}.",
    "too_many_tags": "São etiquetas demais, ou uma é longa demais: até 10, de 40 letras.",
    "score": "Escolha uma das cinco opções.",
    "nothing_changes": "É isto mesmo que o ticket já diz. Escreva o que muda.",
    "not_in_future": "Escolha uma data que ainda não passou.",
    "too_far": "É longe demais: até dez anos.",
    "later_than_a_year": "É longe demais: até um ano.",
}
