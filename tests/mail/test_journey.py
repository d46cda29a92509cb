"""A ticket by mail alone under each preset: messages leave by SMTP, and replies come in as mail."""

import pytest

from tests import lead_settings
from tests.mail.correspondence import ANA, BIA, DESK, Post
from tests.mail.post_office import text_of
from tests.pages.reading import messages, ticket_row
from tests.presets import started_with
from web.notifications import preferences

pytestmark = pytest.mark.anyio

NO = {
    "guiche": "link",
    "aprovacao": "link",
    "avaliacao": "link",
    "central": "mail",
    "processo": "mail",
    "expresso": "new ticket",
}
"""An objection by mail."""
END = {
    "guiche": ("confirmation", "rating"),
    "aprovacao": ("confirmation", "rating"),
    "avaliacao": ("rating",),
    "central": (),
    "processo": (),
    "expresso": (),
}
"""How the links of the last solution are answered."""


@pytest.mark.parametrize("preset", NO)
async def test_a_ticket_is_lived_by_mail_alone(people, office, arrives, preset):
    with started_with(GUICHE_PRESET=preset, GUICHE_MAIL=DESK):
        await lead_settings.live_by(preset)
        await preferences.choose(people.bia, "all")
        post = Post(people, office, arrives)
        number = await post.writes(ANA, "O boleto veio errado.")
        assert post.last(ANA)["Subject"] == f"[#{number}] Boleto de dezembro"
        await post.answers(BIA, "De qual aluno?")
        await post.answers(ANA, "Do Pedro.")
        assert await messages(number) == ["O boleto veio errado.", "De qual aluno?", "Do Pedro."]
        await post.solves("Emitimos outro.")
        assert "Emitimos outro." in text_of(post.last(ANA))
        assert len(post.link()) == (1 if NO[preset] == "link" else 0)
        if NO[preset] == "link":
            await post.follows("objection", body="Ainda vem errado.")
        else:
            again = await post.answers(ANA, "Ainda vem errado.")
            assert (again == number) is (NO[preset] == "mail")
            number = again
        assert (await ticket_row(number))["status"] in ("open", "new")
        await post.solves("Agora sim.")
        for noun in END[preset]:
            await post.follows(noun, **({"service": "5", "quality": "5"} if noun == "rating" else {}))
        row = await ticket_row(number)
        assert row["status"] == ("closed" if END[preset] else "resolved")
