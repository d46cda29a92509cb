"""Records a contact by phone, chat or otherwise as a resolved ticket, with an optional second ticket for the rest."""

from collections.abc import Sequence

from litestar import get, post
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, refuse
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.pages.words.labels import CHANNELS
from web.pages.words.people import called_from
from web.people import accounts, memberships
from web.people.identifiers import phones
from web.people.identifiers.phones import Caller
from web.people.permissions import Actor
from web.text import one_line
from web.tickets.fields.field import Stage
from web.tickets.fields.questions import About
from web.tickets.life.states import Channel
from web.tickets.lists.choices import form_choices
from web.tickets.record.events import Stamp
from web.tickets.record.messages import NewMessage, body_error
from web.tickets.requests.drafts import Request
from web.tickets.requests.first_contact import record_contact
from web.tickets.requests.submission import missing_fields

CONTACT_CHANNELS = {code: CHANNELS[code] for code in ("phone", "whatsapp", "chat", "form", "counter")}

_LONGEST_PHONE = 60

_FIELDS = ("requester", "organization", "channel", "category", "topic", "title", "description", "body", "files")


@get("/desk/contacts/new", name="new_contact")
async def new(request: PageRequest) -> Response[str]:
    """The form. Telephony programs open it with the caller's `phone`; `requester` chooses among several people."""
    form, phone = await restored_form(request), one_line(request.query_params.get("phone", ""))[:_LONGEST_PHONE]
    if not phone or form:
        return await _page(request, form)
    callers = await _callers(phone)
    chosen = [each for each in callers if len(callers) == 1 or each.identifier == request.query_params.get("requester")]
    form.values = {"channel": ["phone"], "requester": [chosen[0].identifier if chosen else ""]}
    if not callers:
        form.values["description"] = [called_from(phone)]
    return await _page(request, form, phone=phone, callers=[] if chosen else callers)


async def _callers(phone: str) -> list[Caller]:
    try:
        return await phones.callers(phones.parse(phone))
    except Invalid:
        return []


@post(
    "/desk/contacts",
    name="contacts",
    status_code=303,
    form=FormSpec("contacts", "/desk/contacts/new", labels(*_FIELDS, of="contacts"), ("title", "description", "body")),
)
async def create(request: PageRequest) -> Response[str]:
    form = await read_form(request)
    if form.refused or form.is_cut:
        return await _page(request, form, status=form.status)
    try:
        wanted, message, handling = await _request(form), NewMessage(form.text("body")), form.is_checked("handling")
        stamp = Stamp(by=person_of(request), at=now(), key=form.key)
        _refuse_unasked(form, wanted, message, stamp["by"])
        made = await record_contact(wanted, message=message, handling=handling, **stamp)
    except Invalid as error:
        return await _page(request, form.wrong(error), status=form.status)
    return render.redirect(request, f"/desk/tickets/{made.ticket}")


async def _identifier(typed: str) -> str:
    """The typed address or login, or that of the one person with the typed phone."""
    callers = [] if await accounts.is_known(typed) else await _callers(typed)
    return callers[0].identifier if len(callers) == 1 else typed


async def _page(
    request: PageRequest, form: Form, *, phone: str = "", callers: Sequence[Caller] = (), status: int = 200
) -> Response[str]:
    """`callers` are the people with that phone number, to choose from."""
    found = await form_choices(person_of(request))
    homes = await memberships.open_homes_of(form.text("requester"))
    context = {
        "form": form,
        "phone": phone,
        "callers": [(each, _address_of(each, phone)) for each in callers],
        "organizations": [(each.id, each.name) for each in homes] if len(homes) > 1 else [],
        "channels": CONTACT_CHANNELS,
        "categories": [(each.id, each.name) for each in found if each.kind == "category"],
        "topics": [each for each in found if each.kind == "topic"],
        "asked": _about(form, person_of(request)).asks(*Stage),
    }
    return render.page(request, "desk/contact.html", context, block="contact", status=status)


def _address_of(caller: Caller, phone: str) -> str:
    return render.with_query("/desk/contacts/new", phone=phone, requester=caller.identifier)


async def _request(form: Form) -> Request:
    """The request in the form. Raises `Invalid` for an unknown person and any other channel."""
    typed = form.text("requester")
    if not typed:
        raise Invalid("requester", "missing")
    form.values["requester"] = [await _identifier(typed)]
    if form.text("channel") not in CONTACT_CHANNELS:
        raise Invalid("channel", "missing")
    return Request(
        title=form.text("title"),
        description=form.text("description"),
        category=form.number("category"),
        topic=form.number("topic"),
        requester=await accounts.number_of("requester", form.text("requester")),
        organization=form.number("organization"),
        channel=Channel(form.text("channel")),
        files=form.files,
        fields=form.asked,
    )


def _about(form: Form, me: Actor) -> About:
    return About(form.number("category"), form.number("topic"), me)


def _refuse_unasked(form: Form, wanted: Request, message: NewMessage, me: Actor) -> None:
    """Raises `Invalid` for fields of the category, which appear once it was chosen and sent."""
    unasked = _about(form, me).unasked(wanted.fields, *Stage)
    if unasked:
        refuse({**missing_fields(wanted, *Stage, by=me), "body": body_error(message), **unasked})
