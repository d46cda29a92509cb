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


async def test_an_organization_is_meant_by_its_cnpj_or_its_whole_name_however_they_are_written(database):
    aurora = await organizations.insert("Colégio Aurora", "11.222.333/0001-81")
    horizonte = await organizations.insert("COLEGIO AURORA", "12.ABC.345/01DE-35")
    ipe = await organizations.insert("Escola Ipê", "11.222.333/0002-62")
    meant = {
        "escola ipe": ipe,
        " ESCOLA  IPÊ\n": ipe,
        "CNPJ nº 11.222.333/0002-62": ipe,
        "Escola Ipê (11.222.333/0002-62)": ipe,
        "11222333000181": aurora,
        "12abc34501de35": horizonte,
        "Colégio Aurora": aurora,
        "COLEGIO AURORA": horizonte,
        "colégio aurora": None,
        "Escola": None,
        "": None,
    }
    found = {text: await organizations.find(text) for text in meant}
    assert {text: each and each.id for text, each in found.items()} == meant
