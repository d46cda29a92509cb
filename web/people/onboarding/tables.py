"""The table of links that verify a domain."""

from piccolo.columns import ForeignKey, Serial, Timestamptz, Varchar
from piccolo.table import Table

from web.people.tables import Organization, Person


class DomainProof(Table, tablename="domain_proof"):
    """A link for the postmaster of a domain.

    Once it is confirmed, people with addresses there join the organization.
    """

    id: Serial
    token_hash = Varchar(length=64)
    organization = ForeignKey(Organization, null=False)
    domain = Varchar(length=253)
    person = ForeignKey(Person, null=False)
    """The person who requested it."""
    made_at = Timestamptz()
    ends_at = Timestamptz()
