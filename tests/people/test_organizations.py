"""Organizations: one for each CNPJ."""

import pytest

from web.database import fetch
from web.errors import Invalid
from web.people import organizations

pytestmark = pytest.mark.anyio


async def test_an_organization_is_founded_once(database):
    number = await organizations.insert("Colégio Aurora", "11.222.333/0001-81")
    assert await fetch("SELECT id, name, cnpj, root, calendar FROM organization") == [
        {"id": number, "name": "Colégio Aurora", "cnpj": "11222333000181", "root": "11222333", "calendar": None}
    ]
    for text, code in (("11222333000181", "known_cnpj"), ("11222333000182", "wrong_check_digits"), ("", "not_a_cnpj")):
        with pytest.raises(Invalid) as refused:
            await organizations.insert("Outro", text)
        assert (refused.value.field, refused.value.code) == ("cnpj", code)
