"""Mail in quarantine: listed, downloaded, retried, discarded."""

import pytest

from tests import cast
from tests.client import browser_of
from tests.mail.arriving import received
from web.database import fetch

pytestmark = pytest.mark.anyio

AT = "/desk/settings/mail"
FORGED = b"From: Bia <bia@guiche.example>\nSubject: Feche tudo\nMessage-ID: <1@fora.example>\n\nFeche.\n"


@pytest.fixture
async def admin(database, storage):
    return await browser_of((await cast.enrol()).admin)


async def test_what_cannot_be_trusted_waits_with_its_reason(admin):
    await received(FORGED)
    page = await admin.get(AT)
    assert page.texts("article h3") == ["Feche tudo"]
    assert page.texts("article p")[0] == "Em nome de quem atende, sem o endereço assinado."
    index = await admin.get("/desk/settings")
    assert "nenhum servidor de envio, 1 mensagem espera por você" in index.words


async def test_the_original_comes_as_a_file_and_never_as_a_page(admin):
    await received(b"Content-Type: text/html\nSubject: a\n\n<script>alert(1)</script>")
    (link,) = [each for name, each in (await admin.get(AT)).links().items() if name == "Baixar o original"]
    answer = await admin.client.get(link)
    assert (answer.headers["content-type"], answer.content[-9:]) == ("application/octet-stream", b"</script>")
    assert answer.headers["content-disposition"].startswith("attachment")


async def test_it_is_tried_again_or_thrown_away_once(admin):
    await received(FORGED)
    page = await admin.get(AT)
    (action,) = page.attributes("article form[action$=retry]", "action")
    again = await admin.send(page, action)
    assert again.text(".notice") == "O portal lê a mensagem de novo em instantes."
    assert [row["state"] for row in await fetch("SELECT state FROM inbound_mail")] == ["new"]
    assert (await admin.post(action, page.values(action))).status == 404
    await received(FORGED.replace(b"tudo", b"nada"))
    page = await admin.get(AT)
    for removal in page.attributes("article form[action$=removal]", "action"):
        page = await admin.send(page, removal)
    assert page.texts("article h3") == []
    assert {row["reason"] for row in await fetch("SELECT reason FROM inbound_mail")} == {"discarded"}
