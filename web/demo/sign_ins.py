"""Who can sign in to the demonstration."""

from web.people import accounts

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
