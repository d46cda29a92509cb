"""Files of messages, and uploaded files that belong to no message yet."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from web.database import execute, existing, fetch_as, fetch_column
from web.errors import Invalid, NotFound
from web.files import kind_of
from web.people import throttle
from web.people.permissions import Actor
from web.people.throttle import Limit
from web.settings import settings
from web.sql import ALWAYS, Condition, literals
from web.storage import Stored
from web.tickets.tables import Attachment
from web.tickets.visibility import visible_to


@dataclass(frozen=True)
class File:
    """An attachment as its message shows it."""

    id: int
    name: str
    size: int


@dataclass(frozen=True)
class KeptFile(File):
    """An uploaded file that belongs to no message yet."""

    sha256: str


@dataclass(frozen=True)
class StoredFile(KeptFile):
    """A file to download, with the name of its contents in the storage."""

    media_type: str
    at: datetime
    ticket: int | None
    """On which it stands; with its message, if it came with one that was sent."""
    message: int | None


async def files_of(message: int) -> list[File]:
    return await fetch_as(File, "SELECT id, name, size FROM attachment WHERE message = {} ORDER BY id", message)


async def pending_files(by: Actor, ids: list[int]) -> list[KeptFile]:
    """The person's own uploaded files that belong to no message yet."""
    if not ids:
        return []
    sought = "SELECT id, name, size, sha256 FROM attachment WHERE {} ORDER BY id"
    return await fetch_as(KeptFile, sought, unsent(ids, by.id))


def unsent(files: Iterable[int], person: int) -> Condition:
    """Those of these files that are the person's own and belong to no message, held reply or field yet."""
    return Condition(f"id IN ({literals(files)}) AND person = {{}} AND {_NOWHERE}", (person,))


_NOWHERE = "message IS NULL AND held IS NULL AND ticket IS NULL"


async def attachment(number: int, *, by: Actor) -> StoredFile:
    """A file of a visible message or field, or one's own file that is not sent yet. Raises `NotFound`.

    The desk sees the files of held replies as well.
    """
    if not 0 < number < 2**63:
        raise NotFound("attachment")
    shown = ALWAYS if by.is_agent else Condition(f"(message.kind <> 'note' OR EXISTS ({IN_FIELD} AND field.is_public))")
    return existing(await fetch_as(StoredFile, _STORED, number, by.id, shown & visible_to(by)), "attachment")


_STORED = (
    "SELECT attachment.id, attachment.name, attachment.size, attachment.sha256, attachment.media_type, attachment.at, "
    "ticket.id AS ticket, message.id AS message "
    "FROM attachment LEFT JOIN message ON message.id = attachment.message "
    "LEFT JOIN held_reply ON held_reply.id = attachment.held "
    "LEFT JOIN ticket ON ticket.id = COALESCE(message.ticket, held_reply.ticket, attachment.ticket) "
    "WHERE attachment.id = {} AND ((COALESCE(message.id, attachment.ticket) IS NULL AND attachment.person = {}) OR {})"
)
IN_FIELD = (
    "SELECT 1 FROM field_value JOIN field ON field.id = field_value.field AND field.kind = 'file' "
    "WHERE field_value.ticket = attachment.ticket "
    "AND field_value.value LIKE CAST(attachment.id AS VARCHAR(20)) || ' %'"
)
"""The custom field that holds a file."""


def has_same_files(files: Sequence[int]) -> Condition:
    """Whether the files of `message` have the same contents as these."""
    ids = literals(files) or "0"
    return Condition(
        f"(SELECT count(*) FROM attachment WHERE attachment.message = message.id) = {len(set(files))} "
        f"AND NOT EXISTS (SELECT 1 FROM attachment sent WHERE sent.id IN ({ids}) AND NOT EXISTS "
        "(SELECT 1 FROM attachment known WHERE known.message = message.id AND known.sha256 = sent.sha256))"
    )


async def attach(message: int, files: Sequence[int], *, by: Actor) -> None:
    """Attaches to the message the files that its author uploaded. Raises `Invalid` for a file that is not theirs."""
    wanted = frozenset(files)
    if not wanted:
        return
    changed = "UPDATE attachment SET message = {} WHERE {} RETURNING id"
    given = await fetch_column(int, changed, message, unsent(wanted, by.id))
    if len(given) < len(wanted):
        raise Invalid("files", "not_yours")


async def keep_files(message: int, kept: Collection[int]) -> None:
    """Detaches files that are not among `kept` from a message that was never sent."""
    ids = literals(kept) or "0"
    await execute(f"DELETE FROM attachment WHERE message = {{}} AND id NOT IN ({ids})", message)


async def hold_files(held: int, files: Sequence[int], *, by: Actor) -> None:
    """Attaches the files to a held reply."""
    if files:
        await execute("UPDATE attachment SET held = {} WHERE {}", held, unsent(files, by.id))


async def release_files(held: int, *, to: int, at: datetime) -> list[int]:
    """Detaches the files of a held reply, so that they are the person's own again. Returns their ids."""
    freed = "UPDATE attachment SET held = NULL, person = {}, at = {} WHERE held = {} RETURNING id"
    return sorted(await fetch_column(int, freed, to, at, held))


async def discard_files(files: frozenset[int], *, person: int) -> None:
    """Discards those of these files that are the person's own and belong to no message."""
    if files:
        await execute("DELETE FROM attachment WHERE {}", unsent(files, person))


async def forget_unsent(*, before: datetime) -> None:
    """Deletes files whose message was never sent."""
    await execute(f"DELETE FROM attachment WHERE {_NOWHERE} AND at < {{}}", before)


async def forget_unnamed_thumbnails() -> None:
    """Deletes thumbnails of attachments that no longer exist."""
    gone = "NOT EXISTS (SELECT 1 FROM attachment WHERE attachment.sha256 = thumbnail.original)"
    await execute(f"DELETE FROM thumbnail WHERE {gone}")


async def make_room(size: int, *, person: int, at: datetime) -> None:
    """Counts the bytes of coming uploads. Raises `Throttled` when the person exceeds their daily quota."""
    most = settings().files_per_day
    await throttle.spend(Limit("files-person", tries=most, seconds=86_400 / most), str(person), amount=size, at=at)


async def save_received(name: str, stored: Stored, *, person: int, at: datetime) -> int:
    """Saves a file that the storage has just received; its type is detected from its content. Returns its id."""
    kind = kind_of(stored.head, name).media_type
    return await save_file(name=name, media_type=kind, size=stored.size, sha256=stored.sha256, person=person, at=at)


async def save_file(*, name: str, media_type: str, size: int, sha256: str, person: int, at: datetime) -> int:
    """Saves an uploaded file for a coming message. Returns its id."""
    row = Attachment(name=name, media_type=media_type, size=size, sha256=sha256, person=person, at=at)
    await row.save()
    return int(row.id)
