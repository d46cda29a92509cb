"""Files as people send them, and the worker that imports them."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook

from tests.client import Browser, Page, folded, portal
from web import clock
from web.imports.people import worker

AT = "/desk/settings/imports"
SCHOOL, OTHER, NEW = "11222333000181", "11444777000161", "19131243000197"
HEADING = ("Nome", "E-mail", "Login", "Telefone", "Organização", "CNPJ", "Papel")

Row = Sequence[object]


def csv(*rows: Row, heading: Row = HEADING, encoding: str = "utf-8", delimiter: str = ";") -> bytes:
    """A CSV file without quotes: values are written as they are."""
    return "\n".join(delimiter.join(map(str, row)) for row in (heading, *rows)).encode(encoding)


def xlsx(rows: Iterable[Row], *, merged: str = "") -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    if merged:
        book.active.merge_cells(merged)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


async def worked() -> None:
    """Runs all started imports to their end."""
    await worker.run_due(clock.now(), storage=portal().state.storage, now=clock.now)


async def sent(lead: Browser, content: bytes, name: str = "pessoas.csv") -> Page:
    return await lead.send(await lead.get(AT), AT, files=[(name, content)])


async def tried(lead: Browser, content: bytes, name: str = "pessoas.csv") -> Page:
    """The report of a tryout, with the columns matched automatically."""
    return await checked(lead, await sent(lead, content, name))


async def checked(lead: Browser, page: Page, **typed: str) -> Page:
    await lead.send(page, f"{page.path}/columns", **typed)
    await worked()
    return await lead.get(page.path)


async def imported(lead: Browser, page: Page, **typed: str) -> Page:
    await lead.send(page, f"{page.path}/start", **typed)
    await worked()
    return await lead.get(page.path)


def counts(page: Page) -> dict[str, str]:
    pairs = (each.css("dt, dd") for each in page.html.css("main .facts dl > div"))
    return {folded(name): folded(count) for name, count in pairs}


def refused(page: Page) -> list[list[str]]:
    """Line, name and reason of each refused line."""
    rows = page.html.css("section[aria-labelledby=remarks] tbody tr")
    return [[folded(cell).removeprefix("Linha ") for cell in row.css("th, td")] for row in rows]
