"""Forty questions as people of schools type them, each with its answering article, and many other articles."""

from collections.abc import Iterator

QUESTIONS = {
    "esqueci minha senha e não consigo entrar": "esqueci-a-senha",
    "Senha": "esqueci-a-senha",
    "como redefinir password": "esqueci-a-senha",
    "preciso da 2a via do boleto de outubro": "segunda-via-do-boleto",
    "não recebi a fatura deste mes": "segunda-via-do-boleto",
    "boleto vencido": "boleto-vencido",
    "mensalidade atrasada, quanto pago de juros?": "boleto-vencido",
    "paguei o boleto e continua aparecendo em aberto": "pagamento-nao-apareceu",
    "onde envio o comprovante de pagamento": "pagamento-nao-apareceu",
    "recebi um boleto suspeito, é golpe?": "boleto-falso",
    "fraude no boleto": "boleto-falso",
    "Nota fiscal do material": "onde-esta-a-nota-fiscal",
    "contador precisa do XML": "onde-esta-a-nota-fiscal",
    "nota saiu com o CNPJ errado": "corrigir-nota-fiscal",
    "carta de correção": "corrigir-nota-fiscal",
    "livro veio com páginas faltando, quero trocar": "trocar-material",
    "troca de material com defeito": "trocar-material",
    "chegou um aluno novo e preciso de mais um kit": "pedir-material-extra",
    "pedido de apostilas para o próximo bimestre": "pedir-material-didatico",
    "qual o prazo para pedir o material do 1º bimestre": "pedir-material-didatico",
    "onde está minha entrega? codigo de rastreio": "acompanhar-a-entrega",
    "a transportadora não chegou": "acompanhar-a-entrega",
    "o que olhar antes de assinar o canhoto": "conferir-o-recebimento",
    "caixa chegou molhada": "conferir-o-recebimento",
    "livro digital não abre": "abrir-o-livro-digital",
    "codigo do aluno nao encontrado no e-book": "abrir-o-livro-digital",
    "cadastrar turmas por planilha": "cadastrar-turmas-e-alunos",
    "como importo a lista de alunos em excel ou csv": "cadastrar-turmas-e-alunos",
    "professor não vê a turma dele": "vincular-professor-a-turma",
    "resultados do simulado nao aparecem": "resultados-nao-aparecem",
    "liberar notas para os pais": "liberar-resultados-aos-pais",
    "dar acesso para a nova coordenadora (colega)": "dar-acesso-a-um-colega",
    "funcionária saiu, como tirar o acesso dela": "alguem-saiu-da-escola",
    "a tela fica branca quando abro o portal": "tela-em-branco",
    "funciona no Windows 7? qual navegador": "navegadores-e-aparelhos",
    "quanto tempo demora para responderem": "prazos-de-resposta",
    "posso responder pelo email mesmo?": "responder-por-email",
    "como anexar uma foto da tela": "anexar-arquivos",
    "excluir meus dados LGPD": "seus-dados-pessoais",
    "acompanhar meu chamado": "acompanhar-um-ticket",
}

ABOUT = (
    "a agenda da família",
    "a biblioteca",
    "a cantina",
    "a carteirinha do aluno",
    "a excursão",
    "a formação de professores",
    "a integração com o sistema acadêmico",
    "a matrícula pela internet",
    "a olimpíada de matemática",
    "a pesquisa de satisfação",
    "a plataforma de leitura",
    "a rematrícula",
    "a videoaula",
    "o aplicativo da família",
    "o calendário escolar",
    "o caderno de redação",
    "o certificado do curso",
    "o contrato de licença",
    "o crachá de visitante",
    "o diário de classe",
    "o jogo de alfabetização",
    "o laboratório virtual",
    "o plano de aula",
    "o relatório de frequência",
    "o simulado do Enem",
    "o transporte escolar",
    "o uniforme",
)

ASPECTS = {
    "Como pedir {0}": "Abra uma solicitação e diga a série, a turma e quantos alunos são. A resposta vem por e-mail.",
    "Como cancelar {0}": "Até o fim do mês não há multa. Depois do prazo, o boleto já enviado continua valendo.",
    "Erro ao abrir {0}": "Recarregue a página, tente outro navegador e envie uma foto da tela em uma solicitação.",
    "Quem pode usar {0}": "Professores, coordenação e secretaria. Os pais veem só o que a escola libera.",
    "Como imprimir {0}": "Escolha a turma, clique em Imprimir e guarde o PDF. A nota sai em outra folha.",
    "Como corrigir dados: {0}": "Nome, e-mail e telefone mudam na hora. O CNPJ só com o cartão, em um novo pedido.",
    "Prazos e datas: {0}": "O pedido fecha em outubro e a entrega é feita até janeiro, pela transportadora da escola.",
    "Acesso e senha: {0}": "Cada colega usa o próprio acesso. Quem esqueceu a senha cria outra na tela de entrar.",
    "Quanto custa {0}": "O valor está no contrato, por aluno. A cobrança vem no boleto do mês seguinte.",
    "Perguntas frequentes: {0}": "Posso trocar? Sim, em 30 dias. Há segunda via? Sim, no portal. Vale para o ano todo?",
}


def crowd(most: int) -> Iterator[tuple[str, str]]:
    """Title and text of articles about other subjects in the same words."""
    pairs = ((aspect.format(about), text) for aspect, text in ASPECTS.items() for about in ABOUT)
    for place, (title, text) in zip(range(most), pairs, strict=False):
        yield (
            title,
            f"{text}\n\n1. Entre no portal.\n2. Procure {ABOUT[place % len(ABOUT)]}.\n3. Siga o que a tela diz.",
        )
