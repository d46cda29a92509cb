"""The brand: its name, look, front page, channels of contact and links, set by administrators."""

from collections.abc import Sequence
from functools import partial

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.brand import accent, brand, changes
from web.brand.accent import DARK, HOUSE, LIGHT
from web.brand.brand import BrandInput
from web.brand.changes import Pictures
from web.brand.contact import MOST, Channel, Link
from web.brand.pictures import LARGEST, Picture, cleaned
from web.clock import now
from web.errors import Invalid, NotFound, refuse
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import changed
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import give_back, restored_form
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words.settings import brand as words
from web.settings import settings
from web.text import plain_code
from web.tickets.life.workflows import workflow
from web.tickets.record.attachments import KeptFile

ADDRESS = "/desk/settings/place"
_CHANNEL, _LINK = ("channel", "address", "hours"), ("link", "leads")
_ROWS = {f"{name}{at}": words.row_label(name, at) for name in (*_CHANNEL, *_LINK) for at in range(1, MOST + 1)}
"""The fields of the rows of channels and links, counted from 1."""
PICTURE = FormSpec("place", ADDRESS, {noun: names[0] for noun, names in words.PICTURES.items()})
PLACE = FormSpec(
    *("place", ADDRESS),
    {**words.FIELDS, **_ROWS, **PICTURE.fields},
    ("name", "title", "text", "category_help", "topic_help", *_ROWS),
)
"""One form with texts and pictures, so that whoever sends a picture loses no text."""


@get(ADDRESS, name="place")
async def show(request: PageRequest) -> Response[str]:
    return await _page(request, await restored_form(request))


@post(ADDRESS, name="edit_place", status_code=303, form=PLACE)
async def update(request: PageRequest) -> Response[str]:
    async def act(form: Form) -> None:
        _close_up(form)
        pictures = await _chosen(request, form)
        await changes.describe(_wanted(form), pictures, seen=form.number("seen") or 0, by=person_of(request), at=now())

    return await changed(request, act, show=partial(_page, request), then=f"{ADDRESS}?done=saved")


@post("/desk/settings/place/{noun:str}", name="place_picture", status_code=303, form=PICTURE)
async def send_picture(request: PageRequest, noun: FromPath[str]) -> Response[str]:
    return await _change_pictures(request, noun, "picture", {})


@post("/desk/settings/place/{noun:str}/removal", name="place_picture_removal", status_code=303, form=PICTURE)
async def remove_picture(request: PageRequest, noun: FromPath[str]) -> Response[str]:
    return await _change_pictures(request, noun, "picture_removed", {noun: None})


async def _change_pictures(request: PageRequest, noun: str, done: str, removed: Pictures) -> Response[str]:
    """Changes pictures only, and shows the texts as they were typed."""
    form, me = await read_form(request), person_of(request)
    if noun not in changes.PICTURES:
        raise NotFound("picture")
    _close_up(form)
    before = brand.known()
    try:
        pictures = {**await _chosen(request, form), **removed}
        refuse({noun: "missing" if noun not in pictures else None})
        await changes.save_pictures(pictures, by=me, at=now())
    except Invalid as error:
        return await _page(request, form.wrong(error), status=form.status)
    if "name" not in form.values or not any(words.differences(_wanted(form), before)):
        return render.redirect(request, f"{ADDRESS}?done={done}")
    seen = str(brand.known().version) if form.number("seen") == before.version else form.text("seen")
    typed = {**form.values, "seen": [seen]}
    back = await give_back(ADDRESS, PLACE.noun, typed, request=request, address=ADDRESS, person=me.id)
    return render.redirect(request, f"{back}&done={done}")


async def _chosen(request: PageRequest, form: Form) -> dict[str, Picture]:
    """The pictures that were chosen. Raises `Invalid` for each that is none."""
    found: dict[str, Picture] = {}
    wrong = {
        file.field: "picture_too_large" if form.status == 413 else "picture_kind"
        for file in form.refused
        if file.field in changes.PICTURES
    }
    for file in form.kept:
        noun = form.inputs.get(file.id, "")
        if noun in changes.PICTURES:
            try:
                found[noun] = cleaned(await _content(request, file))
            except Invalid as error:
                wrong[noun] = error.code
    form.refused = []
    refuse(wrong)
    return found


async def _content(request: PageRequest, file: KeptFile) -> bytes:
    """The contents, read no further than the largest picture."""
    pieces = request.app.state.storage.read(file.sha256, 0, min(file.size, LARGEST + 1))
    return b"".join([each async for each in pieces])


async def _page(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    if form.is_overtaken:
        await brand.renew()
        form.news = list(words.differences(_wanted(form), brand.known()))
    known, own = brand.known(), form.of("place")
    typed = own.text("accent").lower()
    shown = typed if own and accent.is_colour(typed) else known.accent or HOUSE
    context = {
        "form": form,
        "seen": known.version,
        "accent": shown,
        "offer": accent.nearest(shown, LIGHT) if own.errors.get("accent") == "unreadable" else "",
        "samples": [words.sample(shown, scheme, name) for scheme, name in ((LIGHT, "light"), (DARK, "dark"))],
        "channels": _rows(own, _CHANNEL, known.channels),
        "links": _rows(own, _LINK, known.links),
        "layouts": words.LAYOUTS.items(),
        "layout_hint": words.layout_hint(workflow(settings().preset)),
        "pictures": words.PICTURES.items(),
        "done_brand": confirmations.BRAND.get(request.query_params.get("done", ""), ""),
    }
    return render.page(request, "settings/brand.html", context, status=status)


def _wanted(form: Form) -> BrandInput:
    colour = (form.text("offered") or form.text("accent")).strip().lower()
    return BrandInput(
        name=form.text("name").strip(),
        title=form.text("title").strip(),
        text=form.text("text").strip(),
        accent="" if colour == HOUSE else colour,
        channels=tuple(Channel(*row) for row in _typed(form, _CHANNEL)),
        category_help=form.text("category_help").strip(),
        topic_help=form.text("topic_help").strip(),
        lists=plain_code(form.text("lists")),
        links=tuple(Link(*row) for row in _typed(form, _LINK)),
    )


def _typed(form: Form, names: Sequence[str]) -> list[list[str]]:
    """The rows that are not blank."""
    rows = ([form.text(f"{name}{at}").strip() for name in names] for at in range(1, MOST + 1))
    return [row for row in rows if any(row)]


def _close_up(form: Form) -> None:
    """Moves blank rows to the end, so that rows are counted as the refusals count them."""
    for names in (_CHANNEL, _LINK):
        rows = _typed(form, names)
        for at in range(1, MOST + 1):
            row = rows[at - 1] if at <= len(rows) else [""] * len(names)
            form.values |= {f"{name}{at}": [text] for name, text in zip(names, row, strict=True)}


def _rows(form: Form, names: Sequence[str], kept: Sequence[Sequence[str]]) -> list[list[tuple[str, str, str]]]:
    """For each row its fields: name, label and value. Two blank rows follow those in use."""
    size = len(_typed(form, names)) if form else len(kept)
    empty = [""] * len(names)
    rows = [list(kept[at]) if at < len(kept) else empty for at in range(min(size + 2, MOST))]
    return [
        [(f"{name}{at}", words.row_label(name, at), text) for name, text in zip(names, row, strict=True)]
        for at, row in enumerate(rows, start=1)
    ]
