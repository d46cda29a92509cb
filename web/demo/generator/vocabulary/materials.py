"""Texts about books: orders, exchanges, deliveries."""

from web.demo.generator.vocabulary.talk import Talk

MATERIALS = Talk(
    titles=(
        "Pedido de {quantos} exemplares: {material}",
        "Troca: {material} com páginas repetidas",
        "Entrega atrasada do material da turma {turma}",
        "Caixa violada na entrega de {mes}",
        "{Material} veio com a capa trocada",
        "Faltaram {quantos} exemplares na remessa de {mes}",
        "Mudança do endereço de entrega",
        "Devolução de {material}",
        "Rastreamento da remessa da transportadora",
        "Impressão borrada: {material}",
        "Material adaptado em braille para a turma {turma}",
        "Reposição urgente para alunos transferidos",
    ),
    openings=(
        "Recebemos {quantos} unidades: {material}. As páginas 33 a 48 estão repetidas.",
        "A transportadora entregou só metade da remessa de {mes}. Faltam as caixas da turma {turma}.",
        "Precisamos de mais {quantos} exemplares, porque chegaram alunos transferidos.",
        "O depósito fica em outro prédio. Por favor, atualizem o endereço antes da próxima entrega.",
        "{Material}: a impressão está borrada e as figuras não dão para ler.",
        "Uma aluna com baixa visão precisa do material ampliado até o começo do bimestre.",
    ),
    replies=(
        "Olá! Localizei a remessa e já pedi o rastreamento à transportadora.",
        "Solicitei a coleta à transportadora, sem custo para a escola.",
        "Encaminhei à gráfica e a previsão de retorno é amanhã à tarde.",
        "Separei {quantos} exemplares no estoque. Saem na entrega de quinta-feira.",
    ),
    questions=(
        "O endereço de entrega continua o mesmo do contrato?",
        "Pode mandar uma foto da etiqueta da caixa e da nota que veio junto?",
        "Para continuar, preciso da quantidade por turma. Pode enviar?",
        "O depósito recebe na parte da tarde?",
    ),
    answers=(
        "Sim, o endereço continua igual. Pode seguir.",
        "Mandei a fotografia da etiqueta para o e-mail do atendimento.",
        "São {quantos} na turma {turma} e o restante na turma vizinha.",
        "O depósito recebe das 8h às 16h, com {quem}.",
    ),
    notes=(
        "Transportadora confirmou extravio parcial. Abrir indenização.",
        "Gráfica reconhece o lote com defeito: {material}.",
        "Falei por telefone com {quem}. Aceita a entrega em duas vezes.",
    ),
    solutions=(
        "Enviamos {quantos} exemplares novos hoje, com prazo de três dias úteis.",
        "O endereço foi trocado e as próximas entregas já vão para lá.",
        "As caixas que faltavam foram entregues e conferidas no depósito.",
        "A coleta do material com defeito foi feita e a reposição já está com a escola.",
    ),
    objections=(
        "Continuam faltando {quantos} exemplares, conforme a conferência do almoxarifado.",
        "A entrega foi de novo para o prédio antigo.",
        "Os exemplares novos vieram com o mesmo defeito.",
    ),
)
