"""Tables of people, organizations, teams and their credentials."""

from piccolo.columns import BigInt, Boolean, DoublePrecision, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table


class Person(Table, tablename="person"):
    """A human or a robot. The password is empty until they set one."""

    id: Serial
    name = Varchar(length=200)
    role = Varchar(length=20)
    is_robot = Boolean(default=False)
    password = Varchar(length=200, null=True, default=None)
    """An argon2id hash with its parameters."""
    is_active = Boolean(default=True)
    created_at = Timestamptz()
    zone = Varchar(length=60, null=True, default=None)
    """The IANA zone that they chose for times, if any."""
    mail = Varchar(length=10, default="own")
    """Which messages they want by e-mail: all, own, none."""
    sort_name = Varchar(length=200)
    """The folded name."""
    signature = Varchar(length=500, default="")
    """The signature below an agent's replies by mail."""
    holds_replies = Boolean(default=False)
    """Whether an agent's replies are held for some seconds, so that sending can be undone."""
    alerts = Varchar(length=20, default="")
    """How open pages alert them: `screen`, and the name of a sound."""
    chat_sound = Varchar(length=10, default="")
    """The sound with which open pages alert an agent to a waiting chat."""


class Identity(Table, tablename="identity"):
    """A sign-in name: an e-mail address or an organization login, in lower case and unique."""

    id: Serial
    person = ForeignKey(Person, null=False)
    kind = Varchar(length=10)
    value = Varchar(length=254)
    verified_at = Timestamptz(null=True, default=None)


class Phone(Table, tablename="phone"):
    """A phone in E.164; several people may share one."""

    id: Serial
    person = ForeignKey(Person, null=False)
    number = Varchar(length=20)


class Team(Table, tablename="team"):
    """Agents who share a queue. The tickets of a confidential team are visible to its own agents only."""

    id: Serial
    name = Varchar(length=100)
    tier = Integer(default=1)
    is_confidential = Boolean(default=False)
    calendar = Integer(null=True, default=None)
    """The calendar by which its tickets are timed; without one the first calendar applies."""
    is_active = Boolean(default=True)
    """Whether it is offered. Old tickets keep a retired team."""


class Organization(Table, tablename="organization"):
    """A school or company. `cnpj` has 14 positions without mask; `root` its first eight, shared by branches."""

    id: Serial
    name = Varchar(length=200)
    cnpj = Varchar(length=14)
    root = Varchar(length=8)
    calendar = Integer(null=True, default=None)
    """The calendar whose zone its people see times in; without one the default zone."""
    sort_name = Varchar(length=200)
    team = ForeignKey(Team, null=True, default=None)
    """The team of its new tickets, if their category and topic name none."""
    domain = Varchar(length=253, null=True, default=None, unique=True)
    """People who sign up with an address at this host become members."""
    is_active = Boolean(default=True)
    """A retired organization accepts no tickets and no members. Old tickets keep it."""


class PersonWord(Table, tablename="person_word"):
    """The search index of people: a folded word of a name or an address. Word and person are the key."""

    word = Varchar(length=100, primary_key=True)
    person = ForeignKey(Person, null=False)


class OrganizationWord(Table, tablename="organization_word"):
    """The search index of organizations, in the same form."""

    word = Varchar(length=100, primary_key=True)
    organization = ForeignKey(Organization, null=False)


class Membership(Table, tablename="membership"):
    """A person's membership of an organization with its rights, which apply once it is confirmed."""

    id: Serial
    person = ForeignKey(Person, null=False)
    organization = ForeignKey(Organization, null=False)
    sees = Varchar(length=20)
    approves = Boolean(default=False)
    manages = Boolean(default=False)
    confirmed_at = Timestamptz(null=True, default=None)
    asked_at = Timestamptz(null=True, default=None)
    """When the person requested it."""
    invited_at = Timestamptz(null=True, default=None)
    """When a manager of the organization offered it."""
    removed_at = Timestamptz(null=True, default=None)
    """When it was ended; it can be restored."""


class PaperInvitation(Table, tablename="paper_invitation"):
    """A membership offered to the holder of a code, once.

    `salt` and our secret make the code, so that it can be printed again.
    """

    id: Serial
    organization = ForeignKey(Organization, null=False)
    salt = Varchar(length=64)
    code_hash = Varchar(length=64)
    form_key = Varchar(length=64, null=True, default=None)
    """The one-time key of the form that created it."""
    made_by = ForeignKey(Person, null=False)
    made_at = Timestamptz()
    ends_at = Timestamptz()
    taken_by = ForeignKey(Person, null=True, default=None)
    taken_at = Timestamptz(null=True, default=None)


class Reindexing(Table, tablename="reindexing"):
    """Documents of the search index to rebuild: of tickets that name a person or an organization, or all."""

    id: Serial
    person = ForeignKey(Person, null=True, default=None)
    organization = ForeignKey(Organization, null=True, default=None)
    below = BigInt(null=True, default=None)
    """Only tickets with lower numbers are left."""


class TeamMember(Table, tablename="team_member"):
    """An agent in a team."""

    id: Serial
    team = ForeignKey(Team, null=False)
    person = ForeignKey(Person, null=False)


class Session(Table, tablename="session"):
    """A signed-in browser. `token_hash` is SHA-256 of the cookie, so that a copy of the database allows no sign-in."""

    id: Serial
    token_hash = Varchar(length=64)
    person = ForeignKey(Person, null=False)
    started_at = Timestamptz()
    seen_at = Timestamptz()
    ends_at = Timestamptz()
    browser = Varchar(length=200)
    network = Varchar(length=50)


class KnownBrowser(Table, tablename="known_browser"):
    """A browser in which a person has signed in. Guesses made elsewhere do not lock them out there."""

    id: Serial
    person = ForeignKey(Person, null=False)
    browser = Varchar(length=64)
    """SHA-256 of the token of the browser's cookie."""
    network = Varchar(length=50)
    seen_at = Timestamptz()


class LinkRequest(Table, tablename="link_request"):
    """A request for a link by e-mail. The worker answers it, so that the page does not reveal who has an account."""

    id: Serial
    purpose = Varchar(length=20)
    identifier = Varchar(length=254)
    name = Varchar(length=200)
    cnpj = Varchar(length=14)
    browser = Varchar(length=64)
    """SHA-256 of the token of the browser that requested it."""
    person = Integer(null=True, default=None)
    onward = Varchar(length=500)
    """`person` is the account that the address is added to, `onward` the page that the link leads on to, if any."""
    asked_at = Timestamptz()


class OneTimeLink(Table, tablename="one_time_link"):
    """A link sent by e-mail. `token_hash` becomes null once it is redeemed or replaced; old rows are swept.

    Name and CNPJ were typed by the person who requested it, perhaps not the one who receives it.
    """

    id: Serial
    token_hash = Varchar(length=64, null=True, default=None)
    purpose = Varchar(length=20)
    person = ForeignKey(Person, null=True, default=None)
    address = Varchar(length=254)
    name = Varchar(length=200)
    cnpj = Varchar(length=14)
    browser = Varchar(length=64)
    made_at = Timestamptz()
    ends_at = Timestamptz()


class Bucket(Table, tablename="bucket"):
    """A leaky bucket of tries: `level` at `filled_at` (seconds since 1970), which drains over time."""

    key = Varchar(length=120, primary_key=True)
    level = DoublePrecision()
    filled_at = DoublePrecision()
    is_refused = Boolean(default=False)
    """Whether there was no room for the last try."""


class KeptForm(Table, tablename="kept_form"):
    """A form that is kept after a session ended, until its author signs in again."""

    id: Serial
    token_hash = Varchar(length=64)
    person = ForeignKey(Person, null=False)
    address = Varchar(length=500)
    fields = Text()
    """JSON: lists of texts by field name."""
    kept_at = Timestamptz()


class ApiKey(Table, tablename="api_key"):
    """An API key of a robot; only its hash is stored."""

    id: Serial
    person = ForeignKey(Person, null=False)
    name = Varchar(length=100)
    """Where it is used, for people who may have to revoke it."""
    token_hash = Varchar(length=64)
    scopes = Varchar(length=200)
    """Separated by spaces."""
    made_at = Timestamptz()
    made_by = ForeignKey(Person, null=True, default=None)
    """The system's person if a command made it; empty for keys older than this column."""
    form_key = Varchar(length=64, null=True, default=None)
    """The one-time key of the form that created it."""
    ends_at = Timestamptz(null=True, default=None)
    used_at = Timestamptz(null=True, default=None)
    revoked_at = Timestamptz(null=True, default=None)
    revoked_by = ForeignKey(Person, null=True, default=None)
