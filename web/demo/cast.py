"""The cast of the demonstration, and a handful of tickets in every turn of their life, made by the real moves."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from web.business_time.durations import Unit
from web.database import fetch
from web.people import accounts, actors, memberships, organizations
from web.people.permissions import Actor, Role, Sees
from web.settings import settings
from web.tickets.actions import assignment, macros, ratings, replies, resolution, waits
from web.tickets.actions.macros import NewCannedReply
from web.tickets.life.states import Channel, Priority, Wait
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import TicketDetails, find_ticket
from web.tickets.requests import drafts, submission
from web.tickets.requests.copies import follow_up
from web.tickets.requests.drafts import Request
from web.tickets.requests.first_contact import record_contact
from web.tickets.sla.tables import ServiceTarget
from web.tickets.tables import Category, Topic

AURORA = ("Colégio Aurora", "11222333000181")
HORIZONTE = ("Escola Horizonte", "12ABC34501DE35")

CATEGORIES = (
    ("Cobrança", "Financeiro", ("Boletos", "Nota fiscal", "Contrato")),
    ("Acesso ao portal", "Atendimento", ("Senha", "Novo usuário", "Erro na tela")),
    ("Material didático", "Atendimento", ("Pedido", "Troca", "Entrega")),
    ("Sistema de avaliações", "Integrações", ("Cadastro de turmas", "Resultados")),
)
NEEDS_APPROVAL = ("Compras", "Atendimento", ("Licenças", "Material extra"))
"""Work on it costs the school money: somebody there says yes first."""


READY = (
    NewCannedReply(
        "Recebido",
        "Olá, {solicitante}! Recebemos o seu pedido, de número {número}, e já estamos olhando.\n\n{atendente}",
    ),
    NewCannedReply("Falta o CNPJ", "{solicitante}, qual é o CNPJ que deve sair na nota?", takes=True, ends="question"),
    NewCannedReply("Ao financeiro", "Pedido de nota: conferir com o financeiro.", is_note=True, tag="nota fiscal"),
)


@dataclass(frozen=True)
class Cast:
    """Everybody of the demonstration, ready to act."""

    ana: Actor
    rui: Actor
    caio: Actor
    bia: Actor
    davi: Actor
    lia: Actor
    admin: Actor


async def enrol(password: str | None, *, at: datetime) -> Cast:
    """People, organizations, teams and categories, on an empty database."""
    aurora, horizonte = [await organizations.create(*each) for each in (AURORA, HORIZONTE)]
    ids: dict[str, int] = {}
    for name, address, role in (
        ("Ana Prado", "ana@aurora.example", Role.REQUESTER),
        ("Rui Alves", "rui@aurora.example", Role.REQUESTER),
        ("Caio Lima", "caio@horizonte.example", Role.REQUESTER),
        ("Bia Nunes", "bia@guiche.example", Role.AGENT),
        ("Davi Reis", "davi@guiche.example", Role.AGENT),
        ("Lia Castro", "lia@guiche.example", Role.LEAD),
        ("Ivo Braga", "admin@guiche.example", Role.ADMIN),
    ):
        ids[address.split("@")[0]] = await accounts.create(name, [address], role=role, password=password, at=at)
    await memberships.add(ids["ana"], aurora, sees=Sees.ORGANIZATION, approves=True, manages=True, at=at)
    await memberships.add(ids["rui"], aurora, sees=Sees.OWN, at=at)
    await memberships.add(ids["caio"], horizonte, sees=Sees.ORGANIZATION, at=at)
    await _teams(ids)
    return Cast(**{name: await _actor(number) for name, number in ids.items()})


async def promise() -> None:
    """Targets by priority, in business hours, on the calendar everybody starts with."""
    for priority, answer, solve in (("urgent", 2, 9), ("high", 4, 18), ("normal", 9, 45), ("low", 18, 90)):
        for kind, amount in (("first_response", answer), ("resolution", solve)):
            await ServiceTarget(
                promise=kind, priority=priority, amount=amount, unit=Unit.BUSINESS_HOURS, calendar=1
            ).save()


async def play(cast: Cast, *, at: datetime) -> None:
    """Two weeks at the desk, ending at this instant."""
    scene = _Scene(at)
    for ready in READY:
        await macros.save_canned(ready, by=cast.lia)
    await _category(*NEEDS_APPROVAL, position=len(CATEGORIES), needs_approval=True)
    await _invoices(cast, scene)
    await _password(cast, scene)
    await _swapped_cover(cast, scene)
    await _teachers(cast, scene)
    await _unread(cast, scene)
    await _closed(cast, scene)
    await _phoned(cast, scene)
    await _to_approve(cast, scene)
    await _elsewhere(cast, scene)


def password_for(chosen: str | None) -> str:
    """The one that was set, or a new one at each start of a demonstration."""
    return chosen or "-".join(secrets.token_hex(2) for _ in range(4))


class _Scene:
    """Opens tickets and has people say things, so many hours before now."""

    def __init__(self, end: datetime) -> None:
        self._end = end

    def at(self, hours: float) -> datetime:
        return self._end - timedelta(hours=hours)

    async def ticket(
        self,
        who: Actor,
        title: str,
        text: str,
        about: tuple[str, str],
        *,
        hours: float,
        priority: Priority = Priority.NORMAL,
        copies: tuple[str, ...] = (),
    ) -> int:
        category, topic = await _subject(*about)
        made = await submission.open_ticket(
            Request(title, text, category, topic, priority=priority, copies=copies), by=who, at=self.at(hours)
        )
        return made.ticket

    async def then(
        self, number: int, by: Actor, act: Callable[..., Awaitable[object]], *args: object, hours: float, **more: object
    ) -> None:
        ticket: TicketDetails = await find_ticket(number, by=by)
        await act(ticket, *args, by=by, at=self.at(hours), **more)


async def _invoices(cast: Cast, scene: _Scene) -> None:
    number = await scene.ticket(
        cast.ana,
        "Boletos de novembro com o valor errado",
        "Bom dia! Os boletos da turma do 5º ano vieram com o valor de outubro.\n\n"
        "São 28 famílias e o vencimento é dia 30.",
        ("Cobrança", "Boletos"),
        hours=50,
        priority=Priority.HIGH,
        copies=("direcao@aurora.example",),
    )
    await scene.then(number, cast.bia, assignment.take, hours=49.5)
    await scene.then(
        number,
        cast.bia,
        waits.ask,
        "Obrigada, Ana. Encontrei a causa: o reajuste entrou só no contrato principal.\n\n"
        "Para corrigir de uma vez, preciso saber se as bolsas dos irmãos continuam em 10 %. Continuam?",
        hours=2,
    )


async def _password(cast: Cast, scene: _Scene) -> None:
    number = await scene.ticket(
        cast.ana,
        "Senha do portal de conteúdo não chega no e-mail da coordenação",
        "A coordenadora pede a senha e a mensagem não chega, nem no spam.",
        ("Acesso ao portal", "Senha"),
        hours=27,
    )
    await scene.then(number, cast.bia, assignment.take, hours=26)
    await scene.then(
        number, cast.bia, replies.reply, "Oi, Ana! Estou verificando com o provedor do e-mail e já volto.", hours=25
    )
    await scene.then(
        number, cast.bia, replies.note, "O domínio da escola recusa mensagens sem DMARC. Pedi o ajuste ao N2.", hours=4
    )
    await scene.then(number, cast.ana, replies.reply, "Obrigada! Ela precisa entrar até sexta.", hours=3)


async def _swapped_cover(cast: Cast, scene: _Scene) -> None:
    number = await scene.ticket(
        cast.rui,
        "Livro do 7º ano com capa trocada (12 exemplares)",
        "Recebemos 12 livros de História com a capa de Geografia.",
        ("Material didático", "Troca"),
        hours=120,
    )
    await scene.then(number, cast.bia, assignment.take, hours=118)
    await scene.then(
        number,
        cast.bia,
        resolution.solve,
        hours=20,
        says=NewMessage("Enviamos 12 exemplares novos hoje. A coleta dos trocados fica para o dia da entrega."),
    )
    number = await scene.ticket(
        cast.ana,
        "Relatório de frequência sem a turma 8B",
        "O relatório de outubro veio sem a turma 8B.",
        ("Sistema de avaliações", "Resultados"),
        hours=60,
    )
    await scene.then(number, cast.davi, assignment.take, hours=58)
    await scene.then(
        number,
        cast.davi,
        resolution.solve,
        hours=22,
        says=NewMessage("A turma 8B estava sem professor vinculado. Vinculamos e o relatório já sai completo."),
    )


async def _teachers(cast: Cast, scene: _Scene) -> None:
    number = await scene.ticket(
        cast.ana,
        "Inclusão de três professores no sistema de avaliações",
        "Seguem os nomes: Marta Lopes, Jorge Dias e Paula Reis, do Ensino Médio.",
        ("Sistema de avaliações", "Cadastro de turmas"),
        hours=75,
        copies=("rui@aurora.example",),
    )
    await scene.then(number, cast.bia, assignment.take, hours=74)
    await scene.then(number, cast.bia, waits.wait, Wait.TEAM, hours=72)


async def _unread(cast: Cast, scene: _Scene) -> None:
    await scene.ticket(
        cast.rui,
        "Nota fiscal da compra de setembro",
        "Preciso da nota fiscal da compra de setembro para a prestação de contas.",
        ("Cobrança", "Nota fiscal"),
        hours=5,
    )
    category, _ = await _subject("Material didático", "Pedido")
    await drafts.draft(
        Request("Pedido de livros para 2027", "Turmas novas: 1A, 1B e 6C.", category), by=cast.ana, at=scene.at(1)
    )


async def _closed(cast: Cast, scene: _Scene) -> None:
    number = await scene.ticket(
        cast.ana,
        "Troca do endereço de entrega do material",
        "Mudamos de prédio: Rua das Acácias, 120.",
        ("Material didático", "Entrega"),
        hours=260,
    )
    await scene.then(number, cast.bia, assignment.take, hours=258)
    await scene.then(
        number,
        cast.bia,
        resolution.solve,
        hours=240,
        says=NewMessage("Endereço trocado. As próximas entregas já vão para lá."),
    )
    await scene.then(number, cast.ana, resolution.confirm, hours=230)
    await scene.then(
        number, cast.ana, ratings.rate, hours=50, service=5, quality=4, comment="Rápido e gentil, como sempre."
    )
    made = await follow_up(await find_ticket(number, by=cast.ana), by=cast.ana, at=scene.at(8))
    category, topic = await _subject("Material didático", "Entrega")
    await scene.then(
        made.ticket,
        cast.ana,
        submission.submit,
        Request(
            "Última entrega ainda foi para o prédio antigo",
            "O caminhão de ontem foi para o endereço antigo. Podem conferir?",
            category,
            topic,
        ),
        hours=8,
    )


async def _phoned(cast: Cast, scene: _Scene) -> None:
    """One telephone call in two tickets: what was said, and what is still to be done."""
    category, topic = await _subject("Acesso ao portal", "Erro na tela")
    await record_contact(
        Request(
            "Tela de notas fica em branco",
            "Ana ligou: a tela de notas abre em branco no Firefox da secretaria.",
            category,
            topic,
            requester=cast.ana.id,
            channel=Channel.PHONE,
        ),
        says=NewMessage("Combinamos por telefone: por enquanto use o Chrome. A correção segue com a nossa equipe."),
        handling=True,
        by=cast.bia,
        at=scene.at(28),
    )


async def _to_approve(cast: Cast, scene: _Scene) -> None:
    await scene.ticket(
        cast.rui,
        "Cinco licenças a mais para o laboratório",
        "O laboratório novo tem cinco computadores sem licença do sistema de avaliações.",
        ("Compras", "Licenças"),
        hours=6,
    )


async def _elsewhere(cast: Cast, scene: _Scene) -> None:
    await scene.ticket(
        cast.caio,
        "Acesso da nova diretora",
        "A diretora nova precisa de usuário no portal.",
        ("Acesso ao portal", "Novo usuário"),
        hours=30,
    )


async def _teams(ids: dict[str, int]) -> None:
    teams = {}
    for name, tier, confidential in (
        ("Atendimento", 1, False),
        ("Financeiro", 1, False),
        ("Integrações", 2, False),
        ("Ouvidoria", 1, True),
    ):
        rows = await fetch(
            "INSERT INTO team (name, tier, is_confidential) VALUES ({}, {}, {}) RETURNING id", name, tier, confidential
        )
        teams[name] = rows[0]["id"]
    for person, team in (
        ("bia", "Atendimento"),
        ("bia", "Financeiro"),
        ("davi", "Integrações"),
        ("lia", "Atendimento"),
        ("lia", "Financeiro"),
        ("lia", "Ouvidoria"),
    ):
        await fetch("INSERT INTO team_member (team, person) VALUES ({}, {})", teams[team], ids[person])
    for position, (name, team, topics) in enumerate(CATEGORIES):
        await _category(name, team, topics, position=position)


async def _category(
    name: str, team: str, topics: tuple[str, ...], *, position: int, needs_approval: bool = False
) -> None:
    queue = (await fetch("SELECT id FROM team WHERE name = {}", team))[0]["id"]
    category = Category(
        name=name, workflow=settings().preset, team=queue, position=position, needs_approval=needs_approval
    )
    await category.save()
    for place, topic in enumerate(topics):
        await Topic(category=category.id, name=topic, position=place).save()


async def _subject(category: str, topic: str) -> tuple[int, int]:
    """The ids of a category and of one of its topics."""
    rows = await fetch(
        "SELECT category.id AS category, topic.id AS topic FROM category JOIN topic ON topic.category = category.id "
        "WHERE category.name = {} AND topic.name = {}",
        category,
        topic,
    )
    return rows[0]["category"], rows[0]["topic"]


async def _actor(number: int) -> Actor:
    actor = await actors.of_person(number)
    assert actor is not None
    return actor
