"""Tables of data exports and of erasure requests."""

from piccolo.columns import BigInt, ForeignKey, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from web.people.tables import Person


class DataExport(Table, tablename="data_export"):
    """An export of a person's data, for them only. The file is in the storage."""

    id: Serial
    person = ForeignKey(Person, null=False)
    asked_at = Timestamptz()
    due_at = Timestamptz()
    """When to build it; a worker that has claimed it sets a later time."""
    ready_at = Timestamptz(null=True, default=None)
    sha256 = Varchar(length=64, null=True, default=None)
    size = BigInt(default=0)


class ErasureText(Table, tablename="erasure_text"):
    """A text that identifies an erased person, kept until all texts were replaced."""

    id: Serial
    person = ForeignKey(Person, null=False)
    text = Text()


class ErasureRequest(Table, tablename="erasure_request"):
    """An erasure request. Without `done_at` and `withdrawn_at` it is open."""

    id: Serial
    person = ForeignKey(Person, null=False)
    asked_at = Timestamptz()
    due_at = Timestamptz()
    """LGPD art. 19, II: within 15 days."""
    withdrawn_at = Timestamptz(null=True, default=None)
    done_at = Timestamptz(null=True, default=None)
    done_by = ForeignKey(Person, null=True, default=None)
