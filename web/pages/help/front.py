"""The front page of the help centre: sections, most read articles, and whether the desk is open."""

from web.articles import reading
from web.clock import now
from web.pages.shell.session import PageRequest
from web.pages.words.help import hours as words
from web.pages.words.tickets.chats import hours_of
from web.tickets.requests import chats
from web.tickets.sla import settings_queries


async def offered(request: PageRequest) -> dict[str, object]:
    """The context of a page with sections and featured or most read articles."""
    at = now()
    featured, most_read = await reading.chosen(by=request.user, at=at)
    return {
        "shelves": await reading.shelves(by=request.user, at=at),
        "featured": featured,
        "most_read": most_read,
        "counted": reading.COUNTED,
        **await chat(),
    }


async def chat() -> dict[str, object]:
    """Whether there is a chat, and whether it is attended now."""
    attended = await chats.attendance()
    return {"chat": hours_of(attended.calendar, now()) if attended else None}


async def hours() -> dict[str, object]:
    """The opening hours of the first calendar, which is the default."""
    calendars = await settings_queries.calendars_by_id()
    calendar = calendars[min(calendars)]
    at = now()
    return {
        "openness": words.openness(calendar, at),
        "week": words.week_rows(calendar),
        "dates": words.coming_dates(calendar, at),
    }
