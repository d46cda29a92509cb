"""The rights matrix: every address, requested by everybody; none learns of another's data."""

from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from tests.client import HOME, Browser
from tests.security.routes import FORMS, form_specs, nowhere, path_of, routes
from tests.security.world import UNKNOWN, WORDS, World, built, leaks, token_of, told
from web.errors import NotFromHere, NotPermitted
from web.people.permissions import Actor
from web.tickets.life.moves import Move
from web.tickets.record.ticket import find_ticket

pytestmark = pytest.mark.anyio

PEOPLE = ("nobody", "ana", "rui", "caio", "eva", "bia", "davi", "lia", "admin")
"""Ana asked; Rui is her colleague, Caio of the other school, Eva in copy on one ticket; Bia and Davi are agents of
teams that are not the confidential one; Lia leads and works in it."""

Outcomes = dict[str, str]
"""The status for each of `PEOPLE` in order, by object."""

OPEN = {"-": "200 200 200 200 200 200 200 200 200"}
TAKEN = {"-": "303 303 303 303 303 303 303 303 303"}
READ = {"-": "303 200 200 200 200 200 200 200 200"}
DONE = {"-": "401 303 303 303 303 303 303 303 303"}
WRONG = {"-": "422 422 422 422 422 422 422 422 422"}
STALE = {"-": "403 403 403 403 403 403 403 403 403"}
"""Forms in frames accept only their own token."""
NOTHING = {"-": "404 404 404 404 404 404 404 404 404"}

TICKET = {
    #         nobody ana rui caio eva bia davi lia admin
    "ours": "303 200 404 404 200 200 200 200 200",
    "ruis": "303 200 200 404 404 200 200 200 200",
    "secret": "303 200 404 404 404 404 404 200 404",
    "draft": "303 200 404 404 404 404 404 404 404",
    "theirs": "303 404 404 200 404 200 200 200 200",
    "their_draft": "303 404 404 200 404 404 404 404 404",
    "unknown": "303 404 404 404 404 404 404 404 404",
}
FILE = TICKET | {
    "note": "303 404 404 404 404 200 200 200 200",
    "pending": "303 200 404 404 404 404 404 404 404",
}
ANSWER = {
    #         nobody ana rui caio eva bia davi lia admin
    "ours": "401 409 404 404 403 403 403 403 403",
    "ruis": "401 409 409 404 404 403 403 403 403",
    "secret": "401 409 404 404 404 404 404 403 404",
    "draft": "401 409 404 404 404 404 404 404 404",
    "theirs": "401 404 404 409 404 403 403 403 403",
    "their_draft": "401 404 404 409 404 404 404 404 404",
    "unknown": "401 404 404 404 404 404 404 404 404",
}
"""A solution without an answer."""
DECISION = ANSWER | {
    #         nobody ana rui caio eva bia davi lia admin
    "ours": "401 403 404 404 403 403 403 403 403",
    "ruis": "401 409 403 404 404 403 403 403 403",
    "secret": "401 403 404 404 404 404 404 403 404",
    "draft": "401 403 404 404 404 404 404 404 404",
    "theirs": "401 404 404 403 404 403 403 403 403",
    "their_draft": "401 404 404 403 404 404 404 404 404",
}
"""Approvals: never of one's own request; of a colleague's by holders of the grant, when requested."""
MEMBER = {
    "ana": "401 403 404 404 404 404 404 404 404",
    "rui": "401 303 404 404 404 404 404 404 404",
    "caio": "401 404 404 403 404 404 404 404 404",
    "unknown": "401 404 404 404 404 404 404 404 404",
}


ORIGINAL = {
    #         nobody ana rui caio eva bia davi lia admin
    "ours": "303 404 404 404 404 200 200 200 200",
    "secret": "303 404 404 404 404 404 404 200 404",
    "theirs": "303 404 404 404 404 200 200 200 200",
    "unknown": "303 404 404 404 404 404 404 404 404",
}
"""The original mail of a ticket."""


def desk(agents: str, secret: str) -> Outcomes:
    """The statuses for the four agents on a ticket that all see, and for Lia on the confidential one."""
    return {
        "ours": f"401 404 404 404 404 {agents}",
        "theirs": f"401 404 404 404 404 {agents}",
        "secret": f"401 404 404 404 404 404 404 {secret} 404",
        "draft": "401 404 404 404 404 404 404 404 404",
        "unknown": "401 404 404 404 404 404 404 404 404",
    }


DESK = desk("303 303 303 303", "303")
ASKED_FOR = desk("422 422 422 422", "422")
"""Allowed, but refused because the form is empty."""

SETTING = "303 404 404 404 404 404 404 200 200"
ADMINS = "303 404 404 404 404 404 404 404 200"
SET_WRONG = "401 404 404 404 404 404 404 422 422"
SET = "401 404 404 404 404 404 404 303 303"
OF_ITS_OWN = "401 404 404 404 404 404 404 422 403"
"""A confidential team is changed by its members only."""
BY_ADMINS = "401 404 404 404 404 404 404 404 303"
SHOWN_BEFORE = "401 404 404 404 404 404 404 200 200"
"""A change of settings that is previewed first."""
BY_AGENTS = "303 404 404 404 404 200 200 200 200"
AGENTS_WRONG = "401 404 404 404 404 422 422 422 422"
OF_COLLEAGUES = "401 404 404 404 404 403 403 403 422"
"""Data of agents are changed by administrators only."""
ARTICLE = {
    #         nobody ana rui caio eva bia davi lia admin
    "public": "200 200 200 200 200 200 200 200 200",
    "inside": "404 200 200 200 200 200 200 200 200",
    "auroras": "404 200 200 404 404 200 200 200 200",
    "internal": "404 404 404 404 404 200 200 200 200",
    "unpublished": "404 404 404 404 404 404 404 404 404",
    "unknown": "404 404 404 404 404 404 404 404 404",
}
SAID = {thing: row.replace("200", "303") for thing, row in ARTICLE.items()}
"""Readers of an article may vote and comment on it."""
SPARED = SAID | {"public": DONE["-"], "unpublished": "401" + NOTHING["-"][3:], "unknown": "401" + NOTHING["-"][3:]}
SPARED |= {thing: "401" + SAID[thing][3:] for thing in ("inside", "auroras", "internal")}
"""For everybody, for who is signed in, for one organization, for agents; and one that nobody published."""
GONE = {"unknown": "401 404 404 404 404 404 404 404 404"}

SAID_IN = {
    #         nobody ana rui caio eva bia davi lia admin
    "ours": "401 303 404 404 303 303 303 303 303",
    "ruis": "401 303 303 404 404 303 303 303 303",
    "secret": "401 303 404 404 404 404 404 303 404",
    "draft": "401 409 404 404 404 404 404 404 404",
    "theirs": "401 404 404 303 404 303 303 303 303",
    "their_draft": "401 404 404 409 404 404 404 404 404",
    "unknown": "401 404 404 404 404 404 404 404 404",
}
"""People who may write in the conversation."""

MATRIX: dict[str, Outcomes] = {
    "GET /": {"-": "200 200 200 200 200 303 303 303 303"},
    "GET /sign-in": {"-": "200 303 303 303 303 303 303 303 303"},
    "POST /sign-in": WRONG,
    "POST /sign-out": TAKEN,
    "GET /sign-in/link": OPEN,
    "POST /sign-in/link": TAKEN,
    "GET /password": OPEN,
    "POST /password": TAKEN,
    "GET /sign-up": OPEN,
    "POST /sign-up": TAKEN,
    "GET /sent": OPEN,
    "GET /claim/{token:str}": {"live": OPEN["-"], "dead": NOTHING["-"]},
    "GET /domains/{token:str}": {"dead": NOTHING["-"]},
    "POST /domains/{token:str}/confirmation": {"dead": NOTHING["-"]},
    "GET /answers/{token:str}": {"dead": NOTHING["-"]},
    "GET /answers/{token:str}/attachments/{number:int}/{name:str}": {"dead": NOTHING["-"]},
    "GET /answers/{token:str}/thumbnails/{number:int}": {"dead": NOTHING["-"]},
    "POST /answers/{token:str}/confirmation": {"dead": NOTHING["-"]},
    "POST /answers/{token:str}/objection": {"dead": NOTHING["-"]},
    "POST /answers/{token:str}/rating": {"dead": NOTHING["-"]},
    "GET /unsubscribe/{token:str}": {"live": OPEN["-"], "dead": NOTHING["-"]},
    "POST /unsubscribe/{token:str}": {"live": OPEN["-"], "dead": NOTHING["-"]},
    "POST /claim/{token:str}": {"live": WRONG["-"], "dead": NOTHING["-"]},
    "GET /tickets": READ,
    "GET /tickets.csv": READ,
    "POST /tickets": DONE,
    "GET /tickets/new": READ,
    "GET /tickets/new/suggestions": READ,
    "GET /tickets/new/topics": READ,
    "GET /tickets/{number:int}": TICKET,
    "GET /tickets/{number:int}/deadlines": TICKET,
    "POST /tickets/{number:int}/submission": {
        #         nobody ana rui caio eva bia davi lia admin
        "ours": "401 409 404 404 403 403 403 403 403",
        "ruis": "401 403 409 404 404 403 403 403 403",
        "secret": "401 409 404 404 404 404 404 403 404",
        "draft": "401 303 404 404 404 404 404 404 404",
        "theirs": "401 404 404 409 404 403 403 403 403",
        "their_draft": "401 404 404 303 404 404 404 404 404",
        "unknown": "401 404 404 404 404 404 404 404 404",
    },
    "POST /tickets/{number:int}/discard": {
        #         nobody ana rui caio eva bia davi lia admin
        "ours": "401 409 404 404 403 403 403 403 403",
        "ruis": "401 403 409 404 404 403 403 403 403",
        "secret": "401 409 404 404 404 404 404 403 404",
        "draft": "401 303 404 404 404 404 404 404 404",
        "theirs": "401 404 404 409 404 403 403 403 403",
        "their_draft": "401 404 404 303 404 404 404 404 404",
        "unknown": "401 404 404 404 404 404 404 404 404",
    },
    "POST /tickets/{number:int}/replies": SAID_IN,
    "GET /tickets/{number:int}/log": TICKET,
    "GET /tickets/{number:int}/news": {thing: told.replace("200", "303") for thing, told in TICKET.items()},
    "POST /tickets/{number:int}/confirmation": ANSWER,
    "POST /tickets/{number:int}/objection": ANSWER,
    "POST /tickets/{number:int}/rating": ANSWER | {"ruis": "401 403 409 404 404 403 403 403 403"},
    "POST /tickets/{number:int}/approval": DECISION,
    "POST /tickets/{number:int}/refusal": DECISION,
    "POST /tickets/{number:int}/cancellation": {
        #         nobody ana rui caio eva bia davi lia admin
        "ours": "401 303 404 404 403 403 403 403 403",
        "ruis": "401 403 303 404 404 403 403 403 403",
        "secret": "401 303 404 404 404 404 404 403 404",
        "draft": "401 303 404 404 404 404 404 404 404",
        "theirs": "401 404 404 303 404 403 403 403 403",
        "their_draft": "401 404 404 303 404 404 404 404 404",
        "unknown": "401 404 404 404 404 404 404 404 404",
    },
    "POST /tickets/{number:int}/duplicates": {
        #         nobody ana rui caio eva bia davi lia admin
        "ours": "401 303 404 404 403 303 303 303 303",
        "ruis": "401 403 303 404 404 303 303 303 303",
        "secret": "401 303 404 404 404 404 404 303 404",
        "draft": "401 303 404 404 404 404 404 404 404",
        "theirs": "401 404 404 303 404 303 303 303 303",
        "their_draft": "401 404 404 303 404 404 404 404 404",
        "unknown": "401 404 404 404 404 404 404 404 404",
    },
    "POST /tickets/{number:int}/follow-ups": ANSWER | {"ours": "401 409 404 404 409 403 403 403 403"},
    "POST /tickets/{number:int}/participants": {
        #         nobody ana rui caio eva bia davi lia admin
        "ours": "401 303 404 404 303 303 303 303 303",
        "ruis": "401 303 303 404 404 303 303 303 303",
        "secret": "401 303 404 404 404 404 404 303 404",
        "draft": "401 409 404 404 404 404 404 404 404",
        "theirs": "401 404 404 303 404 303 303 303 303",
        "their_draft": "401 404 404 409 404 404 404 404 404",
        "unknown": "401 404 404 404 404 404 404 404 404",
    },
    "POST /tickets/{number:int}/participants/{person:int}/removal": {
        #         nobody ana rui caio eva bia davi lia admin
        "ours": "401 303 404 404 303 303 303 303 303",
        "ruis": "401 404 404 404 404 404 404 404 404",
        "secret": "401 404 404 404 404 404 404 404 404",
        "draft": "401 409 404 404 404 404 404 404 404",
        "theirs": "401 404 404 404 404 404 404 404 404",
        "their_draft": "401 404 404 409 404 404 404 404 404",
        "unknown": "401 404 404 404 404 404 404 404 404",
    },
    "GET /chat": READ,
    "POST /chat": {"-": "401 422 422 422 422 422 422 422 422"},
    "GET /chat/{number:int}": {thing: row.replace("200", "303") for thing, row in TICKET.items()},
    "GET /chat/{number:int}/news": {thing: row.replace("200", "303") for thing, row in TICKET.items()},
    "POST /chat/{number:int}/unsent": {
        thing: row.replace("303", "204").replace("409", "204") for thing, row in SAID_IN.items()
    },
    "POST /chat/{number:int}/replies": SAID_IN,
    "POST /chat/{number:int}/confirmation": ANSWER,
    "POST /chat/{number:int}/objection": ANSWER,
    "POST /chat/{number:int}/rating": ANSWER | {"ruis": "401 403 409 404 404 403 403 403 403"},
    "GET /attachments/{number:int}/{name:str}": FILE,
    "HEAD /attachments/{number:int}/{name:str}": FILE,
    "GET /thumbnails/{number:int}": {"unknown": "303 404 404 404 404 404 404 404 404"},
    "GET /account": READ,
    "POST /account": DONE,
    "POST /account/password": {"-": "401 422 422 422 422 422 422 422 422"},
    "POST /account/zone": DONE,
    "POST /account/mail": DONE,
    "POST /account/phones": {"-": "401 422 422 422 422 422 422 422 422"},
    "POST /account/phones/{number:int}/removal": {"unknown": "401 404 404 404 404 404 404 404 404"},
    "POST /account/sending": {"-": "401 403 403 403 403 303 303 303 303"},
    "POST /account/signature": {"-": "401 403 403 403 403 303 303 303 303"},
    "POST /account/absence": {"-": "401 404 404 404 404 422 422 422 422"},
    "POST /account/absence/removal": {"-": "401 404 404 404 404 303 303 303 303"},
    "POST /account/sessions/{number:int}/end": {
        "ana": "401 303 404 404 404 404 404 404 404",
        "caio": "401 404 404 303 404 404 404 404 404",
        "unknown": "401 404 404 404 404 404 404 404 404",
    },
    "GET /account/organizations/{number:int}/departure": {
        "aurora": "303 200 200 404 404 404 404 404 404",
        "unknown": "303 404 404 404 404 404 404 404 404",
    },
    "POST /account/organizations/{number:int}/departure": {
        "aurora": "401 303 303 404 404 404 404 404 404",
        "unknown": "401 404 404 404 404 404 404 404 404",
    },
    "POST /account/sign-out-everywhere": DONE,
    "GET /notices": READ,
    "GET /notices/unread": TAKEN,
    "POST /account/alerts": DONE,
    "GET /tickets/news": TAKEN,
    "GET /live": {"-": "204 204 204 204 204 204 204 204 204"},
    "POST /notices/reading": DONE,
    "POST /account/addresses": {"-": "401 422 422 422 422 422 422 422 422"},
    "POST /account/addresses/removal": {"-": "401 422 422 422 422 422 422 422 422"},
    "GET /account/confirmations/{token:str}": {"live": "303 200 404 404 404 404 404 404 404"},
    "POST /account/confirmations/{token:str}": {"live": "401 303 404 404 404 404 404 404 404"},
    "GET /account/data": READ,
    "POST /account/data/exports": DONE,
    "GET /account/data/exports/{number:int}": {
        "anas": "303 200 404 404 404 404 404 404 404",
        "unknown": "303 404 404 404 404 404 404 404 404",
    },
    "GET /account/data/erasure": READ,
    "POST /account/data/erasure": {"-": "401 303 303 303 303 422 422 422 422"},
    "POST /account/data/erasure/withdrawal": {"-": "401 404 404 404 404 404 404 404 404"},
    "GET /organization": {"-": "303 200 404 200 404 404 404 404 404"},
    "POST /organization/members/{number:int}": MEMBER,
    "POST /organization/members/{number:int}/removal": MEMBER,
    "GET /organization/members/{number:int}/removal": {
        "ana": "303 403 404 404 404 404 404 404 404",
        "rui": "303 200 404 404 404 404 404 404 404",
        "caio": "303 404 404 403 404 404 404 404 404",
        "unknown": "303 404 404 404 404 404 404 404 404",
    },
    "POST /organization/members/{number:int}/return": {
        "ana": "401 403 404 404 404 404 404 404 404",
        "rui": "401 404 404 404 404 404 404 404 404",
        "caio": "401 404 404 403 404 404 404 404 404",
        "unknown": "401 404 404 404 404 404 404 404 404",
    },
    "POST /organization/members/{number:int}/handover": MEMBER | {"rui": "401 404 404 404 404 404 404 404 404"},
    "POST /organization/invitations": {"-": "401 422 404 422 404 404 404 404 404"},
    "POST /organization/papers": {"-": "401 303 404 303 404 404 404 404 404"},
    "GET /organization/papers/{number:int}": {
        "paper": "303 200 404 404 404 404 404 404 404",
        "unknown": "303 404 404 404 404 404 404 404 404",
    },
    "POST /organization/papers/{number:int}/removal": {
        "paper": "401 303 404 404 404 404 404 404 404",
        "unknown": "401 404 404 404 404 404 404 404 404",
    },
    "POST /organization/domain/proofs": {"-": "401 422 404 422 404 404 404 404 404"},
    "POST /organization/domain": {"-": "401 422 404 422 404 404 404 404 404"},
    "POST /organization/{number:int}/domain-removal": {
        "aurora": "401 303 404 404 404 404 404 404 404",
        "unknown": "401 404 404 404 404 404 404 404 404",
    },
    "GET /join/{code:str}": {"paper": OPEN["-"], "unknown": NOTHING["-"]},
    "POST /join/{code:str}/account": {"paper": WRONG["-"], "unknown": NOTHING["-"]},
    "POST /join/{code:str}/membership": {"paper": DONE["-"], "unknown": "401 404 404 404 404 404 404 404 404"},
    "POST /account/invitations/{number:int}": {"unknown": "401 404 404 404 404 404 404 404 404"},
    "GET /desk": {"-": "303 404 404 404 404 200 200 200 200"},
    "GET /desk/palette": {"-": "303 404 404 404 404 200 200 200 200"},
    "GET /desk/held": {"-": "303 404 404 404 404 200 200 200 200"},
    "GET /desk/tickets.csv": {"-": BY_AGENTS},
    "GET /desk/news": {"-": BY_AGENTS.replace("200", "303")},
    "GET /desk/navigation": {"-": BY_AGENTS.replace("200", "303")},
    "GET /desk/chats": {"-": BY_AGENTS.replace("200", "303")},
    "GET /desk/contacts/new": {"-": "303 404 404 404 404 200 200 200 200"},
    "POST /desk/contacts": {"-": "401 404 404 404 404 422 422 422 422"},
    "POST /desk/bulk": {"-": "401 404 404 404 404 422 422 422 422"},
    "POST /desk/columns": {"-": "401 404 404 404 404 303 303 303 303"},
    "POST /desk/navigation": {"-": "401 404 404 404 404 303 303 303 303"},
    "POST /desk/views": {"-": "401 404 404 404 404 422 422 422 422"},
    "POST /desk/views/{number:int}/removal": {"unknown": "401 404 404 404 404 404 404 404 404"},
    "GET /desk/settings/canned": {"-": "303 404 404 404 404 404 404 200 200"},
    "POST /desk/settings/canned": {"-": "401 404 404 404 404 404 404 422 422"},
    "POST /desk/settings/canned/{number:int}": {"unknown": "401 404 404 404 404 404 404 422 422"},
    "POST /desk/settings/canned/{number:int}/removal": {"unknown": "401 404 404 404 404 404 404 404 404"},
    "GET /desk/canned": {"-": "303 404 404 404 404 200 200 200 200"},
    "POST /desk/canned": {"-": "401 404 404 404 404 422 422 422 422"},
    "POST /desk/canned/{number:int}": {"unknown": "401 404 404 404 404 422 422 422 422"},
    "POST /desk/canned/{number:int}/removal": {"unknown": "401 404 404 404 404 404 404 404 404"},
    "GET /desk/tickets/{number:int}": {
        #         nobody ana rui caio eva bia davi lia admin
        "ours": "303 404 404 404 404 200 200 200 200",
        "ruis": "303 404 404 404 404 200 200 200 200",
        "secret": "303 404 404 404 404 404 404 200 404",
        "draft": "303 404 404 404 404 404 404 404 404",
        "theirs": "303 404 404 404 404 200 200 200 200",
        "their_draft": "303 404 404 404 404 404 404 404 404",
        "unknown": "303 404 404 404 404 404 404 404 404",
    },
    "GET /desk/tickets/{number:int}/mail/{mail:int}": ORIGINAL,
    "GET /desk/tickets/{number:int}/mail/{mail:int}/whole": ORIGINAL,
    "GET /desk/tickets/{number:int}/reply": {
        #         nobody ana rui caio eva bia davi lia admin
        "ours": "303 404 404 404 404 200 200 200 200",
        "secret": "303 404 404 404 404 404 404 200 404",
        "draft": "303 404 404 404 404 404 404 404 404",
        "unknown": "303 404 404 404 404 404 404 404 404",
    },
    "GET /desk/tickets/{number:int}/presence": {
        #         nobody ana rui caio eva bia davi lia admin
        "ours": "303 404 404 404 404 303 303 303 303",
        "secret": "303 404 404 404 404 404 404 303 404",
        "draft": "303 404 404 404 404 404 404 404 404",
        "unknown": "303 404 404 404 404 404 404 404 404",
    },
    "GET /desk/tickets/{number:int}/peek": {
        #         nobody ana rui caio eva bia davi lia admin
        "ours": "303 404 404 404 404 303 303 303 303",
        "secret": "303 404 404 404 404 404 404 303 404",
        "draft": "303 404 404 404 404 404 404 404 404",
        "unknown": "303 404 404 404 404 404 404 404 404",
    },
    "GET /desk/tickets/{number:int}/articles": {
        #         nobody ana rui caio eva bia davi lia admin
        "ours": "303 404 404 404 404 303 303 303 303",
        "secret": "303 404 404 404 404 404 404 303 404",
        "draft": "303 404 404 404 404 404 404 404 404",
        "unknown": "303 404 404 404 404 404 404 404 404",
    },
    "GET /desk/tickets/{number:int}/held": {
        #         nobody ana rui caio eva bia davi lia admin
        "ours": "303 404 404 404 404 303 303 303 303",
        "secret": "303 404 404 404 404 404 404 303 404",
        "draft": "303 404 404 404 404 404 404 404 404",
        "unknown": "303 404 404 404 404 404 404 404 404",
    },
    "POST /desk/tickets/{number:int}/recalls": DESK,
    "POST /desk/tickets/{number:int}/dispatches": DESK,
    "POST /desk/tickets/{number:int}/replies": DESK,
    "POST /desk/tickets/{number:int}/notes": DESK,
    "POST /desk/tickets/{number:int}/questions": ASKED_FOR,
    "POST /desk/tickets/{number:int}/participants": DESK,
    "POST /desk/tickets/{number:int}/take": DESK,
    "POST /desk/tickets/{number:int}/release": desk("403 403 409 409", "409")
    | {"ours": "401 404 404 404 404 303 403 303 303"},
    "POST /desk/tickets/{number:int}/properties": ASKED_FOR,
    "POST /desk/tickets/{number:int}/undo": ASKED_FOR,
    "POST /desk/tickets/{number:int}/fields": ASKED_FOR,
    "POST /desk/tickets/{number:int}/tags": DESK,
    "POST /desk/tickets/{number:int}/waits": ASKED_FOR,
    "POST /desk/tickets/{number:int}/resumption": desk("409 409 409 409", "409"),
    "POST /desk/tickets/{number:int}/reopening": desk("409 409 409 409", "409"),
    "POST /desk/tickets/{number:int}/solution": ASKED_FOR,
    "POST /desk/tickets/{number:int}/macros": ASKED_FOR,
    "POST /desk/tickets/{number:int}/remarks": ASKED_FOR,
    "POST /desk/tickets/{number:int}/merge": ASKED_FOR,
    "POST /desk/tickets/{number:int}/unmerge": desk("409 409 409 409", "409"),
    "POST /desk/tickets/{number:int}/split": ASKED_FOR,
    "POST /desk/tickets/{number:int}/approval-requests": desk("409 409 409 409", "409"),
    "POST /desk/tickets/{number:int}/correction": ASKED_FOR,
    "POST /desk/tickets/{number:int}/overruling": desk("403 403 409 409", "409"),
    "POST /desk/tickets/{number:int}/withdrawal": desk("409 409 409 409", "409"),
    "POST /desk/tickets/{number:int}/case": ASKED_FOR,
    "POST /desk/tickets/{number:int}/handover": ASKED_FOR,
    "POST /desk/tickets/{number:int}/links": ASKED_FOR,
    "POST /desk/tickets/{number:int}/article": desk("409 409 409 409", "409"),
    "POST /desk/tickets/{number:int}/unsent": desk("204 204 204 204", "204"),
    "POST /desk/tickets/{number:int}/discard": DESK,
    "GET /desk/articles": {"-": BY_AGENTS},
    "GET /desk/articles/new": {"-": BY_AGENTS},
    "POST /desk/articles": {"-": AGENTS_WRONG},
    "GET /desk/articles/{number:int}": {"article": BY_AGENTS, "unknown": TICKET["unknown"]},
    "POST /desk/articles/{number:int}": {"article": AGENTS_WRONG, **GONE},
    "POST /desk/articles/{number:int}/review": {"article": AGENTS_WRONG, **GONE},
    "POST /desk/articles/{number:int}/return": {"article": "401 404 404 404 404 409 409 409 409", **GONE},
    "POST /desk/articles/{number:int}/publication": {"article": "401 404 404 404 404 403 403 422 422", **GONE},
    "POST /desk/articles/{number:int}/retirement": {"article": "401 404 404 404 404 403 403 303 303", **GONE},
    "POST /desk/articles/{number:int}/confirmation": {"article": "401 404 404 404 404 303 303 303 303", **GONE},
    "GET /desk/articles/{number:int}/versions": {"article": BY_AGENTS, "unknown": TICKET["unknown"]},
    "GET /desk/articles/{number:int}/versions/{version:int}": {"article": BY_AGENTS, "unknown": TICKET["unknown"]},
    "POST /desk/articles/{number:int}/versions/{version:int}/restoration": {
        "article": "401 404 404 404 404 303 303 303 303",
        **GONE,
    },
    "GET /desk/articles/comments": {"-": BY_AGENTS},
    "POST /desk/articles/comments/{number:int}": {"comment": "401 404 404 404 404 303 303 303 303", **GONE},
    "POST /desk/articles/comments/{number:int}/hiding": {"comment": "401 404 404 404 404 303 303 303 303", **GONE},
    "POST /desk/articles/comments/{number:int}/ticket": {"comment": AGENTS_WRONG, **GONE},
    "GET /desk/articles/insights": {"-": BY_AGENTS},
    "GET /desk/articles/synonyms": {"-": BY_AGENTS},
    "POST /desk/articles/synonyms": {"-": AGENTS_WRONG},
    "POST /desk/articles/synonyms/{number:int}": {"synonym": AGENTS_WRONG, "unknown": AGENTS_WRONG},
    "POST /desk/articles/synonyms/{number:int}/removal": {"synonym": "401 404 404 404 404 303 303 303 303", **GONE},
    "GET /desk/articles/export.zip": {"-": SETTING},
    "GET /desk/articles/imports": {"-": SETTING},
    "POST /desk/articles/imports": {"-": SET_WRONG},
    "GET /desk/articles/imports/{number:int}": {"brought": SETTING, "unknown": TICKET["unknown"]},
    "POST /desk/articles/imports/{number:int}/start": {"brought": SET, **GONE},
    "POST /desk/articles/imports/{number:int}/removal": {"brought": SET, **GONE},
    "GET /desk/articles/sections": {"-": SETTING},
    "POST /desk/articles/sections": {"-": SET_WRONG},
    "GET /desk/articles/sections/{number:int}": {"section": SETTING, "unknown": TICKET["unknown"]},
    "POST /desk/articles/sections/{number:int}": {"section": SET_WRONG, **GONE},
    "POST /desk/articles/sections/{number:int}/position": {"section": SET, **GONE},
    "POST /desk/articles/sections/{number:int}/removal": {"section": SET, **GONE},
    "POST /desk/articles/sections/{number:int}/restoration": {"section": SET, **GONE},
    "GET /desk/reports": {"-": "303 404 404 404 404 404 404 200 200"},
    "GET /desk/reports/{part:str}": {"-": "303 404 404 404 404 404 404 200 200"},
    "GET /api/docs": OPEN,
    "GET /desk/people": {"-": BY_AGENTS},
    "GET /desk/people/{number:int}": {"ana": BY_AGENTS, "bia": BY_AGENTS, "unknown": TICKET["unknown"]},
    "POST /desk/people/{number:int}/remarks": {"ana": AGENTS_WRONG, **GONE},
    "POST /desk/people/{number:int}/absence": {
        "bia": "401 404 404 404 404 422 403 422 422",
        "ana": GONE["unknown"],
        **GONE,
    },
    "POST /desk/people/{number:int}/absence/removal": {
        "bia": "401 404 404 404 404 303 403 303 303",
        "ana": GONE["unknown"],
        **GONE,
    },
    "GET /desk/people/new": {"-": BY_AGENTS},
    "POST /desk/people": {"-": AGENTS_WRONG},
    "GET /desk/people/{number:int}/details": {
        "ana": BY_AGENTS,
        "bia": "303 404 404 404 404 403 403 403 200",
        "unknown": TICKET["unknown"],
    },
    "POST /desk/people/{number:int}/details": {"ana": AGENTS_WRONG, "bia": OF_COLLEAGUES, **GONE},
    "POST /desk/people/{number:int}/identities": {"ana": AGENTS_WRONG, "bia": OF_COLLEAGUES, **GONE},
    "POST /desk/people/{number:int}/identities/removal": {"ana": AGENTS_WRONG, "bia": OF_COLLEAGUES, **GONE},
    "POST /desk/people/{number:int}/phones": {"ana": AGENTS_WRONG, "bia": OF_COLLEAGUES, **GONE},
    "POST /desk/people/{number:int}/phones/{phone:int}/removal": {
        "ana": "401 404 404 404 404 303 303 303 303",
        "davi": "401 404 404 404 404 403 303 403 303",
        **GONE,
    },
    "POST /desk/people/{number:int}/invitations": {
        "ana": "401 404 404 404 404 303 303 303 303",
        "bia": "401 404 404 404 404 403 403 403 303",
        **GONE,
    },
    "POST /desk/people/{number:int}/memberships": {"ana": AGENTS_WRONG, "bia": OF_COLLEAGUES, **GONE},
    "GET /desk/people/{number:int}/memberships/{membership:int}": {"ana": BY_AGENTS, "unknown": TICKET["unknown"]},
    "POST /desk/people/{number:int}/memberships/{membership:int}": {"ana": AGENTS_WRONG, **GONE},
    "POST /desk/people/{number:int}/memberships/{membership:int}/removal": {"ana": AGENTS_WRONG, **GONE},
    "POST /desk/people/{number:int}/role": {
        "ana": BY_ADMINS.replace("303", "422"),
        "admin": BY_ADMINS.replace("303", "422"),
        **GONE,
    },
    "GET /desk/people/{number:int}/deactivation": {
        "ana": BY_AGENTS,
        "bia": "303 404 404 404 404 403 403 403 200",
        "admin": "303 404 404 404 404 403 403 403 403",
        "unknown": TICKET["unknown"],
    },
    "POST /desk/people/{number:int}/deactivation": {
        "newcomer": "401 404 404 404 404 303 303 303 303",
        "admin": "401 404 404 404 404 403 403 403 403",
        **GONE,
    },
    "POST /desk/people/{number:int}/reactivation": {
        "ana": "401 404 404 404 404 303 303 303 303",
        "bia": "401 404 404 404 404 403 403 403 303",
        **GONE,
    },
    "GET /desk/people/{number:int}/merge": {"ana": SETTING, "bia": SETTING, "unknown": TICKET["unknown"]},
    "POST /desk/people/{number:int}/merge": {"ana": SET_WRONG, **GONE},
    "POST /desk/people/{number:int}/parting": {"ana": GONE["unknown"], **GONE},
    "GET /desk/organizations": {"-": BY_AGENTS},
    "GET /desk/organizations/{number:int}": {"aurora": BY_AGENTS, "unknown": TICKET["unknown"]},
    "POST /desk/organizations/{number:int}/remarks": {"aurora": AGENTS_WRONG, **GONE},
    "POST /desk/organizations": {"-": SET_WRONG},
    "GET /desk/organizations/new": {"-": SETTING},
    "GET /desk/organizations/{number:int}/edit": {"aurora": SETTING, "unknown": TICKET["unknown"]},
    "POST /desk/organizations/{number:int}/edit": {"aurora": SET_WRONG, **GONE},
    "POST /desk/organizations/{number:int}/removal": {"aurora": SET, **GONE},
    "POST /desk/organizations/{number:int}/restoration": {"aurora": SET, **GONE},
    "POST /desk/organizations/{number:int}/domain-removal": {"aurora": SET, **GONE},
    "GET /desk/settings/calendars": {"-": SETTING},
    "POST /desk/settings/calendars": {"-": SET_WRONG},
    "GET /desk/settings/calendars/{number:int}": {"office": SETTING, "unknown": TICKET["unknown"]},
    "POST /desk/settings/calendars/{number:int}": {"office": SET_WRONG, **GONE},
    "POST /desk/settings/calendars/{number:int}/teams": {"office": SET_WRONG, **GONE},
    "POST /desk/settings/calendars/{number:int}/organizations": {"office": SET_WRONG, **GONE},
    "POST /desk/settings/calendars/{number:int}/closures": {"office": SET_WRONG, **GONE},
    "POST /desk/settings/closures/{number:int}/removal": {"holiday": SHOWN_BEFORE, **GONE},
    "GET /desk/settings/closures/{number:int}": {
        "holiday": "303 404 404 404 404 404 404 303 303",
        "unknown": TICKET["unknown"],
    },
    "GET /desk/settings/recesses": {"-": SETTING},
    "POST /desk/settings/recesses": {"-": SET_WRONG},
    "GET /desk/settings/targets": {"-": SETTING},
    "POST /desk/settings/targets": {"-": SET_WRONG},
    "GET /desk/settings/targets/{number:int}": {"promise": SETTING, "unknown": TICKET["unknown"]},
    "POST /desk/settings/targets/{number:int}": {"promise": SET_WRONG, **GONE},
    "POST /desk/settings/targets/{number:int}/removal": {"promise": SHOWN_BEFORE, **GONE},
    "GET /desk/settings/keys": {"-": SETTING},
    "POST /desk/settings/keys": {"-": SET_WRONG},
    "POST /desk/settings/keys/{number:int}/removal": {"key": "401 404 404 404 404 404 404 303 303", **GONE},
    "GET /desk/settings": {"-": SETTING},
    "GET /desk/settings/permissions": {"-": SETTING},
    "GET /desk/settings/teams": {"-": SETTING},
    "POST /desk/settings/teams": {"-": SET_WRONG},
    "GET /desk/settings/teams/{number:int}": {"finance": SETTING, "complaints": SETTING, "unknown": TICKET["unknown"]},
    "POST /desk/settings/teams/{number:int}": {"finance": SET_WRONG, "complaints": OF_ITS_OWN, **GONE},
    "POST /desk/settings/teams/{number:int}/removal": {"finance": SET_WRONG, "complaints": OF_ITS_OWN, **GONE},
    "POST /desk/settings/teams/{number:int}/restoration": {
        "finance": SET,
        "complaints": OF_ITS_OWN.replace("422", "303"),
        **GONE,
    },
    "POST /desk/settings/teams/{number:int}/tickets": {"finance": SET_WRONG, "complaints": OF_ITS_OWN, **GONE},
    "GET /desk/settings/categories": {"-": SETTING},
    "POST /desk/settings/categories": {"-": SET_WRONG},
    "GET /desk/settings/categories/{number:int}": {"billing": SETTING, "unknown": TICKET["unknown"]},
    "POST /desk/settings/categories/{number:int}": {"billing": SET_WRONG, **GONE},
    "POST /desk/settings/categories/{number:int}/removal": {"billing": SET_WRONG, **GONE},
    "POST /desk/settings/categories/{number:int}/position": {"billing": SET, **GONE},
    "POST /desk/settings/categories/{number:int}/organizations": {"billing": SET_WRONG, **GONE},
    "GET /desk/settings/categories/{number:int}/workflow": {"billing": SETTING, "unknown": TICKET["unknown"]},
    "POST /desk/settings/categories/{number:int}/workflow": {"billing": SET_WRONG, **GONE},
    "POST /desk/settings/categories/{number:int}/workflow/dates": {"billing": SHOWN_BEFORE, **GONE},
    "POST /desk/settings/categories/{number:int}/topics": {"billing": SET_WRONG, **GONE},
    "POST /desk/settings/categories/{number:int}/topics/{topic:int}": {"billing": SET_WRONG, **GONE},
    "POST /desk/settings/categories/{number:int}/topics/{topic:int}/removal": {"billing": SET_WRONG, **GONE},
    "POST /desk/settings/categories/{number:int}/topics/{topic:int}/position": {"billing": SET, **GONE},
    "POST /desk/settings/categories/{number:int}/fields": {"billing": SET_WRONG, **GONE},
    "POST /desk/settings/categories/{number:int}/fields/{field:int}": {"billing": SET_WRONG, **GONE},
    "POST /desk/settings/categories/{number:int}/fields/{field:int}/position": {"billing": SET, **GONE},
    "GET /desk/settings/log": {"-": SETTING},
    "GET /desk/settings/log.csv": {"-": SETTING},
    "GET /place/{part:str}": NOTHING,
    "GET /help": OPEN,
    "GET /help/accessibility": OPEN,
    "GET /help/channels": OPEN,
    "GET /help/sections/{slug:str}": {"public": OPEN["-"], "unknown": NOTHING["-"]},
    "GET /help/{slug:str}": ARTICLE,
    "GET /hc/{rest:path}": NOTHING,
    "GET /kb/{rest:path}": NOTHING,
    "POST /help/{slug:str}/votes": SAID,
    "POST /help/{slug:str}/comments": SAID,
    "POST /help/{slug:str}/solved": SPARED,
    "GET /help/files/{number:int}/{name:str}": ARTICLE | {"unpublished": "404 404 404 404 404 200 200 200 200"},
    "HEAD /help/files/{number:int}/{name:str}": ARTICLE | {"unpublished": "404 404 404 404 404 200 200 200 200"},
    "GET /desk/settings/chat": {"-": ADMINS},
    "POST /desk/settings/chat": {"-": BY_ADMINS},
    "GET /desk/settings/place": {"-": ADMINS},
    "GET /desk/settings/mail": {"-": ADMINS},
    "GET /desk/settings/mail/preview": {"-": ADMINS},
    "GET /desk/settings/mail/preview/{occasion:str}": {"-": ADMINS, "unknown": TICKET["unknown"]},
    "GET /desk/settings/mail/{number:int}": {"unknown": "303 404 404 404 404 404 404 404 404"},
    "POST /desk/settings/mail/{number:int}/retry": {"unknown": "401 404 404 404 404 404 404 404 404"},
    "POST /desk/settings/mail/{number:int}/removal": {"unknown": "401 404 404 404 404 404 404 404 404"},
    "POST /desk/settings/example": {"-": "401 404 404 404 404 404 404 404 422"},
    "POST /desk/settings/first-steps": {"-": "401 404 404 404 404 404 404 404 303"},
    "POST /desk/settings/place": {"-": "401 404 404 404 404 404 404 404 422"},
    "POST /desk/settings/place/{noun:str}": {"-": "401 404 404 404 404 404 404 404 422"},
    "POST /desk/settings/place/{noun:str}/removal": {"-": "401 404 404 404 404 404 404 404 303"},
    "POST /desk/settings/mail/mailboxes": {"-": BY_ADMINS.replace("303", "422")},
    "GET /desk/settings/mail/mailboxes/{number:int}": {"box": ADMINS, "unknown": TICKET["unknown"]},
    "POST /desk/settings/mail/mailboxes/{number:int}": {"box": BY_ADMINS.replace("303", "422"), **GONE},
    "POST /desk/settings/mail/mailboxes/{number:int}/tests": {"box": BY_ADMINS, **GONE},
    "GET /desk/settings/webhooks": {"-": ADMINS},
    "POST /desk/settings/webhooks": {"-": BY_ADMINS.replace("303", "422")},
    "GET /desk/settings/webhooks/{number:int}": {"hook": ADMINS, "unknown": TICKET["unknown"]},
    "POST /desk/settings/webhooks/{number:int}": {"hook": BY_ADMINS.replace("303", "422"), **GONE},
    "GET /desk/settings/webhooks/{number:int}/removal": {"hook": ADMINS, "unknown": TICKET["unknown"]},
    "POST /desk/settings/webhooks/{number:int}/removal": {"hook": BY_ADMINS, **GONE},
    "POST /desk/settings/webhooks/{number:int}/tests": {"hook": BY_ADMINS, **GONE},
    "POST /desk/settings/deliveries/{number:int}/repeats": {"delivery": BY_ADMINS, **GONE},
    "GET /desk/settings/kiosks": {"-": ADMINS},
    "POST /desk/settings/kiosks": {"-": BY_ADMINS.replace("303", "422")},
    "GET /desk/settings/kiosks/{number:int}": {"kiosk": ADMINS, "unknown": TICKET["unknown"]},
    "POST /desk/settings/kiosks/{number:int}": {"kiosk": BY_ADMINS.replace("303", "422"), **GONE},
    "POST /desk/settings/kiosks/{number:int}/links": {"kiosk": BY_ADMINS.replace("303", "201"), **GONE},
    "POST /desk/settings/kiosks/{number:int}/removal": {"kiosk": BY_ADMINS, **GONE},
    "POST /desk/settings/kiosks/{number:int}/restoration": {"kiosk": BY_ADMINS, **GONE},
    "GET /kiosk": NOTHING,
    "GET /kiosk/bindings/{token:str}": {"dead": NOTHING["-"]},
    "POST /kiosk/bindings/{token:str}": {"dead": NOTHING["-"]},
    "POST /kiosk/mode": NOTHING,
    "POST /kiosk/calls": NOTHING,
    "GET /kiosk/categories": NOTHING,
    "POST /kiosk/visits": NOTHING,
    "GET /kiosk/request": NOTHING,
    "POST /kiosk/request": NOTHING,
    "GET /kiosk/receipt": NOTHING,
    "GET /kiosk/help": NOTHING,
    "GET /kiosk/help/{slug:str}": {"unknown": NOTHING["-"]},
    "GET /desk/settings/embedding": {"-": ADMINS},
    "POST /desk/settings/embedding": {"-": BY_ADMINS},
    "POST /desk/settings/embedding/key": {"-": BY_ADMINS.replace("303", "422")},
    "POST /desk/settings/embedding/key/removal": {"-": BY_ADMINS},
    "GET /embed.js": OPEN,
    "GET /embed/accents/{code:str}": {"unknown": NOTHING["-"]},
    "GET /embed/help": OPEN,
    "GET /embed/help/sections/{slug:str}": {"unknown": NOTHING["-"]},
    "GET /embed/help/{slug:str}": {"unknown": NOTHING["-"]},
    "GET /embed/new": OPEN,
    "POST /embed/new": STALE,
    "GET /embed/chat": OPEN,
    "POST /embed/chat": STALE,
    "POST /embed/person/{surface:str}": NOTHING,
    "GET /embed/follow": OPEN,
    "POST /embed/follow": STALE,
    "GET /embed/ticket/{token:str}/attachments/{number:int}/{name:str}": NOTHING,
    "GET /embed/ticket/{token:str}/thumbnails/{number:int}": NOTHING,
    "POST /embed/ticket": NOTHING,
    "POST /embed/ticket/news": NOTHING,
    "POST /embed/ticket/live": NOTHING,
    "POST /embed/ticket/unsent": NOTHING,
    "POST /embed/ticket/end": NOTHING,
    "POST /embed/ticket/{noun:str}": NOTHING,
    "GET /follow": OPEN,
    "POST /follow": WRONG,
    "GET /follow/ticket": TAKEN,
    "GET /follow/ticket/attachments/{number:int}/{name:str}": NOTHING,
    "GET /follow/ticket/thumbnails/{number:int}": NOTHING,
    "POST /follow/ticket/news": NOTHING,
    "POST /follow/ticket/live": NOTHING,
    "POST /follow/ticket/unsent": NOTHING,
    "POST /follow/ticket/replies": NOTHING,
    "POST /follow/ticket/confirmation": NOTHING,
    "POST /follow/ticket/objection": NOTHING,
    "POST /follow/ticket/rating": NOTHING,
    "POST /follow/end": TAKEN,
    "GET /follow/claims/{token:str}": {"dead": NOTHING["-"]},
    "POST /follow/claims/{token:str}": {"dead": NOTHING["-"]},
    "GET /desk/settings/privacy": {"-": ADMINS},
    "GET /desk/settings/privacy/{number:int}": {"wish": ADMINS, "unknown": TICKET["unknown"]},
    "POST /desk/settings/privacy/{number:int}/erasure": {**GONE, "wish": BY_ADMINS},
    "GET /desk/settings/imports": {"-": SETTING},
    "POST /desk/settings/imports": {"-": SET_WRONG},
    "GET /desk/settings/imports/{number:int}": {"import": SETTING, "unknown": TICKET["unknown"]},
    "POST /desk/settings/imports/{number:int}/columns": {"import": SET_WRONG, **GONE},
    "POST /desk/settings/imports/{number:int}/start": {"tried": SET, **GONE},
    "POST /desk/settings/imports/{number:int}/removal": {"import": SET, **GONE},
    "GET /desk/settings/imports/{number:int}/report.csv": {"import": SETTING, "unknown": TICKET["unknown"]},
    "GET /health": OPEN,
    "GET /robots.txt": OPEN,
    "GET /sitemap.xml": OPEN,
    "GET /help/feed.xml": OPEN,
    "GET /ready": OPEN,
    **{
        f"{method} /{{rest:path}}": NOTHING
        for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
    },
}


def test_a13_every_route_has_its_row() -> None:
    known = set(routes())
    assert known - set(MATRIX) == set(), "write down in MATRIX who may do this, and what everybody else is told"
    assert set(MATRIX) - known == set(), "these rows of MATRIX have no route any more"


async def test_a13_the_rows_agree_with_the_moves_that_the_forms_declare(database: None, storage: object) -> None:
    world = await built()
    for route, spec in form_specs().items():
        for thing, statuses in MATRIX[route].items() if spec.move else ():
            told = dict(zip(PEOPLE, statuses.split(), strict=True))
            seeing = [name for name in PEOPLE if told[name] in ("303", "403", "409")]
            checked = {name: await _checked(spec.move, world.tickets[thing], world.people[name]) for name in seeing}
            assert {name: told[name] for name in seeing} == checked, (route, thing)


async def _checked(move: Move, number: int, person: Actor) -> str:
    """The status of the move's own check for this person."""
    try:
        move.check(await find_ticket(number, by=person), person)
    except NotPermitted:
        return "403"
    except NotFromHere:
        return "409"
    return "303"


@pytest.mark.parametrize("route", MATRIX)
async def test_a13_everybody_gets_what_they_may_and_no_more(route: str, database: None, storage: object) -> None:
    world = await built()
    wanted = {
        thing: dict(zip(PEOPLE, map(int, statuses.split()), strict=True)) for thing, statuses in MATRIX[route].items()
    }
    asking = Asking(route.partition(" ")[0], world)
    assert {thing: await _statuses(route, thing, asking, each) for thing, each in wanted.items()} == wanted


@dataclass
class Asking:
    """A browser and form token for each person, and the response of each to an unknown address."""

    method: str
    world: World
    browsers: dict[str, tuple[Browser, dict[str, str]]] = field(default_factory=dict)
    absent: dict[str, tuple[int, str]] = field(default_factory=dict)

    async def browser(self, name: str) -> tuple[Browser, dict[str, str]]:
        if name not in self.browsers:
            browser = await self.world.browser(name)
            self.browsers[name] = browser, {"_token": await token_of(browser)} if self.method == "POST" else {}
        return self.browsers[name]


async def _statuses(route: str, thing: str, asking: Asking, wanted: dict[str, int]) -> dict[str, int]:
    """The statuses for all people, those who may change it last."""
    method, _, address = route.partition(" ")
    found = {}
    for name in sorted(PEOPLE, key=lambda name: wanted[name] == 303):
        browser, token = await asking.browser(name)
        form = FORMS.get(route, {}) | token
        answer = await _ask(browser, method, await path_of(address, thing, asking.world), form)
        found[name] = answer.status_code
        _check_words(answer, route, thing, name)
        if answer.status_code == 404:
            numbers, absent = (*asking.world.tickets.values(), UNKNOWN), asking.absent
            if told(answer, *numbers) != absent.get(name):  # the first time, or what they are shown has changed since
                absent[name] = told(await _ask(browser, method, nowhere(address), form), *numbers)
            assert told(answer, *numbers) == absent[name], (route, thing, name)
    return found


async def _ask(browser: Browser, method: str, path: str, form: dict[str, Any]) -> httpx.Response:
    if method != "POST":
        return await browser.client.request(method, path)
    return (await browser.post(path, form)).response


def _check_words(answer: httpx.Response, route: str, thing: str, name: str) -> None:
    """Checks that others see no secret, and that allowed people see the thing."""
    seen = answer.text + str(answer.headers)
    assert leaks(seen, to=name) == [], (route, thing, name)
    if answer.status_code == 200 and thing in WORDS and answer.request.method == "GET":
        assert WORDS[thing] in answer.text, (route, thing, name)


async def test_a13_options_tells_a_stranger_nothing_of_what_exists(database: None, storage: object) -> None:
    world = await built()
    caio = await world.browser("caio")
    for address in ("/tickets/{}", "/tickets/{}/replies", "/account/sessions/{}/end", "/organization/members/{}"):
        answers = [
            await caio.client.options(address.format(number), headers={"Origin": HOME})
            for number in (world.tickets["ours"], UNKNOWN)
        ]
        assert [(answer.status_code, answer.text) for answer in answers] == [(204, "")] * 2
        assert answers[0].headers.get("allow") == answers[1].headers.get("allow")
