"""What the portals promise about mail: real messages out, raw ones in."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from tests import lead_settings
from tests.client import Browser, browser_of
from tests.mail.arriving import mail
from tests.mail.correspondence import ANA, BIA, DESK, Post
from tests.mail.post_office import link_in, text_of
from tests.pages.reading import messages, ticket_row
from tests.presets import started_with
from web.clock import set_now
from web.notifications import link_requests, preferences
from web.pages.shell import render
from web.tickets.actions import timers

pytestmark = pytest.mark.anyio

PASSWORD = "cavalo correto bateria"


@pytest.fixture
def under(people, office, arrives):
    """The mail of both sides under a preset."""

    @asynccontextmanager
    async def under(preset: str) -> AsyncIterator[Post]:
        with started_with(GUICHE_PRESET=preset, GUICHE_MAIL=DESK):
            await lead_settings.live_by(preset)
            await preferences.choose(people.bia, "all")
            yield Post(people, office, arrives)

    return under


async def at_the_desk(post: Post, number: int, noun: str, **typed: str) -> None:
    """Bia sends one form of the ticket's page."""
    bia, at = await browser_of(post.people.bia, at=post.at), f"/desk/tickets/{number}"
    answer = await bia.send(await bia.get(at), f"{at}/{noun}", **typed)
    assert answer.status < 400, answer.words
    await post.goes()


async def test_a02_every_mail_becomes_a_ticket_and_is_acknowledged(under):
    async with under("aprovacao") as post:
        for sender in (ANA, "nina@fora.example"):
            number = await post.writes(sender, "O boleto veio errado.")
            row = await ticket_row(number)
            assert (row["channel"], row["status"], await messages(number)) == (
                "email",
                "new",
                ["O boleto veio errado."],
            )
            assert post.last(sender)["Subject"].startswith(f"[#{number}]")


async def test_p15_a_mail_ends_the_wait_for_an_answer_and_is_highlighted(under):
    async with under("processo") as post:
        number = await post.writes(ANA, "O boleto veio errado.")
        await at_the_desk(post, number, "questions", body="Qual turma?", days="3")
        assert "Qual turma?" in text_of(post.last(ANA))
        assert await post.answers(ANA, "A 5A.") == number
        page = await (await browser_of(post.people.bia, at=post.at)).get("/desk")
        assert (page.texts(".line[data-turn] .row__title"), page.text(".line__next strong")) == (
            ["Boleto de dezembro"],
            "Ana respondeu.",
        )
        assert "A 5A." in text_of(post.last(BIA))


async def test_p15_a_mail_does_not_end_a_wait_for_a_date(under):
    async with under("processo") as post:
        number = await post.writes(ANA, "O boleto veio errado.")
        await at_the_desk(post, number, "waits", wait="until", until="2026-11-30T10:30")
        assert await post.answers(ANA, "Alguma novidade?") == number
        assert (await ticket_row(number))["status"] == "waiting"
        assert (await messages(number))[-1] == "Alguma novidade?"
        assert "Alguma novidade?" in text_of(post.last(BIA))


async def test_p19_the_resolution_goes_out_as_mail_and_a_note_of_it_does_not(under):
    async with under("processo") as post:
        number = await post.writes(ANA, "O boleto veio errado.")
        await at_the_desk(post, number, "solution", method="communicated", body="Emitimos outro.", **{"as": "reply"})
        assert "Emitimos outro." in text_of(post.last(ANA))
        other = await post.writes(ANA, "E o de junho.")
        await at_the_desk(post, other, "solution", method="communicated", body="Trocado no banco.", **{"as": "note"})
        assert (await ticket_row(other))["status"] == "resolved"
        assert not [each for each in post.office.to(ANA) if "Trocado no banco." in each.as_string()]


async def test_p22_enviar_e_resolver_sends_one_mail(under):
    async with under("processo") as post:
        number = await post.writes(ANA, "O boleto veio errado.")
        before = len(post.office.to(ANA))
        await post.solves("Emitimos outro.")
        told = post.office.to(ANA)[before:]
        assert (len(told), (await ticket_row(number))["status"]) == (1, "resolved")
        assert "Emitimos outro." in text_of(told[0])


async def test_p23_a_mail_in_the_window_of_feedback_reopens(under):
    async with under("processo") as post:
        number = await post.writes(ANA, "O boleto veio errado.")
        await post.solves("Emitimos outro.")
        assert await post.answers(ANA, "A nota veio sem o CNPJ.") == number
        assert (await ticket_row(number))["status"] == "open"
        assert "A nota veio sem o CNPJ." in text_of(post.last(BIA))


async def test_c02_cadastre_se_and_crie_uma_senha_send_a_link_that_opens_the_door(under):
    async with under("central") as post:
        await post.writes("nina@escola.example", "O boleto veio errado.")
        for path, address in (("/sign-up", "eva@escola.example"), ("/password", "nina@escola.example")):
            visitor = Browser()
            await visitor.send(await visitor.get(path), path, name="Eva Melo", identifier=address)
            await link_requests.answer_link_requests(post.at, render=render.mail_texts())
            await post.goes()
            (link,) = re.findall(r"http://127\.0\.0\.1:8000(/claim/\S+)", text_of(post.last(address)))
            home = await visitor.send(await visitor.get(link), link, password=PASSWORD, again=PASSWORD)
            assert home.path == "/"
        assert "Boleto de dezembro" in (await visitor.get("/tickets")).words


async def test_c09_a_mail_reopens_what_is_resolvido_and_what_is_fechado_goes_on_in_another(under):
    async with under("central") as post:
        number = await post.writes(ANA, "O boleto veio errado.")
        await post.solves("Emitimos outro.")
        assert await post.answers(ANA, "Voltou a acontecer.") == number
        assert (await ticket_row(number))["status"] == "open"
        await post.solves("Agora sim.")
        post.at += timedelta(days=30)
        set_now(post.at)
        await timers.run_due(post.at)
        assert (await ticket_row(number))["status"] == "closed"
        await post.goes()
        assert await post.answers(ANA, "Voltou outra vez.") != number


async def test_v13_what_support_has_closed_asks_for_a_rating_by_mail(under):
    async with under("avaliacao") as post:
        number = await post.writes(ANA, "O boleto veio errado.")
        await post.solves("Emitimos outro.")
        page = await Browser().get(link_in(post.last(ANA)))
        assert "Emitimos outro." in page.words
        shown = await (await browser_of(post.people.ana, at=post.at)).get(f"/tickets/{number}")
        assert shown.text(".head__sub .chip") == "Aguardando avaliação"


async def test_v15_problema_nao_resolvido_by_the_link_of_the_mail_reopens_and_tells_the_team(under):
    async with under("avaliacao") as post:
        number = await post.writes(ANA, "O boleto veio errado.")
        await post.solves("Emitimos outro.")
        await post.follows("objection", body="Continua errado.")
        assert (await ticket_row(number))["status"] == "open"
        assert "Continua errado." in text_of(post.last(BIA))


async def test_v19_an_answer_by_mail_ends_the_attention_that_was_asked_for(under):
    async with under("avaliacao") as post:
        number = await post.writes(ANA, "O boleto veio errado.")
        await at_the_desk(post, number, "questions", body="Qual turma?")
        assert (await ticket_row(number))["status"] == "waiting"
        await post.arrives(mail(ANA, "A 5A.", to=post.last(ANA)["Reply-To"], message_id="<a@casa.example>"), at=post.at)
        assert (await ticket_row(number))["status"] == "open"
