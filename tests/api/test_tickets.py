"""A ticket and its files by the API."""

import pytest

from tests import cast
from tests.api.robots import problem, robot, team
from tests.lead_settings import confide
from tests.pages.reading import statements
from web.database import fetch
from web.tickets.actions import replies
from web.tickets.record import conversation

pytestmark = pytest.mark.anyio

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


async def test_a_robot_reads_a_ticket_with_its_conversation(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await replies.note(await cast.seen(number, people.bia), "Só da equipe.", by=people.bia, at=cast.NOW)
    told = (await (await robot()).get(f"/tickets/{number}")).json()
    talk = told.pop("conversation")
    assert told == {
        "number": number,
        "title": "Boletos com o valor errado",
        "status": "open",
        "wait": None,
        "wait_until": None,
        "resolution": None,
        "priority": "normal",
        "channel": "form",
        "category": "Cobrança",
        "topic": "Boletos",
        "fields": {},
        "requester": {"id": people.ana.id, "name": "Ana Prado"},
        "organization": "Colégio Aurora",
        "team": {"id": await team(), "name": "Financeiro"},
        "assignee": {"id": people.bia.id, "name": "Bia Nunes"},
        "created_at": "2026-11-23T12:00:00Z",
        "submitted_at": "2026-11-23T12:00:00Z",
        "updated_at": "2026-11-23T12:00:00Z",
        "resolved_at": None,
        "closed_at": None,
        "earlier": None,
    }
    assert [(each["kind"], each["actor"]["name"], each["is_note"], each["body"]) for each in talk] == [
        ("submission", "Ana Prado", False, "Os boletos vieram com o valor de outubro."),
        ("take", "Bia Nunes", False, None),
        ("note", "Bia Nunes", True, "Só da equipe."),
    ]


async def test_a_long_conversation_is_read_page_by_page(database, storage, monkeypatch):
    monkeypatch.setattr(conversation, "MESSAGES_PER_PAGE", 2)
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    for each in range(3):
        await replies.note(await cast.seen(number, people.bia), f"Nota {each}", by=people.bia, at=cast.NOW)
    one = await robot()
    path, pages = f"/api/v1/tickets/{number}", []
    while path:
        told = (await one.get(path.removeprefix("/api/v1"))).json()
        pages.append([each["body"] or each["kind"] for each in told["conversation"]])
        path = told["earlier"]
    assert pages == [
        ["Nota 1", "Nota 2"],
        ["take", "Nota 0"],
        ["Os boletos vieram com o valor de outubro."],
    ]


async def test_a_ticket_is_read_in_as_many_queries_however_long_it_is(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    one = await robot()
    await one.get(f"/tickets/{number}")
    counts = []
    for _ in range(2):
        with statements() as made:
            await one.get(f"/tickets/{number}")
        counts.append(len(made))
        for each in range(5):
            await replies.note(await cast.seen(number, people.bia), f"Nota {each}", by=people.bia, at=cast.NOW)
    assert counts == [4, 4], "key, throttle, ticket, conversation"


async def test_a_robot_sends_a_file_and_gives_it_to_a_message(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    one = await robot()
    sent = await one.send("/attachments?name=segunda%20via.pdf", b"%PDF-1.7 boleto", content_type="application/pdf")
    (row,) = await fetch("SELECT id FROM attachment")
    file = {"id": row["id"], "name": "segunda via.pdf", "size": 15, "address": f"/api/v1/attachments/{row['id']}"}
    assert (sent.status_code, sent.json()) == (201, file)
    made = await one.post(f"/tickets/{number}/replies", {"body": "Segue.", "files": [row["id"]]})
    assert made.json()["files"] == [file]
    got = await one.get(f"/attachments/{row['id']}")
    assert (got.status_code, got.content, got.headers["content-length"]) == (200, b"%PDF-1.7 boleto", "15")
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"].startswith("attachment; ")
    part = await one.get(f"/attachments/{row['id']}", range="bytes=9-14")
    assert (part.status_code, part.content, part.headers["content-range"]) == (206, b"boleto", "bytes 9-14/15")
    held = await one.get(f"/attachments/{row['id']}", if_none_match=got.headers["etag"])
    assert (held.status_code, held.content) == (304, b"")


async def test_a_robot_fetches_what_a_requester_sent_but_nothing_out_of_sight(database, storage):
    people = await cast.enrol()
    two = await robot("Outro")
    kept = (await two.send("/attachments?name=foto.png", PNG)).json()["id"]
    one = await robot()
    hidden, absent = await one.get(f"/attachments/{kept}"), await one.get("/attachments/999999")
    assert problem(hidden) == (404, "not_found", {})
    assert hidden.text == absent.text
    number = await cast.ticket(people.ana)
    await two.post(f"/tickets/{number}/notes", {"body": "Veja", "files": [kept]})
    assert (await one.get(f"/attachments/{kept}")).content == PNG
    await confide("Financeiro", by=people.lia)
    assert problem(await one.get(f"/attachments/{kept}")) == (404, "not_found", {})


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("vazio.txt", b"", "empty"), ("virus.exe", b"MZ90", "forbidden"), ("nota.txt", b"#!/bin/sh", "forbidden")],
)
async def test_a_file_that_the_desk_does_not_take_is_refused(database, storage, name, content, code):
    await cast.enrol()
    answer = await (await robot()).send(f"/attachments?name={name}", content)
    assert problem(answer) == (422, "invalid", {"file": code})
    assert await fetch("SELECT id FROM attachment") == []


async def test_a_file_without_a_name_is_refused(database, storage):
    await cast.enrol()
    assert problem(await (await robot()).send("/attachments", b"oi")) == (422, "invalid", {"name": "missing"})


async def test_a_file_past_the_limit_is_refused_before_it_is_read(database, storage):
    await cast.enrol()
    answer = await (await robot()).send("/attachments?name=a.zip", b"x", content_length=str(100 * 2**20 + 1))
    assert problem(answer) == (413, "too_large", {})
    assert answer.headers["connection"] == "close"


async def test_a_robot_may_not_give_a_message_a_file_that_another_sent(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    theirs = (await (await robot("Outro")).send("/attachments?name=foto.png", PNG)).json()["id"]
    answer = await (await robot()).post(f"/tickets/{number}/replies", {"body": "Segue.", "files": [theirs]})
    assert problem(answer) == (422, "invalid", {"files": "not_yours"})
    assert await fetch("SELECT message FROM attachment") == [{"message": None}]
