"""Topics of a category: created, changed, sorted and removed on its page."""

from functools import partial

from litestar import post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.pages.settings.categories import PAGE, page, priority_of
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import changed, reordered, where
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.text import one_line
from web.tickets.settings import topics
from web.tickets.settings.topics import TopicInput

FIELDS = labels("name", "team", "priority", of="categories")


@post(
    "/desk/settings/categories/{number:int}/topics",
    name="new_topic",
    status_code=303,
    form=FormSpec("topics", PAGE, FIELDS, ("name",)),
)
async def create(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await _save(request, number, None)


@post(
    "/desk/settings/categories/{number:int}/topics/{topic:int}",
    name="edit_topic",
    status_code=303,
    form=FormSpec("topic-{topic}", PAGE, FIELDS, ("name",)),
)
async def update(request: PageRequest, number: FromPath[int], topic: FromPath[int]) -> Response[str]:
    return await _save(request, number, topic)


@post(
    "/desk/settings/categories/{number:int}/topics/{topic:int}/removal",
    name="topic_removal",
    status_code=303,
    form=FormSpec("topic-{topic}", PAGE, labels("topic")),
)
async def remove(request: PageRequest, number: FromPath[int], topic: FromPath[int]) -> Response[str]:
    return await changed(
        request,
        lambda form: topics.remove(topic, of=number, by=person_of(request), at=now()),
        show=partial(page, request, number),
        then=_saying(number, "removed"),
    )


@post(
    "/desk/settings/categories/{number:int}/topics/{topic:int}/position",
    name="topic_position",
    status_code=303,
    form=FormSpec("position", PAGE),
)
async def move(request: PageRequest, number: FromPath[int], topic: FromPath[int]) -> Response[str]:
    form = await read_form(request)
    await topics.move(topic, of=number, to=where(form), by=person_of(request), at=now())
    return reordered(request, form, PAGE.format(number=number), f"topic-{topic}")


async def _save(request: PageRequest, number: int, topic: int | None) -> Response[str]:
    async def act(form: Form) -> None:
        wanted = _topic_input(form, is_new=topic is None)
        seen, me = form.number("seen"), person_of(request)
        await topics.save_topic(wanted, of=number, number=topic, seen=seen, by=me, at=now())

    return await changed(request, act, show=partial(page, request, number), then=_saying(number, "saved"))


def _topic_input(form: Form, *, is_new: bool) -> TopicInput:
    return TopicInput(
        name=one_line(form.text("name")),
        team=form.number("team"),
        priority=priority_of(form),
        needs_approval=form.is_checked("needs_approval"),
        is_active=is_new or form.is_checked("is_active"),
    )


def _saying(number: int, done: str) -> str:
    """The address of the topics with the confirmation of what was done."""
    return f"{PAGE.format(number=number)}?topics={done}#topics"
