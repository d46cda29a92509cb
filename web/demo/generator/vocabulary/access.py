"""Texts about passwords, accounts and screens that stay blank."""

from web.demo.generator.vocabulary.talk import Talk

ACCESS = Talk(
    titles=(
        "Senha do portal não chega no e-mail",
        "Novo usuário para {quem}",
        "Erro na tela ao abrir o {sistema}",
        "Acesso bloqueado depois de três tentativas",
        "{Quem} não consegue entrar no {sistema}",
        "Página em branco no {sistema} depois da atualização",
        "Trocar o e-mail de cadastro {dequem}",
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
    replies=(
        "Olá! Vi o bloqueio e já estou verificando de onde vêm as tentativas.",
        "Reenviei a mensagem para o endereço do cadastro. Confira também a pasta de promoções.",
        "Fiz um teste com o usuário {dequem} e funcionou. Pode tentar de novo, por favor?",
        "A atualização do {sistema} fica pronta nesta madrugada, entre 1h e 3h.",
    ),
    questions=(
        "Qual navegador e qual versão vocês usam nesse computador?",
        "Pode mandar uma captura da tela com a mensagem completa?",
        "O e-mail novo {dequem} já recebe mensagens de fora da escola?",
        "Acontece também no celular, fora da rede da escola?",
    ),
    answers=(
        "É o navegador Firefox, em um computador antigo da biblioteca.",
        "Testei agora e o erro continua no {sistema}.",
        "Sim, o e-mail novo já funciona. Recebi uma mensagem de teste.",
        "Fora da rede da escola abre normalmente. Aqui dentro, não.",
    ),
    notes=(
        "Domínio da escola recusa mensagens sem DMARC. Pedi ajuste ao provedor.",
        "O servidor de homologação reproduz a falha. Registro enviado ao N2.",
        "O fuso do servidor e o horário de Brasília estavam diferentes.",
    ),
    solutions=(
        "A senha foi redefinida e o acesso {dequem} está liberado.",
        "Cadastro concluído. O novo usuário recebeu o convite por e-mail.",
        "O erro vinha da última atualização do {sistema}, que já foi ajustada.",
        "Desbloqueamos as {quantos} contas e o aviso saiu do {sistema}.",
    ),
    objections=(
        "Ainda não funcionou: o erro voltou a aparecer hoje cedo.",
        "{Quem} entrou uma vez e a conta bloqueou de novo.",
        "A tela branca continua nos computadores do laboratório.",
    ),
)
