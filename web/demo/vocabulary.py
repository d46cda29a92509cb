"""What invented people say and are called: varied, as search needs it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass


def spoken(phrases: Sequence[str], chance: random.Random) -> str:
    """One of them, its blanks filled."""
    return chance.choice(phrases).format_map(_Blanks(chance))


class _Blanks(dict[str, str]):
    """Fills each blank of a phrase with some word that fits."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def __missing__(self, name: str) -> str:
        if name == "quantos":
            return str(self._chance.randint(2, 60))
        return self._chance.choice(_BLANKS[name])


@dataclass(frozen=True)
class About:
    """What people write about one category."""

    titles: Sequence[str]
    openings: Sequence[str]


ABOUT = {
    "Cobrança": About(
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
            "Bom dia! Os boletos de {mes} da turma {turma} vieram com o valor do ano passado. São {quantos} famílias.",
            "Precisamos da nota fiscal de {mes} com o novo CNPJ da escola para a prestação de contas.",
            "O contrato foi assinado digitalmente, mas continua pendente no sistema financeiro.",
            "{Quem} avisou que a mensalidade de {mes} foi cobrada duas vezes no cartão.",
            "O desconto para irmãos não apareceu em {quantos} boletos. O vencimento é na próxima semana.",
            "A tesouraria pede o extrato das parcelas em aberto e a confirmação do reajuste.",
        ),
    ),
    "Acesso ao portal": About(
        titles=(
            "Senha do portal não chega no e-mail",
            "Novo usuário para {quem}",
            "Erro na tela ao abrir o {sistema}",
            "Acesso bloqueado depois de três tentativas",
            "{Quem} não consegue entrar no {sistema}",
            "Página em branco no {sistema} depois da atualização",
            "Trocar o e-mail de cadastro de {quem}",
            "Permissão de leitura para a turma {turma}",
            "Lentidão no {sistema} durante a chamada",
            "Retirar o acesso de quem saiu da escola",
            "Código de verificação expirado",
            "Aplicativo fecha sozinho no celular",
        ),
        openings=(
            "{Quem} pede a senha do {sistema} e a mensagem não chega, nem na caixa de spam.",
            "Ao abrir o {sistema} aparece uma tela branca. Já limpamos o navegador e trocamos de computador.",
            "Precisamos de usuário para {quem}, que começou nesta semana na turma {turma}.",
            "O {sistema} diz que a conta está bloqueada. Acontece com {quantos} pessoas desde ontem.",
            "Depois da atualização, o aplicativo fecha sozinho nos celulares mais antigos.",
            "O e-mail de cadastro mudou de domínio e o código de verificação vai para o endereço antigo.",
        ),
    ),
    "Material didático": About(
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
    ),
    "Sistema de avaliações": About(
        titles=(
            "Cadastro da turma {turma} no sistema de avaliações",
            "Resultados da prova de {mes} não aparecem",
            "Gabarito errado na questão {quantos}",
            "Inclusão de {quem} como aplicador",
            "Relatório de desempenho sem a turma {turma}",
            "Simulado duplicado para {quantos} alunos",
            "Importação da planilha de alunos recusada",
            "Correção da redação fora do prazo",
            "Nota do recuperando não atualiza no boletim",
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
    ),
}

DETAILS = (
    "Segue o número do protocolo anterior, para facilitar a conferência.",
    "Podem ligar na secretaria entre 8h e 17h; quem atende é {quem}.",
    "Isso afeta a turma {turma} e também a turma vizinha.",
    "Já tentamos em dois computadores e em um celular, com o mesmo resultado.",
    "A reunião com as famílias é na sexta-feira, por isso a pressa.",
    "Coloquei em anexo a captura da tela com a mensagem completa.",
    "O problema começou em {mes}, logo depois do recesso.",
    "São {quantos} casos até agora, e a lista continua crescendo.",
    "Obrigada pela atenção de sempre!",
    "Se precisarem de mais informações, estou à disposição.",
    "A direção acompanha este pedido e quer um retorno ainda hoje.",
    "No semestre passado houve um chamado parecido, que foi resolvido por telefone.",
    "Consultamos o manual e o vídeo de treinamento, sem encontrar a resposta.",
    "O responsável pela informática da escola está de férias nesta quinzena.",
    "{Quem} confirmou os dados na ficha de matrícula.",
    "O fuso do servidor e o horário de Brasília estavam diferentes.",
)

REPLIES = (
    "Olá! Recebi o seu pedido e já estou verificando com a equipe responsável.",
    "Encontrei a causa: o cadastro estava com a unidade antiga. Estou corrigindo agora.",
    "Encaminhei ao fornecedor e a previsão de retorno é amanhã à tarde.",
    "Fiz um teste com o usuário de {quem} e funcionou. Pode tentar de novo, por favor?",
    "A atualização do {sistema} fica pronta nesta madrugada, entre 1h e 3h.",
    "Reenviei a mensagem para o endereço do cadastro. Confira também a pasta de promoções.",
    "Solicitei a coleta à transportadora, sem custo para a escola.",
    "O banco confirmou a baixa do título e o comprovante segue no e-mail financeiro.",
    "Abri uma tarefa para o desenvolvimento, com prioridade, e acompanho por aqui.",
    "Combinado. Registrei a observação na ficha da turma {turma}.",
)

QUESTIONS = (
    "Para continuar, preciso da lista dos {quantos} alunos com a matrícula. Pode enviar?",
    "Qual navegador e qual versão vocês usam nesse computador?",
    "O endereço de entrega continua o mesmo do contrato?",
    "As bolsas dos irmãos continuam em dez por cento neste ano?",
    "Pode mandar uma foto da etiqueta da caixa e da nota que veio junto?",
    "A alteração vale só para a turma {turma} ou para toda a escola?",
    "Quem autoriza a mudança do cadastro: a direção ou a mantenedora?",
)

ANSWERS = (
    "Sim, continua igual. Pode seguir.",
    "Segue a lista pedida, com nome, matrícula e turma.",
    "Testei agora e o erro continua no {sistema}.",
    "Conversei com {quem}: vale para toda a escola.",
    "Obrigado pelo retorno. Aguardamos até sexta-feira.",
    "É o navegador Firefox, em um computador antigo da biblioteca.",
    "Melhorou, mas ainda faltam {quantos} registros.",
    "Mandei a fotografia da etiqueta para o e-mail do atendimento.",
    "Alguma novidade? As famílias estão perguntando na portaria.",
)

NOTES = (
    "Falei por telefone com {quem}; pediu urgência e aceitou aguardar até amanhã.",
    "O servidor de homologação reproduz a falha. Registro enviado ao N2.",
    "Cliente antigo, com contrato especial: conferir o desconto antes de responder.",
    "Domínio da escola recusa mensagens sem DMARC. Pedi ajuste ao provedor.",
    "Transportadora confirmou extravio parcial; abrir indenização.",
    "Verificar se a migração do legado deixou a matrícula duplicada.",
)

SOLUTIONS = (
    "Corrigimos o valor e emitimos os novos boletos. Os antigos foram cancelados.",
    "A senha foi redefinida e o acesso de {quem} está liberado.",
    "Enviamos {quantos} exemplares novos hoje, com prazo de três dias úteis.",
    "A turma {turma} estava sem professor vinculado. Vinculamos e o relatório já sai completo.",
    "O gabarito foi retificado e as notas recalculadas para todos os participantes.",
    "A nota fiscal foi substituída e está disponível na área financeira do portal.",
    "O erro vinha da última atualização do {sistema}, que já foi ajustada.",
    "Cadastro concluído. O novo usuário recebeu o convite por e-mail.",
    "O endereço foi trocado e as próximas entregas já vão para lá.",
)

OBJECTIONS = (
    "Ainda não funcionou: o erro voltou a aparecer hoje cedo.",
    "Continuam faltando {quantos} exemplares, conforme a conferência do almoxarifado.",
    "O valor mudou, mas segue diferente do contrato.",
    "A turma {turma} aparece, porém sem as notas de {mes}.",
)

REASONS = (
    "Resolvemos por aqui.",
    "Pedido aberto em duplicidade.",
    "A escola desistiu da troca.",
    "Encontramos a caixa que faltava no depósito.",
    "Aberto por engano na categoria errada.",
)

_PEOPLE = (
    "a coordenadora",
    "o diretor",
    "a secretária",
    "a professora de Matemática",
    "o professor de Ciências",
    "a bibliotecária",
    "o tesoureiro",
    "a orientadora",
    "um responsável",
    "a vice-diretora",
    "o estagiário da secretaria",
    "a professora de Inglês",
)
_MATERIALS = (
    "apostila de Português",
    "livro de História",
    "caderno de atividades",
    "atlas de Geografia",
    "livro de Ciências",
    "coletânea de Redação",
    "kit de Robótica",
    "guia do professor",
    "apostila de Matemática",
    "livro de Literatura",
    "agenda escolar",
    "caderno de Artes",
)
_BLANKS = {
    "mes": (
        *("janeiro", "fevereiro", "março", "abril", "maio", "junho"),
        *("julho", "agosto", "setembro", "outubro", "novembro", "dezembro"),
    ),
    "turma": (
        *("1A", "1B", "2A", "3C", "4B", "5A", "5º ano", "6B", "6C", "7A", "7C", "8A", "8B", "9A", "9º ano"),
        *("1ª série", "2ª série", "3ª série", "do Ensino Médio", "da Educação Infantil", "do período integral"),
    ),
    "quem": _PEOPLE,
    "Quem": tuple(each[0].upper() + each[1:] for each in _PEOPLE),
    "material": _MATERIALS,
    "Material": tuple(each[0].upper() + each[1:] for each in _MATERIALS),
    "sistema": (
        *("portal", "aplicativo", "sistema de avaliações", "diário de classe", "boletim on-line"),
        *("ambiente virtual", "painel da secretaria"),
    ),
}

KINDS = ("Colégio", "Escola", "Instituto", "Centro Educacional", "Liceu")
SAINTS = (
    *("Santa Clara", "São Bento", "Monteiro Lobato", "Cecília Meireles", "Novo Horizonte", "Dom Pedro", "Girassol"),
    *("Machado de Assis", "Primavera", "Anchieta", "Ipê Amarelo", "Paulo Freire", "Sagrada Família", "Marista"),
    *("Carlos Drummond", "Rui Barbosa", "Clarice Lispector", "Alvorada", "Bom Jesus", "Tiradentes"),
)
CITIES = (
    *("Campinas", "Sorocaba", "Londrina", "Joinville", "Uberlândia", "Niterói", "Petrolina", "Caruaru", "Pelotas"),
    *("Anápolis", "Feira de Santana", "Juiz de Fora", "Maringá", "Blumenau", "Mossoró", "Imperatriz", "Santarém"),
)
FIRST_NAMES = (
    *("Adriana", "Alice", "André", "Antônio", "Beatriz", "Bruno", "Camila", "Carlos", "Clara", "Daniel", "Débora"),
    *("Eduardo", "Elisa", "Fábio", "Fernanda", "Gabriel", "Helena", "Igor", "Isabel", "João", "Joana", "Júlia"),
    *("Larissa", "Leonardo", "Lúcia", "Luís", "Marcos", "Mariana", "Mateus", "Natália", "Otávio", "Patrícia"),
    *("Paulo", "Rafael", "Renata", "Ricardo", "Sílvia", "Sônia", "Tiago", "Vera", "Vítor", "Yara"),
)
LAST_NAMES = (
    *("Almeida", "Andrade", "Araújo", "Barbosa", "Barros", "Batista", "Borges", "Cardoso", "Carvalho", "Correia"),
    *("Costa", "Duarte", "Farias", "Fernandes", "Ferreira", "Figueiredo", "Freitas", "Gomes", "Gonçalves", "Lopes"),
    *("Macedo", "Machado", "Martins", "Melo", "Mendes", "Miranda", "Monteiro", "Moraes", "Moreira", "Nascimento"),
    *("Oliveira", "Pereira", "Ramos", "Ribeiro", "Rocha", "Santana", "Silveira", "Souza", "Teixeira", "Vieira"),
)
