"""Who may read which articles, as one condition on the rows."""

from datetime import datetime

from web.people.permissions import Actor
from web.sql import Condition, literals


def readable_by(person: Actor | None, at: datetime) -> Condition:
    """The articles that somebody may read, as a condition on `article`; None is a visitor.

    Unpublished articles are excluded, also for authors, who see them on their own pages.
    """
    shown = Condition("article.state IN ('published', 'review') AND article.published_at <= {}", (at,))
    return shown & Condition(f"({_audiences(person)})")


def _audiences(person: Actor | None) -> str:
    if person is None:
        return "article.audience = 'everybody'"
    if person.is_agent or person.is_system:
        return "1 = 1"
    open_to_all = "article.audience IN ('everybody', 'signed_in')"
    if not person.organizations:
        return open_to_all
    theirs = _OF_ONE_OF.format(literals(sorted(person.organizations)))
    return f"{open_to_all} OR (article.audience = 'organizations' AND {theirs})"


_OF_ONE_OF = "EXISTS (SELECT 1 FROM article_organization ao WHERE ao.article = article.id AND ao.organization IN ({}))"
