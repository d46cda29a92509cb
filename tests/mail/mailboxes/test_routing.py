"""New tickets by mail go to the team and category of their mailbox."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.mail.arriving import mail
from tests.pages.reading import ticket_row
from tests.presets import started_with
from web.demo.catalog import team_of
from web.tickets.settings import categories
from web.tickets.settings.categories import Audience, CategoryInput

pytestmark = [pytest.mark.anyio, pytest.mark.imap]

ABOUT = ("Acesso ao portal", "Senha")
FORWARD = "De: Nina <nina@fora.example>\nEnviado: hoje\nPara: Bia\nAssunto: Boleto\n\nVenceu."


async def test_mail_that_an_agent_passes_on_waits_where_the_mailbox_leads(people, add, arrives):
    team, (category, _) = await team_of("Integrações"), await cast.subject(*ABOUT)
    number = await add(team=team, category=category)
    with started_with(GUICHE_MAIL_SERVERS="mx.guiche.example"):
        proven = {"Authentication_Results": "mx.guiche.example; dmarc=pass"}
        became = await arrives(mail("bia@guiche.example", FORWARD, subject="Enc: Boleto", **proven), mailbox=number)
    row = await ticket_row(became["ticket"])
    assert (row["title"], row["team"], row["category"]) == ("Boleto", team, category)


async def test_mail_of_a_stranger_is_a_ticket_where_the_category_is_not_for_everybody_any_more(people, add, arrives):
    category, _ = await cast.subject(*ABOUT)
    number = await add(category=category)
    shown = await categories.category(category)
    limited = CategoryInput(shown.name, shown.workflow, shown.team, audience=Audience.ORGANIZATIONS)
    await categories.save_category(limited, number=category, by=people.lia, at=NOW)
    became = await arrives(mail("nina@fora.example"), mailbox=number)
    assert (became["state"], became["reason"]) == ("filed", "")


async def test_mail_without_a_category_leads_to_the_first_that_its_sender_may_use(people, add, arrives):
    first, *_ = [each for each in await categories.categories() if each.is_active and not each.needs_approval]
    limited = CategoryInput(first.name, first.workflow, first.team, audience=Audience.ORGANIZATIONS)
    await categories.save_category(limited, number=first.id, by=people.lia, at=NOW)
    (aurora,) = people.ana.organizations
    await categories.choose(first.id, aurora, may=True, by=people.lia, at=NOW)
    number = await add()
    asked = [await arrives(mail(sender), mailbox=number) for sender in ("nina@fora.example", "ana@aurora.example")]
    assert [each["state"] for each in asked] == ["filed", "filed"]
    led = [(await ticket_row(each["ticket"]))["category"] == first.id for each in asked]
    assert led == [False, True]
