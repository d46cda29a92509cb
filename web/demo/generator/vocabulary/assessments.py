"""Texts about tests, results and classes."""

from web.demo.generator.vocabulary.talk import Talk

ASSESSMENTS = Talk(
    titles=(
        "Cadastro da turma {turma} no sistema de avaliações",
        "Resultados da prova de {mes} não aparecem",
        "Gabarito errado na questão {quantos}",
        "Inclusão {dequem} como aplicador",
        "Relatório de desempenho sem a turma {turma}",
        "Simulado duplicado para {quantos} alunos",
        "Importação da planilha de alunos recusada",
        "Correção da redação fora do prazo",
        "Nota da recuperação não atualiza no boletim",
        "Prova adaptada para aluno com deficiência",
        "Cartão de respostas ilegível",
        "Integração com o diário de classe parou",
    ),
    openings=(
        "O relatório de {mes} veio sem a turma {turma}, embora todos tenham feito a prova.",
        "Na questão {quantos} o gabarito está errado: a alternativa certa é a letra C.",
        "A planilha de alunos é recusada na importação, com a mensagem de coluna desconhecida.",
        "{Quem} precisa aplicar o simulado e não aparece na lista de aplicadores.",
        "As notas do {sistema} não chegam ao boletim desde o fechamento do bimestre.",
        "O leitor não reconhece {quantos} cartões de respostas. As marcações estão legíveis.",
    ),
    replies=(
        "Olá! Reproduzi aqui e já estou procurando a causa.",
        "Encontrei a causa: o cadastro estava com a unidade antiga. Estou corrigindo agora.",
        "Abri uma tarefa para o desenvolvimento, com prioridade, e acompanho por aqui.",
        "Combinado. Registrei a observação na ficha da turma {turma}.",
    ),
    questions=(
        "Para continuar, preciso da lista dos {quantos} alunos com a matrícula. Pode enviar?",
        "A alteração vale só para a turma {turma} ou para toda a escola?",
        "O simulado foi aplicado no mesmo dia em todas as turmas?",
        "Quem corrige a redação neste bimestre?",
    ),
    answers=(
        "Segue a lista pedida, com nome, matrícula e turma.",
        "Foi no mesmo dia, menos na turma {turma}.",
        "Melhorou, mas ainda faltam {quantos} registros.",
        "Conversei com {quem}: vale para toda a escola.",
    ),
    notes=(
        "Verificar se a migração do legado deixou a matrícula duplicada.",
        "A exportação para no primeiro aluno transferido. Enviado ao N2.",
        "Banca confirmou a troca da alternativa.",
    ),
    solutions=(
        "A turma {turma} estava sem professor vinculado. Vinculamos e o relatório já sai completo.",
        "O gabarito foi retificado e as notas recalculadas para todos os participantes.",
        "A planilha foi importada, com {quantos} alunos novos.",
        "A integração voltou e as notas de {mes} já estão no boletim.",
    ),
    objections=(
        "A turma {turma} aparece, porém sem as notas de {mes}.",
        "Faltam {quantos} alunos no relatório novo.",
        "O boletim continua com traços no lugar das notas.",
    ),
)
