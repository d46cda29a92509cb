"""Forms that ask for the administrator's own password: fast guesses are throttled, and the field says so."""

import pytest

from tests import cast
from tests.client import Page, browser_of
from tests.pages.reading import GOOD_PASSWORD, give_password, refusals

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

WRONG = {"current": "A senha atual não confere."}
TOO_FAST = {"current": "Foram muitas tentativas. Espere um minuto, ou peça um link por e-mail para entrar agora."}


@pytest.mark.parametrize(
    ("at", "to", "typed", "kept", "also"),
    [
        ("/desk/settings/webhooks", "", {"address": "https://93.184.216.34/", "events": ["reply"]}, "address", {}),
        (
            "/desk/settings/webhooks",
            "",
            {"address": "", "events": ["reply"]},
            "address",
            {"address": "Preencha este campo."},
        ),
        (
            "/desk/settings/mail",
            "/mailboxes",
            {"address": "suporte@escola.example", "imap_host": ""},
            "address",
            {"imap_host": "Diga ao menos um servidor: o que recebe ou o que envia."},
        ),
        ("/desk/settings/keys", "", {"robot": "Robô da escola", "scope": "read", "days": "30"}, "robot", {}),
        (
            "/desk/settings/keys",
            "",
            {"robot": "R" * 101, "scope": "", "days": "30"},
            "robot",
            {"robot": "O texto pode ter até 100 caracteres; este tem 101.", "scope": "Escolha o que pode."},
        ),
        ("/desk/people/new", "", {"name": "Gil", "identifier": "gil@escola.example", "role": "agent"}, "name", {}),
        (
            "/desk/people/new",
            "",
            {"name": "Gil", "identifier": "", "role": "agent"},
            "name",
            {"identifier": "Preencha este campo."},
        ),
    ],
)
async def test_a37_who_guesses_the_password_too_often_waits_and_nothing_typed_is_lost(
    database, at, to, typed, kept, also
):
    people = await cast.enrol()
    await give_password(people.admin)
    admin = await browser_of(people.admin)
    page = await admin.get(at)
    action = at.removesuffix("/new") + to

    async def sent(password: str) -> Page:
        return await admin.send(page, action, **typed, current=password)

    assert refusals(await sent("")) == also | {"current": "Escreva a sua senha atual."}
    for _ in range(10):
        assert refusals(await sent("errada")) == also | WRONG
    waiting = await sent(GOOD_PASSWORD)
    assert (waiting.status, refusals(waiting)) == (429, TOO_FAST)
    assert waiting.values(action)[kept] == typed[kept]
