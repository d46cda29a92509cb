"""Tables of the help centre."""

from piccolo.columns import (
    BigInt,
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    Serial,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from web.people.tables import Organization, Person
from web.tickets.tables import Ticket


class HelpSection(Table, tablename="help_section"):
    """A section of the help centre; one with a parent has no children."""

    id: Serial
    name = Varchar(length=100)
    slug = Varchar(length=80, unique=True)
    text = Varchar(length=300, default="")
    parent: ForeignKey[Table] = ForeignKey("self", null=True, default=None)
    position = Integer(default=0)
    is_active = Boolean(default=True)


class Article(Table, tablename="article"):
    """An article. Title and objective are those of the published version, or of the newest if none ever was."""

    id: Serial
    section = ForeignKey(HelpSection, null=False)
    slug = Varchar(length=80, unique=True)
    lang = Varchar(length=10, default="pt-BR")
    audience = Varchar(length=15, default="everybody")
    """`everybody`, `signed_in`, `organizations` or `agents`."""
    title = Varchar(length=200)
    objective = Varchar(length=300, default="")
    sort_title = Varchar(length=200)
    """The folded title."""
    position = Integer(default=0)
    is_featured = Boolean(default=False)
    author = ForeignKey(Person, null=False)
    state = Varchar(length=10, default="draft")
    """`draft`, `review`, `published` or `retired`. A published one may be in review for its next version."""
    published = Integer(null=True, default=None)
    """The number of the version that readers get."""
    published_at = Timestamptz(null=True, default=None)
    """When it is published, perhaps in the future."""
    reviewed_on = Date(null=True, default=None)
    made_at = Timestamptz()
    updated_at = Timestamptz()
    """When readers last got a new version, or the first one was written."""
    reads = Integer(default=0)
    yes = Integer(default=0)
    no = Integer(default=0)
    ticket = ForeignKey(Ticket, null=True, default=None)
    """The ticket that it was made from."""
    form_key = Varchar(length=64, null=True, default=None)
    """The one-time key of the form that created it."""


class ArticleVersion(Table, tablename="article_version"):
    """A version of an article: authors continue from the newest. It never changes."""

    id: Serial
    article = ForeignKey(Article, null=False)
    number = Integer()
    title = Varchar(length=200)
    objective = Varchar(length=300, default="")
    body = Text()
    """Markdown."""
    html = Text()
    """The rendered HTML."""
    author = ForeignKey(Person, null=False)
    written_at = Timestamptz()
    remark = Varchar(length=300, default="")


class ArticleOrganization(Table, tablename="article_organization"):
    """An organization that may read an article whose audience is `organizations`."""

    id: Serial
    article = ForeignKey(Article, null=False)
    organization = ForeignKey(Organization, null=False)


class ArticleSlug(Table, tablename="article_slug"):
    """An old slug of an article."""

    slug = Varchar(length=80, primary_key=True)
    article = ForeignKey(Article, null=False)


class ArticleOrigin(Table, tablename="article_origin"):
    """Where an article was imported from, so that importing it again creates no second one."""

    key = Varchar(length=200, primary_key=True)
    article = ForeignKey(Article, null=False)
    digest = Varchar(length=64)
    """A hash of everything that was read of it."""
    version = Integer()
    """The number of the version that the import created."""


class ArticleWord(Table, tablename="article_word"):
    """The index of articles: a folded word of the published version. Word and article are the key."""

    word = Varchar(length=100, primary_key=True)
    article = ForeignKey(Article, null=False)
    weight = SmallInt()
    """The higher, the more the article is about it."""


class ArticleTerm(Table, tablename="article_term"):
    """A folded word that occurs in some article."""

    word = Varchar(length=100, primary_key=True)
    shown = Varchar(length=100)
    """Its most frequent spelling."""
    articles = Integer(default=0)


class ArticleTypo(Table, tablename="article_typo"):
    """A term without one of its letters; the two together are the key."""

    rest = Varchar(length=100, primary_key=True)
    word = Varchar(length=100)


class ArticleSynonym(Table, tablename="article_synonym"):
    """A group of synonyms for search, separated by commas."""

    id: Serial
    words = Varchar(length=500)


class ArticleSynonymWord(Table, tablename="article_synonym_word"):
    """A folded word of a synonym group; the two together are the key."""

    word = Varchar(length=100, primary_key=True)
    synonym = ForeignKey(ArticleSynonym, null=False)


class ArticleFile(Table, tablename="article_file"):
    """A picture, a video or a file to download, for use in articles."""

    id: Serial
    name = Varchar(length=150)
    media_type = Varchar(length=100)
    size = BigInt()
    sha256 = Varchar(length=64)
    person = ForeignKey(Person, null=False)
    at = Timestamptz()


class ArticleVersionFile(Table, tablename="article_version_file"):
    """A file that a version uses."""

    id: BigSerial
    version = ForeignKey(ArticleVersion, null=False)
    file = ForeignKey(ArticleFile, null=False)


class ArticleVote(Table, tablename="article_vote"):
    """A vote on whether an article was helpful, once for each person or browser: `voter` is a hash."""

    id: BigSerial
    article = ForeignKey(Article, null=False)
    voter = Varchar(length=64)
    value = Boolean()
    at = Timestamptz()


class ArticleComment(Table, tablename="article_comment"):
    """A reader's comment below an article; others see it once it is shown."""

    id: BigSerial
    article = ForeignKey(Article, null=False)
    name = Varchar(length=100)
    email = Varchar(length=254)
    text = Text()
    at = Timestamptz()
    state = Varchar(length=10, default="held")
    """`held`, `shown` or `hidden`."""
    answer = Text(default="")
    answered_by = ForeignKey(Person, null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)
    ticket = ForeignKey(Ticket, null=True, default=None)
    """The ticket that was opened from it."""
    form_key = Varchar(length=64, null=True, default=None)
    """The one-time key of its form."""


class HelpSearch(Table, tablename="help_search"):
    """A search query of a day: how often it was made, and how many results the last one had."""

    id: BigSerial
    day = Date()
    words = Varchar(length=200)
    times = Integer(default=1)
    results = Integer(default=0)
    at = Timestamptz()


class ArticleUse(Table, tablename="article_use"):
    """An article used for a ticket: `inserted` into a reply, or `solved` the problem before the ticket was sent."""

    id: BigSerial
    article = ForeignKey(Article, null=False)
    ticket = ForeignKey(Ticket, null=True, default=None)
    kind = Varchar(length=10)
    at = Timestamptz()
