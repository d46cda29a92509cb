"""The brand, as rows. Its table, its address and its log entries have been called `place` from the start."""

from piccolo.columns import Boolean, Bytea, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table


class BrandRow(Table, tablename="place"):
    """One row with number 1, from the first change on."""

    id: Serial
    version = Integer(default=0)
    """Grows with each change. Every process compares it with the one it knows."""
    name = Varchar(length=80)
    title = Varchar(length=120)
    text = Text()
    accent = Varchar(length=7)
    """`#rrggbb`; empty for the accent of the house style."""
    channels = Text(default="[]")
    """JSON: lists of name, address and hours."""
    links = Text(default="[]")
    """JSON: lists of text and address."""
    category_help = Varchar(length=200, default="")
    """Where the form of a new request leads whoever wants to know more of categories; empty for nowhere."""
    topic_help = Varchar(length=200, default="")
    lists = Varchar(length=10, default="")
    """How the list of tickets is laid out; empty for the way of the preset."""
    chat = Integer(null=True, default=None)
    """The category whose team attends chats; empty where there is no chat."""
    chat_ceiling = Integer(null=True, default=None)
    """How many chats an agent attends at a time, at most; empty for any number."""
    origins = Text(default="[]")
    """JSON: the other sites that may show pages of ours in a frame."""
    vouching_key = Text(default="")
    """By which other sites sign who somebody in a frame is, sealed; empty for none."""
    vouching_makes = Boolean(default=False)
    logo = Varchar(length=64, null=True, default=None)
    icon = Varchar(length=64, null=True, default=None)


class BrandPicture(Table, tablename="place_picture"):
    """A cleaned picture by the SHA-256 of its content."""

    sha256 = Varchar(length=64, primary_key=True)
    kind = Varchar(length=4)
    """png, webp or svg."""
    width = Integer()
    height = Integer()
    content = Bytea()


class EmbedRefusal(Table, tablename="embed_refusal"):
    """A site that showed a page of ours in a frame without being listed."""

    id: Serial
    origin = Varchar(length=200, unique=True)
    at = Timestamptz()
