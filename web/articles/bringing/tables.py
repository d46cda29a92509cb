"""Help centres that were brought by page, as rows."""

from piccolo.columns import BigInt, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from web.people.tables import Person


class ArticleImport(Table, tablename="article_import"):
    """A file of articles, from its arrival until a month after it was done."""

    id: Serial
    person = ForeignKey(Person, null=False)
    """Who brought it."""
    name = Varchar(length=300)
    sha256 = Varchar(length=64)
    size = BigInt()
    made_at = Timestamptz()
    form_key = Varchar(length=64, null=True, default=None)
    """Of the form that brought it, which may be sent twice."""
    audience = Varchar(length=15, default="agents")
    """Of articles that do not say who reads them."""
    section = Varchar(length=300, default="")
    """Where those go that do not say where: A or A / B."""
    state = Varchar(length=10, default="checking")
    """`checking`, `checked`, `importing`, `imported`, or `failed`."""
    run = Integer(default=0)
    """Counts how often it was begun: a worker that is still at an earlier one tells nothing more."""
    total = Integer(default=0)
    done = Integer(default=0)
    created = Integer(default=0)
    changed = Integer(default=0)
    same = Integer(default=0)
    refused = Integer(default=0)
    report = Text(default="[]")
    """JSON: of each remark its place, the title of the article, a code, what that is about, and what became of it."""
    claimed_until = Timestamptz(null=True, default=None)
    """No other worker looks at it before."""
    finished_at = Timestamptz(null=True, default=None)
    error = Varchar(length=30, default="")
    """Why it failed."""
