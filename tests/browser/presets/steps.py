"""The steps from a request to its solution, the same under every preset except for the words."""

import re
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser.visitors import Visitor

QUESTION = "Qual é o mês do boleto?"
ANSWER = "É o de novembro."
SOLUTION = "O boleto em dobro foi cancelado."


@dataclass(frozen=True)
class Words:
    """The words of a preset, on the portal and at the desk."""

    new: str
    open: str
    waiting: str
    resolved: str
    desk_new: str = "Novo"
    desk_open: str = "Aberto"
    desk_waiting: str = "Aguardando solicitante"
    desk_resolved: str = "Resolvido"
    tickets: str = "Meus tickets"
    opens: str = "Abrir solicitação"
    reply: str = "Adicionar à conversa"
    reply_opens: str = ""
    """The button that opens the reply box, if it is closed."""
    send: str = "Enviar mensagem"
    asks: str = "Perguntar e aguardar"
    sends_question: str = "Enviar e aguardar"
    days_to_answer: str = ""
    """The days to answer, if the agent must enter them."""


def opens(ana: Visitor, title: str, words: Words, *, category: str = "Cobrança") -> str:
    """Opens a ticket from the list by the form. Returns its address."""
    ana.goes_to("/tickets")
    ana.is_at(words.tickets)
    ana.main.get_by_role("link", name=words.opens).or_(ana.main.get_by_role("button", name=words.opens)).click()
    ana.chooses("Categoria", category)
    ana.types("Título", title)
    ana.types("Descrição", "Veio duas vezes, com o mesmo vencimento.")
    ana.presses("Enviar")
    ana.is_at(title)
    return ana.path


def solved(ana: Visitor, bia: Visitor, title: str, words: Words) -> str:
    """Ana asks, Bia asks back, Ana answers, Bia resolves. Returns the ticket's address."""
    address = opens(ana, title, words)
    ana.stands(words.new)
    asked(bia, title, words)
    answered(ana, title, words)
    bia.goes_to("/desk")
    row = bia.main.get_by_role("row").filter(has=bia.page.get_by_role("checkbox"))
    expect(row.filter(has_text=title)).to_contain_text("Ana respondeu.")
    bia.follows(title)
    bia.stands(words.desk_open)
    expect(bia.messages()).to_have_text([re.compile("^Veio duas vezes"), QUESTION, ANSWER])
    solves(bia, words)
    ana.goes_to(address)
    ana.stands(words.resolved)
    expect(ana.messages().last).to_have_text(SOLUTION)
    return address


def asked(bia: Visitor, title: str, words: Words) -> None:
    bia.goes_to("/desk")
    bia.is_at("Caixa de entrada")
    bia.follows(title)
    bia.stands(words.desk_new)
    bia.presses("Assumir")
    bia.stands(words.desk_open)
    bia.takes_up(words.asks)
    bia.types("Pergunta ao solicitante", QUESTION)
    if words.days_to_answer:
        bia.types("Dias para responder", words.days_to_answer)
    bia.presses(words.sends_question)
    bia.stands(words.desk_waiting)


def answered(ana: Visitor, title: str, words: Words) -> None:
    """Ana finds the ticket that waits for her, and answers."""
    ana.goes_to("/tickets")
    ana.finds(title, words.waiting)
    ana.page.get_by_role("link", name=title, exact=True).click()
    ana.is_at(title)
    ana.stands(words.waiting)
    ana.sees(re.compile("^Sua vez: "))
    if words.reply_opens:
        ana.presses(words.reply_opens)
    ana.types(words.reply, ANSWER)
    ana.presses(words.send)
    ana.stands(words.open)
    expect(ana.messages().last).to_have_text(ANSWER)


def solves(bia: Visitor, words: Words) -> None:
    """Resolves on the ticket page of the desk."""
    bia.types("Mensagem ao solicitante", SOLUTION)
    bia.presses("Enviar e Resolver")
    bia.stands(words.desk_resolved)


def solves_again(bia: Visitor, title: str, words: Words, *, after: str) -> None:
    """Resolves a ticket that came back to the inbox with these words."""
    bia.goes_to("/desk")
    bia.follows(title)
    bia.stands(words.desk_open)
    expect(bia.messages().last).to_have_text(after)
    solves(bia, words)


def rates(ana: Visitor) -> None:
    ana.main.get_by_role("group", name="Satisfação com o atendimento").get_by_label("Ótimo").check()
    ana.main.get_by_role("group", name="Qualidade da solução").get_by_label("Boa").check()
    ana.types("Comentário (opcional)", "Rápido e gentil.")
    ana.presses("Enviar avaliação")
    expect(
        ana.main.get_by_role("definition").filter(has_text=re.compile("^(Ótimo|Boa|Rápido e gentil.)$"))
    ).to_have_text(["Ótimo", "Boa", "Rápido e gentil."])
