"""Page links of a list, and the range that is shown: 26 a 50 de 1.000+."""

from web.pages.desk.lists.addresses import address, first_page
from web.pages.words.formats import bounded, ranged
from web.pages.words.tickets import desk_rows
from web.tickets.lists import search
from web.tickets.lists.desk import MOST_AT_ONCE, DeskTicket
from web.tickets.lists.desk_views import DeskFilter
from web.tickets.lists.ordering import MOST_SORTED, sorted_by
from web.tickets.pagination import PAGE, Listing


def pages(chosen: DeskFilter, found: Listing[DeskTicket]) -> dict[str, object]:
    """The context for the page links. `sorted` says how many were sorted, if the list is longer."""
    before = _before(chosen, found)
    is_bounded = bool(sorted_by(chosen)) and not chosen.is_search and found.total is None
    onward = first_page(chosen, after=found.next, seen=before + len(found.rows))
    count, has_more = bounded(found.total, found.bound), bool(before or found.next)
    return {
        "count": count,
        "range": ranged(before + 1, len(found.rows), count),
        "whole": desk_rows.whole_text(count, found.total, MOST_AT_ONCE) if has_more else "",
        "previous": address(_back(chosen, found, before)) if before or chosen.after else "",
        "more": address(onward) if found.next else "",
        "sorted": MOST_SORTED if is_bounded else 0,
    }


def _before(chosen: DeskFilter, found: Listing[DeskTicket]) -> int:
    """How many tickets precede the page, as far as they were counted, and at most as many as the list has now."""
    if chosen.before and not found.previous:
        return 0
    counted = search.start_of(chosen.after) or (chosen.seen if chosen.after or chosen.before else 0)
    return counted if found.total is None else max(0, min(counted, found.total - len(found.rows)))


def _back(chosen: DeskFilter, found: Listing[DeskTicket], before: int) -> DeskFilter:
    """The previous page, or the first one."""
    if before <= PAGE:
        return first_page(chosen)
    if found.previous is None:
        return first_page(chosen, after=before - PAGE)
    return first_page(chosen, before=found.previous, seen=before - PAGE)
