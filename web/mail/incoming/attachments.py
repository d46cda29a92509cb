"""The attachments of a mail: stored at once, and assigned to its author later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from html import escape
from typing import NamedTuple

from web.files import clean_name, kind_of, refusal
from web.mail.incoming import queue
from web.mail.incoming.markup.pictures import SCHEME, placed
from web.mail.incoming.parts import File
from web.mail.incoming.phrases import LEFT_OUT
from web.people.permissions import Actor
from web.storage import HEAD, Storage, Stored
from web.tickets.record import attachments
from web.tickets.record.messages import LONGEST_MESSAGE


class StoredMailFile(NamedTuple):
    """A stored file, and its index in the mail."""

    number: int
    name: str
    stored: Stored


@dataclass(frozen=True)
class Contents:
    """The stored attachments, and the names of files that the desk does not accept."""

    kept: tuple[StoredMailFile, ...]
    left_out: tuple[str, ...]


async def store(files: Sequence[File], storage: Storage) -> Contents:
    kept, left_out = [], []
    for number, file in enumerate(files):
        if refusal(file.content[:HEAD], file.name, len(file.content)):
            left_out.append(clean_name(file.name))
        else:
            stored = await storage.receive(queue.whole(file.content), limit=len(file.content))
            kept.append(StoredMailFile(number, clean_name(file.name), stored))
    return Contents(tuple(kept), tuple(left_out))


async def give(contents: Contents, *, by: Actor, at: datetime) -> list[int]:
    """Creates attachments of the person that belong to no message yet. Returns their ids."""
    save = partial(attachments.save_file, person=by.id, at=at)
    return [
        await save(name=name, media_type=kind_of(kept.head, name).media_type, size=kept.size, sha256=kept.sha256)
        for _, name, kept in contents.kept
    ]


def shown(html: str, contents: Contents, files: Sequence[int]) -> str:
    """The HTML of the mail with its pictures by the ids of `give`, and below it the names of refused files."""
    ids = {kept.number: f"{SCHEME}{file}" for kept, file in zip(contents.kept, files, strict=True)}
    below = f"<br><br>{escape(_named(contents.left_out), quote=False)}" if html and contents.left_out else ""
    return placed(html, ids) + below


def said(text: str, contents: Contents) -> str:
    """The text of the mail, and below it the names of refused files."""
    named = _named(contents.left_out)
    return "\n\n".join(filter(None, (text[: LONGEST_MESSAGE - len(named) - 2].strip(), named)))


def _named(left_out: Sequence[str]) -> str:
    return LEFT_OUT.format(names=", ".join(left_out))[:2000] if left_out else ""
