"""Pages in states that a link does not reach, and the steps to each; `test_every_page` has the others."""

import re
from collections.abc import Callable
from time import time_ns

from playwright.sync_api import expect

from tests.articles.imports.folders import PNG
from tests.browser.visitors import Visitor

Way = Callable[[Visitor], None]


def at(path: str, status: int = 200) -> Way:
    def go(visitor: Visitor) -> None:
        if status != 200:
            visitor.refused(status, path)
        visitor.goes_to(path)

    return go


def sign_in_refused(visitor: Visitor) -> None:
    visitor.goes_to("/sign-in")
    visitor.types("E-mail ou usuário da organização", "alguem@aurora.example")
    visitor.types("Senha", "não é esta")
    visitor.refused(422, "/sign-in")
    visitor.main.get_by_role("button", name="Entrar", exact=True).click()
    visitor.sees("E-mail, usuário ou senha não conferem. Confira e tente de novo.")


def sign_up_refused(visitor: Visitor) -> None:
    visitor.goes_to("/sign-up")
    visitor.types("Nome completo", "Marta Lopes")
    visitor.types("E-mail", "marta@aurora.example")
    visitor.types("CNPJ da escola ou empresa (opcional)", "11222333000182")
    visitor.refused(422, "/sign-up")
    visitor.presses("Cadastrar")
    visitor.sees("Confira antes de enviar")


def signed_out_while_writing(visitor: Visitor) -> None:
    reply_written(visitor, "Sessão que acabou")
    visitor.loses_the_session()
    visitor.refused(401, f"{visitor.path}/replies")
    visitor.presses("Enviar mensagem")
    visitor.sees("Sua sessão terminou.")


def organization_refused(visitor: Visitor) -> None:
    visitor.goes_to("/desk/organizations/new")
    visitor.types("Nome", "Colégio Aurora Norte")
    visitor.types("CNPJ", "11.222.333/0002-62")
    visitor.refused(422, "/desk/organizations")
    visitor.presses("Criar a organização")
    expect(visitor.page.get_by_role("button", name="Criar como filial")).to_be_visible()


def paper_printed(visitor: Visitor) -> None:
    visitor.goes_to("/organization")
    visitor.presses("Fazer um convite")
    visitor.is_at("Convite para Colégio Aurora")


def paper_opened(visitor: Visitor) -> None:
    paper_printed(visitor)
    code = visitor.page.locator("main li strong").nth(1).inner_text()
    visitor.goes_to(f"/join/{code}")
    visitor.is_at("Convite para Colégio Aurora")


def domain_refused(visitor: Visitor) -> None:
    visitor.goes_to("/organization")
    visitor.types("Domínio", "gmail.com")
    visitor.refused(422, "/organization/domain")
    visitor.presses("Ligar")
    visitor.sees("Confira antes de enviar")


def place_refused(visitor: Visitor) -> None:
    visitor.goes_to("/desk/settings/place")
    visitor.page.locator("#accent").fill("#ffd400")
    visitor.refused(422, "/desk/settings/place")
    visitor.presses("Salvar")
    visitor.sees("Usar #7d6800")


def first_person(visitor: Visitor) -> None:
    visitor.goes_to("/desk/people?q=prado")
    visitor.follows("Ana Prado")
    visitor.is_at("Ana Prado")


def person_details(visitor: Visitor) -> None:
    first_person(visitor)
    visitor.follows("Mudar o cadastro")
    visitor.opens_fold("Acrescentar e-mail ou usuário")
    visitor.opens_fold("Acrescentar organização")
    expect(visitor.field("O que vê")).to_be_visible()


def membership(visitor: Visitor) -> None:
    first_person(visitor)
    visitor.follows("Mudar o cadastro")
    visitor.follows("Colégio Aurora")
    visitor.sees("O que pode")


def deactivation(visitor: Visitor) -> None:
    first_person(visitor)
    visitor.follows("Mudar o cadastro")
    visitor.follows("Encerrar o acesso")
    visitor.is_at("Encerrar o acesso de Ana Prado?")


def person_refused(visitor: Visitor) -> None:
    visitor.goes_to("/desk/people/new")
    visitor.types("Nome completo", "Outra Ana")
    visitor.types("E-mail", "ana@aurora.example")
    visitor.refused(422, "/desk/people")
    visitor.presses("Cadastrar e convidar")
    visitor.sees("Já há uma pessoa com este dado.")


def role_of_an_agent(visitor: Visitor) -> None:
    visitor.goes_to("/desk/people?q=nunes")
    visitor.follows("Bia Nunes")
    visitor.follows("Mudar o cadastro")
    expect(visitor.field("Papel")).to_be_visible()


def link_to_hand_over(visitor: Visitor) -> None:
    visitor.goes_to("/desk/people/new")
    visitor.types("Nome completo", "Loja 12")
    visitor.types("Usuário da organização", f"loja-{time_ns()}")
    visitor.presses("Cadastrar e convidar")
    visitor.is_at("Link para Loja 12")


def first_of(list_address: str) -> Way:
    def go(visitor: Visitor) -> None:
        visitor.goes_to(list_address)
        visitor.titles().first.click()
        visitor.sees("Detalhes do ticket")

    return go


def ticket_in_the_list(visitor: Visitor) -> None:
    visitor.goes_to("/tickets?scope=mine")
    visitor.page.get_by_role("link", name="Ver Detalhe: Boletos de novembro com o valor errado").click()
    visitor.sees("Adicionar à conversa")


def draft_in_the_list(visitor: Visitor) -> None:
    visitor.goes_to("/tickets?scope=mine&status=rascunho")
    visitor.page.get_by_role("link", name="Ver Detalhe: Pedido de livros para 2027").click()
    expect(visitor.field("Título")).to_be_visible()


def solution_refused(visitor: Visitor) -> None:
    first_of("/tickets?scope=mine&status=resolvido&q=frequencia")(visitor)
    visitor.unfolds("NÃO, quero explicar")
    visitor.types("O que ainda não está resolvido?", " ")
    visitor.refused(422, f"{visitor.path}/objection")
    visitor.presses("Reabrir o ticket")
    visitor.sees("Confira antes de enviar")


def rating_opened(visitor: Visitor) -> None:
    first_of("/tickets?scope=mine&status=fechado")(visitor)
    visitor.unfolds("Editar avaliação")
    expect(visitor.field("Comentário (opcional)")).to_be_visible()


def log(visitor: Visitor) -> None:
    first_of("/tickets?scope=mine&status=fechado")(visitor)
    visitor.turns_to("Logs")
    visitor.sees("Status: de Resolvido para Fechado")


def more_opened(visitor: Visitor) -> None:
    first_of("/tickets?scope=mine&status=aguardando-resposta")(visitor)
    visitor.unfolds("Mudar quem está em cópia")
    visitor.unfolds("Cancelar")
    expect(visitor.field("Por que cancelar?")).to_be_visible()


def copy_of_a_ticket(visitor: Visitor) -> None:
    first_of("/tickets?scope=mine&status=fechado")(visitor)
    visitor.presses("Duplicar")
    visitor.sees("Terminar o rascunho")


def reply_with_files(visitor: Visitor) -> None:
    visitor.opens_ticket("Pedido com anexo de nome comprido")
    visitor.types("Adicionar à conversa", f"Segue. https://exemplo.com.br/{'um-endereco-muito-longo-' * 8}")
    visitor.types("Pessoas em cópia", f"coordenacao.{'pedagogica.' * 5}sul@aurora.example")
    pictures = {f"tela_{'de_frequencia_' * 10}.png": PNG, "cortada.png": PNG[:-20]}
    visitor.attaches(f"relatorio_{'de_frequencia_' * 10}.pdf", b"%PDF-1.7", **pictures)
    visitor.presses("Enviar mensagem")
    expect(visitor.messages()).to_have_count(2)
    for picture in visitor.page.locator(".message img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)


def reply_refused(visitor: Visitor) -> None:
    reply_written(visitor, "Resposta com erro")
    visitor.types("Pessoas em cópia", "isto não é um endereço")
    visitor.attaches("programa.exe", b"MZ")
    visitor.refused(422, f"{visitor.path}/replies")
    visitor.presses("Enviar mensagem")
    visitor.sees("Confira antes de enviar")


def reply_written(visitor: Visitor, title: str) -> None:
    visitor.opens_ticket(title)
    visitor.types("Adicionar à conversa", "Um texto que se guarda.")


def request_refused(visitor: Visitor) -> None:
    visitor.goes_to("/tickets/new")
    visitor.refused(422, "/tickets")
    visitor.presses("Enviar")
    visitor.sees("Confira antes de enviar")


def account_refused(visitor: Visitor) -> None:
    visitor.goes_to("/account")
    visitor.types("Senha atual", "não é esta")
    visitor.types("Nova senha", "cavalo bateria grampo")
    visitor.types("Repita a senha", "cavalo bateria grampo")
    visitor.refused(422, "/account/password")
    visitor.presses("Trocar a senha")
    visitor.sees("Confira antes de enviar")


def page_gone_old(visitor: Visitor) -> None:
    visitor.goes_to("/account")
    visitor.page.locator("input[name=_token]").last.evaluate("token => { token.value = '' }")
    visitor.refused(403, "/account/sign-out-everywhere")
    visitor.presses("Sair de todos os aparelhos")
    visitor.is_at("Esta página ficou antiga")


def calendar_refused(visitor: Visitor) -> None:
    visitor.refused(422, "/desk/settings/calendars/1")
    hours_checked(visitor, "18:00-09:00")
    visitor.sees("Confira antes de enviar")


def calendar_checked(visitor: Visitor) -> None:
    hours_checked(visitor, "14:00-15:00")
    visitor.is_at("Conferir antes")


def hours_checked(visitor: Visitor, monday: str) -> None:
    visitor.goes_to("/desk/settings/calendars/1")
    visitor.types("Segunda-feira", monday)
    visitor.main.get_by_role("button", name="Conferir antes").first.click()


def target_again(visitor: Visitor) -> None:
    visitor.goes_to("/desk/settings/targets")
    visitor.chooses("Calendário", "Horário comercial")
    visitor.types("Quanto tempo", "9")
    visitor.presses("Conferir antes")
    visitor.presses("Voltar e mudar")
    visitor.is_at("Prazos prometidos")


def key_made(visitor: Visitor) -> None:
    visitor.makes_key("Robô de boletos")


SIGNED_OUT: dict[str, Way] = {
    "sign_in_refused": sign_in_refused,
    "sign_up_refused": sign_up_refused,
    "sent": at("/sent"),
    "help_search": at("/help?q=boleto"),
    "api_documentation": at("/api/docs"),
    "dead_link": at("/claim/nada", 404),
    "not_found_signed_out": at("/nada", 404),
}
OF_ANA: dict[str, Way] = {
    "list_filtered": at("/tickets?scope=mine&status=com-a-equipe&priority=normal"),
    "list_without_tickets": at("/tickets?q=nada"),
    "ticket_in_the_list": ticket_in_the_list,
    "draft_in_the_list": draft_in_the_list,
    "ticket": first_of("/tickets?scope=mine&status=aguardando-resposta"),
    "resolved_ticket": first_of("/tickets?scope=mine&status=resolvido"),
    "closed_ticket": first_of("/tickets?scope=mine&status=fechado"),
    "solution_refused": solution_refused,
    "rating_opened": rating_opened,
    "approval": first_of("/tickets?scope=approvals"),
    "approvals": at("/tickets?scope=approvals"),
    "contact": first_of("/tickets?scope=mine&q=tela+notas"),
    "more_opened": more_opened,
    "copy_of_a_ticket": copy_of_a_ticket,
    "reply_with_files": reply_with_files,
    "reply_refused": reply_refused,
    "signed_out_while_writing": signed_out_while_writing,
    "request_refused": request_refused,
    "account_refused": account_refused,
    "domain_refused": domain_refused,
    "not_found": at("/tickets/9", 404),
    "page_gone_old": page_gone_old,
}


def desk_reply_refused(visitor: Visitor) -> None:
    first_of_desk("/desk")(visitor)
    visitor.types("Mensagem ao solicitante", " ")
    visitor.refused(422, f"{visitor.path}/replies")
    visitor.presses("Enviar")
    visitor.sees("Confira antes de enviar")


def reply_left(visitor: Visitor) -> None:
    first_of_desk("/desk")(visitor)
    visitor.types("Mensagem ao solicitante", "Segue o boleto.")
    visitor.opens_fold("Outros envios")
    visitor.chooses("Quando enviar", "Em 10 segundos, com tempo de desfazer")
    visitor.presses("Enviar")
    visitor.sees("Sua resposta será enviada em alguns segundos.")


def desk_everything_open(visitor: Visitor) -> None:
    first_of_desk("/desk?view=all&q=senha+coordenacao")(visitor)
    visitor.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")


def desk_folded(visitor: Visitor) -> None:
    visitor.goes_to("/desk")
    visitor.presses("Listas")
    expect(visitor.page.get_by_role("link", name="Trabalho próprio")).to_have_count(0)


def desk_peek(visitor: Visitor) -> None:
    visitor.goes_to("/desk")
    visitor.page.get_by_role("link", name="Espiar #").first.click()
    expect(visitor.page.get_by_role("complementary", name="Espiada")).to_be_visible()


def selection_refused(visitor: Visitor) -> None:
    visitor.goes_to("/desk")
    first = visitor.page.get_by_role("checkbox", name="Selecionar #").first
    first.check()
    visitor.opens_fold("Com os selecionados")
    visitor.chooses("O que fazer", "Anotar")
    visitor.types("Texto da nota ou da solução", "Para todos.")
    first.uncheck()
    visitor.refused(422, "/desk/bulk")
    visitor.presses("Fazer em cada um")
    visitor.sees("Marque na lista os tickets em que fazer isto.")


def selection_done_in_part(visitor: Visitor) -> None:
    visitor.goes_to("/desk?view=all&status=closed")
    visitor.page.get_by_role("checkbox", name="Selecionar #").first.check()
    visitor.opens_fold("Com os selecionados")
    visitor.chooses("O que fazer", "Resolver")
    visitor.types("Texto da nota ou da solução", "Pronto.")
    visitor.presses("Fazer em cada um")
    visitor.is_at("0 de 1 feitos")


def unsendable_text(visitor: Visitor) -> None:
    """The unsent text of a move that somebody else has made impossible."""
    visitor.goes_to("/tickets/new")
    for field in ("Solicitante", "Contato primário"):
        visitor.types(field, "ana@aurora.example")
    visitor.chooses("Categoria", "Cobrança")
    visitor.types("Título", "Começado e não enviado")
    visitor.types("Descrição", "Ana ligou.")
    visitor.presses("Enviar")
    visitor.is_at("Caixa de entrada")
    visitor.page.get_by_role("status").get_by_role("link").click()
    visitor.is_at("Começado e não enviado")
    visitor.presses("Assumir")
    visitor.stands("Aberto")
    visitor.unfolds("Outras ações")
    visitor.unfolds("Dividir em vários")
    with visitor.page.expect_response(re.compile("/unsent$")):
        visitor.types("Partes, uma por linha", "Emitir boletos")
    visitor.page.locator("form[action$='/replies'] [name=body]").fill("Feito.")
    visitor.presses("Enviar e Resolver")
    visitor.sees("O ticket mudou e isto já não pode ser enviado por aqui. Copie o que ainda servir:")


def draft_of_an_agent(visitor: Visitor) -> None:
    visitor.goes_to("/tickets/new")
    visitor.types("Título", "Pedido por telefone")
    visitor.presses("Salvar rascunho")
    visitor.unfolds("Já está resolvido?")
    expect(visitor.field("Como foi resolvido")).to_be_visible()


def first_of_desk(list_address: str) -> Way:
    def go(visitor: Visitor) -> None:
        visitor.goes_to(list_address)
        visitor.titles().first.click()
        expect(visitor.field("Nota interna: o cliente não vê")).to_be_attached()

    return go


OF_BIA: dict[str, Way] = {
    "desk_all": at("/desk?view=all&status=active"),
    "desk_without_tickets": at("/desk?q=nada"),
    "desk_peek": desk_peek,
    "desk_folded": desk_folded,
    "desk_contact": at("/desk/contacts/new"),
    "people": at("/desk/people"),
    "person": first_person,
    "person_details": person_details,
    "person_refused": person_refused,
    "membership": membership,
    "deactivation": deactivation,
    "desk_ticket": first_of_desk("/desk?view=own"),
    "desk_closed_ticket": first_of_desk("/desk?view=all&status=closed"),
    "desk_everything_open": desk_everything_open,
    "desk_reply_refused": desk_reply_refused,
    "desk_reply_left": reply_left,
    "desk_selection_refused": selection_refused,
    "desk_selection_done_in_part": selection_done_in_part,
    "desk_unsendable_text": unsendable_text,
    "list_of_an_agent": at("/tickets"),
    "ticket_with_a_note": first_of("/tickets?q=senha+coordenacao"),
    "new_ticket_of_an_agent": at("/tickets/new"),
    "draft_of_an_agent": draft_of_an_agent,
}
OF_LIA: dict[str, Way] = {
    "account_merge": at("/desk/people/2/merge?q=a"),
    "reports": at("/desk/reports"),
    "reports_of_nothing": at("/desk/reports?from=2020-01-01&to=2020-12-31&by=organization"),
    "settings": at("/desk/settings"),
    "calendar_refused": calendar_refused,
    "calendar_checked": calendar_checked,
    "organization_refused": organization_refused,
    "recesses_of_one": at("/desk/settings/recesses?organization=1"),
    "target_again": target_again,
    "keys": key_made,
}


def import_matched(visitor: Visitor) -> None:
    visitor.goes_to("/desk/settings/imports")
    content = b"Nome;E-mail;CNPJ\nJoana;joana@ipe.example;\nRosa;rosa;\n"
    visitor.field("Planilha ou CSV").set_input_files({"name": "p.csv", "mimeType": "text/csv", "buffer": content})
    visitor.presses("Enviar")
    visitor.is_at("p.csv")


def import_tried(visitor: Visitor) -> None:
    import_matched(visitor)
    visitor.presses("Conferir")
    visitor.sees("Linhas recusadas")


def articles_tried(visitor: Visitor) -> None:
    visitor.goes_to("/desk/articles/imports")
    file = {"name": "ajuda.json", "mimeType": "application/json", "buffer": b'{"articles": [{"id": 1}]}'}
    visitor.field("Arquivo ZIP ou JSON").set_input_files(file)
    visitor.presses("Enviar e conferir")
    visitor.sees("Artigos recusados ou mudados")


def import_refused(visitor: Visitor) -> None:
    visitor.goes_to("/desk/settings/imports")
    visitor.refused(422, "/desk/settings/imports")
    visitor.presses("Enviar")
    visitor.sees("Confira antes de enviar")


OF_IVO: dict[str, Way] = {
    "articles_tried": articles_tried,
    "import_refused": import_refused,
    "import_matched": import_matched,
    "role": role_of_an_agent,
    "link_to_hand_over": link_to_hand_over,
    "place_refused": place_refused,
}

PAGES: list[tuple[str, str | None, Way]] = [
    *((name, None, way) for name, way in SIGNED_OUT.items()),
    *((name, "Ana", way) for name, way in OF_ANA.items()),
    *((name, "Bia", way) for name, way in OF_BIA.items()),
    *((name, "Lia", way) for name, way in OF_LIA.items()),
    *((name, "Ivo", way) for name, way in OF_IVO.items()),
]
