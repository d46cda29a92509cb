"""Refusals of values in any field."""

MISSING = {
    "category": "Escolha a categoria.",
    "description": "Escreva a descrição.",
    "title": "Escreva o título.",
}
"""The text for an empty field, where more than the usual is to be said."""

REFUSALS = {
    "missing": "Preencha este campo.",
    "no_chat": "O chat foi desligado. Copie o que escreveu e abra uma solicitação: a resposta vem por ela.",
    "wrong_ceiling": "Escreva um número de 1 a 50, ou deixe em branco.",
    "too_long": "O texto passou do tamanho permitido.",
    "not_a_cnpj": "Um CNPJ tem 14 posições: doze letras ou números e dois dígitos. Confira o que foi digitado.",
    "wrong_check_digits": "Os dois últimos dígitos não conferem com este CNPJ. Confira o que foi digitado.",
    "not_an_address": "Isto não parece um endereço de e-mail.",
    "not_a_phone": "Isto não parece um telefone. Escreva com o DDD: (11) 98765-4321.",
    "not_addresses": "Não entendi: {about}. Escreva endereços de e-mail separados por vírgula.",
    "unknown": "Escolha uma das opções da lista.",
    "many_codes": "Foram muitas tentativas. Espere um minuto e tente de novo.",
    "vouched_by_nobody": "O site em volta não provou quem você é. Você pode continuar e dizer o seu nome.",
    "vouched_elsewhere": "O site em volta disse a outro portal quem você é. Você pode continuar e dizer o seu nome.",
    "vouched_too_old": "O site em volta disse há tempo demais quem você é. Recarregue a página dele.",
    "vouched_before": "O que o site em volta disse de você já foi usado. Recarregue a página dele.",
    "vouched_for_nobody": "O site em volta não disse quem você é. Você pode continuar e dizer o seu nome.",
    "vouched_unknown": "Não conhecemos quem o site em volta indicou. Você pode continuar e dizer o seu nome.",
    "wrong_code": "O número e o código não combinam. Confira os dois no seu comprovante.",
    "not_a_duration": "Escreva um número e escolha a unidade: horas úteis, dias úteis, horas ou dias corridos.",
    "not_a_date": "Escreva a data assim: 31/12/2026.",
    "not_a_number": "Escreva um número inteiro.",
    "too_many_options": "São opções demais.",
    "not_a_quantity": "Escreva um número, como 1.250 ou 3,5.",
    "not_money": "Escreva um valor em reais, como 1.250,00.",
    "not_a_file": "Escolha o arquivo de novo.",
    "not_a_cpf": "Um CPF tem 11 números. Confira o que foi digitado.",
    "wrong_cpf_digits": "Os dois últimos números não conferem com este CPF. Confira o que foi digitado.",
    "not_a_moment": "Escreva data e hora, como 30/11/2026 14:30.",
    "not_a_link": "Escreva o endereço inteiro: https://…, mailto:… ou tel:…",
    "not_a_web_address": "Escreva o endereço inteiro, sem usuário nem senha: https://…",
    "malformed": "Este valor não está como esperamos.",
    "not_8_to_64_characters": "Use de 8 a 64 letras e números.",
}
