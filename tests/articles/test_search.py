"""Search of articles: accents, plurals, typing errors, compounds and synonyms."""

from datetime import timedelta

import pytest

from tests import cast
from tests.articles.factories import article, draft
from tests.cast import NOW
from web.articles import publication, statistics
from web.articles.feedback import votes
from web.articles.search import synonyms
from web.articles.search.finding import Results, find
from web.articles.search.ranking import ranked
from web.database import fetch
from web.errors import Invalid
from web.people.permissions import Actor

pytestmark = pytest.mark.anyio


async def library() -> cast.Cast:
    people = await cast.enrol()
    await article(people, "Segunda via de boleto", "Entre em **Cobrança** e escolha o mês.")
    await article(people, "Instalação do aplicativo", "Baixe na loja do celular.", objective="Instalar em celulares.")
    await article(people, "Trocar a senha do portal", "Escreva a senha nova duas vezes.", objective="Mudar a senha.")
    await article(people, "Rede wi-fi da escola", "Peça ao suporte.", objective="Entrar na rede sem fio.")
    await article(people, "Nota fiscal", "O boleto não é a nota. Abra **Pedidos**.", objective="Achar a nota.")
    return people


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("boleto", "Segunda via de boleto"),
        ("BOLETOS", "Segunda via de boleto"),
        ("bolet", "Segunda via de boleto"),
        ("como faço para emitir o boleto?", "Segunda via de boleto"),
        ("instalacao", "Instalação do aplicativo"),
        ("instalações em celulares", "Instalação do aplicativo"),
        ("wifi", "Rede wi-fi da escola"),
        ("wi fi", "Rede wi-fi da escola"),
        ("nota", "Nota fiscal"),
        ("notas fiscais", "Nota fiscal"),
        ("senhas", "Trocar a senha do portal"),
        ("trocando", "Trocar a senha do portal"),
        ("como instalo", "Instalação do aplicativo"),
    ],
)
async def test_a_question_finds_its_article_first(text, first, database):
    await library()
    assert titles(await find(text, by=None, at=NOW))[0] == first


@pytest.mark.parametrize(
    ("text", "meant", "first"),
    [
        ("boletto", "boleto", "Segunda via de boleto"),
        ("bolteo", "boleto", "Segunda via de boleto"),
        ("instalassao", "instalação", "Instalação do aplicativo"),
        ("segundavia", "segunda via", "Segunda via de boleto"),
        ("nota fiscau", "nota fiscal", "Nota fiscal"),
        ("seha portal", "senha portal", "Trocar a senha do portal"),
    ],
)
async def test_the_nearest_question_is_answered_where_nobody_wrote_the_word(text, meant, first, database):
    await library()
    found = await find(text, by=None, at=NOW)
    assert (found.meant, titles(found)[0]) == (meant, first)


@pytest.mark.parametrize("text", ["", " ", "?!", "zzzzzz", "qwertyuiop", "x" * 200, "' OR 1=1 --", "%", "{}"])
async def test_what_is_nothing_finds_nothing(text, database):
    await library()
    assert await find(text, by=None, at=NOW) == Results([], "", has_all=False)


async def test_synonyms_find_what_is_called_otherwise(database):
    people = await library()
    assert titles(await find("fatura", by=None, at=NOW)) == []
    number = await synonyms.save_synonym("boleto, fatura, mensalidade", by=people.bia, at=NOW)
    assert titles(await find("faturas", by=None, at=NOW)) == ["Segunda via de boleto", "Nota fiscal"]
    await synonyms.remove_synonym(number, by=people.bia, at=NOW)
    assert titles(await find("fatura", by=None, at=NOW)) == []
    for words, code in (
        ("boleto", "two_words"),
        ("boleto, !", "few_words_each"),
        ("boleto, papel azul comprido que vence amanhã", "few_words_each"),
        ("a," * 400, "too_long"),
    ):
        with pytest.raises(Invalid) as refused:
            await synonyms.save_synonym(words, by=people.bia, at=NOW)
        assert refused.value.fields == {"words": code}


async def test_a_synonym_of_several_words_needs_all_of_them_whichever_way(database):
    people = await library()
    await article(people, "Fiscal de prova", "Quem pode ser.", objective="Escolher.")
    await article(people, "Guardar o DANFE", "Guarde por cinco anos.", objective="Guardar.")
    assert titles(await find("nf", by=None, at=NOW)) == []
    await synonyms.save_synonym("nota fiscal, NF, DANFE, 2ª via da nota", by=people.bia, at=NOW)
    for text in ("nf", "NF", "nf do pedido"):
        assert titles(await find(text, by=None, at=NOW))[:2] == ["Nota fiscal", "Guardar o DANFE"], text
    assert titles(await find("nf", by=None, at=NOW)) == ["Nota fiscal", "Guardar o DANFE"]
    for text in ("notas fiscais", "a nota fiscal", "segunda 2ª via da nota"):
        assert "Guardar o DANFE" in titles(await find(text, by=None, at=NOW)), text
    assert titles(await find("danfe", by=None, at=NOW)) == ["Guardar o DANFE", "Nota fiscal"]
    marked = [piece.text for piece in (await find("nf", by=None, at=NOW)).hits[0].title if piece.is_marked]
    assert marked == ["Nota", "fiscal"]


async def test_the_title_counts_most_then_what_readers_use_and_say(database):
    people = await cast.enrol()
    in_text = await article(people, "Pedidos", "Troca de livro.", objective="")
    plain = await article(people, "Troca de livro", "Escreva a nós.", objective="")
    liked = await article(people, "Troca de caderno", "Escreva a nós.", objective="")
    assert [each.id for each in await ranked("troca", by=None, at=NOW)][-1] == in_text
    for number in range(30):
        voted = {"serves": True, "voter": str(number), "network": "127.0.0.1"}
        await votes.vote("troca-de-caderno", **voted, by=None, at=NOW)
    assert [each.id for each in await ranked("troca", by=None, at=NOW)] == [liked, plain, in_text]


async def test_articles_with_some_of_the_words_follow_those_with_all(database):
    await library()
    found = await find("boleto portal", by=None, at=NOW)
    assert (found.has_all, set(titles(found))) == (
        False,
        {"Segunda via de boleto", "Nota fiscal", "Trocar a senha do portal"},
    )


async def test_an_excerpt_marks_the_words_in_the_text_and_the_title(database):
    await library()
    [hit] = [each for each in (await find("boletos", by=None, at=NOW)).hits if each.slug == "nota-fiscal"]
    assert [(each.text, each.is_marked) for each in hit.excerpt] == [
        ("O ", False),
        ("boleto", True),
        (" não é a nota. Abra Pedidos.", False),
    ]


async def test_a17_a54_nobody_finds_or_is_offered_what_they_may_not_read(database):
    people = await cast.enrol()
    theirs = frozenset(people.ana.organizations)
    await article(people, "Fraude confidencial", audience="agents")
    await article(people, "Contrato guardado", audience="organizations", organizations=theirs)
    await draft(people, "Rascunho esquecido")
    gone = await article(people, "Retirado ontem")
    await publication.retire(gone, by=people.lia, at=NOW)
    later = await draft(people, "Novidade futura")
    await publication.publish(later, since=NOW + timedelta(days=1), by=people.lia, at=NOW)

    async def seen(by: Actor | None) -> dict[str, int]:
        words = ("fraude", "fraudde", "contrato", "contratto", "rascunho", "rascuho", "retirado", "futura", "futurra")
        return {word: len((await find(word, by=by, at=NOW)).hits) for word in words}

    nothing = dict.fromkeys(
        ("fraude", "fraudde", "contrato", "contratto", "rascunho", "rascuho", "retirado", "futura", "futurra"), 0
    )
    assert await seen(None) == nothing
    assert await seen(people.caio) == nothing
    assert await seen(people.ana) == nothing | {"contrato": 1, "contratto": 1}
    assert await seen(people.bia) == nothing | {"fraude": 1, "fraudde": 1, "contrato": 1, "contratto": 1}
    assert (await find("fraudde", by=None, at=NOW)).meant == ""


async def test_reading_is_counted_once_a_reader_and_searches_by_what_they_came_to(database):
    people = await cast.enrol()
    number = await article(people)
    for reader in ("a", "a", "b"):
        statistics.note_read(reader, number)
    for second, (reader, text) in enumerate(
        [("a", "bol"), ("a", "bole"), ("a", "boleto"), ("a", "nota"), ("b", "Nota")]
    ):
        statistics.note_search(reader, text, 2, at=NOW + timedelta(seconds=second))
    await statistics.write(NOW + timedelta(seconds=10))
    assert await kept() == ([2], [("boleto", 1, 2)])
    await statistics.write(NOW + timedelta(seconds=30))
    await statistics.write(NOW + timedelta(seconds=60))
    assert await kept() == ([2], [("boleto", 1, 2), ("nota", 2, 2)])


async def kept() -> tuple[list[int], list[tuple[str, int, int]]]:
    reads = [row["reads"] for row in await fetch("SELECT reads FROM article")]
    rows = await fetch("SELECT words, times, results FROM help_search ORDER BY words")
    return reads, [(row["words"], row["times"], row["results"]) for row in rows]


def titles(found: Results) -> list[str]:
    return ["".join(piece.text for piece in each.title) for each in found.hits]
