"""The preview of messages for administrators."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests import cast
from tests.client import browser_of
from tests.pages.reading import statements
from web.notifications.rules import Notification

pytestmark = pytest.mark.anyio

AT = "/desk/settings/mail/preview"


@pytest.fixture
async def admin(database, storage):
    return await browser_of((await cast.enrol()).admin)


async def test_a_message_is_read_in_text_and_framed_in_html(admin):
    assert (await admin.get("/desk/settings/mail")).links()["Ver as mensagens que o portal envia"] == AT
    page = await admin.get(f"{AT}?occasion=solution")
    assert page.text("#subject") == "[#1234] Boleto com o valor errado"
    assert page.text("option[selected]") == "João Lima propôs uma solução"
    assert "Resolveu? Escolha SIM ou NÃO nesta página, sem entrar no portal:" in page.text("pre")
    assert page.attributes("iframe", "src") == [f"{AT}/solution"]
    framed = LexborHTMLParser((await admin.client.get(f"{AT}/solution")).text)
    assert [link.text() for link in framed.css("a")] == [
        *("SIM", "NÃO", "#1234 Boleto com o valor errado"),
        "Escolher quais e-mails você recebe",
    ]


async def test_the_frame_is_ours_alone_and_runs_nothing(admin):
    page, framed = [
        (await admin.client.get(path)).headers["content-security-policy"] for path in (AT, f"{AT}/solution")
    ]
    assert page.endswith("; frame-src 'self'")
    assert framed == (
        "default-src 'none'; style-src-attr 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'; sandbox"
    )


async def test_every_notification_can_be_read_and_nothing_else(admin):
    offered = (await admin.get(AT)).attributes("option", "value")
    assert sorted(offered) == sorted(Notification)
    for occasion in offered:
        page = await admin.get(f"{AT}?occasion={occasion}")
        assert page.attributes("iframe", "src") == [f"{AT}/{occasion}"]
        assert page.text("pre") != "", occasion
    assert [(await admin.get(path)).status for path in (f"{AT}/nada", f"{AT}?occasion=nada")] == [404, 404]


async def test_nothing_is_written(admin):
    await admin.get(AT)
    with statements() as made:
        await admin.get(AT)
    assert [each for each in made if not each.lstrip().startswith("SELECT")] == []
