"""People, organizations, teams and their credentials, as rows."""

from piccolo.columns import BigInt, Boolean, DoublePrecision, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table


class Person(Table, tablename="person"):
    """A human or a robot; without a password until they make one."""

    id: Serial
    name = Varchar(length=200)
    role = Varchar(length=20)
    is_robot = Boolean(default=False)
    password = Varchar(length=200, null=True, default=None)
    """An argon2id hash with its parameters."""
    is_active = Boolean(default=True)
    created_at = Timestamptz()
    zone = Varchar(length=60, null=True, default=None)
    """The IANA zone in which they read times, where they chose one."""
    mail = Varchar(length=10, default="own")
    """Which messages they want by e-mail: all, own, none."""
    sort_name = Varchar(length=200)
    """The folded name."""
    signature = Varchar(length=500, default="")
    """What stands below an agent's replies where they go out by mail."""
    holds_replies = Boolean(default=False)
    """Whether an agent's replies wait for some seconds, to be taken back."""
    alerts = Varchar(length=20, default="")
    """How an open page calls for them: `screen`, and the name of a sound."""
    chat_sound = Varchar(length=10, default="")
    """By which it calls an agent when a chat waits for them."""


class Identity(Table, tablename="identity"):
    """A name somebody signs in with: an e-mail, or an organization login; lower case, unique."""

    id: Serial
    person = ForeignKey(Person, null=False)
    kind = Varchar(length=10)
    value = Varchar(length=254)
    verified_at = Timestamptz(null=True, default=None)


class Phone(Table, tablename="phone"):
    """How somebody is called, in E.164; a number may be that of several people."""

    id: Serial
    person = ForeignKey(Person, null=False)
    number = Varchar(length=20)


class Team(Table, tablename="team"):
    """Agents who share a queue; a confidential team's tickets are seen by its own agents only."""

    id: Serial
    name = Varchar(length=100)
    tier = Integer(default=1)
    is_confidential = Boolean(default=False)
    calendar = Integer(null=True, default=None)
    """On which its time is counted; the first one where none is named."""
    is_active = Boolean(default=True)
    """Whether it is offered; a retired team stays on its old tickets."""


class Organization(Table, tablename="organization"):
    """A school or company. `cnpj` has 14 positions without mask; `root` its first eight, shared by branches."""

    id: Serial
    name = Varchar(length=200)
    cnpj = Varchar(length=14)
    root = Varchar(length=8)
    calendar = Integer(null=True, default=None)
    """In whose zone its people read times; the house's where none is named."""
    sort_name = Varchar(length=200)
    team = ForeignKey(Team, null=True, default=None)
    """Where its new tickets go whose category and topic name no team."""
    domain = Varchar(length=253, null=True, default=None, unique=True)
    """People who sign up with an address at this host become members."""
    is_active = Boolean(default=True)
    """A retired one takes no tickets and no people; it stays on its old tickets."""


class PersonWord(Table, tablename="person_word"):
    """The index of people: a folded word of a name or an address. Word and person together are the key."""

    word = Varchar(length=100, primary_key=True)
    person = ForeignKey(Person, null=False)


class OrganizationWord(Table, tablename="organization_word"):
    """The index of organizations, in the same way."""

    word = Varchar(length=100, primary_key=True)
    organization = ForeignKey(Organization, null=False)


class Membership(Table, tablename="membership"):
    """A person in an organization and what they may do there; nothing before it is confirmed."""

    id: Serial
    person = ForeignKey(Person, null=False)
    organization = ForeignKey(Organization, null=False)
    sees = Varchar(length=20)
    approves = Boolean(default=False)
    manages = Boolean(default=False)
    confirmed_at = Timestamptz(null=True, default=None)
    asked_at = Timestamptz(null=True, default=None)
    """When the person asked for it."""
    invited_at = Timestamptz(null=True, default=None)
    """When who manages the organization offered it."""
    removed_at = Timestamptz(null=True, default=None)
    """When it was ended; it can be brought back."""


class PaperInvitation(Table, tablename="paper_invitation"):
    """A membership offered to the holder of a code, once. `salt` and our secret make the code, to print it again."""

    id: Serial
    organization = ForeignKey(Organization, null=False)
    salt = Varchar(length=64)
    code_hash = Varchar(length=64)
    form_key = Varchar(length=64, null=True, default=None)
    """Of the form that asked for it, which may be sent twice."""
    made_by = ForeignKey(Person, null=False)
    made_at = Timestamptz()
    ends_at = Timestamptz()
    taken_by = ForeignKey(Person, null=True, default=None)
    taken_at = Timestamptz(null=True, default=None)


class Reindexing(Table, tablename="reindexing"):
    """Documents of search to be made anew: of the tickets that name a person or an organization, or of all."""

    id: Serial
    person = ForeignKey(Person, null=True, default=None)
    organization = ForeignKey(Organization, null=True, default=None)
    below = BigInt(null=True, default=None)
    """Only tickets of lower numbers are left to be read."""


class TeamMember(Table, tablename="team_member"):
    """An agent in a team."""

    id: Serial
    team = ForeignKey(Team, null=False)
    person = ForeignKey(Person, null=False)


class Session(Table, tablename="session"):
    """A signed-in browser. `token_hash` is SHA-256 of the cookie, so that a copy of the database signs nobody in."""

    id: Serial
    token_hash = Varchar(length=64)
    person = ForeignKey(Person, null=False)
    started_at = Timestamptz()
    seen_at = Timestamptz()
    ends_at = Timestamptz()
    browser = Varchar(length=200)
    network = Varchar(length=50)


class KnownBrowser(Table, tablename="known_browser"):
    """Where a person has signed in: nobody who guesses elsewhere keeps them out there."""

    id: Serial
    person = ForeignKey(Person, null=False)
    browser = Varchar(length=64)
    """SHA-256 of the token of the browser's cookie."""
    network = Varchar(length=50)
    seen_at = Timestamptz()


class LinkRequest(Table, tablename="link_request"):
    """Somebody asked for a link by e-mail; the worker answers, so that the page can't tell who exists."""

    id: Serial
    purpose = Varchar(length=20)
    identifier = Varchar(length=254)
    name = Varchar(length=200)
    cnpj = Varchar(length=14)
    browser = Varchar(length=64)
    """SHA-256 of the token of the browser that asked."""
    person = Integer(null=True, default=None)
    """Whose account the address is to be added to; empty for every other wish."""
    asked_at = Timestamptz()


class OneTimeLink(Table, tablename="one_time_link"):
    """A link sent by e-mail. `token_hash` becomes null once spent or replaced; the row stays until it is swept.

    Name and CNPJ are what somebody typed who asked for it, perhaps not the person who gets it.
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
    """A leaky bucket of tries: `level` at `filled_at`, which drains as time passes."""

    key = Varchar(length=120, primary_key=True)
    level = DoublePrecision()
    filled_at = DoublePrecision()
    """Seconds since 1970."""
    is_refused = Boolean(default=False)
    """There was no room for the last try."""


class KeptForm(Table, tablename="kept_form"):
    """What somebody had typed when their session turned out to be over, until they are back."""

    id: Serial
    token_hash = Varchar(length=64)
    person = ForeignKey(Person, null=False)
    address = Varchar(length=500)
    fields = Text()
    """JSON: lists of texts by field name."""
    kept_at = Timestamptz()


class ApiKey(Table, tablename="api_key"):
    """What a robot shows at the API instead of a cookie; only its hash is kept."""

    id: Serial
    person = ForeignKey(Person, null=False)
    name = Varchar(length=100)
    """Where it is used, for people who have to revoke it."""
    token_hash = Varchar(length=64)
    scopes = Varchar(length=200)
    """Separated by spaces."""
    made_at = Timestamptz()
    made_by = ForeignKey(Person, null=True, default=None)
    """Time's own row where a command made it; empty for keys older than this column."""
    form_key = Varchar(length=64, null=True, default=None)
    """Of the form that asked for it, which may be sent twice."""
    ends_at = Timestamptz(null=True, default=None)
    used_at = Timestamptz(null=True, default=None)
    revoked_at = Timestamptz(null=True, default=None)
    revoked_by = ForeignKey(Person, null=True, default=None)
