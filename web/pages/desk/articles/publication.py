"""The buttons of an article: request a review, publish, retire. Agents write, leads publish."""

from datetime import datetime, time
from functools import partial

from litestar import post
from litestar.params import FromPath
from litestar.response.base import Response

from web.articles import publication
from web.articles.authoring import saving
from web.articles.authoring.saving import Step
from web.articles.writing import check_publisher
from web.clock import now
from web.pages.desk.articles.writing import ARTICLE, PAGE, save_with
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest
from web.pages.words.formats import local, zone_told


@post("/review", name="article_review", status_code=303, form=ARTICLE)
async def ask_review(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await save_with(request, number, lambda form: publication.ask_review, done="review")


@post("/publication", name="article_publication", status_code=303, form=ARTICLE)
async def publish(request: PageRequest, number: FromPath[int]) -> Response[str]:
    def step(form: Form) -> Step:
        check_publisher(person_of(request))
        return partial(publication.publish, since=_since(form), reviewed_on=form.day("reviewed_on"))

    return await save_with(request, number, step, done="published")


@post("/return", name="article_return", status_code=303, form=FormSpec("return", PAGE))
async def end_review(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await _taken(request, number, publication.end_review, done="returned")


@post("/retirement", name="article_retirement", status_code=303, form=FormSpec("retirement", PAGE))
async def retire(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await _taken(request, number, publication.retire, done="retired")


@post("/confirmation", name="article_confirmation", status_code=303, form=FormSpec("confirmation", PAGE))
async def confirm(request: PageRequest, number: FromPath[int]) -> Response[str]:
    """Confirms that the reader reviewed it today."""
    step = partial(publication.confirm, reviewed_on=local(now()).date())
    return await _taken(request, number, step, done="confirmed")


async def _taken(request: PageRequest, number: int, step: Step, *, done: str) -> Response[str]:
    await read_form(request)
    await saving.take(step, number, by=person_of(request), at=now())
    return render.redirect(request, f"{PAGE.format(number=number)}?done={done}")


def _since(form: Form) -> datetime | None:
    """The beginning of that day; None, which means now, if the day has begun."""
    day = form.day("since")
    begins = datetime.combine(day, time(), zone_told()) if day else None
    return begins if begins and begins > now() else None
