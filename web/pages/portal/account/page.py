"""The reader's own account: name, password, and active sessions."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid
from web.notifications import preferences
from web.notifications.preferences import Wanted
from web.pages.shell import render, session
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import changed
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words.fields import labels
from web.pages.words.formats import place, zone_told
from web.pages.words.notifications import CHAT_SOUNDS, MAIL, SOUNDS
from web.pages.words.settings.time import ZONES, zone_choices
from web.people import accounts, memberships, sessions, sign_in
from web.people.agents import absences, signatures, undo_send
from web.people.identifiers import phones
from web.people.onboarding import joining
from web.people.permissions import Actor
from web.tickets.actions.ownership import colleagues


@get("/account", name="account")
async def show(request: PageRequest) -> Response[str]:
    return await page(request, await restored_form(request))


@post("/account", name="rename", status_code=303, form=FormSpec("account", fields=labels("name"), written=("name",)))
async def rename(request: PageRequest) -> Response[str]:
    return await changed(
        request,
        lambda form: accounts.rename(person_of(request), name=form.text("name")),
        show=partial(page, request),
        then="/account?done=name",
    )


@post(
    "/account/password",
    name="change_password",
    status_code=303,
    form=FormSpec("password", "/account", labels("current", "password", "again", of="password")),
)
async def change_password(request: PageRequest) -> Response[str]:
    """Changes the password. Every session ends; this browser gets a new one."""
    form, me = await read_form(request), person_of(request)
    try:
        if form.text("password") != form.text("again"):
            raise Invalid("again", "different")
        await sign_in.change_password(me, current=form.text("current"), password=form.text("password"), at=now())
    except Invalid as error:
        return await page(request, form.wrong(error), status=422)
    return session.opened(render.redirect(request, "/account?done=password"), await session.start(request, me.id))


@post("/account/zone", name="choose_zone", status_code=303, form=FormSpec("zone", "/account", labels("zone")))
async def choose_zone(request: PageRequest) -> Response[str]:
    async def act(form: Form) -> None:
        zone = form.text("zone")
        if zone and zone not in ZONES:
            raise Invalid("zone", "unknown_zone")
        await accounts.choose_zone(person_of(request), zone or None)

    return await changed(request, act, show=partial(page, request), then="/account?done=zone")


@post("/account/mail", name="choose_mail", status_code=303, form=FormSpec("mail", "/account", labels("mail")))
async def choose_mail(request: PageRequest) -> Response[str]:
    return await changed(
        request,
        lambda form: preferences.choose(person_of(request), form.text("mail")),
        show=partial(page, request),
        then="/account?done=mail",
    )


@post(
    "/account/alerts",
    name="choose_alerts",
    status_code=303,
    form=FormSpec("alerts", "/account", labels("sound", "chat_sound")),
)
async def choose_alerts(request: PageRequest) -> Response[str]:
    return await changed(
        request,
        lambda form: preferences.choose_alerts(
            person_of(request),
            on_screen=form.is_checked("screen"),
            sound=form.text("sound"),
            chat_sound=form.text("chat_sound"),
        ),
        show=partial(page, request),
        then="/account?done=alerts",
    )


@post("/account/invitations/{number:int}", name="join", status_code=303, form=FormSpec("join", "/account"))
async def join(request: PageRequest, number: FromPath[int]) -> Response[str]:
    """Accepts an invitation to an organization."""
    await read_form(request)
    at = now()
    await joining.accept(number, by=person_of(request), at=at)
    await colleagues.adopt(number, at=at)
    return render.redirect(request, "/account?done=joined")


@post("/account/sessions/{number:int}/end", name="end_session", status_code=303, form=FormSpec("end", "/account"))
async def end_session(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await read_form(request)
    await sessions.end(number, by=person_of(request))
    return render.redirect(request, "/account?done=ended")


@post(
    "/account/sign-out-everywhere",
    name="sign_out_everywhere",
    status_code=303,
    form=FormSpec("sign-out-everywhere", "/account"),
)
async def sign_out_everywhere(request: PageRequest) -> Response[str]:
    await read_form(request)
    await sessions.end_all(person_of(request).id)
    return session.closed(render.redirect(request, "/sign-in?done=signed_out_everywhere"))


async def page(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    me = person_of(request)
    known = await accounts.identities(me.id)
    context = {
        "form": form.of("account"),
        "password_form": form.of("password"),
        "zone_form": form.of("zone"),
        "mail_form": form.of("mail"),
        "mail": await preferences.wanted_by(me),
        "mail_choices": [each for each in MAIL.items() if me.is_agent or each[0] != Wanted.ALL],
        "alerts_form": form.of("alerts"),
        "sounds": SOUNDS.items(),
        "chat_sounds": CHAT_SOUNDS.items(),
        "address_form": form.of("addresses"),
        "removal_form": form.of("removal"),
        "confirmation_form": form.of("confirmation"),
        "phone_form": form.of("phones"),
        "phones": await phones.phones(me.id),
        **(await _at_work(me, form) if me.is_agent else {}),
        "zone": await accounts.zone_of(me),
        "zone_told": place(zone_told()),
        "zones": zone_choices(),
        "invitations": await joining.invitations(me),
        "homes": await memberships.homes(me.id),
        "identities": known,
        "choices": [(each.value, each.value) for each in known],
        "sessions": await sessions.of_person(me.id, now()),
        "session": request.auth,
        "has_password": await accounts.has_password(me.id),
        "done": confirmations.ACCOUNT.get(request.query_params.get("done", ""), ""),
    }
    return render.page(request, "portal/account/page.html", context, status=status)


async def _at_work(me: Actor, form: Form) -> dict[str, object]:
    """The settings that only agents have."""
    return {
        "signature": await signatures.signature_of(me.id),
        "signature_form": form.of("signature"),
        "holds_replies": await undo_send.holds_replies(me.id),
        "sending_form": form.of("sending"),
        "absence": await absences.absence_of(me.id, now()),
        "absence_form_sent": form.of("absence"),
        "mates": [(each.id, each.name) for each in await absences.mates(me.id)],
    }
