"""The brand: set by administrators, visible on every page."""

import brotli
import pytest

from tests import cast
from tests.brand.drawn import png, svg
from tests.cast import Cast
from tests.client import HOME, Browser, Page, browser_of, folded
from tests.pages.reading import refusals, statements
from tests.presets import started_under
from web.brand import brand
from web.pages.shell.assets.bundle import branding

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

AT = "/desk/settings/place"


async def admin() -> tuple[Cast, Browser]:
    people = await cast.enrol()
    return people, await browser_of(people.admin)


async def told(browser: Browser, **typed: str) -> Page:
    """The page after the form was sent."""
    return await browser.send(await browser.get(AT), AT, **typed)


async def test_name_and_words_are_on_every_page_at_once(database: None) -> None:
    people, ivo = await admin()
    page = await told(ivo, name="Editora Ipê", title="Como podemos ajudar?", text="Fale com a nossa equipe.")
    assert page.text(".notice") == "Salvo. Todas as páginas já mostram."
    front = await Browser().get("/")
    assert (front.title, front.text("h1")) == ("Como podemos ajudar? · Editora Ipê", "Como podemos ajudar?")
    assert "Fale com a nossa equipe." in front.words
    assert (await (await browser_of(people.ana)).get("/tickets")).text(".brand") == "Editora Ipê"


async def test_channels_stand_on_the_front_page_and_links_at_the_foot_of_all(database: None) -> None:
    people, ivo = await admin()
    await told(
        ivo,
        channel2="Telefone",
        address2="(11) 4002-8922",
        hours2="seg. a sex., 8h às 18h",
        link1="Privacidade",
        leads1="https://ipe.example/privacidade",
    )
    front = await Browser().get("/")
    assert [folded(cell) for cell in front.html.css("tbody :is(th, td)")] == [
        "Telefone",
        "(11) 4002-8922",
        "seg. a sex., 8h às 18h",
    ]
    tickets = await (await browser_of(people.ana)).get("/tickets")
    assert tickets.attributes("footer a", "href") == [
        "/help/channels",
        "/help/accessibility",
        "https://ipe.example/privacidade",
    ]
    again = await ivo.get(AT)
    assert [again.values(AT)[name] for name in ("channel1", "channel2", "link1")] == ["Telefone", "", "Privacidade"]


async def test_what_cannot_be_is_told_beside_its_field_and_nothing_typed_is_lost(database: None) -> None:
    _, ivo = await admin()
    typed = {
        "name": " ",
        "title": "a" * 121,
        "channel3": "Telefone",
        "address3": "",
        "link1": "Aqui",
        "leads1": "javascript:alert(1)",
    }
    page = await told(ivo, **typed)
    assert page.status == 422
    assert refusals(page) == {
        "name": "Preencha este campo.",
        "title": "O texto pode ter até 120 caracteres; este tem 121.",
        "address1": "Preencha este campo.",
        "leads1": "Escreva o endereço inteiro: https://…, mailto:… ou tel:…",
    }
    kept = page.values(AT)
    assert [kept[name] for name in ("title", "channel1", "leads1")] == ["a" * 121, "Telefone", "javascript:alert(1)"]
    assert brand.known().version == 0


async def test_an_accent_nobody_can_read_is_refused_and_the_nearest_is_offered(database: None) -> None:
    _, ivo = await admin()
    page = await told(ivo, name="Editora Ipê", accent="#ffd400")
    assert page.status == 422
    assert refusals(page)["accent"].startswith("Ninguém lê esta cor sobre o fundo claro.")
    (offered,) = page.html.css("button[name=offered]")
    assert folded(offered) == "Usar #7d6800"
    page = await ivo.send(page, AT, offered=offered.attributes["value"])
    assert page.status == 200
    assert (brand.known().accent, brand.known().name) == ("#7d6800", "Editora Ipê")


@pytest.mark.parametrize("colour", ["vermelho", "#fff", "#12345g", "url(x)", "#0f5c5c;}"])
async def test_a_colour_that_is_none_is_refused(colour: str, database: None) -> None:
    _, ivo = await admin()
    assert refusals(await told(ivo, accent=colour)) == {"accent": "Escreva a cor assim: #0f5c5c."}


async def test_the_accent_comes_as_a_small_stylesheet_kept_for_ever(database: None) -> None:
    _, ivo = await admin()
    assert len((await ivo.get(AT)).html.css("head > link[rel=stylesheet]")) == 1
    page = await told(ivo, accent="#8a1c5a")
    address = page.attributes("head > link[rel=stylesheet]", "href")[-1]
    answer = await Browser().client.get(address)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.text.startswith("@layer tokens{:root{--accent:#8a1c5a;")
    assert len(answer.content) < 400
    await told(ivo, accent="#0f5c5c")
    assert len((await ivo.get(AT)).html.css("head > link[rel=stylesheet]")) == 1


async def test_a_logo_hangs_at_the_top_at_an_address_of_its_content(database: None) -> None:
    _, ivo = await admin()
    page = await ivo.send(await ivo.get(AT), f"{AT}/logo", files=[("logo.png", png(40, 40), "logo")])
    assert page.text(".notice") == "Imagem salva. Todas as páginas já mostram."
    picture = page.one(".brand img").attributes
    assert (picture["alt"], picture["width"], picture["height"]) == ("", "32", "32")
    answer = await Browser().client.get(picture["src"])
    assert answer.content == png(40, 40)
    assert {name: answer.headers[name] for name in ("content-type", "cache-control", "x-content-type-options")} == {
        "content-type": "image/png",
        "cache-control": "public, max-age=31536000, immutable",
        "x-content-type-options": "nosniff",
    }
    assert "sandbox" in answer.headers["content-security-policy"]
    page = await ivo.send(page, f"{AT}/logo/removal")
    assert page.html.css(".brand img") == []
    assert (await Browser().get(picture["src"])).status == 404


async def test_a_wide_logo_takes_the_place_of_the_name(database: None) -> None:
    _, ivo = await admin()
    page = await ivo.send(
        await ivo.get(AT), f"{AT}/logo", files=[("logo.svg", svg().replace(b"32 16", b"90 30"), "logo")]
    )
    assert page.text(".brand") == ""
    assert page.one(".brand img").attributes["alt"] == "Guichê"


async def test_an_icon_takes_the_place_of_the_house_icon(database: None) -> None:
    _, ivo = await admin()
    page = await ivo.send(await ivo.get(AT), f"{AT}/icon", files=[("icone.svg", svg(), "icon")])
    address = page.one("link[rel=icon]").attributes["href"]
    assert address.startswith("/place/")
    assert (await Browser().client.get(address)).headers["content-type"] == "image/svg+xml"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("logo.svg", svg("<script>alert(1)</script>"), "Este SVG traz programa ou endereço de fora."),
        ("logo.png", png() + b"<script>alert(1)</script>", "Este arquivo traz mais do que uma imagem."),
        ("logo.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 50, "Use uma imagem PNG, WebP ou SVG."),
        ("logo.png", b"a" * 300_000, "A imagem passa de 200 kB."),
    ],
)
async def test_a49_a_logo_that_is_no_picture_is_refused_in_words(
    name: str, content: bytes, words: str, database: None
) -> None:
    _, ivo = await admin()
    page = await ivo.send(await ivo.get(AT), f"{AT}/logo", files=[(name, content, "logo")])
    assert page.status == 422
    assert page.text("#files-logo-error").startswith(words)
    assert page.attributes("[aria-invalid]", "id") == ["files-logo"]
    assert brand.known().logo is None


async def test_what_is_typed_stays_when_a_picture_is_sent_or_removed(database: None) -> None:
    _, ivo = await admin()
    typed = {"name": "Editora Ipê", "text": "Ainda penso.", "channel1": "Telefone", "address1": "(11) 3000-0000"}
    page = await ivo.send(await ivo.get(AT), f"{AT}/logo", files=[("logo.png", png(), "logo")], **typed)
    removed = await ivo.send(page, f"{AT}/logo/removal")
    assert [each.text(".notice") for each in (page, removed)] == [
        "Imagem salva. Todas as páginas já mostram. Os textos ainda não foram salvos.",
        "Imagem removida. Os textos ainda não foram salvos.",
    ]
    assert [{name: each.values(AT)[name] for name in typed} for each in (page, removed)] == [typed] * 2
    assert brand.known().name == "Guichê"
    assert brand.known().logo is None
    saved = await ivo.send(removed, AT)
    assert (saved.text(".notice"), brand.known().name) == ("Salvo. Todas as páginas já mostram.", "Editora Ipê")


async def test_pictures_that_were_chosen_are_saved_with_the_texts(database: None) -> None:
    _, ivo = await admin()
    chosen = [("logo.png", png(), "logo"), ("icone.svg", svg(), "icon")]
    refused = await ivo.send(await ivo.get(AT), AT, name="Ipê", files=[*chosen[:1], ("icone.gif", b"GIF89a", "icon")])
    assert (refused.status, refused.text("#files-icon-error"), refused.values(AT)["name"]) == (
        422,
        "Use uma imagem PNG, WebP ou SVG.",
        "Ipê",
    )
    assert (brand.known().name, brand.known().logo) == ("Guichê", None)
    await ivo.send(refused, AT, files=chosen)
    assert (brand.known().name, brand.known().logo is None, brand.known().icon is None) == ("Ipê", False, False)


async def test_a_logo_form_without_a_file_asks_for_one(database: None) -> None:
    _, ivo = await admin()
    page = await ivo.send(await ivo.get(AT), f"{AT}/logo")
    assert page.text("#files-logo-error") == "Preencha este campo."
    assert page.links()["Logotipo"] == "#files-logo"


async def test_who_saves_second_sees_what_the_other_changed_and_loses_nothing(database: None) -> None:
    _, ivo = await admin()
    opened = await ivo.get(AT)
    await told(ivo, name="Editora Ipê", text="Nova")
    page = await ivo.send(opened, AT, name="Ipê Livros", title="Ajuda")
    assert page.status == 409
    assert page.texts(".summary li") == [
        "Nome: agora é “Editora Ipê”.",
        "Título da entrada: agora é “vazio”.",
        "Texto da entrada: agora é “Nova”.",
    ]
    assert page.values(AT)["name"] == "Ipê Livros"
    page = await ivo.send(page, AT)
    assert (brand.known().name, brand.known().title, brand.known().text) == ("Ipê Livros", "Ajuda", "")


async def test_each_change_is_in_the_log_of_settings(database: None) -> None:
    _, ivo = await admin()
    await told(ivo, name="Editora Ipê", link1="Ajuda", leads1="https://ipe.example")
    await ivo.send(await ivo.get(AT), f"{AT}/logo", files=[("logo.png", png(), "logo")])
    log = await ivo.get("/desk/settings/log")
    rows = [[folded(cell) for cell in row.css("td")] for row in log.html.css("tbody tr")]
    assert [row[1] for row in rows] == ["Ivo Braga", "Ivo Braga"], rows
    assert "logotipo" in " ".join(rows[0])
    assert "Guichê" in " ".join(rows[1])
    assert "Ajuda, https://ipe.example" in " ".join(rows[1])


async def test_list_and_ticket_cost_no_statement_more(database: None) -> None:
    people, ivo = await admin()
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    for path in ("/tickets", f"/tickets/{number}"):
        with statements() as before:
            await ana.get(path)
        await told(ivo, name="Editora Ipê", accent="#8a1c5a", link1="Ajuda", leads1="https://ipe.example")
        with statements() as after:
            await ana.get(path)
        assert len(after) == len(before)


async def test_another_process_learns_of_a_change_when_it_next_looks(database: None) -> None:
    _, ivo = await admin()
    await told(ivo, name="Editora Ipê", accent="#8a1c5a")
    address = (await ivo.get("/")).attributes("head > link[rel=stylesheet]", "href")[-1]
    brand._known.brand = brand.Brand()  # as a process that has not looked since
    assert (await Browser().get("/")).title.endswith("· Guichê")
    assert (await Browser().client.get(address)).status_code == 200, "an address it has not heard of is looked up"
    brand._known.brand = brand.Brand()
    await brand.renew()
    assert brand.known().name == "Editora Ipê"
    assert branding(brand.known()).sheet is not None


async def test_who_is_no_administrator_is_shown_no_way_there(database: None) -> None:
    people, ivo = await admin()
    lia = await browser_of(people.lia)
    assert "Identidade" not in (await lia.get("/desk/settings")).links()
    index = await ivo.get("/desk/settings")
    assert index.links()["Identidade"] == AT
    assert index.text(".choices li:first-child .quiet") == "Guichê, sem logotipo, nenhum canal de atendimento"
    assert (await lia.client.get(HOME + AT)).status_code == 404


async def test_a_portal_with_name_logo_accent_and_links_adds_at_most_200_bytes_to_a_page(database: None) -> None:
    people, ivo = await admin()
    ana = await browser_of(people.ana)
    plain = weight(await ana.get("/tickets"))
    await told(ivo, name="Editora Ipê", accent="#8a1c5a", link1="Privacidade", leads1="https://ipe.example/privacidade")
    await ivo.send(await ivo.get(AT), f"{AT}/logo", files=[("logo.svg", svg(), "logo")])
    await ivo.send(await ivo.get(AT), f"{AT}/icon", files=[("icone.png", png(), "icon")])
    assert weight(await ana.get("/tickets")) - plain <= 200


def weight(page: Page) -> int:
    """The bytes of the response."""
    return len(brotli.compress(page.response.text.encode(), quality=4))


def lists(page: Page) -> list[str]:
    return [text.rsplit(" ", 1)[0] for text in page.texts("[aria-label='Listas de tickets'] [role=tab]")]


async def test_v11_the_list_of_tickets_is_one_or_several_as_administrators_wish(database: None) -> None:
    people, ivo = await admin()
    ana = await browser_of(people.ana)
    await cast.ticket(people.ana)
    page = await ana.get("/tickets")
    assert (lists(page), page.options("status") != [], "Nova Guia" in page.links()) == ([], True, False)
    before = await ivo.get(AT)
    names = [*page.options("status")[1:], page.options("status")[0]]
    assert f"Sendo várias, são: {', '.join(names[:-1])} e {names[-1]}." in before.words
    assert "O vocabulário em uso tem uma só, com a situação no filtro." in before.words
    await told(ivo, lists="lists")
    page = await ana.get("/tickets")
    assert (lists(page), page.options("status"), "Nova Guia" in page.links()) == (names, [], False)
    await told(ivo, lists="tabs")
    page = await ana.get("/tickets")
    assert (lists(page), "Nova Guia" in page.links()) == (names, True)
    assert len((await ana.get(page.links()["Nova Guia"])).texts("[aria-label=Guias] [role=tab]")) == 2
    await told(ivo, lists="")
    assert lists(await ana.get("/tickets")) == []


async def test_a05_the_lists_of_a_vocabulary_can_be_one_with_a_filter(database: None) -> None:
    with started_under("aprovacao"):
        people, ivo = await admin()
        assert lists(await (await browser_of(people.ana)).get("/tickets"))[0] == "Tickets Pendentes"
        await told(ivo, lists="bar")
        page = await (await browser_of(people.ana)).get("/tickets")
        assert (lists(page), page.options("status")[1]) == ([], "Tickets Pendentes")


async def test_a_layout_that_is_none_is_refused(database: None) -> None:
    _, ivo = await admin()
    page = await told(ivo, lists="espiral")
    assert (page.status, refusals(page)) == (422, {"lists": "Escolha uma das opções da lista."})
