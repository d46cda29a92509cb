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
    """On which the time of its tickets is counted; their team's where none is named."""
    priority = Varchar(length=10, null=True, default=None)
    """Of requests that come without another one."""
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
    """Where it began, and whose words it keeps but for the labels."""
    rules = Text()
    """JSON, like `timers` and `labels`, written as in a preset file."""
    timers = Text()
    labels = Text()
    desk_labels = Text(default="{}")
    """JSON of what agents read; empty where the words of the preset hold."""
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
    """This and the two below outweigh what the category says."""
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
    """Who registered it; for a ticket made by an agent this is not the requester."""
    requester = ForeignKey(Person, null=False)
    primary_contact = ForeignKey(Person, null=False)
    organization = ForeignKey(Organization, null=True, default=None)
    team = ForeignKey(Team, null=True, default=None)
    assignee = ForeignKey(Person, null=True, default=None)
    offered_to = ForeignKey(Person, null=True, default=None)
    """Whom a colleague handed it to, until somebody takes it: nobody holds it in between."""
    channel = Varchar(length=10)
    status = Varchar(length=10)
    wait = Varchar(length=10, null=True, default=None)
    wait_until = Timestamptz(null=True, default=None)
    resolution = Varchar(length=20, null=True, default=None)
    workflow = Varchar(length=40)
    is_answered = Boolean(default=False)
    """An agent has said something in public."""
    answered_at = Timestamptz(null=True, default=None)
    """When that was first."""
    approval_asked_by = ForeignKey(Person, null=True, default=None)
    """The agent who asked for leave to go on; empty where it is the category that asks before work starts."""
    alert = Varchar(length=20, null=True, default=None)
    """Why somebody of the desk has to look at it: `departure`, `no_approver`; empty once they have."""
    created_at = Timestamptz()
    submitted_at = Timestamptz(null=True, default=None)
    attend_at = Timestamptz(null=True, default=None)
    """Of an open chat, since when its customer waits for the desk; far ahead while it is their turn. Else empty."""
    updated_at = Timestamptz()
    """When anything public last happened; lists are sorted by it."""
    resolved_at = Timestamptz(null=True, default=None)
    closed_at = Timestamptz(null=True, default=None)
    wakes_at = Timestamptz(null=True, default=None)
    """When time next has something to say about the ticket. This and all below follow from the events: a cache."""
    lapses_at = Timestamptz(null=True, default=None)
    """When time moves it by itself: a silence, a follow-up date, the end of what is resolved."""
    lapses_to = Varchar(length=10, null=True, default=None)
    """The status it has then."""
    answer_due = Timestamptz(null=True, default=None)
    solve_due = Timestamptz(null=True, default=None)
    solve_left = Integer(null=True, default=None)
    """Seconds of counted time left while the clock stands still."""
    due_at = Timestamptz(null=True, default=None)
    """The earliest promise that is neither met nor paused."""
    soon_at = Timestamptz(null=True, default=None)
    answer_seconds = Integer(null=True, default=None)
    """Counted time to the first response."""
    solve_seconds = Integer(null=True, default=None)
    outcome = Varchar(length=10, null=True, default=None)
    """`on_time` or `late`; final once the ticket is closed."""


class Message(Table, tablename="message"):
    """Something said: the opening description, a public reply, or an internal note. Never changed once sent."""

    id: BigSerial
    ticket = ForeignKey(Ticket, null=False)
    kind = Varchar(length=10)
    author = ForeignKey(Person, null=False)
    body = Text()
    at = Timestamptz()
    is_resolution = Boolean(default=False)


class Attachment(Table, tablename="attachment"):
    """A file of a message, or of a field of a ticket; of neither yet, a file kept for the person who sent it."""

    id: BigSerial
    message = ForeignKey(Message, null=True, default=None)
    person = ForeignKey(Person, null=False)
    name = Varchar(length=150)
    media_type = Varchar(length=100)
    size = BigInt()
    sha256 = Varchar(length=64)
    at = Timestamptz()
    held = BigInt(null=True, default=None)
    """The reply that it waits with."""
    ticket = ForeignKey(Ticket, null=True, default=None)
    """The ticket that has it in a field that leads defined, and in no message."""


class Event(Table, tablename="event"):
    """Something that happened to a ticket. Only ever added; `announced_at` empty means nobody was told yet."""

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
    """The one-time key of the form that asked for it: the same actor and key make one event."""
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
    """Somebody whom a mail named in copy. They see nothing of the ticket unless somebody adds them."""

    id: BigSerial
    ticket = ForeignKey(Ticket, null=False)
    address = Varchar(length=254)
    is_unproven = Boolean(default=False)
    at = Timestamptz()
    settled_at = Timestamptz(null=True, default=None)
    """When they were added or dismissed."""


class Link(Table, tablename="link"):
    """Two tickets that belong together: `ticket` is the follow-up, child, duplicate, ... of `other`."""

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
    """A word the desk put on a ticket."""

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
