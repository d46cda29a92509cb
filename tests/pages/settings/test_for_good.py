"""What cannot be undone says so beside its button, and a button that ends a secret stands behind its question."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of
from web.brand import changes
from web.people import keys
from web.people.permissions import Scope

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]


async def admin_with_keys() -> Browser:
    people = await cast.enrol()
    await keys.issue("Robô", name="ERP", scopes=[Scope.READ], lasts=None, at=NOW)
    await changes.new_vouching_key(by=people.admin, at=NOW)
    return await browser_of(people.admin)


def hidden_buttons(page: Page) -> list[str]:
    return page.texts("details:not([open]) button[data-kind=danger]")


async def test_a_key_is_revoked_behind_what_that_does():
    page = await (await admin_with_keys()).get("/desk/settings/keys")
    assert hidden_buttons(page) == ["Revogar a chave"]
    assert page.texts("details p") == ["O que a usa para na hora. Ela não volta: só criando outra."]


async def test_the_key_of_sites_is_deleted_behind_what_that_does():
    page = await (await admin_with_keys()).get("/desk/settings/embedding")
    assert hidden_buttons(page) == ["Apagar a chave em uso"]
    assert page.texts("details p") == ["Nenhum site confirma mais ninguém, e ela não volta: só gerando outra."]
    assert "Trocada, a de agora deixa de valer na hora: os sites precisam da nova." in page.words


async def test_a_category_and_a_kiosk_say_what_ends_with_them():
    admin = await admin_with_keys()
    category = await admin.get((await admin.get("/desk/settings/categories")).links()["Cobrança"])
    assert category.text("#remove-hint") == (
        "Só se nenhum ticket ou prazo é dela. Assuntos e campos vão junto, e não há como desfazer."
    )
    kiosk = await admin.send(await admin.get("/desk/settings/kiosks"), "/desk/settings/kiosks", name="Saguão")
    said = "Desativado, o aparelho para de atender na hora. Reativado, o quiosque precisa de um link novo."
    assert said in kiosk.words
