"""The table of thumbnails."""

from piccolo.columns import BigInt, Varchar
from piccolo.table import Table


class Thumbnail(Table, tablename="thumbnail"):
    """The thumbnail of the content `original`. The other columns are empty if none can be made."""

    original = Varchar(length=64, primary_key=True)
    sha256 = Varchar(length=64, null=True, default=None)
    size = BigInt(null=True, default=None)
