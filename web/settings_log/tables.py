"""Tables of the log of settings."""

from piccolo.columns import BigInt, BigSerial, ForeignKey, Integer, LazyTableReference, Text, Timestamptz, Varchar
from piccolo.table import Table

_TEAM = LazyTableReference("Team", module_path="web.people.tables")
_PERSON = LazyTableReference("Person", module_path="web.people.tables")


class SettingChange(Table, tablename="setting_change"):
    """A change of a setting, a role, a grant or a membership. The database refuses to change or delete it."""

    id: BigSerial
    kind = Varchar(length=20)
    subject = BigInt()
    """The id of what was changed, in the table of its kind."""
    name = Varchar(length=300)
    """Its name at that time."""
    before = Text(null=True, default=None)
    """JSON: the old values of the changed fields. Empty if it was created."""
    after = Text(null=True, default=None)
    """JSON: the new values. Empty if it was removed."""
    person: ForeignKey[Table] = ForeignKey(_PERSON, null=False)
    at = Timestamptz()
    team: ForeignKey[Table] = ForeignKey(_TEAM, null=True, default=None)
    """The team that alone may read the entry, as long as it is confidential."""


class SettingText(Table, tablename="setting_text"):
    """A personal text of a change, for which the log has a mark with its number; an erasure empties it."""

    id: BigSerial
    change = BigInt()
    number = Integer()
    person: ForeignKey[Table] = ForeignKey(_PERSON, null=False)
    text = Text()


class SettingWord(Table, tablename="setting_word"):
    """The search index of the log: a folded word of a change."""

    word = Varchar(length=100, primary_key=True)
    change = BigInt()
    person: ForeignKey[Table] = ForeignKey(_PERSON, null=True, default=None)
    """The person whose word it is, if it is only theirs."""
