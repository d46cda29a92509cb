"""Filter, addresses and rows shared by the lists of people and of organizations."""

from web.pages.shell import render
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.pages.words.formats import bounded
from web.people.directory import listing
from web.people.directory.listing import DirectoryFilter, Organizations, People
from web.text import one_line


def filter_of(request: PageRequest) -> DirectoryFilter:
    """The filter in an address. Unknown values are ignored."""
    query = request.query_params
    return DirectoryFilter(
        words=one_line(query.get("q", ""))[:200],
        kind=query["kind"] if query.get("kind") in listing.KINDS else "",
        organization=whole_number(query.get("organization", ""), digits=9),
        after=whole_number(query.get("after", ""), digits=9),
    )


def listed(path: str, chosen: DirectoryFilter, found: People | Organizations) -> dict[str, object]:
    """The context of the templates for one page of a list."""
    return {
        "rows": found.rows,
        "shown": len(found.rows),
        "count": bounded(found.total, listing.COUNTED),
        "chosen": chosen,
        "first": _address(path, chosen),
        "more": _address(path, chosen, after=found.next) if found.next else "",
    }


def _address(path: str, chosen: DirectoryFilter, *, after: int | None = None) -> str:
    query = {"q": chosen.words, "kind": chosen.kind, "organization": chosen.organization, "after": after}
    kept = {name: str(value) for name, value in query.items() if value not in ("", None)}
    return render.with_query(path, **kept) if kept else path
