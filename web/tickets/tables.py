"""Tickets and everything said and done about them, as rows."""

from piccolo.columns import BigInt, BigSerial, Boolean, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from web.people.tables import Organization, Person, Team


class Category(Table, tablename="category"):
    """A category of tickets; names the workflow they live by and the queue they start in."""

    id: Serial
    name = Varchar(length=100)
    workflow = Varchar(length=40)
    team = ForeignKey(Team, null=True, default=None)
    needs_approval = Boolean(default=False)
    position = Integer(default=0)
    is_active = Boolean(default=True)
    calendar = Integer(null=True, default=None)
    """The calendar by which its tickets are timed; without one, the calendar of their team."""
    priority = Varchar(length=10, null=True, default=None)
    """The default priority of new requests."""
    audience = Varchar(length=20, default="everybody")


class CategoryOrganization(Table, tablename="category_organization"):
    """An organization that may use a category whose audience is `organizations`."""

    id: Serial
    category = ForeignKey(Category, null=False)
    organization = ForeignKey(Organization, null=False)


class WorkflowVersion(Table, tablename="workflow_version"):
    """A workflow that a lead shaped for a category, as it was once saved; the current one of each name counts."""

    id: Serial
    category = ForeignKey(Category, null=False)
    name = Varchar(length=40)
    preset = Varchar(length=40)
    """The preset that it began as, and whose words it keeps except the labels."""
    rules = Text()
    """JSON, like `timers` and `labels`, written as in a preset file."""
    timers = Text()
    labels = Text()
    desk_labels = Text(default="{}")
    """Labels for agents as JSON; empty where those of the preset apply."""
    person = ForeignKey(Person, null=False)
    at = Timestamptz()
    is_current = Boolean()


class Topic(Table, tablename="topic"):
    """The finer subject ("assunto") within a category."""

    id: Serial
    category = ForeignKey(Category, null=False)
    name = Varchar(length=100)
    position = Integer(default=0)
    is_active = Boolean(default=True)
    team = ForeignKey(Team, null=True, default=None)
    """The team of its tickets. It and the two columns below override those of the category."""
    priority = Varchar(length=10, null=True, default=None)
    needs_approval = Boolean(default=False)


class Ticket(Table, tablename="ticket"):
    """One request. Its `id` is the number people quote: never reused, counted by the database."""

    id: BigSerial
    title = Varchar(length=200)
    category = ForeignKey(Category, null=True, default=None)
    topic = ForeignKey(Topic, null=True, default=None)
    priority = Varchar(length=10)
    author = ForeignKey(Person, null=False)
    """The person who registered it: for a ticket that an agent made, not the requester."""
    requester = ForeignKey(Person, null=False)
    primary_contact = ForeignKey(Person, null=False)
    organization = ForeignKey(Organization, null=True, default=None)
    team = ForeignKey(Team, null=True, default=None)
    assignee = ForeignKey(Person, null=True, default=None)
    offered_to = ForeignKey(Person, null=True, default=None)
    """The agent to whom a colleague offered it, until somebody takes it. It is unassigned meanwhile."""
    channel = Varchar(length=10)
    status = Varchar(length=10)
    wait = Varchar(length=10, null=True, default=None)
    wait_until = Timestamptz(null=True, default=None)
    resolution = Varchar(length=20, null=True, default=None)
    workflow = Varchar(length=40)
    is_answered = Boolean(default=False)
    """Whether an agent has replied in public."""
    answered_at = Timestamptz(null=True, default=None)
    """When an agent first replied in public."""
    approval_asked_by = ForeignKey(Person, null=True, default=None)
    """The agent who asked for approval; empty where the category demands it before work starts."""
    alert = Varchar(length=20, null=True, default=None)
    """Why the desk has to look at it: `departure` or `no_approver`; empty once somebody did."""
    created_at = Timestamptz()
    submitted_at = Timestamptz(null=True, default=None)
    attend_at = Timestamptz(null=True, default=None)
    """For an open chat, since when its customer waits for the desk; far ahead while it is their turn; else empty."""
    updated_at = Timestamptz()
    """The last public activity; lists are sorted by it."""
    resolved_at = Timestamptz(null=True, default=None)
    closed_at = Timestamptz(null=True, default=None)
    wakes_at = Timestamptz(null=True, default=None)
    """When the next timer fires. This and all columns below follow from the events: they are a cache."""
    lapses_at = Timestamptz(null=True, default=None)
    """When time moves the ticket by itself, for example after a silence or the feedback window."""
    lapses_to = Varchar(length=10, null=True, default=None)
    """The status to which time moves it."""
    answer_due = Timestamptz(null=True, default=None)
    solve_due = Timestamptz(null=True, default=None)
    solve_left = Integer(null=True, default=None)
    """Seconds of counted time left while the clock is paused."""
    due_at = Timestamptz(null=True, default=None)
    """The earliest due instant of a promise that is neither met nor paused."""
    soon_at = Timestamptz(null=True, default=None)
    answer_seconds = Integer(null=True, default=None)
    """Counted seconds to the first response."""
    solve_seconds = Integer(null=True, default=None)
    outcome = Varchar(length=10, null=True, default=None)
    """`on_time` or `late`; final once the ticket is closed."""


class Message(Table, tablename="message"):
    """A message: the opening description, a public reply, or an internal note. It never changes once sent."""

    id: BigSerial
    ticket = ForeignKey(Ticket, null=False)
    kind = Varchar(length=10)
    author = ForeignKey(Person, null=False)
    body = Text()
    at = Timestamptz()
    is_resolution = Boolean(default=False)


class Attachment(Table, tablename="attachment"):
    """A file of a message or of a ticket's field; of neither while its sender has not sent the form."""

    id: BigSerial
    message = ForeignKey(Message, null=True, default=None)
    person = ForeignKey(Person, null=False)
    name = Varchar(length=150)
    media_type = Varchar(length=100)
    size = BigInt()
    sha256 = Varchar(length=64)
    at = Timestamptz()
    held = BigInt(null=True, default=None)
    """The held reply that it belongs to."""
    ticket = ForeignKey(Ticket, null=True, default=None)
    """The ticket that has it in a custom field, and not in a message."""


class Event(Table, tablename="event"):
    """Something that happened to a ticket. Rows are only added; `announced_at` is empty until people were notified."""

    id: BigSerial
    ticket = ForeignKey(Ticket, null=False)
    kind = Varchar(length=20)
    """The noun of the move."""
    actor = ForeignKey(Person, null=False)
    at = Timestamptz()
    audience = Varchar(length=10)
    data = Text()
    """JSON by kind: `from` and `to` of what changed, `files` of a message, `reason`."""
    message = ForeignKey(Message, null=True, default=None)
    cause = BigInt(null=True, default=None)
    key = Varchar(length=64, null=True, default=None)
    """The one-time key of its form: the same actor and key make one event."""
    announced_at = Timestamptz(null=True, default=None)


class Participant(Table, tablename="participant"):
    """A person in copy, shown by the address that was typed."""

    id: BigSerial
    ticket = ForeignKey(Ticket, null=False)
    person = ForeignKey(Person, null=False)
    address = Varchar(length=254)
    added_by = ForeignKey(Person, null=False)
    at = Timestamptz()


class ProposedCopy(Table, tablename="proposed_copy"):
    """Somebody whom a mail proposed for copy. They see nothing of the ticket until somebody adds them."""

    id: BigSerial
    ticket = ForeignKey(Ticket, null=False)
    address = Varchar(length=254)
    is_unproven = Boolean(default=False)
    at = Timestamptz()
    settled_at = Timestamptz(null=True, default=None)
    """When they were added or dismissed."""


class Link(Table, tablename="link"):
    """A link between two tickets: `ticket` is the follow-up, child, duplicate, ... of `other`."""

    id: BigSerial
    ticket = ForeignKey(Ticket, null=False)
    other = ForeignKey(Ticket, null=False)
    kind = Varchar(length=20)
    at = Timestamptz()


class Approval(Table, tablename="approval"):
    """A decision before work starts, by a holder of the `approve` grant."""

    id: BigSerial
    ticket = ForeignKey(Ticket, null=False)
    decided_by = ForeignKey(Person, null=True, default=None)
    is_approved = Boolean(null=True, default=None)
    reason = Text(null=True, default=None)
    at = Timestamptz(null=True, default=None)


class Rating(Table, tablename="rating"):
    """A rating by the requester: two scores from 1 to 5 and a comment."""

    id: BigSerial
    ticket = ForeignKey(Ticket, null=False)
    person = ForeignKey(Person, null=False)
    service = Integer()
    quality = Integer()
    comment = Text()
    at = Timestamptz()
    edited_at = Timestamptz(null=True, default=None)


class Tag(Table, tablename="tag"):
    """A tag of the desk on a ticket."""

    id: BigSerial
    ticket = ForeignKey(Ticket, null=False)
    name = Varchar(length=40)


class Remark(Table, tablename="remark"):
    """A note of the desk about a person, or about an organization."""

    id: Serial
    person = ForeignKey(Person, null=True, default=None)
    organization = ForeignKey(Organization, null=True, default=None)
    body = Text()
    author = ForeignKey(Person, null=False)
    at = Timestamptz()
