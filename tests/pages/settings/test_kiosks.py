"""Kiosks: created, bound by a one-time link, seen as live, retired."""

from datetime import timedelta

import pytest

from tests.cast import NOW
from tests.client import Browser, browser_of
from tests.kiosks.lobby import lobby
from web.clock import set_now
from web.database import fetch

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

AT = "/desk/settings/kiosks"


async def test_a_kiosk_is_made_with_what_it_offers_and_the_log_says_so(database):
    place = await lobby()
    ivo = await browser_of(place.people.admin)
    page = await ivo.send(await ivo.get(AT), AT, name="Secretaria", organization="11.222.333/0001-81", words="Olá!")
    assert page.text(".notice") == "Quiosque criado. Faça o link e abra-o no aparelho."
    assert page.values(page.path.partition("?")[0])["organization"] == "Colégio Aurora"
    told = await fetch("SELECT kind, name FROM setting_change WHERE kind = 'kiosk' ORDER BY id DESC LIMIT 1")
    assert told == [{"kind": "kiosk", "name": "Secretaria"}]
    listed = await ivo.get(AT)
    assert listed.texts("tbody tr") == ["Recepção todos no ar", "Secretaria Colégio Aurora nenhum aparelho ligado"]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [({"name": ""}, "Nome"), ({"name": "S", "organization": "Escola de Marte"}, "Organização")],
)
async def test_what_can_not_be_is_refused_and_comes_back(typed, wrong, database):
    ivo = await browser_of((await lobby()).people.admin)
    page = await ivo.send(await ivo.get(AT), AT, **{**typed, "words": "Olá!"})
    assert (page.status, page.texts(".summary a")) == (422, [wrong])
    assert page.values(AT)["words"].strip() == "Olá!"


async def test_a_link_is_shown_once_and_binds_one_device_by_a_button(database):
    place = await lobby()
    ivo = await browser_of(place.people.admin)
    at = f"{AT}/{place.number}"
    shown = await ivo.send(await ivo.get(at), f"{at}/links")
    link = shown.text("code.secret").removeprefix("http://127.0.0.1:8000")
    assert (await ivo.get(at)).texts("code.secret") == []
    other, late = Browser(), Browser()
    page = await other.get(link)
    assert (page.text("h1"), (await place.browser.get("/kiosk")).status) == ("Recepção", 200)
    home = await other.send(page, link)
    assert (home.path, home.texts(".tile")[0]) == ("/kiosk?over=1", "Abrir uma solicitação")
    assert (await late.get(link)).status == 404
    assert (await place.browser.get("/kiosk")).text("h1") == "Este aparelho não é um quiosque"


async def test_whoever_opens_the_link_does_not_stay_signed_in_on_the_device(database):
    place = await lobby()
    ivo = await browser_of(place.people.admin)
    shown = await ivo.send(await ivo.get(f"{AT}/{place.number}"), f"{AT}/{place.number}/links")
    link = shown.text("code.secret").removeprefix("http://127.0.0.1:8000")
    await ivo.send(await ivo.get(link), link)
    assert (await ivo.get("/desk")).path == "/sign-in?next=%2Fdesk"
    assert (await ivo.get("/kiosk")).status == 200


async def test_a_link_is_over_after_a_day(database):
    place = await lobby()
    ivo = await browser_of(place.people.admin)
    shown = await ivo.send(await ivo.get(f"{AT}/{place.number}"), f"{AT}/{place.number}/links")
    set_now(NOW + timedelta(hours=24, minutes=5))
    assert (await Browser().get(shown.text("code.secret").removeprefix("http://127.0.0.1:8000"))).status == 404


async def test_the_list_says_which_kiosk_gives_no_sign(database):
    place = await lobby()
    set_now(NOW + timedelta(hours=2, minutes=5))
    ivo = await browser_of(place.people.admin, at=NOW + timedelta(hours=2, minutes=5))
    assert (await ivo.get(AT)).texts("tbody td")[1] == "sem sinal, visto há 2 h"
    await place.browser.get("/kiosk")
    assert (await ivo.get(AT)).texts("tbody td")[1] == "no ar"


async def test_a_retired_kiosk_serves_nobody_and_is_bound_anew_when_it_comes_back(database):
    place = await lobby()
    ivo = await browser_of(place.people.admin)
    at = f"{AT}/{place.number}"
    listed = await ivo.send(await ivo.get(at), f"{at}/removal")
    assert listed.texts("tbody td")[1] == "desativado em 23/11/2026"
    page = await place.browser.get("/kiosk")
    assert (page.status, page.text("h1")) == (404, "Este aparelho não é um quiosque")
    assert (await place.browser.get("/kiosk/categories")).status == 404
    await ivo.send(await ivo.get(at), f"{at}/restoration")
    assert (await place.browser.get("/kiosk")).status == 404


async def test_two_who_change_one_kiosk_are_told_of_each_other(database):
    place = await lobby()
    ivo = await browser_of(place.people.admin)
    at = f"{AT}/{place.number}"
    before = await ivo.get(at)
    await ivo.send(before, at, name="Portaria")
    page = await ivo.send(before, at, name="Entrada")
    assert (page.status, page.values(at)["name"]) == (409, "Entrada")
