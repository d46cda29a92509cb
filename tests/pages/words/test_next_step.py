"""The sentence about what happens next and until when, for each reader."""

from dataclasses import fields, replace

import pytest

from tests.tickets.life.states import at
from web.pages.words.tickets.next_step import Step, next_step
from web.tickets.life.workflows import workflow
from web.tickets.lists.portal import ListedTicket

pytestmark = pytest.mark.anywhere

NOTHING = ListedTicket(*(None for _ in fields(ListedTicket)))
MONDAY = at("23/11 9:00")


def step(state: str, *, preset: str = "guiche", turn: bool = False, agent: bool = False, **found) -> Step:
    known = replace(NOTHING, **{"requester": 7, "requester_name": "Ana Prado"} | found)
    return next_step(state, known, workflow(preset), is_turn=turn, is_agent=agent, now=MONDAY)


@pytest.mark.parametrize(
    ("state", "found", "text"),
    [
        ("draft", {}, "Só você vê. Termine e envie quando quiser."),
        ("approval", {}, "Aguardando a aprovação de um responsável."),
        ("new", {}, "Na fila, aguardando um atendente."),
        ("new", {"team_name": "Financeiro"}, "Na fila Financeiro."),
        (
            "new",
            {"team_name": "Financeiro", "answer_due": at("23/11 11:00"), "solve_due": at("24/11 9:00")},
            "Na fila Financeiro. Primeira resposta até seg., 23/11, 11h.",
        ),
        (
            "unassigned",
            {"solve_due": at("24/11 9:30")},
            "Na fila, aguardando um atendente. Previsão de solução: ter., 24/11, 9h30.",
        ),
        ("open", {"assignee_name": "Bia Nunes"}, "Com Bia."),
        ("open", {"assignee_name": "Bia Nunes", "team_name": "Financeiro"}, "Com Bia, da equipe Financeiro."),
        ("waiting_requester", {}, "Aguardando a resposta de Ana."),
        ("waiting_requester", {"lapses_at": at("26/11 14:00")}, "Aguardando a resposta de Ana até qui., 26/11, 14h."),
        ("waiting_team", {}, "Aguardando outra equipe (N2)."),
        ("waiting_until", {"lapses_at": at("26/11 14:00")}, "Em espera até qui., 26/11, 14h."),
        ("waiting_until", {}, "Em espera por uma etapa do nosso lado."),
        ("waiting_children", {}, "Em espera por uma etapa do nosso lado."),
        ("waiting_case", {}, "Em espera por uma etapa do nosso lado."),
        ("resolved", {"resolved_at": MONDAY}, "Resolvido em 23/11."),
        (
            "resolved",
            {"resolved_at": MONDAY, "lapses_at": at("25/11 9:00")},
            "Resolvido em 23/11; encerra em 25/11, às 9h.",
        ),
        ("resolved", {}, "Resolvido em data não registrada."),
        ("closed", {"closed_at": MONDAY}, "Encerrado em 23/11."),
        ("closed", {"closed_at": MONDAY, "resolution": "refused"}, "Não aprovado em 23/11."),
    ],
)
def test_whoever_only_waits_reads_who_has_it_and_until_when(state, found, text):
    assert step(state, **found).text == text


@pytest.mark.parametrize(
    ("lapses_to", "afterwards"),
    [
        ("resolved", "depois disso consideramos resolvido."),
        ("closed", "depois disso o ticket é encerrado."),
        ("open", "depois disso seguimos sem a resposta."),
    ],
)
def test_who_was_asked_reads_until_when_and_what_comes_then(lapses_to, afterwards):
    found = {"lapses_at": at("26/11 14:00"), "lapses_to": lapses_to}
    assert step("waiting_requester", turn=True, **found) == Step(
        f"Responda até qui., 26/11, 14h; {afterwards}", "Sua vez:", "turn"
    )


def test_who_was_asked_without_an_end_is_told_no_date():
    assert step("waiting_requester", turn=True) == Step(
        "Precisamos da sua resposta para continuar.", "Sua vez:", "turn"
    )


@pytest.mark.parametrize(
    ("preset", "until", "text"),
    [
        ("guiche", "25/11 9:00", "O problema foi resolvido? Sem resposta, encerra em 25/11, às 9h."),
        ("aprovacao", None, "O problema foi resolvido?"),
        (
            "avaliacao",
            "02/12 18:00",
            "Avalie o atendimento para concluir. Sem avaliação, conclui sozinho em 02/12, às 18h.",
        ),
    ],
)
def test_who_is_to_judge_is_asked_and_told_what_happens_otherwise(preset, until, text):
    asked = step("resolved", preset=preset, turn=True, lapses_at=until and at(until))
    assert asked == Step(text, "Sua vez:", "turn")


@pytest.mark.parametrize(
    ("due", "soon", "lead"),
    [
        ("23/11 10:00", "23/11 9:30", ("", "")),
        ("23/11 10:00", "23/11 9:00", ("", "Vence em breve:")),
        ("23/11 9:00", "23/11 8:00", ("", "Vence em breve:")),
        ("23/11 8:59", "23/11 8:00", ("Atrasado:", "Atrasado:")),
        (None, None, ("", "")),
    ],
)
def test_the_desk_is_warned_beforehand_and_everybody_told_what_is_late(due, soon, lead):
    found = {"assignee_name": "Bia Nunes", "due_at": due and at(due), "soon_at": soon and at(soon)}
    steps = [step("open", agent=agent, **found) for agent in (False, True)]
    assert tuple(each.lead for each in steps) == lead
    late = steps[0].lead == "Atrasado:"
    assert steps[0].text == ("Com Bia. O prazo era seg., 23/11, 8h59." if late else "Com Bia.")
