"""Texts about invoices, receipts and contracts."""

from web.demo.generator.vocabulary.talk import Talk

BILLING = Talk(
    titles=(
        "Boleto de {mes} com o valor errado",
        "Segunda via do boleto de {mes}",
        "Boletos da turma {turma} não chegaram",
        "Desconto de irmãos ficou fora da mensalidade",
        "Nota fiscal de {mes} com o CNPJ antigo",
        "Nota fiscal da compra de {material}",
        "Contrato sem a assinatura da mantenedora",
        "Reajuste do contrato acima do combinado",
        "Pagamento de {mes} lançado em duplicidade",
        "Multa cobrada depois da prorrogação do vencimento",
        "Estorno do pagamento de {mes}",
        "Bolsa integral não aplicada para {quantos} alunos",
    ),
    openings=(
        "Bom dia! Os boletos de {mes} da turma {turma} vieram com o valor do ano passado.",
        "Precisamos da nota fiscal de {mes} com o novo CNPJ da escola para a prestação de contas.",
        "O contrato foi assinado digitalmente, mas continua pendente no sistema financeiro.",
        "{Quem} avisou que a mensalidade de {mes} foi cobrada duas vezes no cartão.",
        "O desconto para irmãos não apareceu em {quantos} boletos. O vencimento é na próxima semana.",
        "A tesouraria pede o extrato das parcelas em aberto e a confirmação do reajuste.",
    ),
    replies=(
        "Olá! Recebi o pedido e já estou conferindo com o financeiro.",
        "Encontrei a causa: o reajuste entrou só no contrato principal. Estou corrigindo agora.",
        "Pedi o estorno à operadora do cartão e a confirmação chega até amanhã.",
        "O banco confirmou a baixa do título. O comprovante segue no e-mail financeiro.",
    ),
    questions=(
        "As bolsas dos irmãos continuam em dez por cento neste ano?",
        "Para emitir de novo preciso do CNPJ que deve sair na nota. Qual é?",
        "Quem autoriza a mudança do contrato: a direção ou a mantenedora?",
        "O vencimento novo vale só para a turma {turma} ou para toda a escola?",
    ),
    answers=(
        "Sim, as bolsas continuam iguais. Pode seguir.",
        "Segue a lista com os {quantos} responsáveis e os valores.",
        "Conversei com {quem}: vale para toda a escola.",
        "O CNPJ é o da matriz, o mesmo da nota de {mes}.",
    ),
    notes=(
        "Cliente antigo, com contrato especial: conferir o desconto antes de responder.",
        "Falei por telefone com {quem}. Pediu urgência e aceitou aguardar até amanhã.",
        "O título já tinha sido cancelado em {mes} por outro chamado.",
    ),
    solutions=(
        "Corrigimos o valor e emitimos os novos boletos. Os antigos foram cancelados.",
        "A nota fiscal foi substituída e está disponível na área financeira do portal.",
        "O estorno foi confirmado e aparece na próxima fatura.",
        "O contrato foi liberado com as duas assinaturas.",
    ),
    objections=(
        "O valor mudou, mas segue diferente do contrato.",
        "Dois boletos da turma {turma} continuam com a multa.",
        "A nota nova saiu outra vez com o CNPJ antigo.",
    ),
)
