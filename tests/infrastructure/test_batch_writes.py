"""A write of many values takes as many statements as a write of one."""

import pytest

from tests import cast
from tests.client import Browser, browser_of
from tests.mail.arriving import mail
from tests.pages.reading import statements
from web.mail.incoming.parse import parse
from web.mail.screening import authors
from web.tickets.settings import categories, ordering

pytestmark = pytest.mark.anyio

AT = "/desk/settings/teams"


async def statements_of_tags(bia: Browser, at: str, tags: str) -> int:
    page = await bia.get(at)
    with statements() as sent:
        assert (await bia.send(page, f"{at}/tags", follow=False, tags=tags)).status == 303
    return len(sent)


async def test_tags(database: None) -> None:
    people = await cast.enrol()
    bia, at = await browser_of(people.bia), f"/desk/tickets/{await cast.ticket(people.ana)}"
    assert await statements_of_tags(bia, at, "a, b, c, d, e, f") == await statements_of_tags(bia, at, "g")


async def test_members_of_a_team(database: None) -> None:
    people = await cast.enrol()
    lia, costs = await browser_of(people.lia), []
    for name, members in (("Uma", [people.bia]), ("Três", [people.bia, people.davi, people.lia])):
        page, chosen = await lia.get(AT), [str(each.id) for each in members]
        with statements() as sent:
            made = await lia.send(page, AT, follow=False, name=name, tier="1", members=chosen)
        assert made.status == 303, made.words
        costs.append(len(sent))
    assert costs[0] == costs[1]


async def test_an_order(database: None) -> None:
    await cast.enrol()
    first, *others = await categories.categories()
    assert len(others) > 1
    with statements() as sent:
        await ordering.move("category", first.id, to="down")
    assert len(sent) == 2


async def test_the_messages_that_a_mail_refers_to(database: None) -> None:
    await cast.enrol()
    ids = " ".join(f"<{number}@longe.example>" for number in range(50))
    with statements() as sent:
        assert await authors.meant(parse(mail("ana@aurora.example", References=ids).as_bytes())) is None
    assert len(sent) == 1
