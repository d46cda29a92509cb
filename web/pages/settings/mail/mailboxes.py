"""Mailboxes, where the desk's mail is fetched and sent, with their faults."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.brand.brand import known
from web.clock import now
from web.mail.incoming import quarantine
from web.mail.mailboxes import connection_check, faults, listing, lookup, rules
from web.mail.mailboxes import settings as mailbox_settings
from web.mail.mailboxes.listing import MailboxInput, MailboxShown
from web.mail.mailboxes.servers import Server
from web.pages.shell import edit_conflicts, render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import changed
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words.settings import mail as mail_words
from web.pages.words.settings import mailboxes as words
from web.people import sign_in
from web.settings import settings
from web.settings_log.recording import Kind

ADDRESS = "/desk/settings/mail"
BOXES = "/desk/settings/mail/mailboxes"
PAGE = "/desk/settings/mail/mailboxes/{number}"
WRITTEN = ("address", "name")


@get(ADDRESS, name="mail")
async def index(request: PageRequest) -> Response[str]:
    return await _index(request, await restored_form(request))


@post(BOXES, name="new_mailbox", status_code=303, form=FormSpec("mailbox", ADDRESS, words.FIELDS, WRITTEN))
async def create(request: PageRequest) -> Response[str]:
    me, at = person_of(request), now()

    async def act(form: Form) -> int:
        wanted = _wanted(form)
        check = partial(mailbox_settings.check, wanted, by=me)
        await sign_in.reauthenticate(me, form.text("current"), at=at, check=check)
        return await mailbox_settings.add(wanted, by=me, at=at, form_key=form.key)

    return await changed(request, act, show=partial(_index, request), then=lambda made: f"{BOXES}/{made}?done=made")


@get("/desk/settings/mail/mailboxes/{number:int}", name="mailbox")
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await _page(request, number, await restored_form(request))


@post(
    "/desk/settings/mail/mailboxes/{number:int}",
    name="edit_mailbox",
    status_code=303,
    form=FormSpec("mailbox", PAGE, words.FIELDS, WRITTEN),
)
async def update(request: PageRequest, number: FromPath[int]) -> Response[str]:
    me, at = person_of(request), now()

    async def act(form: Form) -> None:
        await listing.mailbox(number)
        wanted = _wanted(form)
        check = partial(mailbox_settings.check, wanted, number, by=me)
        await sign_in.reauthenticate(me, form.text("current"), at=at, check=check)
        await mailbox_settings.change(number, wanted, seen=form.number("seen"), by=me, at=at)

    return await changed(request, act, show=partial(_page, request, number), then=f"{BOXES}/{number}?done=saved")


@post(
    "/desk/settings/mail/mailboxes/{number:int}/tests",
    name="mailbox_test",
    status_code=303,
    form=FormSpec("tests", PAGE),
)
async def test(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await read_form(request)
    mailbox_settings.check_admin(person_of(request))
    found = await connection_check.check(await lookup.one(number))
    query = {"imap": found.imap or "ok", "smtp": found.smtp or "ok"}
    return render.redirect(request, render.with_query(f"{BOXES}/{number}", **query))


def _wanted(form: Form) -> MailboxInput:
    return MailboxInput(
        address=form.line("address").lower(),
        name=form.line("name"),
        imap=_server(form, "imap"),
        folder=form.line("folder") or "INBOX",
        smtp=_server(form, "smtp"),
        login=form.text("login"),
        team=form.number("team"),
        category=form.number("category"),
        strangers=form.text("strangers"),
        is_active=form.is_checked("is_active"),
    )


def _server(form: Form, side: str) -> Server:
    """The server of a side. A side without a host is not used."""
    host = form.line(f"{side}_host").lower()
    if not host:
        return Server(tls="tls" if side == "imap" else "starttls", port=993 if side == "imap" else 587)
    port, tls, user = form.number(f"{side}_port") or 0, form.text(f"{side}_tls"), form.line(f"{side}_user")
    return Server(host, port, tls, user, form.text(f"{side}_password"), form.text("login"))


async def _index(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    context = {
        "ways": mail_words.ways(),
        "mailboxes": await listing.listed(),
        "new": MailboxShown(name=known().name),
        "quarantined": [(each, mail_words.reason(each.reason)) for each in await quarantine.page()],
        **await _shown(request, form),
    }
    return render.page(request, "settings/mail.html", context, status=status)


async def _page(request: PageRequest, number: int, form: Form, *, status: int = 200) -> Response[str]:
    context = {
        "mailbox": await listing.mailbox(number),
        "seen": await edit_conflicts.seen(Kind.MAILBOX, number, form),
        "findings": words.findings(request.query_params),
        **await _shown(request, form),
    }
    return render.page(request, "settings/mailbox.html", context, status=status)


async def _shown(request: PageRequest, form: Form) -> dict[str, object]:
    teams, categories = await rules.choices()
    return {
        "form": form,
        "teams": [(each.id, each.name) for each in teams],
        "categories": [(each.id, each.name) for each in categories],
        "logins": [(name, name) for name in settings().token_commands],
        "securities": words.TLS.items(),
        "strangers": words.STRANGERS.items(),
        "faults": [(each.mailbox, words.fault_text(each)) for each in await faults.lasting(now())],
        "done": confirmations.MAIL.get(request.query_params.get("done", ""), ""),
    }
