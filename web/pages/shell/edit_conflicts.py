"""Edit conflicts: what somebody else changed meanwhile is shown on the form of the second person."""

from collections.abc import Collection

from web.pages.shell.form import Form
from web.pages.words.settings.changes import change_text
from web.settings_log import listing
from web.settings_log.recording import Kind


async def seen(kind: Kind, subject: int, form: Form) -> int:
    """The version that a form of this setting carries as `seen`. News for an outdated form are added to it."""
    if form.is_overtaken:
        changes = await listing.since(kind, subject, form.number("seen") or 0)
        form.news = [change_text(each) for each in changes]
    return await listing.latest(kind, subject)


async def seen_each(kind: Kind, subjects: Collection[int], form: Form, *, noun: str = "{}") -> dict[int, int]:
    """As `seen`, of settings whose forms stand on one page: each is named by `noun` and the number of its setting."""
    for each in subjects if form.is_overtaken else ():
        if own := form.of(noun.format(each)):
            await seen(kind, each, own)
    return await listing.latest_each(kind, subjects)
