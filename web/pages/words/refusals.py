"""Why something was refused, by the code of the reason: a field, a file, a ticket of a selection, a whole request."""

from collections.abc import Sequence
from typing import NamedTuple

from web.http.received import RefusedFile
from web.tickets.actions.places import PLACES

REFUSALS = {
    "missing": "Preencha este campo.",
    "missing_field": "Preencha este campo: sem ele o ticket não pode ser resolvido.",
    "needed_now": "A categoria também pergunta isto. Preencha e envie de novo.",
    "asked_now": "A categoria também pergunta isto. Preencha, ou deixe em branco, e envie de novo.",
    "already_sent": "Você já enviou isto há poucos minutos. Enviar de novo? Então envie mais uma vez.",
    "too_long": "O texto passou do tamanho permitido.",
    "too_short": "Use pelo menos 8 caracteres.",
    "easy_to_guess": "Esta senha é fácil de adivinhar ou já vazou na internet. Tente uma frase de três palavras.",
    "unknown_pair": "E-mail, usuário ou senha não conferem. Confira e tente de novo.",
    "throttled": "Foram muitas tentativas. Espere um minuto, ou peça um link por e-mail para entrar agora.",
    "wrong_password": "A senha atual não confere.",
    "not_a_cnpj": "Um CNPJ tem 14 posições: doze letras ou números e dois dígitos. Confira o que foi digitado.",
    "wrong_check_digits": "Os dois últimos dígitos não conferem com este CNPJ. Confira o que foi digitado.",
    "not_an_address": "Isto não parece um endereço de e-mail.",
    "not_a_phone": "Isto não parece um telefone. Escreva com o DDD: (11) 98765-4321.",
    "too_many_phones": "São telefones demais: até 10.",
    "desks_address": "Este endereço é do próprio atendimento. Use o da pessoa.",
    "not_addresses": "Não entendi: {about}. Escreva endereços de e-mail separados por vírgula.",
    "too_many": "São endereços demais: até 20 pessoas em cópia por vez.",
    "reserved_name": "Este nome é o do próprio atendimento. Escreva o seu.",
    "last_address": "É por este endereço que você entra. Acrescente outro antes de remover este.",
    "too_many_addresses": "São endereços demais: até 10.",
    "person_known": "Já há uma pessoa com este dado.",
    "not_a_login": "Escreva o usuário sem espaços e sem @, com pelo menos dois caracteres.",
    "only_one": "Escreva um só.",
    "last_way_in": "É o único jeito de a pessoa entrar. Acrescente outro antes de remover este.",
    "last_admin": "É a última pessoa que administra. Dê este papel a outra antes.",
    "in_use": "Este dado já está em uso.",
    "unknown_person": "Não encontramos ninguém com este e-mail.",
    "nothing_chosen": "Marque na lista os tickets em que fazer isto.",
    "unknown": "Escolha uma das opções da lista.",
    "not_of_category": "Este assunto não é da categoria escolhida. Escolha de novo.",
    "not_yours": "Um dos arquivos não pôde ser usado. Anexe de novo.",
    "different": "As duas senhas não são iguais.",
    "solution_must_say": "Escreva como o ticket foi resolvido.",
    "solution_must_be_public": "A solução precisa ser uma mensagem ao solicitante.",
    "not_a_duration": "Escreva um número e escolha a unidade: horas úteis, dias úteis, horas ou dias corridos.",
    "not_positive": "O prazo precisa ser maior que zero.",
    "never_open": "Este calendário nunca abre. Deixe pelo menos um horário de atendimento.",
    "bad_interval": "Os horários precisam estar em ordem, sem se sobrepor, entre 00:00 e 24:00.",
    "not_seven_days": "Um calendário tem sete dias.",
    "not_hours": "Escreva os horários assim: 09:00-12:00, 13:00-18:00.",
    "no_places": "Na assinatura nada é preenchido na hora: escreva sem chaves.",
    "before_first": "O último dia vem antes do primeiro.",
    "already_over": "Este dia já passou.",
    "too_long_away": "É tempo demais: até um ano.",
    "not_a_mate": "Escolha um colega ativo da mesma equipe.",
    "also_away": "Esta pessoa também estará ausente. Escolha outra.",
    "not_a_date": "Escreva a data assim: 31/12/2026.",
    "not_a_number": "Escreva um número inteiro.",
    "not_a_percent": "Escreva um número de 1 a 99.",
    "too_much": "É tempo demais: até 10.000.",
    "never_due": "Assim um dos prazos prometidos nunca venceria.",
    "already_promised": "Já existe um prazo para esta prioridade e esta categoria. Mude o que existe.",
    "ends_before": "O último dia não pode vir antes do primeiro.",
    "too_many_days": "São dias demais: até um ano de cada vez.",
    "unknown_organization": "Não encontramos esta organização. Escreva o CNPJ ou o nome inteiro.",
    "retired_organization": "Esta organização está desativada e não recebe mais ninguém.",
    "known_cnpj": "Já existe uma organização com este CNPJ.",
    "same_root": "Já existe outra organização com esta raiz de CNPJ. Se esta é filial dela, crie como filial.",
    "dead_invitation": "Este convite já foi usado, foi cancelado ou venceu. Peça outro a quem lhe deu.",
    "too_many_papers": "Há 50 convites impressos que ainda valem. Cancele algum antes.",
    "not_a_domain": "Escreva só o que vem depois do @: escola.com.br.",
    "public_domain": "Qualquer pessoa pode ter um e-mail deste provedor. Use o domínio da própria organização.",
    "desks_domain": "Este é o domínio do próprio atendimento. Use o da organização.",
    "not_your_domain": "Só liga um domínio quem tem nele um e-mail confirmado. Acrescente o seu em Sua conta.",
    "domain_taken": "Este domínio já traz pessoas para outra organização.",
    "export_waiting": "Uma cópia já está sendo preparada. Espere por ela.",
    "of_the_desk": "Quem trabalha no atendimento deixa antes a equipe; um robô não é pessoa.",
    "unknown_account": "Não encontramos esta conta. Escolha uma da lista.",
    "same_account": "É esta mesma conta. Escolha a outra.",
    "own_account": "Ninguém junta a própria conta. Peça a outra pessoa que cuida do atendimento.",
    "other_role": "Só se juntam contas do mesmo papel, e nunca a de um robô.",
    "nobodys_account": "Uma das duas já foi juntada a outra conta, ou foi apagada.",
    "others_account": "Esta conta é de um administrador ou de equipe reservada. Só quem é de lá pode juntá-la.",
    "both_inactive": "Nenhuma das duas contas tem acesso. Reative uma antes.",
    "merged_since": "A conta que ficou foi depois juntada a outra. Separe aquelas antes.",
    "no_longer_parted": "Estas contas já não podem ser separadas.",
    "unknown_zone": "Este fuso horário não existe. Escolha um da lista.",
    "unknown_state": "Este estado não existe. Use a sigla de duas letras.",
    "too_many_views": "Você já tem 50 listas salvas. Remova uma antes.",
    "itself": "É este mesmo ticket. Escreva o número do outro.",
    "unknown_ticket": "Não encontramos este ticket. Confira o número.",
    "other_customer": "Os dois tickets são de clientes diferentes e não podem ser unidos.",
    "merged_itself": "Aquele ticket já foi unido a outro. Use o número do outro.",
    "too_many_parts": "São partes demais: até 10 por vez.",
    "wrong_days": "Escreva um número de dias, de 1 a 365.",
    "open_places": "Falta completar antes de enviar: {about}.",
    "open_place": "O texto tem um lugar que fica vazio neste ticket. Insira a resposta pronta, complete e envie.",
    "unknown_places": "Não existe: {about}. Os lugares são " + ", ".join(f"{{{place}}}" for place in PLACES) + ".",
    "too_many_tags": "São etiquetas demais, ou uma é longa demais: até 10, de 40 letras.",
    "category_in_use": "Há tickets ou prazos desta categoria. Ela só pode deixar de ser oferecida.",
    "topic_in_use": "Há tickets com este assunto. Ele só pode deixar de ser oferecido.",
    "topic_has_fields": "Há campos deste assunto. Passe-os a outro assunto antes, ou a todos.",
    "kind_in_use": "Há tickets com este campo preenchido: o tipo não muda mais. Tire-o de uso e crie outro.",
    "asked_but_hidden": "O que o solicitante não pode ler também não se pergunta a ele.",
    "too_many_fields": "São campos demais: até 50 por categoria.",
    "too_many_options_offered": "São opções demais, ou uma é longa demais: até 1.000, de 100 letras.",
    "too_many_options": "São opções demais.",
    "not_a_quantity": "Escreva um número, como 1.250 ou 3,5.",
    "not_money": "Escreva um valor em reais, como 1.250,00.",
    "not_a_cpf": "Um CPF tem 11 números. Confira o que foi digitado.",
    "wrong_cpf_digits": "Os dois últimos números não conferem com este CPF. Confira o que foi digitado.",
    "never_closes": "Assim nada fecharia um ticket: dê um prazo, pergunte se resolveu ou peça a avaliação.",
    "ambiguous_label": "Esta palavra já diz outra coisa ao solicitante em outra situação. Use outra.",
    "ambiguous_desk_label": "Esta palavra já diz outra coisa ao atendimento em outra situação. Use outra.",
    "needs_confirmation": "Isto só cabe quando se pergunta se a solução resolveu.",
    "needs_rating": "Isto só cabe quando se pede a avaliação.",
    "needs_closing": "Isto só cabe com um prazo para fechar o resolvido.",
    "needs_silence": "O aviso precisa do prazo de espera pelo solicitante.",
    "only_hours": "O aviso se conta em horas úteis ou corridas.",
    "rating_never_asked": "Sem perguntar se resolveu, esta avaliação nunca seria pedida.",
    "team_has_tickets": "Esta equipe tem tickets em aberto. Passe-os a outra equipe antes.",
    "team_has_categories": "Ainda há categorias que começam nesta equipe. Escolha outra equipe para elas antes.",
    "team_has_canned": "Ainda há macros que encaminham a esta equipe. Mude-as ou remova-as antes.",
    "team_has_organizations": "Ainda há organizações desta equipe. Escolha outra equipe para elas antes.",
    "not_of_team": "Esta pessoa não faz parte da equipe, que é reservada.",
    "score": "Escolha uma das cinco opções.",
    "which_organization": "Esta pessoa é de mais de uma organização. Escolha para qual delas é.",
    "not_a_member": "Esta pessoa não é desta organização. Escolha uma das dela.",
    "inactive_person": "O acesso desta pessoa foi encerrado. Escolha outra.",
    "nothing_changes": "É isto mesmo que o ticket já diz. Escreva o que muda.",
    "reserved_robot": "Este robô é de uma equipe reservada. Só quem é dela cria chaves para ele.",
    "not_in_future": "Escolha uma data que ainda não passou.",
    "too_far": "É longe demais: até dez anos.",
    "not_a_colour": "Escreva a cor assim: #0f5c5c.",
    "unreadable": "Ninguém lê esta cor sobre o fundo claro. Use a mais próxima que se lê, ou escolha outra.",
    "not_a_link": "Escreva o endereço inteiro: https://…, mailto:… ou tel:…",
    "not_a_web_address": "Escreva o endereço inteiro, sem usuário nem senha: https://…",
    "not_https": "Use https://, para que ninguém leia os tickets no caminho.",
    "unresolved": "Não encontramos este servidor. Confira o endereço.",
    "mail_private_address": "Este servidor é da rede interna. Quem cuida do Guichê o libera em GUICHE_MAIL_ALLOW.",
    "mail_not_tls": "Sem TLS a senha passaria às claras. Escolha TLS ou STARTTLS.",
    "mail_no_side": "Diga ao menos um servidor: o que recebe ou o que envia.",
    "password_again": "O servidor ou o usuário mudou: digite a senha da caixa de novo.",
    "private_address": "Este endereço é de uma rede interna, e para lá nada é enviado.",
    "too_many_rows": "São linhas demais: até 8.",
    "set_up_already": "Já há equipes ou categorias. O exemplo é só para quem ainda não tem nada.",
    "picture_kind": "Use uma imagem PNG, WebP ou SVG.",
    "picture_too_large": "A imagem passa de 200 kB. Reduza e envie de novo.",
    "picture_too_wide": "A imagem passa de 2.000 pixels de lado. Reduza e envie de novo.",
    "picture_broken": "Não conseguimos ler esta imagem. Exporte de novo e tente outra vez.",
    "picture_hides": "Este arquivo traz mais do que uma imagem. Exporte só a imagem e tente outra vez.",
    "picture_acts": "Este SVG traz programa ou endereço de fora. Exporte só as formas e tente outra vez.",
    "picture_no_shape": "Este SVG traz texto, estilos ou imagens. Exporte tudo como formas, com a cor em cada uma.",
    "picture_no_size": "Este SVG não diz o tamanho. Exporte com largura e altura.",
    "table_empty": "O arquivo não tem nenhuma linha preenchida.",
    "table_not_a_table": "Isto não é uma tabela. Envie um arquivo CSV, XLSX, XLS ou ODS.",
    "table_too_large": "O arquivo passa de 20 MB. Divida-o em partes.",
    "table_too_many_rows": "O arquivo passa de 20.000 linhas. Divida-o em partes.",
    "table_too_many_columns": "O arquivo passa de 100 colunas. Deixe só as que serão lidas.",
    "table_too_costly": "Não deu para ler este arquivo em tempo. Salve a planilha como CSV e envie de novo.",
    "table_open_quotes": "Na linha {about} há aspas que abrem e não fecham. Corrija a linha e envie de novo.",
    "columns_missing": "Diga qual coluna traz o nome e qual traz o e-mail ou o login. Só de organizações: a do CNPJ.",
    "columns_twice": "Duas colunas foram marcadas como a mesma coisa. Deixe só uma.",
    "malformed": "Este valor não está como esperamos.",
    "not_8_to_64_characters": "Use de 8 a 64 letras e números.",
    "too_large": "“{name}” passa de 100 MB e não foi anexado.",
    "empty": "“{name}” está vazio e não foi anexado.",
    "forbidden": "“{name}” é um programa, e programas não podem ser anexados.",
    "too_many_files": "São arquivos demais: até 10 por mensagem. “{name}” ficou de fora.",
    "quota": "“{name}” não foi anexado: hoje você já enviou o máximo de arquivos por dia. Tente amanhã.",
    "storage": "“{name}” não pôde ser guardado agora. Tente de novo em alguns minutos.",
}


def refusal(code: str, about: Sequence[str] = ()) -> str:
    """`about`: what was typed that the refusal speaks of."""
    named = ", ".join(each if len(each) <= _LONGEST_QUOTE else f"{each[:_LONGEST_QUOTE]}…" for each in about[:5])
    return REFUSALS.get(code, "Confira este campo.").replace("{about}", named)


_LONGEST_QUOTE = 60


def file_refusal(file: RefusedFile) -> str:
    """Why a file was turned away, by its name."""
    code = "too_many_files" if file.code == "too_many" else file.code
    return REFUSALS[code].format(name=file.name)


BULK = {
    "not_found": "não foi encontrado",
    "not_permitted": "não está liberado para você",
    "not_from_here": "está em outra situação, e isto já não cabe",
}
"""Why a ticket of a selection stayed as it was."""


class ErrorPage(NamedTuple):
    """What happened, and what it means or what to do."""

    title: str
    text: str


ERROR_PAGES = {
    "not_found": ErrorPage(
        "Não encontramos esta página",
        "Ela pode ter mudado de endereço, ou não estar disponível para você. Confira o que foi digitado.",
    ),
    "malformed": ErrorPage(
        "Não entendemos este pedido", "Alguma coisa no endereço ou no formulário não está como esperamos."
    ),
    "unavailable": ErrorPage(
        "Estamos com um problema passageiro",
        "O que você escreveu não se perdeu desta tela. Tente de novo em alguns instantes.",
    ),
    "broken": ErrorPage("Algo deu errado do nosso lado", "Já foi registrado. Se continuar, informe o código abaixo."),
    "not_permitted": ErrorPage("Você não pode fazer isto", "Esta ação não está liberada para você."),
    "not_from_here": ErrorPage(
        "O ticket mudou",
        "Ele está em outra situação e esta ação já não cabe. Abra o ticket para ver o que fazer agora.",
    ),
    "overtaken": ErrorPage("O ticket mudou", "Alguém mexeu nele antes de você. Confira como ficou e tente de novo."),
    "contradiction": ErrorPage(
        "Não foi possível gravar",
        "O pedido contradiz a situação do ticket, e nada foi alterado. Copie o que escreveu, abra o ticket e confira.",
    ),
    "throttled": ErrorPage("Muitas tentativas seguidas", "Espere um pouco e tente de novo."),
    "invalid": ErrorPage("Confira o que foi digitado", "Um dos campos não pôde ser aceito."),
    "cross_site": ErrorPage(
        "O envio veio de outro site", "Por segurança, só aceitamos o que é enviado pelas nossas páginas."
    ),
    "stale": ErrorPage(
        "Esta página ficou antiga", "Sua sessão mudou desde que ela foi aberta. Confira e envie outra vez."
    ),
    "too_long": ErrorPage("É texto demais de uma vez", "Divida em mais de uma mensagem ou envie como anexo."),
    "wrong_method": ErrorPage("Isto não se faz por aqui", "O endereço existe, mas não aceita este tipo de pedido."),
    "too_large": ErrorPage("O envio é grande demais", "Cada arquivo pode ter até 100 MB."),
    "unsupported": ErrorPage("Não entendemos este envio", "O formulário chegou num formato que não conhecemos."),
}
