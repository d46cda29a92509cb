"""Permissions of each role, in words."""

from typing import NamedTuple

from web.people.permissions import Role


class Right(NamedTuple):
    """A right, the lowest role that has it, and a page where it is used."""

    text: str
    least: Role
    address: str

    def is_of(self, role: str) -> bool:
        return _LADDER.index(Role(role)) >= _LADDER.index(self.least)


_LADDER = (Role.REQUESTER, Role.AGENT, Role.LEAD, Role.ADMIN)
"""Each role has all rights of those before it."""

RIGHTS = (
    Right("Abrir solicitações e acompanhar as próprias", Role.REQUESTER, "/tickets"),
    Right("Atender os tickets de todas as equipes, menos os das reservadas", Role.AGENT, "/desk"),
    Right("Cadastrar, convidar e mudar solicitantes", Role.AGENT, "/desk/people/new"),
    Right("Ver os relatórios", Role.LEAD, "/desk/reports"),
    Right("Configurar equipes, categorias, horários, prazos e respostas prontas", Role.LEAD, "/desk/settings"),
    Right("Importar pessoas e organizações, e juntar contas", Role.LEAD, "/desk/settings/imports"),
    Right("Criar e revogar chaves de robôs", Role.LEAD, "/desk/settings/keys"),
    Right("Ler o histórico das configurações", Role.LEAD, "/desk/settings/log"),
    Right("Cuidar da identidade, das caixas de e-mail e dos webhooks", Role.ADMIN, "/desk/settings/place"),
    Right("Responder aos pedidos de privacidade", Role.ADMIN, "/desk/settings/privacy"),
    Right("Cadastrar quem atende e dar papéis e equipes", Role.ADMIN, ""),
)
