"""A copy of a person's data, and their erasure."""

import io
import json
import zipfile
from datetime import timedelta
from email.message import EmailMessage

import pytest

from tests import cast
from tests.articles import factories
from tests.cast import NOW
from tests.client import browser_of, portal
from tests.mail.arriving import received
from web.articles import publication
from web.articles.authoring import from_tickets, saving
from web.articles.authoring.article_versions import authored_article
from web.articles.authoring.from_tickets import Headings
from web.articles.feedback import comments
from web.articles.feedback.comments import NewComment
from web.database import fetch, fetch_column
from web.errors import Invalid, NotFound
from web.notifications import announcing, outbox
from web.pages.words.privacy import ERASED
from web.people import accounts, actors, sessions
from web.people.directory import listing
from web.people.directory.listing import DirectoryFilter
from web.people.identifiers import phones
from web.people.merging import merge
from web.people.privacy import erasing, exports, requests, retention, text_erasure
from web.schema import contents
from web.schema.tables import TABLES
from web.settings import settings
from web.storage import Storage, StorageError
from web.tickets.actions import customer_notes, participants, replies
from web.tickets.record import attachments, reindexing

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database", "storage")]


async def file_of(person: int, name: str, content: bytes) -> int:
    async def pieces():
        yield content

    stored = await portal().state.storage.receive(pieces(), limit=10**6)
    return await attachments.save_file(
        name=name, media_type="text/plain", size=stored.size, sha256=stored.sha256, person=person, at=NOW
    )


async def copy_of(person, *, at=NOW) -> zipfile.ZipFile:
    await exports.ask(by=person, at=at)
    await exports.run_due(at, storage=portal().state.storage)
    found = await exports.latest(person.id, at=at)
    assert found is not None
    content = b"".join([piece async for piece in portal().state.storage.read(found.sha256, 0, found.size)])
    return zipfile.ZipFile(io.BytesIO(content))


def read(archive: zipfile.ZipFile, part: str):
    return json.loads(archive.read(f"{part}.json"))


async def test_a79_the_copy_has_every_message_they_wrote_and_every_file_they_sent_and_nothing_of_others():
    people = await cast.enrol()
    numbers = [await cast.ticket(people.ana, f"Ticket {each}", f"Texto {each}") for each in range(3)]
    sent = await file_of(people.ana.id, "prova.txt", b"um arquivo dela")
    await replies.reply(
        await cast.seen(numbers[0], people.ana), "Segue o arquivo.", files=[sent], by=people.ana, at=NOW
    )
    await replies.reply(await cast.seen(numbers[0], people.bia), "Palavra de Bia.", by=people.bia, at=NOW)
    await replies.note(await cast.seen(numbers[0], people.bia), "Nota da equipe.", by=people.bia, at=NOW)
    await customer_notes.remark_on("person", people.ana.id, "Anotação da equipe.", by=people.bia, at=NOW)
    archive = await copy_of(people.ana)
    wrote = await fetch_column(str, "SELECT body FROM message WHERE author = {} ORDER BY id", people.ana.id)
    assert [each["body"] for each in read(archive, "messages")] == wrote
    assert [each["id"] for each in read(archive, "tickets")] == numbers
    assert [each["value"] for each in read(archive, "identities")] == ["ana@aurora.example"]
    (name,) = [each for each in archive.namelist() if each.startswith("files/")]
    assert (name, archive.read(name)) == (f"files/{sent}-prova.txt", b"um arquivo dela")
    whole = b"".join(archive.read(each) for each in archive.namelist()).decode()
    assert [text for text in ("Palavra de Bia.", "Nota da equipe.", "Anotação da equipe.") if text in whole] == []


async def test_a78_a_copy_is_one_at_a_time_its_owners_alone_and_gone_after_a_week():
    people = await cast.enrol()
    await exports.ask(by=people.ana, at=NOW)
    with pytest.raises(Invalid):
        await exports.ask(by=people.ana, at=NOW)
    await exports.run_due(NOW, storage=portal().state.storage)
    found = await exports.latest(people.ana.id, at=NOW)
    assert found is not None
    path = f"/account/data/exports/{found.id}"
    assert (await (await browser_of(people.ana)).get(path)).status == 200
    for other in (people.rui, people.caio, people.admin):
        assert (await (await browser_of(other)).get(path)).status == 404
    later = NOW + exports.KEPT + timedelta(seconds=1)
    with pytest.raises(NotFound):
        await exports.find(found.id, by=people.ana, at=later)
    await exports.sweep(later)
    assert await contents.known([found.sha256]) == set()


async def test_f2_a_worker_that_died_leaves_the_copy_to_another(tmp_path):
    people = await cast.enrol()
    await exports.ask(by=people.ana, at=NOW)
    gone = Storage.at(str(tmp_path / "gone"))
    (tmp_path / "gone").rmdir()
    (tmp_path / "gone").touch()
    with pytest.raises(StorageError):
        await exports.run_due(NOW, storage=gone)
    await exports.run_due(NOW, storage=portal().state.storage)
    assert (await exports.latest(people.ana.id, at=NOW)).ready_at is None
    await exports.run_due(NOW + exports.CLAIMED_FOR, storage=portal().state.storage)
    assert (await exports.latest(people.ana.id, at=NOW)).ready_at is not None


NAME, ADDRESS, PHONE = "Marta Quintela", "marta@quintela.example", "+5511987654321"
SPELLED = (NAME, "MARTA QUINTELA", ADDRESS, "Marta@Quintela.example", PHONE, "(11) 98765-4321")


async def test_a79_after_erasing_only_what_the_page_says_still_names_the_person(tmp_path):
    people = await cast.enrol()
    store: Storage = portal().state.storage
    marta = await actors.of_person(await accounts.create(NAME, [ADDRESS, "marta-q"], at=NOW))
    assert marta is not None
    second = await accounts.create(NAME, ["mq@outra.example"], at=NOW)
    await phones.add(marta.id, PHONE, by=people.bia, at=NOW)
    number = await cast.ticket(marta, f"De {NAME}", f"Sou {NAME}, {ADDRESS}, (11) 98765-4321.")
    copied = await cast.ticket(people.rui, "Com cópia")
    await participants.add(await cast.seen(copied, people.rui), ["Marta@Quintela.example"], by=people.rui, at=NOW)
    await replies.reply(await cast.seen(number, people.bia), f"Olá, {NAME}.", by=people.bia, at=NOW)
    await customer_notes.remark_on("person", marta.id, f"{NAME} liga às 9h.", by=people.bia, at=NOW)
    await sessions.start(marta.id, network="127.0.0.1", browser="Testes", at=NOW)
    await announcing.announce(NOW)
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = f"{NAME} <{ADDRESS}>", "Oi", "<1.x@quintela.example>"
    mail.set_content("Bom dia.")
    await received(bytes(mail))
    mail["To"] = ADDRESS
    await outbox.to_folder(settings().var / "outbox")(mail)
    await merge.merge(marta.id, second, keep=marta.id, by=people.lia, at=NOW)
    await requests.ask(by=marta, at=NOW)
    await erasing.erase(marta.id, called=ERASED, by=people.admin, at=NOW)
    await reindexing.run_due(NOW)
    await _sweep(store)

    told = {table: texts for table, texts in (await _naming()).items() if texts}
    assert told == {}
    assert await _stored(tmp_path) == []
    assert [path for path in (settings().var / "outbox").glob("*.eml") if ADDRESS.encode() in path.read_bytes()] == []
    for words in (NAME, ADDRESS, "quintela"):
        assert (await listing.people(DirectoryFilter(words=words))).rows == []
    bodies = await fetch_column(str, "SELECT body FROM message WHERE ticket = {} ORDER BY id", number)
    assert bodies == [f"Sou {ERASED}, {ERASED}, {ERASED}.", f"Olá, {ERASED}."]
    (wish,) = await requests.register()
    assert (wish.name, wish.done_at, wish.done_by) == (ERASED, NOW, people.admin.name)


async def test_a79_erasing_takes_comments_away_and_the_name_out_of_articles_made_of_tickets():
    people = await cast.enrol()
    marta = await actors.of_person(await accounts.create(NAME, [ADDRESS], at=NOW))
    assert marta is not None
    await factories.article(people)
    for address in (ADDRESS, "caio@horizonte.example"):
        said = NewComment(NAME.split(maxsplit=1)[0], address, f"Sou de {address}.")
        await comments.write("segunda-via-de-boleto", said, key=None, network="127.0.0.1", by=marta, at=NOW)
    first = (await comments.listed("held", after=None, by=people.bia))[0][-1]
    category, topic = await cast.subject()
    opened = (await comments.open_ticket(first.id, category, topic, by=people.bia, at=NOW)).ticket
    await cast.brought_to(opened, "resolved", by=people.lia, asker=marta)
    heads = Headings("Problema", "Solução")
    made = await from_tickets.begin(await cast.seen(opened, people.lia), heads, by=people.lia, at=NOW)
    assert f"[REMOVER: {ADDRESS}]" in (await authored_article(made)).body
    await saving.take(publication.ask_review, made, by=people.lia, at=NOW)
    await erasing.erase(marta.id, called=ERASED, by=people.admin, at=NOW)
    assert (await authored_article(made)).body.startswith(f"## Problema\n\nSou de [REMOVER: {ERASED}].")
    assert (await authored_article(made)).ticket == opened
    left = (
        await comments.listed("held", after=None, by=people.bia),
        await comments.listed("hidden", after=None, by=people.bia),
    )
    assert [each.email for some, _ in left for each in some] == ["caio@horizonte.example"]
    await reindexing.run_due(NOW)
    assert {table: texts for table, texts in (await _naming()).items() if texts} == {}


async def test_a79_the_copy_has_the_comments_of_addresses_that_are_theirs():
    people = await cast.enrol()
    await factories.article(people)
    for address, text in (("ana@aurora.example", "Da Ana."), ("rui@aurora.example", "Do Rui.")):
        said = NewComment("Alguém", address, text)
        await comments.write("segunda-via-de-boleto", said, key=None, network="127.0.0.1", by=None, at=NOW)
    copied = read(await copy_of(people.ana), "comments")
    assert [(each["article"], each["text"]) for each in copied] == [("Segunda via de boleto", "Da Ana.")]


async def test_a79_of_somebody_known_by_hundreds_of_addresses_the_worker_takes_out_the_rest():
    people = await cast.enrol()
    addresses = [f"nina{number}@casa.example" for number in range(120)]
    nina = await actors.of_person(await accounts.create("Nina Prado", addresses, at=NOW))
    assert nina is not None
    number = await cast.ticket(nina, text=" ".join(addresses))
    await erasing.erase(nina.id, called=ERASED, by=people.admin, at=NOW)
    left = await fetch_column(int, "SELECT count(*) FROM erasure_text")
    await text_erasure.run_due(NOW, called=ERASED)
    await reindexing.run_due(NOW)
    assert left[0] > 0
    assert await fetch_column(str, "SELECT body FROM message WHERE ticket = {}", number) == [
        " ".join([ERASED] * len(addresses))
    ]
    assert await fetch("SELECT id FROM erasure_text") == []


async def _sweep(store: Storage) -> None:
    await store.sweep(older_than=NOW + timedelta(days=36_500), is_known=contents.known)


async def _naming() -> dict[str, list[str]]:
    """Rows with the name, an address or the phone, by table, including the search index."""
    found = {}
    for name in ["ticket_search", *(table._meta.tablename for table in TABLES)]:
        rows = [repr(row) for row in await fetch(f"SELECT * FROM {name}")]
        sought = [each.casefold() for each in (*SPELLED, "quintela", "mq@outra.example", "marta-q")]
        found[name] = [row for row in rows if any(each in row.casefold() for each in sought)]
    return found


async def _stored(folder) -> list[str]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in paths if b"quintela" in path.read_bytes().lower()]


async def test_a79_tickets_of_the_erased_are_emptied_once_their_months_are_over():
    people = await cast.enrol()
    number = await cast.ticket(people.rui, "Segredo")
    await cast.brought_to(number, "closed", by=people.bia, asker=people.rui)
    await erasing.erase(people.rui.id, called=ERASED, by=people.admin, at=NOW)
    await retention.empty_due(NOW + timedelta(days=729), called=ERASED)
    assert await fetch_column(str, "SELECT title FROM ticket WHERE id = {}", number) == ["Segredo"]
    await retention.empty_due(NOW + timedelta(days=732), called=ERASED)
    assert await fetch_column(str, "SELECT title FROM ticket WHERE id = {}", number) == [ERASED]
    assert set(await fetch_column(str, "SELECT body FROM message WHERE ticket = {}", number)) == {ERASED}


async def test_who_works_at_the_desk_leaves_it_before_being_erased():
    people = await cast.enrol()
    with pytest.raises(Invalid):
        await requests.ask(by=people.bia, at=NOW)
    with pytest.raises(Invalid):
        await erasing.erase(people.bia.id, called=ERASED, by=people.admin, at=NOW)


async def test_an_erasure_is_in_the_log_of_settings_without_the_name():
    people = await cast.enrol()
    await erasing.erase(people.rui.id, called=ERASED, by=people.admin, at=NOW)
    told = await fetch("SELECT kind, name, subject FROM setting_change ORDER BY id")
    assert told == [{"kind": "erasure", "name": ERASED, "subject": people.rui.id}]
