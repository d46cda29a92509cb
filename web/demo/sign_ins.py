"""The accounts of the demonstration, and whether it is installed."""

from web.database import fetch_column
from web.people import accounts
from web.people.permissions import SYSTEM

PEOPLE = {
    "ana@aurora.example": "solicitante; vê os tickets do Colégio Aurora, aprova, cuida dos colegas",
    "rui@aurora.example": "solicitante; vê só os próprios",
    "caio@horizonte.example": "solicitante de outra escola",
    "bia@guiche.example": "atendente N1",
    "davi@guiche.example": "atendente N2",
    "lia@guiche.example": "líder",
    "admin@guiche.example": "administração",
}


async def is_demonstration() -> bool:
    return await accounts.find(next(iter(PEOPLE))) is not None


async def is_empty() -> bool:
    """Whether the system's person is the only one."""
    return not await fetch_column(int, "SELECT 1 AS found FROM person WHERE id <> {} LIMIT 1", SYSTEM.id)


async def hint_on_empty() -> str:
    """How to create the first person of an empty database; empty once there is one."""
    return _EMPTY if await is_empty() else ""


_EMPTY = (
    "O banco de dados está vazio, e nenhuma demonstração foi acrescentada: isso só `python -m web run` faz.\n"
    '`python -m web person "Nome" e-mail --role admin` cria a primeira pessoa.'
)
