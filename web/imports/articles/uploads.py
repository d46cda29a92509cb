"""Uploaded help centres, and starting their import."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from web import audit
from web.articles.imports.incoming import Remark
from web.errors import NotFromHere, refuse
from web.imports.progress import Brought, Import, Imports, Run, State, check_lead
from web.people.permissions import Actor
from web.text import too_long

AUDIENCES = ("agents", "signed_in", "everybody")
LONGEST_SECTION = 300


@dataclass(frozen=True)
class ArticlesImport(Import):
    """An import of a help centre, with remarks about its articles."""

    report: str

    @property
    def remarks(self) -> list[tuple[Remark, str]]:
        """The remarks, each with the title of its article, if it has one."""
        return [(Remark(place, code, about), title) for place, title, code, about in json.loads(self.report)]


@dataclass(frozen=True)
class ArticlesRun(Run):
    """A running import, with defaults for articles that say nothing else."""

    audience: str
    section: str


IMPORTS = Imports("article_import", ArticlesImport, ArticlesRun, claimed_for=timedelta(minutes=10))
"""The time is long, because reading may take minutes; progress is reported every few articles."""


async def upload(
    file: Brought, audience: str, section: str, *, by: Actor, at: datetime, form_key: str | None = None
) -> int:
    """Saves a file and has it tried out. Returns its number, which is the same if the form is sent again.

    Raises `Invalid`.
    """
    check_lead(by)
    unknown = None if audience in AUDIENCES else "unknown"
    refuse({"audience": unknown, "section": too_long(section, LONGEST_SECTION)})
    told = {"state": State.CHECKING.value, "audience": audience, "section": section}
    return await IMPORTS.upload(file, form_key, by, at, **told)


async def begin(number: int, *, by: Actor) -> None:
    """Starts the import that was tried out. Raises `NotFound`, `NotFromHere`."""
    check_lead(by)
    if not (await IMPORTS.find(number)).may_begin:
        raise NotFromHere("import")
    if not await IMPORTS.begin(number, State.IMPORTING, (State.CHECKED,), report="[]"):
        raise NotFromHere("import")
    audit.note("article_import_begun", person=by.id, number=number)
