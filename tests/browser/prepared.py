"""Data that the demonstration lacks, created as people do, so that their pages can be examined."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from tests.browser.mail_server import Mailed
from tests.browser.pages import articles_tried, first_of_desk, import_tried, link_to_hand_over, log, paper_opened
from tests.browser.visitors import Visitor, visit
from tests.infrastructure.subprocesses import wait
from tests.mail.arriving import mail
from tests.mail.post_office import unsubscribe_link

Ways = dict[str | None, list[str]]


def prepared(chrome: Browser, place: Mailed) -> Ways:
    """The pages without links to them, by person."""
    tab = partial(visit, chrome, place.home)
    with tab("Ana") as ana:
        ticket = ana.opens_ticket("Segunda via do contrato")
        of_ana = [_seen(ana, log), _seen(ana, paper_opened), _address_asked_for(ana, place)]
        domain = _domain_asked_for(ana, place)
        of_ana.append(_erasure_asked_for(ana))
    with tab("Bia") as bia:
        _solved(bia, ticket)
        of_bia = [_original(bia, place)]
    with tab("Ivo") as ivo:
        _webhook(ivo)
        _mailbox(ivo)
        import_tried(ivo)
        articles_tried(ivo)
        link_to_hand_over(ivo)
        claim = urlsplit(ivo.page.locator("code.secret").inner_text()).path
    with tab(None) as nobody:
        receipt = _left_by_somebody(nobody, place)
    of_nobody = ["/embed/help", claim, domain, receipt, place.link_to("ana@aurora.example", "/answers/")]
    of_nobody.append(unsubscribe_link(next(iter(place.office.to("ana@aurora.example")))))
    return {None: of_nobody, "Ana": of_ana, "Bia": of_bia}


def _left_by_somebody(nobody: Visitor, place: Mailed) -> str:
    nobody.goes_to("/embed/new")
    nobody.types("Seu nome", "Marta Reis")
    nobody.types("E-mail", "marta@casa.example")
    nobody.chooses("Assunto", "Cobrança")
    nobody.types("O que você precisa?", "O boleto não abre.")
    nobody.presses("Enviar")
    nobody.is_at("Recebemos!")
    return place.link_to("marta@casa.example", "/follow/claims/")


def _seen(visitor: Visitor, way: Callable[[Visitor], None]) -> str:
    way(visitor)
    return visitor.path


def _address_asked_for(ana: Visitor, place: Mailed) -> str:
    ana.goes_to("/account")
    ana.unfolds("Acrescentar um e-mail")
    form = ana.main.locator("form", has=ana.page.get_by_role("button", name="Enviar o link"))
    form.get_by_label("E-mail").fill("ana@casa.example")
    form.get_by_label("Sua senha atual").fill(place.home.password)
    ana.presses("Enviar o link")
    return place.link_to("ana@casa.example", "/account/confirmations/")


def _domain_asked_for(ana: Visitor, place: Mailed) -> str:
    ana.goes_to("/organization")
    ana.unfolds("Não tem um e-mail neste domínio?")
    form = ana.main.locator("form", has=ana.page.get_by_role("button", name="Mandar o link"))
    form.get_by_label("Domínio").fill("escola.example")
    ana.presses("Mandar o link")
    ana.sees("Link enviado. O domínio liga quando quem cuida do e-mail dele confirmar, em até três dias.")
    return place.link_to("postmaster@escola.example", "/domains/")


def _erasure_asked_for(ana: Visitor) -> str:
    ana.goes_to("/account/data")
    ana.follows("Pedir que apaguem")
    way = ana.path
    ana.presses("Sim, pedir que apaguem")
    ana.sees("Pedido registrado. Respondemos em até 15 dias.")
    return way


def _webhook(ivo: Visitor) -> None:
    ivo.goes_to("/desk/settings/webhooks")
    ivo.types("Endereço", "https://93.184.216.34/")
    ivo.main.get_by_role("checkbox").first.check()
    ivo.types("Sua senha atual", ivo.home.password)
    ivo.presses("Criar o webhook")
    ivo.goes_to("/desk/settings/webhooks")
    ivo.main.get_by_role("link", name="93.184.216.34").click()
    ivo.main.get_by_label("Ligado").uncheck()
    ivo.types("Sua senha atual", ivo.home.password)
    ivo.presses("Salvar")


def _mailbox(ivo: Visitor) -> None:
    ivo.goes_to("/desk/settings/mail")
    ivo.opens_fold("Nova caixa")
    ivo.types("Endereço", "suporte@escola.example")
    ivo.types("Servidor que recebe (IMAP)", "93.184.216.34")
    ivo.types("Usuário de quem recebe", "suporte")
    ivo.types("Senha de quem recebe", "senha da caixa")
    ivo.main.get_by_label("Em uso").uncheck()
    ivo.types("Sua senha atual", ivo.home.password)
    ivo.presses("Criar a caixa")
    ivo.is_at("suporte@escola.example")


def _solved(bia: Visitor, ticket: str) -> None:
    bia.goes_to(f"/desk{ticket}")
    bia.presses("Assumir")
    bia.stands("Aberto")
    bia.types("Mensagem ao solicitante", "Segue.")
    bia.presses("Enviar e Resolver")
    bia.stands("Resolvido")


def _original(bia: Visitor, place: Mailed) -> str:
    """The original mail of a ticket."""
    place.receive(mail("ana@aurora.example", subject="Veio por e-mail").as_bytes())
    wait(lambda: bia.found("Veio por e-mail") == ["Veio por e-mail"])
    first_of_desk("/desk?view=all&q=veio")(bia)
    return bia.page.get_by_role("link", name="Ver o original").get_attribute("href") or ""
