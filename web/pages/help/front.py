"""The front page of the help centre: topics, articles read most, whether somebody answers now."""

from web.articles import reading
from web.clock import now
from web.pages.shell.session import PageRequest
from web.pages.words.help import hours as words
from web.pages.words.tickets.chats import hours_of
from web.tickets.requests import chats
from web.tickets.sla import settings_queries


async def offered(request: PageRequest) -> dict[str, object]:
    """For a page with the sections and the articles that are featured or most read."""
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
    """Whether one can chat, and whether it is answered now."""
    attended = await chats.attendance()
    return {"chat": hours_of(attended.calendar, now()) if attended else None}


async def hours() -> dict[str, object]:
    """Of the house's calendar, the one that counts where no other is named."""
    calendars = await settings_queries.calendars_by_id()
    calendar = calendars[min(calendars)]
    at = now()
    return {
        "openness": words.openness(calendar, at),
        "week": words.week_rows(calendar),
        "dates": words.coming_dates(calendar, at),
    }
