"""A first start: migrates the tables, and writes the demonstration into an empty database."""

import secrets

from web import database
from web.clock import now
from web.database import execute, transaction
from web.demo import demonstration
from web.demo.sign_ins import PEOPLE, is_demonstration, is_empty
from web.people.passwords import hashing
from web.schema import migration
from web.settings import settings
from web.storage import Storage

_IN_USE = "O banco de dados já tem pessoas: nenhuma demonstração foi acrescentada."
_PUBLIC = (
    "O banco de dados está vazio, e o endereço é de produção (https): nenhuma demonstração foi acrescentada.\n"
    "Para tê-la assim mesmo, defina GUICHE_DEMO_PASSWORD."
)


async def first_start() -> str:
    """The message of each start: who can sign in and with which password, or why there is no demonstration.

    The password is the one set, or a new one. The demonstration is written whole or not at all.
    """
    chosen = settings().demo_password
    password = chosen or "-".join(secrets.token_hex(2) for _ in range(4))
    async with database.opened():
        await migration.migrate()
        async with migration.alone(), transaction():
            if await is_demonstration():
                await _set_password(password)
            elif not await is_empty():
                return _IN_USE
            elif settings().is_secure and not chosen:
                return _PUBLIC
            else:
                await demonstration.write(password, storage=Storage.at(settings().storage), end=now())
    lines = [f"  {address:23} {who}" for address, who in PEOPLE.items()]
    return "\n".join(["Demonstração. Entre com um destes e-mails:", *lines, f"Senha de todos: {password}"])


async def _set_password(password: str) -> None:
    kept = await hashing.hashed(password)
    for address in PEOPLE:
        await execute(
            "UPDATE person SET password = {} WHERE id = (SELECT person FROM identity WHERE value = {})", kept, address
        )
