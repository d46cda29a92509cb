"""Every address of the API, behind the guard of keys."""

from litestar.di import Provide

from web.api.v1 import attachments, categories, moves, queues, requests, tickets
from web.api.v1.access import keyed, one_time_key, speaks_json, team_in_sight, ticket_in_sight
from web.http.routing import Router

LARGEST_JSON = 1_000_000

API = Router(
    "/api/v1",
    guards=[keyed, speaks_json],
    include_in_schema=True,
    request_max_body_size=LARGEST_JSON,
    dependencies={"key": Provide(one_time_key)},
    route_handlers=[
        queues.index,
        Router(
            "/",
            dependencies={"in_team": Provide(team_in_sight)},
            route_handlers=[queues.show, queues.claim],
        ),
        queues.held,
        categories.index,
        requests.create,
        Router(
            "/",
            dependencies={"ticket": Provide(ticket_in_sight)},
            route_handlers=[
                tickets.show,
                Router(
                    "/tickets/{number:int}",
                    route_handlers=[
                        moves.reply,
                        moves.note,
                        moves.ask,
                        moves.wait,
                        moves.solve,
                        moves.fill,
                        moves.release,
                        moves.correct,
                    ],
                ),
            ],
        ),
        attachments.create,
        attachments.show,
    ],
)
