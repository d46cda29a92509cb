"""The brand, as rows. Its table, its address and its log entries have been called `place` from the start."""

from piccolo.columns import Boolean, Bytea, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table


class BrandRow(Table, tablename="place"):
    """The only row, with number 1, which the first change creates."""

    id: Serial
    version = Integer(default=0)
    """Increases with each change. Every process compares it with its cached version."""
    name = Varchar(length=80)
    title = Varchar(length=120)
    text = Text()
    accent = Varchar(length=7)
    """`#rrggbb`; empty for the default accent."""
    channels = Text(default="[]")
    """JSON: lists of name, address and hours."""
    links = Text(default="[]")
    """JSON: lists of text and address."""
    category_help = Varchar(length=200, default="")
    """The help link beside the category of a new request; empty for none."""
    topic_help = Varchar(length=200, default="")
    lists = Varchar(length=10, default="")
    """The layout of the ticket list; empty for that of the preset."""
    chat = Integer(null=True, default=None)
    """The category whose team attends chats; empty when there is no chat."""
    chat_ceiling = Integer(null=True, default=None)
    """The most chats that an agent attends at a time; empty for any number."""
    origins = Text(default="[]")
    """JSON: other sites that may embed pages."""
    vouching_key = Text(default="")
    """The key with which other sites sign who somebody in a frame is, encrypted; empty for none."""
    vouching_makes = Boolean(default=False)
    logo = Varchar(length=64, null=True, default=None)
    icon = Varchar(length=64, null=True, default=None)


class BrandPicture(Table, tablename="place_picture"):
    """A sanitized picture by the SHA-256 of its content."""

    sha256 = Varchar(length=64, primary_key=True)
    kind = Varchar(length=4)
    """png, webp or svg."""
    width = Integer()
    height = Integer()
    content = Bytea()


class EmbedRefusal(Table, tablename="embed_refusal"):
    """An unlisted site that tried to embed a page."""

    id: Serial
    origin = Varchar(length=200, unique=True)
    at = Timestamptz()
