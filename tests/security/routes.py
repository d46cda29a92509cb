"""All addresses of the application from its route table, and a valid form for each that accepts one."""

import functools
from contextlib import suppress
from datetime import timedelta
from time import time_ns
from typing import Any

from tests.cast import NOW
from tests.client import portal
from tests.security.help_centre import help_path
from tests.security.world import UNKNOWN, WORDS, World, link, newcomer
from web.articles.feedback import comments
from web.articles.feedback.comments import NewComment
from web.articles.publication import publish
from web.articles.search.synonyms import save_synonym, synonyms
from web.articles.sections import SectionInput, save_section, sections
from web.articles.writing import ArticlePlace, ArticleText, write_article
from web.database import fetch, fetch_column
from web.errors import Invalid
from web.mail.incoming import queue
from web.mail.signatures import Answer, Unsubscription, answer_token, unsubscribe_token
from web.notifications import announcing
from web.notifications.preferences import Subscription
from web.pages.shell.form_spec import FormSpec
from web.people.onboarding import domain_verification, paper
from web.people.onboarding.paper import Paper
from web.people.one_time_links import Purpose
from web.people.privacy import exports

FORMS: dict[str, dict[str, Any]] = {
    "POST /sign-in": {"identifier": "ana@aurora.example", "password": "não é esta"},
    "POST /sign-in/link": {"identifier": "ana@aurora.example"},
    "POST /password": {"identifier": "ana@aurora.example"},
    "POST /sign-up": {"identifier": "ana@aurora.example", "name": "Ana"},
    "POST /claim/{token:str}": {"password": "três palavras quaisquer", "again": "outras"},
    "POST /help/{slug:str}/votes": {"serves": "yes"},
    "POST /help/{slug:str}/comments": {"name": "Ana", "email": "ana@casa.example", "comment": "Outra coisa"},
    "POST /tickets": {"title": "Outra coisa", "description": "Outra coisa", "save": "1"},
    "POST /tickets/{number:int}/submission": {"title": "Outra coisa", "description": "Outra coisa", "save": "1"},
    "POST /tickets/{number:int}/replies": {"body": "Outra coisa"},
    "POST /chat/{number:int}/replies": {"body": "Outra coisa"},
    "POST /chat/{number:int}/objection": {"body": "Outra coisa"},
    "POST /chat/{number:int}/rating": {"service": "5", "quality": "5", "comment": "Outra coisa"},
    "POST /desk/tickets/{number:int}/replies": {"body": "Outra coisa"},
    "POST /desk/tickets/{number:int}/notes": {"body": "Outra coisa"},
    "POST /desk/tickets/{number:int}/unsent": {"noun": "notes", "body": "Outra coisa"},
    "POST /tickets/{number:int}/objection": {"body": "Outra coisa"},
    "POST /tickets/{number:int}/rating": {"service": "5", "quality": "5", "comment": "Outra coisa"},
    "POST /tickets/{number:int}/cancellation": {"reason": "Outra coisa"},
    "POST /tickets/{number:int}/refusal": {"reason": "Outra coisa"},
    "POST /tickets/{number:int}/follow-ups": {"body": "Outra coisa"},
    "POST /tickets/{number:int}/participants": {"copies": "outra@pessoa.example"},
    "POST /desk/tickets/{number:int}/participants": {"copies": "outra@pessoa.example"},
    "POST /account": {"name": "Outro Nome"},
    "POST /account/mail": {"mail": "none"},
    "POST /account/password": {"current": "não é esta", "password": "três palavras", "again": "três palavras"},
    "POST /desk/settings/first-steps": {"step": "mail"},
    "POST /organization/members/{number:int}": {"sees": "own"},
}


GUARDED = (
    *("/kiosk/mode", "/kiosk/calls", "/kiosk/visits", "/kiosk/request"),
    *("/follow/ticket/", "/embed/ticket", "/embed/person/"),
)
"""Addresses that exist only for a kiosk or in a visit."""

NOWHERE = "/{rest:path}"
"""The catch-all address."""


def form_specs() -> dict[str, FormSpec]:
    """The form of each page address, by route."""
    found = {}
    for route in portal().routes:
        named = getattr(route, "route_handler_map", {})
        if "POST" in named and route.path != NOWHERE and not route.path.startswith("/api/"):
            handler, _ = named["POST"]
            found[f"POST {route.path}"] = handler.opt["form"]
    return found


def routes(method: str = "") -> list[str]:
    """Method and address of each page route, without the OPTIONS routes that the framework adds."""
    return sorted(each for each in _all_routes() if each.startswith(method) and " /api/v1/" not in each)


def api_routes() -> list[str]:
    """Method and address of each API route."""
    return sorted(each for each in _all_routes() if " /api/v1/" in each)


@functools.cache
def _all_routes() -> list[str]:
    found = []
    for route in portal().routes:
        named = getattr(route, "route_handler_map", {})
        found += [f"{each} {route.path}" for each, (handler, *_) in named.items() if handler.name]
    return found


async def path_of(address: str, thing: str, world: World) -> str:
    """The path of an address about this thing of the world."""
    if address.startswith("/help/"):
        return nowhere(address) if thing == "unknown" else await help_path(address, thing, world)
    if address.startswith(("/kiosk/", "/follow/", "/embed/")):
        return nowhere(address)
    if made := next((made for place, made in _TOKENS.items() if address.startswith(place)), None):
        return nowhere(address.replace("{token:str}", await made(thing, world)))
    if "/confirmations/" in address:
        made = await link("ana@casa.example", Purpose.ADDRESS, world.ana)
        return address.replace("{token:str}", made.removeprefix("/claim/"))
    if "{token:str}" in address:
        live = await link("ana@aurora.example", Purpose.PASSWORD, world.ana)
        return f"{live}x" if thing == "dead" else live
    if "{code:str}" in address:
        return nowhere(address) if thing == "unknown" else address.replace("{code:str}", (await _paper(world)).code)
    if "{occasion:str}" in address:
        return nowhere(address) if thing == "unknown" else address.replace("{occasion:str}", "solution")
    if "{name:str}" in address:
        return nowhere(address) if thing == "unknown" else world.attachment(thing)
    address = address.replace("{rest:path}", "isto/nao/existe").replace("{part:str}", "volume.csv")
    address = address.replace("{noun:str}", "logo")
    address = await _with_second(address, thing, world)
    return address.replace("{number:int}", str(await _number(address, thing, world)))


async def _with_second(address: str, thing: str, world: World) -> str:
    """The path with the number of a second thing, if the address has one."""
    if "{person:int}" in address:
        address = address.replace("{person:int}", str(await _copied(thing, world)))
    if "{membership:int}" in address:
        address = address.replace("{membership:int}", str(world.memberships.get(thing, UNKNOWN)))
    if "{phone:int}" in address:
        address = address.replace("{phone:int}", str(await _phone(thing, world)))
    if "{mail:int}" in address:
        address = address.replace("{mail:int}", str(await _mail(thing, world)))
    if "{version:int}" in address:
        address = address.replace("{version:int}", str(UNKNOWN if thing == "unknown" else 1))
    if "{topic:int}" in address:
        number = UNKNOWN if thing == "unknown" else await _named("bills", world)
        address = address.replace("{topic:int}", str(number))
    if "{field:int}" in address:
        number = UNKNOWN if thing == "unknown" else (await fetch(_SET["field"]))[0]["id"]
        address = address.replace("{field:int}", str(number))
    return address


async def own_paths(method: str, world: World, name: str = "ana") -> list[str]:
    """A path for every route of this method, about something that this person may see."""
    return list((await paths_by_route(method, world, name)).values())


async def paths_by_route(method: str, world: World, name: str) -> dict[str, str]:
    """The same paths by route."""
    found = [
        each
        for each in routes(f"{method} ")
        if world.people[name].is_agent or not each.partition(" ")[2].startswith("/desk")
    ]
    return {each: await own_path(each, world, name) for each in found}


async def own_path(route: str, world: World, name: str) -> str:
    """A path of this route, about something that this person may see."""
    address = route.partition(" ")[2]
    things = {"/members/": "rui", "sessions": name, "submission": "draft", "people/{number:int}/absence": "bia"}
    things |= {
        "/deactivation": "newcomer",
        "/calendars/": "office",
        "/closures/": "holiday",
        "/targets/": "promise",
        "/keys/": "key",
        "/webhooks/": "hook",
        "/kiosks/": "kiosk",
        "articles/imports/": "brought",
        "/start": "tried",
        "/imports/": "import",
        "/mailboxes/": "box",
        "/deliveries/": "delivery",
        "/papers/": "paper",
        "/join/": "paper",
        "domain-removal": "aurora",
        "/departure": "aurora",
        "/privacy/": "wish",
        "/exports/": "anas",
        "/desk/people/": "ana",
        "/desk/organizations/": "aurora",
        "settings/teams/": "finance",
        "articles/sections/": "section",
        "articles/synonyms/": "synonym",
        "articles/comments/": "comment",
        "/articles/": "article",
        "settings/categories/": "billing",
    }
    things |= {} if name == "ana" else {"/answers/": "dead", "/unsubscribe/": "dead"}
    thing = next((thing for noun, thing in things.items() if noun in address), "ours")
    return await path_of(address, thing, world)


async def _domain_token(thing: str, world: World) -> str:
    """The token of a link that Ana had sent to a postmaster; each gets one link a day."""
    if thing == "dead":
        return "x" * 43
    domain = f"escola-{time_ns()}.example"
    return (
        await domain_verification.ask(world.organizations["aurora"], domain, "postmaster", by=world.ana, at=NOW)
    ).token


async def _answer_token(thing: str, world: World) -> str:
    """Ana's answer token about her ticket, as in a message to her."""
    if thing == "dead":
        return "1.2.3.4.x"
    number, told = world.tickets["ours"], await _told(world)
    return answer_token(Answer(number, world.ana.id, told["event"], int((NOW + timedelta(days=30)).timestamp())))


async def _unsubscribe_token(thing: str, world: World) -> str:
    """Ana's token in a message about her ticket."""
    if thing == "dead":
        return "1.all.x"
    return unsubscribe_token(Unsubscription((await _told(world))["id"], Subscription.ALL))


_TOKENS = {"/domains/": _domain_token, "/answers/": _answer_token, "/unsubscribe/": _unsubscribe_token}


async def _told(world: World) -> dict[str, Any]:
    """The last message to Ana about her ticket."""
    await announcing.announce(NOW)
    last = (
        "SELECT outgoing.id, event FROM outgoing JOIN event ON event.id = event WHERE ticket = {} "
        "AND outgoing.person = {} ORDER BY event DESC LIMIT 1"
    )
    return (await fetch(last, world.tickets["ours"], world.ana.id))[0]


def nowhere(address: str) -> str:
    """An address of the same kind for a thing that does not exist."""
    address = address.replace("{number:int}", str(UNKNOWN)).replace("{person:int}", str(UNKNOWN))
    for name in ("topic", "field", "membership", "phone", "mail", "version"):
        address = address.replace(f"{{{name}:int}}", str(UNKNOWN))
    address = address.replace("{occasion:str}", "nada").replace("{slug:str}", "nada")
    address = address.replace("{name:str}", "arquivo").replace("{part:str}", "nada.csv")
    address = address.replace("{code:str}", "AAAA-BBBB-CCCC").replace("{noun:str}", "nada")
    return address.replace("{token:str}", "x" * 43).replace("{rest:path}", "isto/tambem/nao")


async def _paper(world: World) -> Paper:
    """An unused invitation to Aurora."""
    aurora = {world.organizations["aurora"]}
    if not await paper.live(aurora, at=NOW):
        await paper.make(world.organizations["aurora"], by=world.ana, at=NOW)
    return (await paper.live(aurora, at=NOW))[0]


async def _phone(thing: str, world: World) -> int:
    """Another phone of the person."""
    if thing not in world.people:
        return UNKNOWN
    made = (
        "INSERT INTO phone (person, number) "
        "SELECT {}, '+55119' || (10000000 + COALESCE(max(id), 0)) FROM phone RETURNING id"
    )
    return int((await fetch(made, world.people[thing].id))[0]["id"])


async def _copied(thing: str, world: World) -> int:
    """Puts Eva in copy of Ana's ticket again; the other tickets have nobody in copy."""
    if thing != "ours":
        return UNKNOWN
    await fetch(
        "INSERT INTO participant (ticket, person, address, added_by, at) VALUES ({}, {}, {}, {}, {}) "
        "ON CONFLICT (ticket, person) DO NOTHING",
        world.tickets[thing],
        world.eva.id,
        "eva@familia.example",
        world.ana.id,
        NOW,
    )
    return world.eva.id


async def _mail(thing: str, world: World) -> int:
    """A mail for the opening of the ticket."""
    if thing not in world.tickets:
        return UNKNOWN
    opening = "(SELECT min(id) FROM message WHERE ticket = {})"
    number = world.tickets[thing]
    known = await fetch(f"SELECT id FROM inbound_mail WHERE message = {opening}", number)
    if not known:
        raw = f"From: ana@aurora.example\nSubject: Boletos\n\n{WORDS.get(thing, '')}\n".encode()
        kept = await queue.store(raw, storage=portal().state.storage, at=NOW)
        linked = f"UPDATE inbound_mail SET state = 'filed', message = {opening} WHERE id = {{}} RETURNING id"
        known = await fetch(linked, number, kept)
    return int(known[0]["id"])


async def _number(address: str, thing: str, world: World) -> int:
    if thing in ("unknown", "-"):
        return UNKNOWN
    if "/members/" in address:
        return world.memberships[thing]
    if "sessions" in address:
        await world.browser(thing)
        rows = await fetch("SELECT max(id) AS id FROM session WHERE person = {}", world.people[thing].id)
        return int(rows[0]["id"])
    if thing == "newcomer":
        return (await newcomer("Nina Sá", f"nina{time_ns()}@escola.example")).id
    if "/desk/people/" in address:
        return world.people[thing].id
    if "/papers/" in address or "/exports/" in address:
        return await _export(world) if "/exports/" in address else (await _paper(world)).id
    if any(each in address for each in ("/desk/organizations/", "domain-removal", "/departure")):
        return world.organizations[thing]
    if thing in _NAMED:
        return await _named(thing, world)
    if thing in _HELP:
        return await _HELP[thing](world)
    return await _made(thing) if thing in _SET else world.tickets[thing]


async def _made(thing: str) -> int:
    if thing == "delivery":
        await fetch(_SET["hook"])
    return int((await fetch(_SET[thing]))[0]["id"])


async def _section(world: World) -> int:
    known = await sections()
    return known[0].id if known else await save_section(SectionInput(f"Seção {time_ns()}"), by=world.lia, at=NOW)


async def _article(world: World) -> int:
    place = ArticlePlace(await _section(world))
    return await write_article(ArticleText("Boleto", "", "Texto."), place, by=world.bia, at=NOW)


async def _synonym(world: World) -> int:
    known = await synonyms()
    return known[0].id if known else await save_synonym("boleto, fatura", by=world.bia, at=NOW)


async def _comment(world: World) -> int:
    """An undecided comment, below an article of its own."""
    article = await _article(world)
    await publish(article, by=world.lia, at=NOW)
    [slug] = await fetch_column(str, "SELECT slug FROM article WHERE id = {}", article)
    written = NewComment("Marta", "marta@casa.example", "Faltou algo.")
    await comments.write(slug, written, key=None, network=f"article {article}", by=None, at=NOW)
    return (await comments.listed("held", after=None, by=world.bia))[0][0].id


_HELP = {"section": _section, "article": _article, "synonym": _synonym, "comment": _comment}
"""Help centre addresses."""


async def _named(thing: str, world: World) -> int:
    if thing not in world.settings:
        world.settings[thing] = int((await fetch(_NAMED[thing]))[0]["id"])
    return world.settings[thing]


_NAMED = {
    "bills": "SELECT id FROM topic WHERE name = 'Boletos'",
    "billing": "SELECT id FROM category WHERE name = 'Cobrança'",
    "finance": "SELECT id FROM team WHERE name = 'Financeiro'",
    "complaints": "SELECT id FROM team WHERE name = 'Ouvidoria'",
}
"""Settings of the world by their names here; a form may name them differently."""


async def _export(world: World) -> int:
    """An export of Ana's data."""
    with suppress(Invalid):
        await exports.ask(by=world.ana, at=NOW)
    await exports.run_due(NOW, storage=portal().state.storage)
    found = await exports.latest(world.ana.id, at=NOW)
    return found.id if found else UNKNOWN


_IMPORT = (
    "INSERT INTO people_import (person, name, sha256, size, made_at, sample, header, columns, state, created) "
    "VALUES (1, 'pessoas.csv', 'nada', 1, '2026-11-23 12:00:00+00:00', '[[\"Nome\"]]', 1, '{ }',"
)
_SET = {
    "wish": "INSERT INTO erasure_request (person, asked_at, due_at) SELECT max(id), '2026-11-23 12:00:00+00:00', "
    "'2026-12-08 12:00:00+00:00' FROM person WHERE role = 'requester' ON CONFLICT (person) WHERE withdrawn_at IS NULL "
    "AND done_at IS NULL DO UPDATE SET due_at = excluded.due_at RETURNING id",
    "field": "INSERT INTO field (category, kind, label, requester_submission, agent_submission, agent_resolution) "
    "SELECT category.id, 'text', 'Campo ' || (SELECT count(*) FROM field), 'no', 'no', 'no' FROM category "
    "WHERE name = 'Cobrança' RETURNING id",
    "kiosk": "INSERT INTO kiosk (name) VALUES ('Recepção') RETURNING id",
    "office": "SELECT min(id) AS id FROM calendar",
    "holiday": "INSERT INTO closure (calendar, first_day, last_day, name, hours) "
    "VALUES (1, '2026-12-08', '2026-12-08', 'Padroeira', '[]') RETURNING id",
    "key": "INSERT INTO api_key (person, name, token_hash, scopes, made_at) "
    "SELECT 1, '', 'nada' || count(*), 'tickets:read', '2026-11-23 12:00:00+00:00' FROM api_key RETURNING id",
    "hook": "INSERT INTO webhook (address, events, salt, owner, made_at) "
    "VALUES ('https://93.184.216.34/', 'reply', 'sal', 1, '2026-11-23 12:00:00+00:00') RETURNING id",
    "box": "INSERT INTO mailbox (address, name, imap_host, imap_user) "
    "SELECT 'caixa' || count(*) || '@guiche.example', 'Caixa', '93.184.216.34', 'caixa' FROM mailbox RETURNING id",
    "delivery": "INSERT INTO webhook_delivery (webhook, noun, at, queued_at, due_at, state) "
    "SELECT max(id), 'test', max(made_at), max(made_at), max(made_at), 'failed' FROM webhook RETURNING id",
    "import": f"{_IMPORT} 'matching', 0) RETURNING id",
    "tried": f"{_IMPORT} 'checked', 1) RETURNING id",
    "brought": "INSERT INTO article_import (person, name, sha256, size, made_at, state, created) "
    "VALUES (1, 'ajuda.zip', 'nada', 1, '2026-11-23 12:00:00+00:00', 'checked', 1) RETURNING id",
    "promise": "INSERT INTO target (promise, amount, unit, calendar, pauses_for_team, warns_at) "
    "VALUES ('resolution', 8, 'business_hours', 1, false, 75) RETURNING id",
}
"""Functions that create or find a thing, by its name here."""
