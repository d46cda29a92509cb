"""The log of settings, as rows."""

from piccolo.columns import BigInt, BigSerial, ForeignKey, Integer, LazyTableReference, Text, Timestamptz, Varchar
from piccolo.table import Table

_TEAM = LazyTableReference("Team", module_path="web.people.tables")
_PERSON = LazyTableReference("Person", module_path="web.people.tables")


class SettingChange(Table, tablename="setting_change"):
    """One change of a setting, a role, a grant or a membership. The database refuses to change or remove it."""

    id: BigSerial
    kind = Varchar(length=20)
    subject = BigInt()
    """The id of what was changed, in the table of its kind."""
    name = Varchar(length=300)
    """What it was called."""
    before = Text(null=True, default=None)
    """JSON: the values that changed, by field. Empty for what was created."""
    after = Text(null=True, default=None)
    """The same afterwards. Empty for what was removed."""
    person: ForeignKey[Table] = ForeignKey(_PERSON, null=False)
    at = Timestamptz()
    team: ForeignKey[Table] = ForeignKey(_TEAM, null=True, default=None)
    """Whose affair alone it is, as long as that team is confidential."""


class SettingText(Table, tablename="setting_text"):
    """A text of a change that says who somebody is, where the log has a mark with its number; an erasure empties it."""

    id: BigSerial
    change = BigInt()
    number = Integer()
    person: ForeignKey[Table] = ForeignKey(_PERSON, null=False)
    text = Text()


class SettingWord(Table, tablename="setting_word"):
    """The index of the log: a folded word that stands in a change."""

    word = Varchar(length=100, primary_key=True)
    change = BigInt()
    person: ForeignKey[Table] = ForeignKey(_PERSON, null=True, default=None)
    """Whose word it is alone."""
