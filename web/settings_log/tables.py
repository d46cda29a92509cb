"""The log of settings, as rows."""

from piccolo.columns import BigInt, BigSerial, ForeignKey, LazyTableReference, Text, Timestamptz, Varchar
from piccolo.table import Table

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


class SettingWord(Table, tablename="setting_word"):
    """The index of the log: a folded word that stands in a change."""

    word = Varchar(length=100, primary_key=True)
    change = BigInt()
