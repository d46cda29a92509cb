"""Erases a person: nobody can use the account, and records that must be kept no longer name them."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from web import audit
from web.database import execute, existing, fetch_as, fetch_column, within
from web.errors import Invalid
from web.people.directory import search_words
from web.people.directory.changing import lock
from web.people.permissions import Actor, Role
from web.people.privacy import requests, text_erasure
from web.settings import settings
from web.settings_log import personal
from web.settings_log.recording import Kind, record_change
from web.sql import literals, values


@dataclass(frozen=True)
class Kept:
    """What an erasure keeps, and what it deletes."""

    name: str
    role: str
    is_robot: bool
    tickets: int
    messages: int
    identities: int
    memberships: int
    remarks: int


async def preview(person: int) -> Kept:
    """Raises `NotFound`, and `Invalid` for agents and robots."""
    found = existing(await fetch_as(Kept, _PREVIEW, person), "person")
    if found.is_robot or found.role != Role.REQUESTER:
        raise Invalid("erasure", "of_the_desk")
    return found


_PREVIEW = (
    "SELECT p.name, p.role, p.is_robot, (SELECT count(*) FROM ticket t WHERE t.requester = p.id) AS tickets, "
    "(SELECT count(*) FROM message said WHERE said.author = p.id) AS messages, "
    "(SELECT count(*) FROM identity i WHERE i.person = p.id) AS identities, "
    "(SELECT count(*) FROM membership m WHERE m.person = p.id) AS memberships, "
    "(SELECT count(*) FROM remark r WHERE r.person = p.id) AS remarks "
    "FROM person p WHERE p.id = {} AND p.id > 1"
)


async def erase(person: int, *, called: str, by: Actor, at: datetime) -> None:
    """Deletes the account's data at once; its tickets stay, under the name `called`. Raises as `preview` does.

    Remaining texts of an account with many names are replaced later.
    """
    async with within():
        await lock(person)
        await preview(person)
        people = await text_erasure.accounts_of(person)
        texts = await text_erasure.texts_of(people)
        addresses = [each for each in texts if "@" in each]
        await _forget_mail(people, addresses)
        await _forget_imports(texts)
        await execute("DELETE FROM article_comment WHERE email IN ({})", values(addresses))
        await text_erasure.begin(person, texts, called=called)
        for statement in _gone(literals(people)):
            await execute(statement)
        await execute(
            "UPDATE person SET name = {}, password = NULL, zone = NULL, mail = 'none', signature = '', is_active = {} "
            f"WHERE id IN ({literals(people)})",
            *(called, False),
        )
        await execute(f"UPDATE participant SET address = {{}} WHERE person IN ({literals(people)})", called)
        for each in people:
            await search_words.index_person(each)
        await personal.forget(people, called=called)
        await requests.close(person, by=by, at=at)
        await record_change(Kind.ERASURE, person, called, None, {"is_erased": True}, by=by.id, at=at)
    audit.note("erasure", person=by.id, to=person)
    await asyncio.to_thread(_forget_outbox, settings().var / "outbox", addresses)


async def _forget_mail(people: Sequence[int], addresses: Sequence[str]) -> None:
    """Deletes messages sent to them, and incoming mail from them and about their tickets."""
    ids, places = literals(people), ", ".join("{}" for _ in addresses) or "NULL"
    await execute(f"DELETE FROM outgoing WHERE recipient IN ({places})", *addresses)
    await execute(f"DELETE FROM outgoing WHERE person IN ({ids})")
    await execute(f"DELETE FROM inbound_mail WHERE sender IN ({places}) AND sender <> ''", *addresses)
    await execute(f"DELETE FROM inbound_mail WHERE ticket IN {text_erasure.THEIRS.format(ids=ids)}")
    await execute(f"DELETE FROM link_request WHERE identifier IN ({places})", *addresses)
    await execute(f"DELETE FROM proposed_copy WHERE address IN ({places})", *addresses)
    await execute(f"DELETE FROM one_time_link WHERE address IN ({places})", *addresses)


async def _forget_imports(texts: Sequence[str]) -> None:
    """Deletes files that they were imported from; running imports are deleted a month later."""
    named = "SELECT people_import FROM people_import_line WHERE address IN ({})"
    ended = f"SELECT id FROM people_import WHERE state NOT IN ('checking', 'importing') AND id IN ({named})"
    if some := literals(await fetch_column(int, ended, values(texts))):
        await execute(f"DELETE FROM people_import_line WHERE people_import IN ({some})")
        await execute(f"DELETE FROM people_import WHERE id IN ({some})")


def _gone(ids: str) -> Iterator[str]:
    """Yields the statements that delete what need not be kept."""
    drafts = f"(SELECT id FROM ticket WHERE author IN ({ids}) AND status = 'draft')"
    for side in ("account_merge.remaining", "account_merge.merged"):
        yield f"DELETE FROM merged_row WHERE merge IN (SELECT id FROM account_merge WHERE {side} IN ({ids}))"
    yield f"DELETE FROM attachment WHERE message IN (SELECT id FROM message WHERE ticket IN {drafts})"
    for table in _OF_DRAFTS:
        yield f"DELETE FROM {table} WHERE ticket IN {drafts}"
    yield f"DELETE FROM link WHERE ticket IN {drafts} OR other IN {drafts}"
    yield f"DELETE FROM ticket_search WHERE rowid IN {drafts}"
    yield f"DELETE FROM ticket WHERE id IN {drafts}"
    yield f"DELETE FROM attachment WHERE person IN ({ids}) AND message IS NULL AND ticket IS NULL"
    for table in _OWN:
        yield f"DELETE FROM {table} WHERE person IN ({ids})"


_OF_DRAFTS = (
    *("attachment", "event", "participant", "proposed_copy", "visit", "unsent", "tag", "field_value", "message"),
)
_OWN = (
    *("identity", "phone", "session", "known_browser", "one_time_link", "notice", "kept_form", "membership"),
    *("remark", "team_member", "visit", "unsent", "held_reply", "saved_view", "data_export", "absence"),
    *("kiosk_visit", "follow_code", "list_look"),
)


def _forget_outbox(folder: Path, addresses: Sequence[str]) -> None:
    """Deletes messages that an installation without a mail server has written to a folder."""
    wanted = [each.encode() for each in addresses]
    for path in folder.glob("*.eml"):
        if any(each in path.read_bytes() for each in wanted):
            path.unlink(missing_ok=True)
