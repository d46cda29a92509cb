"""The six presets: their settings and words, as the domain design lists them."""

from collections import defaultdict

import pytest

from tests.tickets.life.table import PRESETS, lines
from web import settings
from web.errors import NotFound
from web.tickets.life.states import Status, Wait
from web.tickets.life.status_filters import IN_WORK
from web.tickets.life.workflows import state_of, workflow

pytestmark = pytest.mark.anywhere

# setting               expresso central aprovacao    avaliacao processo        guiche
SETTINGS = """
  reply_when_resolved   refused  reopens confirmation rating    window          reopens
  asks_confirmation     no       no      yes          no        no              yes
  rating                off      off     after_confirmation     required  off             optional
  first_edit_takes      no       yes     no           yes       yes             yes
  solution_must_say     nothing  nothing message      nothing   message_or_note message_or_note
  may_cancel            no       no      no           yes       no              yes
  may_duplicate         no       no      no           yes       no              yes
  shows_log             no       no      no           yes       no              yes
"""

LABELS = {
    "expresso": {
        "draft": "Rascunho",
        "approval": "Aguardando aprovação",
        "new": "Aberto",
        "unassigned": "Aberto",
        "open": "Aberto",
        "waiting_requester": "Aguardando resposta",
        "waiting_team": "Aberto",
        "waiting_until": "Aberto",
        "waiting_children": "Aberto",
        "waiting_case": "Aberto",
        "resolved": "Resolvido",
        "closed": "Resolvido",
    },
    "central": {
        "draft": "Rascunho",
        "approval": "Aguardando aprovação",
        "new": "Novo",
        "unassigned": "Aberto",
        "open": "Aberto",
        "waiting_requester": "Pendente",
        "waiting_team": "Em Espera",
        "waiting_until": "Em Espera",
        "waiting_children": "Em Espera",
        "waiting_case": "Em Espera",
        "resolved": "Resolvido",
        "closed": "Fechado",
    },
    "aprovacao": {
        "draft": "Rascunho",
        "approval": "Aguardando aprovação",
        "new": "Pendente",
        "unassigned": "Pendente",
        "open": "Pendente",
        "waiting_requester": "Aguardando você",
        "waiting_team": "Pendente",
        "waiting_until": "Pendente",
        "waiting_children": "Pendente",
        "waiting_case": "Pendente",
        "resolved": "Resolvido, aguardando a minha aprovação",
        "closed": "Fechado",
    },
    "avaliacao": {
        "draft": "Rascunho",
        "approval": "Aguardando aprovação",
        "new": "Pendente",
        "unassigned": "Pendente",
        "open": "Em atendimento",
        "waiting_requester": "Aguardando sua resposta",
        "waiting_team": "Em atendimento",
        "waiting_until": "Em atendimento",
        "waiting_children": "Em atendimento",
        "waiting_case": "Em atendimento",
        "resolved": "Aguardando avaliação",
        "closed": "Concluído",
    },
    "processo": {
        "draft": "Esboço",
        "approval": "Aguardando aprovação",
        "new": "A Fazer",
        "unassigned": "A Fazer",
        "open": "Em andamento",
        "waiting_requester": "Aguarde: mais informações",
        "waiting_team": "Aguarde: outra equipe",
        "waiting_until": "Aguarde: esperar até",
        "waiting_children": "Aguarde: dividido",
        "waiting_case": "Aguarde: caso lançado",
        "resolved": "Resolvido",
        "closed": "Fechado",
    },
    "guiche": {
        "draft": "Rascunho",
        "approval": "Aguardando aprovação",
        "new": "Novo",
        "unassigned": "Aberto",
        "open": "Aberto",
        "waiting_requester": "Aguardando resposta",
        "waiting_team": "Em espera",
        "waiting_until": "Em espera",
        "waiting_children": "Em espera",
        "waiting_case": "Em espera",
        "resolved": "Resolvido",
        "closed": "Fechado",
    },
}

LISTS = {
    "expresso": ["Rascunho", "Aguardando aprovação", "Aberto", "Aguardando resposta", "Resolvido"],
    "aprovacao": [
        "Tickets Pendentes",
        "Tickets Resolvidos aguardando a Minha Aprovação",
        "Tickets Fechados",
    ],
}


@pytest.mark.parametrize("line", lines(SETTINGS), ids=lambda line: line[0])
def test_each_setting_is_the_one_the_portal_was_seen_to_have(line):
    setting, *written = line
    words = {True: "yes", False: "no"}
    found = [getattr(workflow(preset), setting) for preset in PRESETS]
    assert [words.get(value, value) for value in found] == written


@pytest.mark.parametrize("preset", PRESETS)
def test_each_status_has_the_label_that_the_portal_gives_it(preset):
    assert dict(workflow(preset).labels) == LABELS[preset]


@pytest.mark.parametrize("preset", PRESETS)
def test_d02_one_label_never_stands_for_two_statuses_that_ask_different_things_of_the_reader(preset):
    flow, asks = workflow(preset), defaultdict(set)
    for state, label in flow.labels.items():
        asks[label].add(what_it_asks(state, flow))
    assert {label: different for label, different in asks.items() if len(different) > 1} == {}


@pytest.mark.parametrize("preset", PRESETS)
def test_every_state_has_a_label_and_is_in_just_one_list_by_its_word(preset):
    flow = workflow(preset)
    states = {state_of(status, None, 1) for status in Status if status is not Status.WAITING}
    states |= {"unassigned", *(state_of("waiting", wait, 1) for wait in Wait)}
    assert set(flow.labels) == states
    own = [state for each in flow.by_word for state in each.states]
    assert sorted(own) == sorted(states)


@pytest.mark.parametrize("preset", PRESETS)
def test_every_list_has_an_address_of_its_own_that_finds_it(preset):
    flow = workflow(preset)
    assert [flow.filter(each.slug) for each in flow.filters] == list(flow.filters)
    assert all(each.slug.isascii() and each.slug == each.slug.lower() for each in flow.filters)
    assert flow.filter("any") is None


@pytest.mark.parametrize("preset", PRESETS)
def test_no_state_is_in_two_of_the_lists_that_are_offered(preset):
    offered = [state for each in workflow(preset).filters for state in each.states]
    assert len(offered) == len(set(offered))


@pytest.mark.parametrize("preset", PRESETS)
def test_what_the_team_has_is_found_whatever_the_lists_are_called(preset):
    flow = workflow(preset)
    assert flow.filter(flow.in_work.slug) == flow.in_work
    assert flow.in_work.states | {"approval"} == IN_WORK.states


@pytest.mark.parametrize("preset", LISTS)
def test_the_lists_are_called_as_in_the_portal(preset):
    assert [each.label for each in workflow(preset).filters] == LISTS[preset]


def test_open_work_that_nobody_holds_has_a_label_of_its_own():
    assert [state_of("open", None, None), state_of("open", None, 7), state_of("waiting", "team", 7)] == [
        "unassigned",
        "open",
        "waiting_team",
    ]


def test_every_preset_speaks_of_the_same_things():
    words = {preset: set(workflow(preset).words) for preset in PRESETS}
    assert words == dict.fromkeys(PRESETS, words["guiche"])


def test_the_presets_one_may_choose_are_those_there_are():
    assert set(settings.PRESETS) == set(PRESETS)


@pytest.mark.parametrize("name", ["nenhum", "", "../guiche", "guiche.toml", "guiche\x00", "Guiche/../guiche"])
def test_a_preset_that_does_not_exist_is_not_found(name):
    with pytest.raises(NotFound):
        workflow(name)


def what_it_asks(state: str, flow) -> str:
    """What the state asks of the requester: to finish, to answer, to judge, to wait, or nothing."""
    if state == "draft":
        return "finish"
    if state == "waiting_requester":
        return "answer"
    if state == "resolved" and (flow.asks_confirmation or flow.rating == "required"):
        return "judge"
    return "nothing" if state in ("resolved", "closed") else "wait"
