"""Messages on their way out, as rows."""

from piccolo.columns import Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table


class Outgoing(Table, tablename="outgoing"):
    """One message to one address; once it is sent, its body is empty: a link in it opens for a day."""

    id: Serial
    recipient = Varchar(length=254)
    subject = Varchar(length=300)
    body = Text()
    made_at = Timestamptz()
    sent_at = Timestamptz(null=True, default=None)
    attempts = Integer(default=0)
