"""Each raw message: what it becomes, its author, text and files, and whether the author is verified."""

import pytest

from tests.cast import NOW
from tests.mail.arriving import answered
from tests.mail.incoming.html_letters import HTML_LETTERS
from tests.mail.incoming.letters import LETTERS as OTHERS
from tests.mail.incoming.letters import Record
from tests.presets import started_with
from web.database import fetch
from web.mail.incoming.markup.pictures import placed
from web.mail.signatures import ReplyTo, reply_address
from web.notifications import announcing, outbox

pytestmark = pytest.mark.anyio

LETTERS = OTHERS | HTML_LETTERS

_MADE = """
SELECT inbound_mail.state, inbound_mail.reason, inbound_mail.ticket, inbound_mail.is_unproven, message.id AS message,
       message.body, inbound_mail.html, ticket.title, identity.value AS who
FROM inbound_mail LEFT JOIN message ON message.id = inbound_mail.message
LEFT JOIN ticket ON ticket.id = inbound_mail.ticket LEFT JOIN identity ON identity.person = ticket.requester
ORDER BY inbound_mail.id DESC LIMIT 1
"""


@pytest.mark.parametrize("name", LETTERS)
async def test_each_message_becomes_what_its_record_says(people, arrives, name):
    letter = LETTERS[name]
    with started_with(GUICHE_MAIL_SERVERS="mx.guiche.example"):
        number, ana = await answered(people)
        await announcing.announce(NOW)
        (sent,) = await fetch("SELECT min(id) AS id FROM outgoing")
        places = {
            "{ana}": ana,
            "{bia}": reply_address(ReplyTo(number, people.bia.id)),
            "{id}": outbox.message_id(sent["id"]),
            "{number}": str(number),
        }
        raw = letter.raw
        for place, value in places.items():
            raw = raw.replace(place.encode(), value.encode())
        await arrives(raw)
    assert await became(number) == letter.record.__class__(
        **{**vars(letter.record), "title": letter.record.title.replace("{number}", str(number))}
    )


async def became(number: int) -> Record:
    (made,) = await fetch(_MADE)
    if made["message"] is None:
        return Record(made["state"], made["reason"], "", "", "", "")
    files = await fetch("SELECT id, name FROM attachment WHERE message = {} ORDER BY id", made["message"])
    return Record(
        state=made["state"],
        reason=made["reason"],
        ticket="same" if made["ticket"] == number else "new",
        who=made["who"],
        text=made["body"],
        title=made["title"],
        files=tuple(each["name"] for each in files),
        verified=not made["is_unproven"],
        html=placed(made["html"], {each["id"]: f"picture:{each['name']}" for each in files}),
    )


def test_there_are_enough_of_them():
    assert (len(OTHERS) >= 100, len(HTML_LETTERS) >= 60) == (True, True)
