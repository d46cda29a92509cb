"""Reports of an import: refused lines for its page, all lines for a download."""

import json
from dataclasses import dataclass

from web.database import fetch_as
from web.imports.people.lines import Reason
from web.imports.people.sheets import MOST_ROWS

REFUSED_SHOWN = 100


@dataclass(frozen=True)
class LineShown:
    """A line and its result."""

    line: int
    outcome: str
    name: str
    address: str
    reasons: str
    """JSON."""

    @property
    def why(self) -> list[Reason]:
        return [(code, about) for code, about in json.loads(self.reasons)]


_LINES = "SELECT line, outcome, name, address, reasons FROM people_import_line WHERE people_import = {} "


async def refused(number: int) -> list[LineShown]:
    """The first refused lines."""
    return await fetch_as(LineShown, f"{_LINES} AND outcome = 'refused' ORDER BY line LIMIT {REFUSED_SHOWN}", number)


async def whole(number: int) -> list[LineShown]:
    """All lines in the order of the file."""
    return await fetch_as(LineShown, f"{_LINES} ORDER BY line LIMIT {MOST_ROWS}", number)
