"""The help centre, as rows."""

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
    """A topic of the help centre; one that has a parent has no children."""

    id: Serial
    name = Varchar(length=100)
    slug = Varchar(length=80, unique=True)
    text = Varchar(length=300, default="")
    parent: ForeignKey[Table] = ForeignKey("self", null=True, default=None)
    position = Integer(default=0)
    is_active = Boolean(default=True)


class Article(Table, tablename="article"):
    """An article. Title and objective are those of the version shown; of the newest, while none ever was."""

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
    """From when on; it may be to come."""
    reviewed_on = Date(null=True, default=None)
    made_at = Timestamptz()
    updated_at = Timestamptz()
    """When readers last got another version, or the first one was written."""
    reads = Integer(default=0)
    yes = Integer(default=0)
    no = Integer(default=0)
    ticket = ForeignKey(Ticket, null=True, default=None)
    """Of which it was written."""
    form_key = Varchar(length=64, null=True, default=None)
    """Of the form that made it, which may be sent twice."""


class ArticleVersion(Table, tablename="article_version"):
    """What an article said, or is to say: the newest is what authors go on from. Never changed."""

    id: Serial
    article = ForeignKey(Article, null=False)
    number = Integer()
    title = Varchar(length=200)
    objective = Varchar(length=300, default="")
    body = Text()
    """Markdown."""
    html = Text()
    """The same as readers get it."""
    author = ForeignKey(Person, null=False)
    written_at = Timestamptz()
    remark = Varchar(length=300, default="")


class ArticleOrganization(Table, tablename="article_organization"):
    """Who reads an article whose audience is `organizations`."""

    id: Serial
    article = ForeignKey(Article, null=False)
    organization = ForeignKey(Organization, null=False)


class ArticleSlug(Table, tablename="article_slug"):
    """An address that an article had."""

    slug = Varchar(length=80, primary_key=True)
    article = ForeignKey(Article, null=False)


class ArticleOrigin(Table, tablename="article_origin"):
    """From where an article was brought in, so that the same one brought again makes no second."""

    key = Varchar(length=200, primary_key=True)
    article = ForeignKey(Article, null=False)
    digest = Varchar(length=64)
    """Of all that was read of it."""
    version = Integer()
    """The number of the version that was made of it."""


class ArticleWord(Table, tablename="article_word"):
    """The index of articles: a folded word of the version shown. Word and article together are the key."""

    word = Varchar(length=100, primary_key=True)
    article = ForeignKey(Article, null=False)
    weight = SmallInt()
    """The heavier, the more the article is about it."""


class ArticleTerm(Table, tablename="article_term"):
    """A folded word that some article was found by."""

    word = Varchar(length=100, primary_key=True)
    shown = Varchar(length=100)
    """As an article spells it."""
    articles = Integer(default=0)


class ArticleTypo(Table, tablename="article_typo"):
    """What is left of a term without one of its letters; the two together are the key."""

    rest = Varchar(length=100, primary_key=True)
    word = Varchar(length=100)


class ArticleSynonym(Table, tablename="article_synonym"):
    """Words that mean the same to search, separated by commas."""

    id: Serial
    words = Varchar(length=500)


class ArticleSynonymWord(Table, tablename="article_synonym_word"):
    """A folded word of such a group; the two together are the key."""

    word = Varchar(length=100, primary_key=True)
    synonym = ForeignKey(ArticleSynonym, null=False)


class ArticleFile(Table, tablename="article_file"):
    """A picture, a video or a file to download, for articles to name."""

    id: Serial
    name = Varchar(length=150)
    media_type = Varchar(length=100)
    size = BigInt()
    sha256 = Varchar(length=64)
    person = ForeignKey(Person, null=False)
    at = Timestamptz()


class ArticleVersionFile(Table, tablename="article_version_file"):
    """A version that names a file."""

    id: BigSerial
    version = ForeignKey(ArticleVersion, null=False)
    file = ForeignKey(ArticleFile, null=False)


class ArticleVote(Table, tablename="article_vote"):
    """Whether an article served, once a person or browser: `voter` is a hash."""

    id: BigSerial
    article = ForeignKey(Article, null=False)
    voter = Varchar(length=64)
    value = Boolean()
    at = Timestamptz()


class ArticleComment(Table, tablename="article_comment"):
    """What a reader wrote below an article; seen by others once it is shown."""

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
    """That it became."""
    form_key = Varchar(length=64, null=True, default=None)
    """Of the form, which may be sent twice."""


class HelpSearch(Table, tablename="help_search"):
    """What was sought on a day, how often, and how much was found the last time."""

    id: BigSerial
    day = Date()
    words = Varchar(length=200)
    times = Integer(default=1)
    results = Integer(default=0)
    at = Timestamptz()


class ArticleUse(Table, tablename="article_use"):
    """An article that had to do with a ticket: `inserted` into a reply, or what `solved` it before it was sent."""

    id: BigSerial
    article = ForeignKey(Article, null=False)
    ticket = ForeignKey(Ticket, null=True, default=None)
    kind = Varchar(length=10)
    at = Timestamptz()
