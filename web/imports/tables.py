"""Imports and what became of each of their lines, as rows."""

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
    """The columns of every kind: a file, from its arrival until a month after it was done."""

    id: Serial
    person = ForeignKey(Person, null=False)
    """Who brought it."""
    name = Varchar(length=300)
    sha256 = Varchar(length=64)
    size = BigInt()
    made_at = Timestamptz()
    form_key = Varchar(length=64, null=True, default=None)
    """Of the form that brought it, which may be sent twice."""
    state = Varchar(length=10)
    """`matching` its columns, `checking`, `checked`, `importing`, `imported`, or `failed`."""
    run = Integer(default=0)
    """Counts how often it was begun: a worker that is still at an earlier one writes nothing more."""
    total = Integer(default=0)
    done = Integer(default=0)
    created = Integer(default=0)
    changed = Integer(default=0)
    same = Integer(default=0)
    refused = Integer(default=0)
    claimed_until = Timestamptz(null=True, default=None)
    """No other worker looks at it before."""
    finished_at = Timestamptz(null=True, default=None)
    error = Varchar(length=30, default="")
    """Why it failed."""


class PeopleImport(Import, Table, tablename="people_import"):
    """A file of people and organizations; its steps are organizations and lines."""

    sample = Text()
    """JSON: the first rows."""
    header = SmallInt()
    """The line that names the columns; 0 where none does."""
    columns = Text()
    """JSON: by field, the place of its column."""
    invites = Boolean(default=False)
    """Whether new people are sent a link to make their password."""
    organizations = Integer(default=0)
    """How many are new; the other counts are of lines."""


class ArticleImport(Import, Table, tablename="article_import"):
    """A file of articles."""

    audience = Varchar(length=15, default="agents")
    """Of articles that do not say who reads them."""
    section = Varchar(length=300, default="")
    """Where those go that do not say where: A or A / B."""
    report = Text(default="[]")
    """JSON: of each remark its place, the title of the article, a code, and what that is about."""


class PeopleImportLine(Table, tablename="people_import_line"):
    """What became of a line, or would."""

    id: BigSerial
    people_import = ForeignKey(PeopleImport, null=False)
    line = Integer()
    outcome = Varchar(length=12)
    """`created`, `changed`, `same`, `refused`, or `organization` where it is about nobody."""
    name = Varchar(length=200)
    address = Varchar(length=254)
    reasons = Text()
    """JSON: codes, and what each is about."""
    invites = Boolean(default=False)
    """A link is to be sent, and was not asked for yet."""
