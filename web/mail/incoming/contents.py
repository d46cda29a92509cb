"""The attachments of a mail: into the storage at once, and later to whoever wrote it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from web.files import clean_name, kind_of, refusal
from web.mail.incoming import mailbag
from web.mail.incoming.parse import File
from web.people.permissions import Actor
from web.storage import HEAD, Storage, Stored
from web.tickets.record import attachments


@dataclass(frozen=True)
class Contents:
    """The attachments that are in the storage, and the names of those that the desk does not take."""

    stored: tuple[tuple[str, Stored], ...]
    left_out: tuple[str, ...]


async def store(files: Sequence[File], storage: Storage) -> Contents:
    stored, left_out = [], []
    for file in files:
        if refusal(file.content[:HEAD], file.name, len(file.content)):
            left_out.append(clean_name(file.name))
        else:
            kept = await storage.receive(mailbag.whole(file.content), limit=len(file.content))
            stored.append((clean_name(file.name), kept))
    return Contents(tuple(stored), tuple(left_out))


async def give(contents: Contents, *, by: Actor, at: datetime) -> list[int]:
    """Attachments of the person, which no message has yet."""
    save = partial(attachments.save_file, person=by.id, at=at)
    return [
        await save(name=name, media_type=kind_of(kept.head, name).media_type, size=kept.size, sha256=kept.sha256)
        for name, kept in contents.stored
    ]
