"""Tables of imports and of their lines."""

from piccolo.columns import (
    BigInt,
    BigSerial,
    Boolean,
    ForeignKey,
    Integer,
    Serial,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from web.people.tables import Person


class Import:
    """The columns of every kind: a file, from its upload until a month after it was done."""

    id: Serial
    person = ForeignKey(Person, null=False)
    """Who uploaded it."""
    name = Varchar(length=300)
    sha256 = Varchar(length=64)
    size = BigInt()
    made_at = Timestamptz()
    form_key = Varchar(length=64, null=True, default=None)
    """The one-time key of the form that uploaded it."""
    state = Varchar(length=10)
    """`matching` its columns, `checking`, `checked`, `importing`, `imported`, or `failed`."""
    run = Integer(default=0)
    """How often it was started: a worker with an earlier number writes nothing more."""
    total = Integer(default=0)
    done = Integer(default=0)
    created = Integer(default=0)
    changed = Integer(default=0)
    same = Integer(default=0)
    refused = Integer(default=0)
    claimed_until = Timestamptz(null=True, default=None)
    """No other worker takes it before then."""
    finished_at = Timestamptz(null=True, default=None)
    error = Varchar(length=30, default="")
    """The code of its failure."""


class PeopleImport(Import, Table, tablename="people_import"):
    """A file of people and organizations; its steps are organizations and lines."""

    sample = Text()
    """JSON: the first rows."""
    header = SmallInt()
    """The line of the header; 0 for none."""
    columns = Text()
    """JSON: the index of each field's column."""
    invites = Boolean(default=False)
    """Whether new people are sent a link to set their password."""
    organizations = Integer(default=0)
    """How many are new; the other counts are of lines."""


class ArticleImport(Import, Table, tablename="article_import"):
    """A file of articles."""

    audience = Varchar(length=15, default="agents")
    """The default audience of articles."""
    section = Varchar(length=300, default="")
    """The default section of articles: A or A / B."""
    report = Text(default="[]")
    """JSON: for each remark its place, the title of the article, a code, and what it is about."""


class PeopleImportLine(Table, tablename="people_import_line"):
    """The result of a line, real or rehearsed."""

    id: BigSerial
    people_import = ForeignKey(PeopleImport, null=False)
    line = Integer()
    outcome = Varchar(length=12)
    """`created`, `changed`, `same`, `refused`, or `organization` for a line without a person."""
    name = Varchar(length=200)
    address = Varchar(length=254)
    reasons = Text()
    """JSON: codes, and what each is about."""
    invites = Boolean(default=False)
    """Whether an invitation is to be sent."""
