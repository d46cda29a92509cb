"""Sections of the help centre in two levels, managed by leads."""

from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.articles import sections
from web.articles.sections import SectionInput
from web.clock import now
from web.pages.shell import edit_conflicts, render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import button, changed, moved_row, reordered, where
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words import articles as words
from web.settings_log.recording import Kind

ADDRESS = "/desk/articles/sections"
PAGE = f"{ADDRESS}/{{number}}"
SECTION = FormSpec("section", PAGE, words.SECTION_FIELDS, ("name", "text"))


@get(ADDRESS, name="sections")
async def index(request: PageRequest) -> Response[str]:
    return await _index(request, await restored_form(request))


@post(
    ADDRESS,
    name="new_section",
    status_code=303,
    form=FormSpec("section", ADDRESS, words.SECTION_FIELDS, ("name", "text")),
)
async def create(request: PageRequest) -> Response[str]:
    async def act(form: Form) -> int:
        return await sections.save_section(_input(form), by=person_of(request), at=now())

    return await changed(request, act, show=partial(_index, request), then=f"{ADDRESS}?done=saved")


@get(f"{ADDRESS}/{{number:int}}", name="section")
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await _page(request, number, await restored_form(request))


@post(f"{ADDRESS}/{{number:int}}", name="edit_section", status_code=303, form=SECTION)
async def update(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await sections.section(number)

    async def act(form: Form) -> int:
        seen = form.number("seen")
        return await sections.save_section(_input(form), number=number, seen=seen, by=person_of(request), at=now())

    return await changed(request, act, show=partial(_page, request, number), then=f"{ADDRESS}?done=saved")


@post(
    f"{ADDRESS}/{{number:int}}/position", name="section_position", status_code=303, form=FormSpec("position", ADDRESS)
)
async def move(request: PageRequest, number: FromPath[int]) -> Response[str]:
    form = await read_form(request)
    await sections.move_section(number, to=where(form), by=person_of(request), at=now())
    return reordered(request, form, ADDRESS, f"section-{number}")


@post(
    f"{ADDRESS}/{{number:int}}/removal",
    name="section_removal",
    status_code=303,
    form=FormSpec("removal", PAGE, words.SECTION),
)
async def remove(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await changed(
        request,
        lambda form: sections.set_active(number, is_active=False, by=person_of(request), at=now()),
        show=partial(_page, request, number),
        then=f"{ADDRESS}?done=retired",
    )


restore = button(
    f"{ADDRESS}/{{number:int}}/restoration",
    "section_restoration",
    FormSpec("restoration", PAGE),
    partial(sections.set_active, is_active=True),
    then=f"{ADDRESS}?done=restored",
)


def _input(form: Form) -> SectionInput:
    return SectionInput(form.line("name"), form.line("text"), form.number("parent"), form.line("slug"))


async def _index(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    found = await sections.sections(retired=True)
    context = {
        "form": form,
        "sections": found,
        "moved": moved_row(request),
        "tops": _tops(found),
        "done": words.SECTIONS_DONE.get(request.query_params.get("done", ""), ""),
    }
    return render.page(request, "desk/articles/sections.html", context, status=status)


async def _page(request: PageRequest, number: int, form: Form, *, status: int = 200) -> Response[str]:
    found = await sections.section(number)
    others = [each for each in await sections.sections() if each.id != number]
    context = {
        "section": found,
        "form": form,
        "seen": await edit_conflicts.seen(Kind.SECTION, number, form.of("section")),
        "tops": _tops(others),
    }
    return render.page(request, "desk/articles/section.html", context, status=status)


def _tops(found: list[sections.Section]) -> list[tuple[int, str]]:
    return [(each.id, each.name) for each in found if each.parent is None and each.is_active]
