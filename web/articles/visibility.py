"""Who may read which articles, as one condition on the rows."""

from datetime import datetime

from web.people.permissions import Actor
from web.sql import ALWAYS, Condition, values


def readable_by(person: Actor | None, at: datetime) -> Condition:
    """The articles that somebody may read, as a condition on `article`; None is a visitor.

    Unpublished articles are excluded, also for authors, who see them on their own pages.
    """
    shown = Condition("article.state IN ('published', 'review') AND article.published_at <= {}", (at,))
    return shown & _audiences(person)


def _audiences(person: Actor | None) -> Condition:
    if person is None:
        return Condition("article.audience = 'everybody'")
    if person.is_agent or person.is_system:
        return ALWAYS
    open_to_all = Condition("article.audience IN ('everybody', 'signed_in')")
    if not person.organizations:
        return open_to_all
    return open_to_all | Condition(_OF_ONE_OF, (values(sorted(person.organizations)),))


_OF_ONE_OF = (
    "article.audience = 'organizations' AND EXISTS (SELECT 1 FROM article_organization ao "
    "WHERE ao.article = article.id AND ao.organization IN ({}))"
)
