"""Search of tickets: spellings, relevance, and visibility."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from web.pages.words.labels import desk_statuses
from web.people import accounts
from web.people.permissions import Actor
from web.tickets.actions import assignment, participants, replies
from web.tickets.lists import desk, portal, search
from web.tickets.lists.desk_views import DeskFilter
from web.tickets.lists.portal import Filter
from web.tickets.pagination import Listing
from web.tickets.record import reindexing
from web.tickets.record.attachments import save_file
from web.tickets.requests import drafts
from web.tickets.requests.drafts import Request

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=1)

ALIKE = """
    E-mail = email = e mail = EMAIL = e-mails = emails = E‑mail
    Wi-Fi = wifi = wi fi = WIFI = Wi–Fi
    NF-e = nfe = NFe = nf e
    Sant'Ana = santana = Sant’Ana = SANT´ANA
    d'água = dágua = dagua = d’agua
    pré-matrícula = prematricula = pré matrícula
    guarda-chuva = guardachuva
    S.A. = SA = S/A
    CNPJ = C.N.P.J.
    12.345-6 = 123456 = 12345-6 = 12 345 6
    45.678.901/0001-23 = 45678901000123 = 45.678.901/0001 23
    12.ABC.345/01DE-35 = 12abc34501de35 = 12.abc.345/01de-35
    (11) 98765-4321 = 11987654321 = 11 98765-4321 = 11 9 8765 4321
    1.234,56 = 1234,56 = 1234.56 = 123456
    01310-100 = 01310100
    23/11/2026 = 23-11-2026 = 23.11.2026 = 23112026
    instalação = instalacoes = INSTALAÇÕES
    papel = papéis = papeis
    login = logins
    token = tokens
    perfil = perfis
    inglês = ingleses
    2ª via = 2a via = 2.ª VIA
    turma 5ºA = turma 5º A = turma 5A = turma 5 a = turma 5° A
    1º ano = 1o ano = 1° ano
    pedido nº 4521 = pedido nº4521 = pedido n° 4521 = pedido № 4521 = pedido no. 4521
    NFS-e = nfse = nfs e
    CT-e = cte = ct e
    e-Social = eSocial = e social
    d'Ávila = davila
    O'Neil = oneil
    anti-vírus = antivírus
    ABC-1D23 = abc1d23
    12.345.678-X = 12345678x
    00:1A:2B:3C:4D:5E = 00-1a-2b-3c-4d-5e = 001A2B3C4D5E
    0800 123 4567 = 08001234567 = 0800-123-4567
    978-85-359-0277-5 = 9788535902775
    2026/00123 = 202600123 = 2026-00123
    (11) 3456-7890 = +55 (11) 3456-7890 = 551134567890 = 011 3456-7890 = 11 3456 7890 = 0055 11 3456.7890
    11 91234-5678 = +55 11 91234-5678 = 5511912345678 = (011) 91234-5678 = 11912345678
    05/03/2026 = 5/3/2026 = 05-03-2026 = 05.03.2026 = 2026-03-05 = 5/3/26 = 20260305
    10h30 = 10:30 = 10 h 30 = 10h30min
    R$ 1.500,00 = R$1500 = 1.500,00 = 1500,00 = R$ 1.500 = 1500
    2ª via = 2 via = 2.ª via = 2a via = 2ªvia
    9º ano = 9°ano = 9 ano = 9.º ano = 9ºano
    pedido nº 77 = pedido 77 = pedido n. 77 = pedido n.º 77 = pedido num. 77
    Windows 11 = windows11 = WINDOWS-11
    L3250 = L 3250 = L-3250
    on-line = online = on line
    back-up = backup = back up
    e-book = ebook = e books
    check-in = check in = checkin
    ex-aluno = ex aluno = exalunos
    caixa-d'água = caixa d'água = caixa d agua = caixa dágua
    joana d'arc = joana darc = joana d arc
    3x4 = 3 x 4
    24h = 24 h
    14h = 14:00 = 14h00
    Escola Sta. Rita = escola santa rita
    sala 2ª-feira = sala segunda feira
"""
"""In each line texts of which each finds all."""

FINDS = """
    Instalação da rede < instal
    Instalação da rede < instalaç rede
    Instalação da rede < da inst
    Perfil do usuário < perfi
    E-mail da escola < ema
    Instalações prontas < instalaçõ
    Professores novos < professo
    Wi-Fi do pátio < wif
    CNPJ 45.678.901/0001-23 < 45.678.901
    CNPJ 45.678.901/0001-23 < 45678901
    A escola 45.678.901/0001-23 < CNPJ 45.678.901/0001-23 < CNPJ: 45678901000123 < CNPJ/MF nº 45.678.901/0001-23
    rita@escola.example, (11) 98765-4321 < e-mail: rita@escola.example < Tel.: (11) 98765-4321 < celular 11987654321
    Ligue para +55 (11) 98765-4321 < (11) 98765-4321
    Ligue para +55 (11) 98765-4321 < 98765 4321
    Nota fiscal 000.123 < 000123
    boleto_novembro-2026.pdf < boleto novembro
    boleto_novembro-2026.pdf < boleto_novembro-2026.pdf
    NotaFiscal.pdf < nota fiscal
    Processo 0001234-56.2026.8.26.0100 < 00012345620268260100
    34191.79001 01043.510047 91020.150008 5 89520000015000 < 34191790010104351004791020150008589520000015000
    rita.souza@escola.example < rita.souza@escola.example
    rita.souza@escola.example < souza
    Boletos\terrados\u00a0da\u2009turma < boletos errados da turma
    Boletos errados da turma < boletos\terrados\u00a0da\u2009turma
    e\u00admail < email
    Boleto (urgente!) < urgente
    Falta a assinatura/carimbo < carimbo
    R$ 1.500,00 < 1500 < R$1500 < 1500,00 < 1.500
    IMG_20261103_101010.jpg < 20261103 < img_2026
    https://portal.aurora.example/boletos?id=55 < portal.aurora.example < https://portal.aurora.example/boletos?id=55
    ar-condicionado < arcondicionado < ar condicionado
    versão 2.3.1 < 2.3.1
    rede 192.168.0.10 < 192.168.0.10 < 192.168
    ag. 1234-5 c/c 67.890-1 < 12345 < 678901
    série SN-AB12-0034 < snab120034 < ab12-0034
    25% de desconto < 25%
    rita.souza+boleto@escola.example < rita.souza+boleto@escola.example < rita.souza < @escola.example
    boleto errado < "boleto errado" < boleto* < (boleto < -boleto < boleto + errado < boleto, errado. < boleto 😀
    São João d'Aliança < sao joao dalianca
    ﬁnal do mês < final
    pães e órgãos < pao orgao
    Ligue (11) 98765-4321 < 98765-4321 < 4321
    BoletoNovembro.pdf < novembro < boleto novembro < boletonovembro
    IMG20261103.jpg < 20261103
    NFe35261112345678000195550010000001231000001234 < 3526 1112 3456 7800 0195 5500 1000 0001 2310 0000 1234
    PED10017 < 10017 < ped-10017 < PED 10017
    www.escola.example/boletos < https://www.escola.example/boletos < http://escola.example
    🔥BOLETO🔥 atrasado👍🏽 < boleto atrasado
    Escola D'Ávila < avila < davila < d avila
    «Relatório_São_João» (1).docx < relatorio sao joao < Relatório_São_João (1).docx
    Vencimento 5/3/2026 < 05/03 < 5/3 < 03/2026
    aluno(a) < alunos
    segunda-feira < segunda < segunda feira < SEGUNDAFEIRA
"""
"""In each line a text, and what finds it but is not found by it."""

DIFFERENT = """
    Instalação da rede < talação
    Instalação da rede < instalar
    CNPJ 45.678.901/0001-23 < 45678902
    E-mail da escola < mailescola
    Boletos errados < boletos certos
    12.345-6 < 123457
    Wi-Fi < wifi boleto
    (11) 98765-4321 < (21) 98765-4321
    05/03/2026 < 15/03/2026
    05/03/2026 < 05/04/2026
    BoletoNovembro.pdf < vembro
"""


def lines(table: str, sign: str) -> list[list[str]]:
    """The cells of each line between the signs."""
    return [[each.strip(" ") for each in line.split(f" {sign} ")] for line in table.strip().split("\n")]


def test_the_tables_have_more_than_eighty_pairs():
    assert sum(len(each) - 1 for each in (*lines(ALIKE, "="), *lines(FINDS, "<"))) > 80


@pytest.mark.parametrize("texts", lines(ALIKE, "="), ids=lambda texts: texts[0])
async def test_texts_find_each_other_however_they_are_written(database, texts):
    people = await cast.enrol()
    for each in texts:
        await cast.ticket(people.ana, each, "No título.")
        await cast.ticket(people.ana, "Na descrição", f"Bom dia! {each} E obrigada.")
    await cast.ticket(people.ana, "Outro assunto", "Nada disso.")
    expected = sorted([*texts, *["Na descrição"] * len(texts)])
    assert {each: sorted(await found(each, people.ana)) for each in texts} == dict.fromkeys(texts, expected)
    assert sorted(await found(texts[0], people.bia)) == expected


@pytest.mark.parametrize("texts", lines(FINDS, "<"), ids=lambda texts: texts[0])
async def test_a_text_is_found_by_part_of_it_and_in_titles_first(database, texts):
    people = await cast.enrol()
    written, *asked = texts
    await cast.ticket(people.ana, "Na descrição", f"Bom dia! {written} E obrigada.")
    await cast.ticket(people.ana, written, "No título.")
    await cast.ticket(people.ana, "Outro assunto", "Nada disso.")
    expected = [" ".join(written.split()), "Na descrição"]
    for who in (people.ana, people.bia):
        assert {each: await found(each, who) for each in asked} == dict.fromkeys(asked, expected)


@pytest.mark.parametrize(("written", "asked"), lines(DIFFERENT, "<"))
async def test_what_is_another_word_or_number_is_not_found(database, written, asked):
    people = await cast.enrol()
    await cast.ticket(people.ana, "Na descrição", written)
    await cast.ticket(people.ana, written, "No título.")
    assert (await found(asked, people.ana), await found(asked, people.bia)) == ([], [])


async def test_more_words_in_the_title_come_first_and_then_the_newest_activity(database):
    people = await cast.enrol()
    await cast.ticket(people.ana, "Boletos com reajuste", "Bom dia!", at=NOW)
    await cast.ticket(people.ana, "Boletos", "Veio o reajuste.", at=NOW)
    quiet = await cast.ticket(people.ana, "Cobrança", "Boletos sem o reajuste.", at=NOW)
    await cast.ticket(people.ana, "Contrato", "Boletos com o reajuste.", at=NOW + timedelta(minutes=1))
    ranked = ["Boletos com reajuste", "Boletos", "Contrato", "Cobrança"]
    assert (await found("boletos reajuste", people.ana), await found("boletos reajuste", people.bia)) == (ranked,) * 2
    await replies.reply(await cast.seen(quiet, people.ana), "E agora?", by=people.ana, at=LATER)
    assert await found("boletos reajuste", people.ana) == [*ranked[:2], "Cobrança", "Contrato"]


async def test_whole_words_come_before_beginnings(database):
    people = await cast.enrol()
    await cast.ticket(people.ana, "Outra coisa", "A conta está certa.", at=NOW)
    await cast.ticket(people.ana, "Contato da escola", "Mudou.", at=NOW + timedelta(minutes=1))
    await cast.ticket(people.ana, "Conta errada", "Veja.", at=NOW)
    assert await found("conta", people.ana) == ["Conta errada", "Outra coisa", "Contato da escola"]
    assert await found("cont", people.ana) == ["Contato da escola", "Conta errada", "Outra coisa"]


async def test_an_order_that_was_chosen_is_kept(database):
    people = await cast.enrol()
    first = await cast.ticket(people.ana, "Boletos", "Bom dia!", at=NOW)
    await cast.ticket(people.ana, "Contrato", "Com os boletos.", at=NOW + timedelta(minutes=1))
    await replies.reply(await cast.seen(first, people.ana), "E agora?", by=people.ana, at=LATER)
    oldest = await desk.page(DeskFilter(view="all", words="boletos", sort="oldest"), by=people.bia, at=LATER)
    created = await portal.page(Filter(scope="mine", words="boletos", sort="created"), by=people.ana)
    assert (titles(oldest), titles(created)) == (["Contrato", "Boletos"], ["Contrato", "Boletos"])


async def test_a_list_that_is_narrowed_misses_nothing_behind_newer_matches(database, monkeypatch):
    """Filters come before the bound of what is ranked."""
    monkeypatch.setattr(search, "MOST_FOUND", 3)
    people = await cast.enrol()
    number = await cast.ticket(people.ana, "Boletos de março")
    await assignment.take(await cast.seen(number, people.bia), by=people.bia, at=NOW)
    for each in range(5):
        await cast.brought_to(
            await cast.ticket(people.ana, f"Boletos {each}"), "closed", by=people.bia, asker=people.ana
        )
    own = await desk.page(DeskFilter(view="inbox", words="boletos"), by=people.bia, at=NOW)
    active = desk_statuses("guiche")["active"]
    found = await portal.page(Filter(scope="organization", words="boletos", status=active), by=people.ana)
    assert (titles(own), titles(found)) == (["Boletos de março"], ["Boletos de março"])


async def test_the_name_of_a_file_finds_its_ticket(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana, "Boletos")
    for who, name in ((people.ana, "comprovante_novembro.pdf"), (people.bia, "extrato-interno.xlsx")):
        file = await save_file(name=name, media_type="text/plain", size=1, sha256="0" * 64, person=who.id, at=NOW)
        says = replies.reply if who is people.ana else replies.note
        await says(await cast.seen(number, who), "Segue.", files=[file], by=who, at=NOW)
    asked = ("comprovante novembro", "comprovante_novembro.pdf", "extrato")
    assert [await found(each, people.ana) for each in asked] == [["Boletos"], ["Boletos"], []]
    assert [await found(each, people.bia) for each in asked] == [["Boletos"]] * 3


async def test_the_files_of_a_request_find_it(database):
    people = await cast.enrol()
    file = await save_file(
        name="Planilha de turmas.ods", media_type="text/plain", size=1, sha256="0" * 64, person=people.ana.id, at=NOW
    )
    await drafts.draft(Request("Rascunho", "Segue.", files=[file]), by=people.ana, at=NOW)
    assert (await found("planilha turmas", people.ana, scope="mine"), await found("planilha", people.bia)) == (
        ["Rascunho"],
        [],
    )


async def test_the_names_that_a_ticket_shows_find_it_for_whoever_sees_it(database):
    people = await cast.enrol()
    number = await cast.ticket(people.rui, "De Rui", copies=("clara.nunes@aurora.example",))
    await replies.reply(await cast.seen(number, people.bia), "Vou ver.", by=people.bia, at=NOW)
    asked = ("rui", "clara nunes", people.bia.name, "colégio aurora")
    for who in (people.ana, people.davi):
        assert [await found(each, who) for each in asked] == [["De Rui"]] * 4
    assert [await found(each, people.caio) for each in asked] == [[]] * 4


async def test_what_only_the_desk_reads_of_people_finds_nothing_for_others(database):
    """Addresses of the requester, the CNPJ, and who wrote a note."""
    people = await cast.enrol()
    number = await cast.ticket(people.rui, "De Rui")
    await replies.reply(await cast.seen(number, people.bia), "Vou ver.", by=people.bia, at=NOW)
    await replies.note(await cast.seen(number, people.lia), "Cuidado.", by=people.lia, at=NOW)
    asked = ("rui@aurora.example", "11.222.333/0001-81", people.lia.name)
    assert [await found(each, people.ana) for each in asked] == [[]] * 3
    assert [await found(each, people.davi) for each in asked] == [["De Rui"]] * 3


async def test_who_gave_a_ticket_back_is_no_longer_found_with_it(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana, "Boletos")
    await assignment.take(await cast.seen(number, people.bia), by=people.bia, at=NOW)
    assert await found(people.bia.name, people.ana) == ["Boletos"]
    await assignment.release(await cast.seen(number, people.bia), by=people.bia, at=NOW)
    assert await found(people.bia.name, people.ana) == []


async def test_who_was_taken_out_of_copy_is_no_longer_found_with_it(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana, "Boletos", copies=("caio@horizonte.example",))
    assert await found("horizonte", people.ana) == ["Boletos"]
    await participants.remove(await cast.seen(number, people.ana), people.caio.id, by=people.ana, at=NOW)
    assert (await found("horizonte", people.ana), await found("boletos", people.caio, scope="copied")) == ([], [])


async def test_a_new_name_is_found_and_the_old_one_is_not(database):
    people = await cast.enrol()
    for each in range(30):
        await cast.ticket(people.rui, f"Pedido {each}")
    await accounts.rename(people.rui, name="Rogério Tavares")
    await reindexing.run_due(NOW)
    new, old = await listed("rogerio tavares", people.bia), await listed("rui", people.ana)
    assert (new.total, titles(old)) == (30, [])


async def test_a_new_name_is_found_where_somebody_only_spoke(database):
    people = await cast.enrol()
    number = await cast.ticket(people.rui, "De Rui")
    await replies.reply(await cast.seen(number, people.ana), "Eu também.", by=people.ana, at=NOW)
    await accounts.rename(people.ana, name="Joana Prestes")
    await reindexing.run_due(NOW)
    assert [await found(each, people.rui, scope="mine") for each in ("joana", "prado")] == [["De Rui"], []]


async def test_results_past_the_bound_are_counted_so_and_ended_in_words(database, monkeypatch):
    monkeypatch.setattr(search, "MOST_FOUND", 30)
    people = await cast.enrol()
    for each in range(32):
        await cast.ticket(people.ana, f"Boletos {each}")
    first = await listed("boletos", people.ana)
    last = await portal.page(Filter(scope="organization", words="boletos", after=first.next), by=people.ana)
    assert (len(first.rows), first.total, first.next, first.is_cut) == (25, None, 25, False)
    assert (len(last.rows), last.total, last.next, last.is_cut) == (5, None, None, True)


async def found(words: str, who: Actor, scope: str = "") -> list[str]:
    return titles(await listed(words, who, scope))


async def listed(words: str, who: Actor, scope: str = "") -> Listing:
    widest = "all" if who.is_agent else "organization" if who.sees else "mine"
    return await portal.page(Filter(scope=scope or widest, words=words), by=who)


def titles(page: Listing) -> list[str]:
    return [row.title for row in page.rows]
