"""Stories about the assessment system, where tier 2 does the work and much has to wait."""

from web.demo import office_hours
from web.demo.desk import Desk, Opening, Story
from web.people.agents.teams import team_of
from web.tickets.actions import waits
from web.tickets.actions.links import Part, hand_over, launch_case, split
from web.tickets.life.states import Priority, Wait
from web.tickets.record.ticket import find_ticket

RESULTS = ("Sistema de avaliações", "Resultados")
CLASSES = ("Sistema de avaliações", "Cadastro de turmas")


MISSING_CLASS = Opening(
    "Relatório de frequência sem a turma 8B",
    "O relatório de outubro veio sem a turma 8B.",
    RESULTS,
)


async def missing_class(desk: Desk) -> Story:
    """Solved, and for Ana to judge."""
    ana, davi = desk.cast.ana, desk.cast.davi
    yield 23
    number = await desk.opens(ana, MISSING_CLASS)
    yield 22
    await desk.takes(davi, number)
    await desk.replies(davi, number, "Bom dia! Vejo aqui que faltam os 31 alunos da 8B. Já procuro a causa.")
    yield 8
    await desk.solves(
        davi, number, "A turma 8B estava sem professor vinculado. Vinculamos e o relatório já sai completo."
    )


LATE_REPORT = Opening(
    "Resultados do simulado não aparecem para os pais",
    "Os resultados do simulado de outubro aparecem para os professores e não para os pais. A reunião é amanhã.",
    RESULTS,
    priority=Priority.HIGH,
)


async def late_report(desk: Desk) -> Story:
    """Solved after it was due."""
    ana, davi = desk.cast.ana, desk.cast.davi
    yield 105
    number = await desk.opens(ana, LATE_REPORT)
    yield 99
    await desk.takes(davi, number)
    await desk.replies(davi, number, "Ana, reproduzi aqui. É a liberação por série, estou corrigindo.")
    yield 74
    await desk.solves(
        davi, number, "Liberamos as séries que faltavam e os pais já veem os resultados. Desculpe pela demora."
    )
    yield 70
    await desk.accepts(ana, number, service=3, quality=4, comment="Ficou certo, mas passou da reunião.")


TEACHERS = Opening(
    "Inclusão de três professores no sistema de avaliações",
    "Seguem os nomes: Marta Lopes, Jorge Dias e Paula Reis, do Ensino Médio.",
    CLASSES,
    copies=("rui@aurora.example",),
)


async def teachers(desk: Desk) -> Story:
    """Waits for another team."""
    ana, bia, davi = desk.cast.ana, desk.cast.bia, desk.cast.davi
    yield 27
    number = await desk.opens(ana, TEACHERS)
    yield 26
    await desk.takes(bia, number)
    await desk.replies(bia, number, "Oi, Ana! Passei os três nomes à equipe de Integrações e aviso por aqui.")
    yield 25
    await desk.does(
        bia,
        hand_over,
        number,
        await team_of("Integrações"),
        "Vincular Marta Lopes, Jorge Dias e Paula Reis às turmas do Ensino Médio da Aurora.",
    )
    (work,) = (await find_ticket(number, by=davi)).links
    yield 21
    await desk.takes(davi, work.number)
    await desk.replies(davi, work.number, "Recebido. Os três entram na próxima carga.")


ANSWER_KEY = Opening(
    "Gabarito da questão 14 do simulado",
    "Na questão 14 a alternativa certa é a C, e o gabarito marca a D. Oito turmas já fizeram a prova.",
    RESULTS,
)


async def answer_key(desk: Desk) -> Story:
    """Waits for a date."""
    ana, davi = desk.cast.ana, desk.cast.davi
    yield 34
    number = await desk.opens(ana, ANSWER_KEY)
    yield 33
    await desk.takes(davi, number)
    await desk.replies(davi, number, "Confirmado com a banca. A correção sai junto com a próxima carga de resultados.")
    yield 19
    await desk.does(davi, waits.wait, number, Wait.UNTIL, until=office_hours.after(desk.end, 20))


NEXT_YEAR = Opening(
    "Turmas e professores de 2027",
    "Precisamos das turmas de 2027 no sistema, com os professores vinculados. A planilha é a mesma da matrícula.",
    CLASSES,
    priority=Priority.LOW,
)


async def next_year(desk: Desk) -> Story:
    """Split in two, and one half is done."""
    ana, davi = desk.cast.ana, desk.cast.davi
    yield 54
    number = await desk.opens(ana, NEXT_YEAR)
    yield 52
    await desk.takes(davi, number)
    await desk.replies(davi, number, "Recebi a planilha, Ana. Faço em duas partes: primeiro as turmas.")
    yield 50
    await desk.does(
        davi,
        split,
        number,
        [
            Part("Turmas de 2027", "Criar as 14 turmas da planilha da matrícula."),
            Part("Professores de 2027", "Vincular os professores às turmas, depois de criadas."),
        ],
    )
    classes, teachers = sorted(part.number for part in (await find_ticket(number, by=davi)).links)
    yield 40
    await desk.takes(davi, classes)
    yield 36
    await desk.solves(davi, classes, "As 14 turmas de 2027 estão criadas, com os turnos da planilha.")
    await desk.takes(davi, teachers)
    await desk.replies(davi, teachers, "Agora os professores. Faltam quatro nomes na planilha, vou conferir.")
    yield 16
    await desk.notes(davi, teachers, "Dos quatro, dois ainda não têm cadastro na secretaria.")


REPORT_CARD = Opening(
    "Notas não chegam ao boletim desde o fechamento",
    "As notas do 3º bimestre estão no sistema de avaliações e o boletim mostra traços. Afeta o 8º e o 9º ano.",
    RESULTS,
)


async def report_card(desk: Desk) -> Story:
    """Waits for a larger piece of work."""
    rui, davi, lia = desk.cast.rui, desk.cast.davi, desk.cast.lia
    yield 48
    number = await desk.opens(rui, REPORT_CARD)
    yield 46
    await desk.takes(davi, number)
    yield 45
    await desk.replies(
        davi, number, "Rui, outras escolas têm o mesmo. Abrimos um trabalho só para isso e aviso por aqui."
    )
    yield 44
    await desk.does(
        davi,
        launch_case,
        number,
        Part("Boletim sem notas do 3º bimestre", "A exportação para o boletim para no primeiro aluno transferido."),
    )
    (case,) = (await find_ticket(number, by=davi)).links
    yield 43
    await desk.takes(lia, case.number)
    await desk.replies(lia, case.number, "São onze escolas. Fica comigo, e a correção sai nesta semana.")
    yield 12
    await desk.notes(lia, case.number, "Correção em teste no ambiente de homologação.")


STORIES = (missing_class, late_report, teachers, answer_key, next_year, report_card)
