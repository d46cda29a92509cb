"""Edit conflicts: what somebody else changed meanwhile is shown on the form of the second person."""

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
