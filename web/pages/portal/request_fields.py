"""The custom fields of the request form, by the chosen category and topic."""

from web.errors import refuse
from web.pages.portal.draft import Draft
from web.pages.shell.form import Form
from web.people.permissions import Actor
from web.tickets.fields import catalog
from web.tickets.fields.field import Field, Stage
from web.tickets.fields.questions import About
from web.tickets.requests import submission
from web.tickets.requests.drafts import Request

_FOR_WHOM = ("requester", "primary_contact")
"""Fields that only agents fill in; for anybody else it is they themselves."""


def refuse_incomplete(form: Form, wanted: Request, me: Actor) -> None:
    """Raises `Invalid` for fields that an agent left out, and for required ones that the form had not asked for yet.

    Without a script, the fields of a category appear after it was chosen and sent.
    """
    unasked = wanted.about(me).unasked(wanted.fields, Stage.SUBMISSION)
    if not (me.is_agent or unasked):
        return
    for_whom = {name: "missing" for name in _FOR_WHOM if me.is_agent and not form.text(name).strip()}
    refuse({**for_whom, **submission.missing_fields(wanted, by=me), **unasked})


def asked_fields(draft: Draft, me: Actor) -> dict[str, object]:
    """The fields of the category, those of the topic, which change with it, and those of an immediate solution."""
    about = About(draft.category, draft.topic, me)
    asked = about.asks(Stage.SUBMISSION)
    return {
        "asked": _some(asked, of_topic=False),
        "asked_of_topic": _some(asked, of_topic=True),
        "asked_at_solution": {each: is_needed for each, is_needed in about.asks(*Stage).items() if each not in asked},
        "has_topic_fields": any(each.topic and each.is_active for each in catalog.of_category(draft.category)),
    }


def _some(asked: dict[Field, bool], *, of_topic: bool) -> dict[Field, bool]:
    return {each: is_required for each, is_required in asked.items() if (each.topic is not None) is of_topic}
