"""Addresses of articles, for the agents who write them; sections are for leads."""

from web.http.routing import Router
from web.pages.desk.articles import (
    comments,
    imports,
    insights,
    lists,
    publication,
    sections,
    synonyms,
    versions,
    writing,
)
from web.pages.shell.guards import leads_only

ARTICLES = Router(
    "/",
    route_handlers=[
        lists.index,
        writing.new,
        writing.create,
        writing.show,
        writing.update,
        *(comments.index, comments.show, comments.hide, comments.open_ticket),
        insights.show,
        *(synonyms.index, synonyms.create, synonyms.update, synonyms.remove),
        Router(
            "/desk/articles/{number:int}",
            route_handlers=[
                publication.ask_review,
                publication.end_review,
                publication.publish,
                publication.retire,
                publication.confirm,
                versions.index,
                versions.show,
                versions.restore,
            ],
        ),
        Router(
            "/",
            guards=[leads_only],
            route_handlers=[
                *(sections.index, sections.create, sections.show, sections.update),
                *(sections.move, sections.remove, sections.restore),
                *(imports.index, imports.create, imports.show, imports.begin, imports.discard, imports.export),
            ],
        ),
    ],
)
"""Mounted inside the desk, which admits agents only."""
