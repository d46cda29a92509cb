"""Copies of people's data, and what was asked to be erased, as rows."""

from piccolo.columns import BigInt, ForeignKey, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from web.people.tables import Person


class DataExport(Table, tablename="data_export"):
    """A copy of all that is a person's, for them alone. The file lies in the storage."""

    id: Serial
    person = ForeignKey(Person, null=False)
    asked_at = Timestamptz()
    due_at = Timestamptz()
    """Not before; a worker that has claimed it puts it off."""
    ready_at = Timestamptz(null=True, default=None)
    sha256 = Varchar(length=64, null=True, default=None)
    size = BigInt(default=0)


class ErasureText(Table, tablename="erasure_text"):
    """What somebody who was erased was called, as long as texts may still say it."""

    id: Serial
    person = ForeignKey(Person, null=False)
    text = Text()


class ErasureRequest(Table, tablename="erasure_request"):
    """Somebody asked for their data to be erased. Without `done_at` and `withdrawn_at` it is to be answered."""

    id: Serial
    person = ForeignKey(Person, null=False)
    asked_at = Timestamptz()
    due_at = Timestamptz()
    """LGPD art. 19, II: within 15 days."""
    withdrawn_at = Timestamptz(null=True, default=None)
    done_at = Timestamptz(null=True, default=None)
    done_by = ForeignKey(Person, null=True, default=None)
