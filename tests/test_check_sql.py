"""The check of SQL finds a column that no table has."""

import pytest

from tools.check_sql import faults_of
from web.settings import ROOT

pytestmark = pytest.mark.anywhere


@pytest.mark.parametrize(
    ("module", "column", "misspelt", "told"),
    [
        (
            "web/tickets/record/ticket.py",
            "ticket.requester, ticket.primary",
            "ticket.requestr, ticket.primary",
            "ticket.requestr",
        ),
        ("web/people/keys.py", "SET revoked_at = {{}}", "SET revoked = {{}}", "revoked"),
        ("web/tickets/lists/sidebar.py", "unsent.at >", "unsent.sent_at >", "unsent.sent_at"),
        ("web/people/sessions.py", "k.browser = {}", "k.browsers = {}", "k.browsers"),
        ("web/kiosks/settings.py", "AND team.is_active {", "AND team.is_activ {", "team.is_activ"),
        ("web/people/onboarding/joining.py", "sees = excluded.sees", "sees = excluded.see", "excluded.see"),
        ("web/tickets/sla/settings_queries.py", "name, zone, week", "name, zone, weeks", "weeks"),
        ("web/tickets/record/attachments.py", "(name=name, media_type=", "(name=name, media=", "attachment.media"),
        ("web/tickets/settings/fields.py", "**values, category=of", "**values, categori=of", "field.categori"),
    ],
)
def test_a_misspelt_column_is_found_in_a_copy_of_a_query(module, column, misspelt, told):
    text = (ROOT / module).read_text(encoding="utf-8")
    assert list(faults_of(text)) == []
    assert column in text
    found = {fault.partition(": ")[2] for fault in faults_of(text.replace(column, misspelt))}
    assert found == {f"no table has the column {told}"}
