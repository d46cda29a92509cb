"""Whether the page of a visit may follow its ticket, checked at its start and whenever rights may have changed."""

import asyncio
from datetime import datetime

from web.database import fetch_column
from web.kiosks import visits
from web.live.streams import Stream
from web.tickets.visibility import visible_to

_OWN = "SELECT ticket.id FROM ticket WHERE ticket.id = {} AND ticket.requester = {} AND {}"


async def may_go_on(stream: Stream, at: datetime) -> bool:
    """Whether the visit goes on and the ticket still belongs to its person."""
    found = await visits.behind(stream.token, at=at)
    if found is None:
        return False
    visit, me = found
    stream.person, stream.is_doubtful = me, False
    stream.ends = asyncio.get_running_loop().time() + (visit.ends_at - at).total_seconds()
    own = await fetch_column(int, _OWN, visit.ticket or 0, me.id, visible_to(me))
    return stream.entry == f"k{visit.id}" and stream.topics.tickets == set(own) != set()
