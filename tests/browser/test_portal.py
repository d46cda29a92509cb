"""Journeys of requesters in the demonstration, with and without JavaScript."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.demonstration import ADDRESSES
from tests.browser.visitors import Visit, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.anywhere]

INVOICES = "Boletos de novembro com o valor errado"
PASSWORD = "Senha do portal de conteúdo não chega no e-mail da coordenação"
COVER = "Livro do 7º ano com capa trocada (12 exemplares)"
REPORT = "Relatório de frequência sem a turma 8B"
TEACHERS = "Inclusão de três professores no sistema de avaliações"
HEADMISTRESS = "Acesso da nova diretora"
CHAT = "Bom dia! O link para criar a senha da secretaria venceu. Podem mandar outro?"


def test_ana_finds_a_ticket_by_filter_by_words_and_by_number(tab: Visit) -> None:
    with tab() as ana:
        ana.goes_to("/")
        ana.is_at("Como podemos ajudar?")
        ana.main.get_by_role("link", name="Entrar", exact=True).click()
        ana.signs_in("Ana")
        ana.is_at("Olá, Ana")
        expect(ana.page.get_by_role("link", name="Responder")).to_be_visible()
        ana.follows("Meus tickets")
        ana.is_at("Meus tickets")
        ana.chooses("Status", "Aguardando resposta")
        ana.presses("Filtrar")
        expect(ana.titles()).to_have_text([INVOICES])
        ana.chooses("Status", "Qualquer um")
        ana.types("Busca pelo assunto ou número do ticket", "capa do atlas")
        ana.presses("Filtrar")
        ana.sees("Nenhum ticket com este filtro")
        ana.types("Busca pelo assunto ou número do ticket", "CAPA historia")
        ana.presses("Filtrar")
        expect(ana.titles()).to_have_text([COVER])
        number = _number_of(ana, COVER)
        ana.types("Busca pelo assunto ou número do ticket", f"#{number}")
        ana.presses("Filtrar")
        ana.is_at(COVER)
        assert ana.path == f"/tickets/{number}"


def test_what_changes_for_ana_when_she_leaves_her_organization_is_a_list_with_bullets(tab: Visit) -> None:
    with tab() as ana:
        ana.goes_to("/account")
        ana.signs_in("Ana")
        ana.follows("Sair da organização Colégio Aurora")
        expect(ana.main.get_by_role("listitem").last).to_have_text(
            "não abre mais tickets pela organização, nem lê os artigos que são só dela."
        )
        expect(ana.main.get_by_role("listitem").last).to_have_css("list-style-type", "disc")


def test_ana_lands_where_a_link_in_a_mail_leads_after_signing_in_even_at_the_second_try(tab: Visit) -> None:
    with tab() as ana:
        ana.goes_to("/account#own-notices")
        ana.is_at("Entrar")
        ana.types("E-mail ou usuário da organização", ADDRESSES["Ana"])
        ana.types("Senha", "outra senha")
        ana.refused(422, "/sign-in")
        ana.presses("Entrar")
        ana.sees("E-mail, usuário ou senha não conferem. Confira e tente de novo.")
        ana.signs_in("Ana")
        ana.is_at("Sua conta")
        assert urlsplit(ana.page.url).fragment == "own-notices"
        expect(ana.main.get_by_role("heading", name="Avisos", exact=True)).to_be_in_viewport()


def test_ana_reads_a_ticket_where_ver_detalhe_opens_it(tab: Visit) -> None:
    with tab("Ana") as ana:
        ana.goes_to("/tickets?scope=mine&status=aguardando-resposta")
        ana.follows(f"Ver Detalhe: {INVOICES}")
        ana.sees(re.compile("^Bia assumiu o ticket ·"))
        expect(ana.messages()).to_have_text(
            [re.compile("^Bom dia! Os boletos da turma"), re.compile("^Obrigada, Ana. Encontrei a causa")]
        )
        expect(ana.main.get_by_role("definition").filter(has_text="@")).to_have_text(["direcao@aurora.example"])
        ana.is_at("Meus tickets" if ana.has_script else INVOICES)
        if ana.has_script:
            ana.follows(f"Ver Detalhe: {INVOICES}")
            expect(ana.messages()).to_have_count(0)


def test_ana_replies_with_a_file_and_a_person_in_copy_and_downloads_the_file(tab: Visit, tmp_path: Path) -> None:
    content = bytes(range(256)) * 300
    with tab("Ana") as ana:
        ana.opens_ticket("Diário de classe em branco")
        ana.types("Adicionar à conversa", "Segue a lista das turmas.\n\nSão só as da tarde.")
        ana.types("Pessoas em cópia", "rui@aurora.example")
        ana.attaches("turmas da tarde.pdf", content)
        ana.presses("Enviar mensagem")
        expect(ana.messages()).to_have_text(["Como de costume.", "Segue a lista das turmas.\n\nSão só as da tarde."])
        expect(ana.main.get_by_role("definition").filter(has_text="@")).to_have_text(["rui@aurora.example"])
        expect(ana.field("Adicionar à conversa")).to_have_value("")
        with ana.page.expect_download() as download:
            ana.follows("turmas da tarde.pdf 75 KB")
        assert download.value.suggested_filename == "turmas da tarde.pdf"
        assert Path(download.value.path()).read_bytes() == content


def test_ana_drafts_a_request_comes_back_and_sends_it(tab: Visit, request: pytest.FixtureRequest) -> None:
    title = f"Boleto da {request.node.callspec.id}"
    with tab("Ana") as ana:
        ana.goes_to("/tickets")
        ana.follows("Abrir solicitação")
        ana.is_at("Abrir solicitação")
        ana.chooses("Categoria", "Cobrança")
        if ana.has_script:
            expect(ana.field("Assunto").get_by_role("option")).to_have_text(
                ["Escolha…", "Boletos", "Nota fiscal", "Contrato"]
            )
        ana.chooses("Assunto", "Nota fiscal")
        ana.types("Título", title)
        ana.attaches("nota.txt", b"Nota 118")
        ana.presses("Salvar rascunho")
        ana.is_at("Terminar o rascunho")
        expect(ana.page.get_by_role("status")).to_have_text(
            re.compile(r"^Rascunho salvo às \d+h(\d\d)?\. Só você o vê")
        )
        expect(ana.field("Título")).to_have_value(title)
        ana.follows("Início")
        ana.page.get_by_role("link", name="Terminar").click()
        ana.page.get_by_role("link", name=title, exact=True).click()
        ana.is_at("Terminar o rascunho")
        expect(ana.field("Categoria").locator("option:checked")).to_have_text("Cobrança")
        expect(ana.field("Assunto").locator("option:checked")).to_have_text("Nota fiscal")
        expect(ana.main.get_by_role("link", name="nota.txt 8 bytes")).to_be_visible()
        ana.refused(422, f"{ana.path}/submission")
        ana.presses("Enviar")
        expect(ana.page.get_by_role("alert").get_by_role("listitem")).to_have_text(["Descrição: Escreva a descrição."])
        ana.types("Descrição", "Preciso da segunda via.")
        ana.presses("Enviar")
        ana.is_at(title)
        ana.sees(f"Solicitação enviada. O número dela é #{ana.path.rpartition('/')[2]}.")
        ana.sees(re.compile(r"^Na fila Financeiro\. Primeira resposta até .+h\d*\.$"))
        expect(ana.messages()).to_have_text(["Preciso da segunda via."])
        expect(ana.main.get_by_role("link", name="nota.txt 8 bytes")).to_be_visible()


def test_ana_changes_her_name_and_signs_out(tab: Visit) -> None:
    with tab() as ana:
        ana.goes_to("/sign-in")
        ana.signs_in("Ana")
        ana.follows("Ana Prado · Colégio Aurora")
        ana.is_at("Sua conta")
        ana.types("Nome", "Ana Maria Prado")
        ana.presses("Salvar")
        ana.sees("Nome salvo.")
        ana.types("Nome", "Ana Prado")
        ana.presses("Salvar")
        expect(ana.page.get_by_role("banner").get_by_role("link", name="Ana Prado · Colégio Aurora")).to_be_visible()
        ana.presses("Sair")
        ana.is_at("Entrar")
        ana.goes_to("/tickets")
        ana.is_at("Entrar")


def test_rui_sees_his_own_tickets_and_those_he_is_in_copy_of(tab: Visit) -> None:
    with tab("Rui") as rui:
        rui.goes_to("/tickets?q=livro+capa")
        expect(rui.titles()).to_have_text([COVER])
        rui.goes_to("/tickets")
        expect(rui.field("Tipo de solicitação").get_by_role("option")).to_have_text(
            ["Minhas solicitações", "Solicitações nas quais estou em cópia"]
        )
        expect(rui.titles()).to_have_text(
            [
                "Nota fiscal da compra de setembro",
                "Cinco licenças a mais para o laboratório",
                "Conta da biblioteca bloqueada depois de três tentativas",
                COVER,
                "Dez kits de robótica para a feira de ciências",
                "Como trocar a foto do perfil dos alunos",
                "Troca dos 12 livros de História",
                "Contrato sem a assinatura da mantenedora",
                "Notas não chegam ao boletim desde o fechamento",
                "Tablets para a sala de leitura",
                "Faltaram duas caixas na remessa de outubro",
            ]
        )
        rui.goes_to("/tickets?scope=copied&q=professores")
        expect(rui.titles()).to_have_text([TEACHERS])


def test_caio_sees_his_own_school_and_nothing_of_another(tab: Visit) -> None:
    with tab("Caio") as caio, tab("Ana") as ana:
        ana.goes_to(f"/tickets?q={PASSWORD}")
        number = _number_of(ana, PASSWORD)
        caio.goes_to("/tickets")
        expect(caio.titles()).to_have_text([CHAT, HEADMISTRESS])
        caio.goes_to("/tickets?q=boletos")
        caio.sees("Nenhum ticket com este filtro")
        caio.types("Busca pelo assunto ou número do ticket", number)
        caio.presses("Filtrar")
        caio.sees("Nenhum ticket com este filtro")
        caio.refused(404, f"/tickets/{number}")
        caio.goes_to(f"/tickets/{number}")
        caio.is_at("Não encontramos esta página")


def test_bia_answers_and_ana_reads_it(tab: Visit) -> None:
    with tab("Ana") as ana, tab("Bia") as bia:
        address = ana.opens_ticket("Carteirinha sem foto")
        bia.goes_to("/tickets?q=carteirinha")
        bia.page.get_by_role("link", name="Carteirinha sem foto", exact=True).first.click()
        bia.sees(re.compile(r"^Na fila Financeiro\. Primeira resposta até .+h\d*\.$"))
        bia.types("Adicionar à conversa", "A foto nova já aparece?")
        bia.presses("Enviar mensagem")
        expect(bia.messages()).to_have_text(["Como de costume.", "A foto nova já aparece?"])
        bia.goes_to("/tickets?scope=all&status=aguardando-resposta")
        expect(bia.titles()).to_have_text([INVOICES])
        ana.goes_to(address)
        ana.sees(re.compile(r"^Com Bia, da equipe Financeiro\. Previsão de solução: .+h\d*\.$"))
        expect(ana.messages()).to_have_text(["Como de costume.", "A foto nova já aparece?"])


def _number_of(visitor: Visitor, title: str) -> str:
    row: Any = visitor.page.get_by_role("listitem").filter(has_text=title)
    return re.search(r"#(\d+)", row.inner_text())[1]
