"""Codes and instants in Portuguese."""

import ast
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.tickets.life.table import PRESETS
from web.http.received import RefusedFile
from web.pages.words import labels
from web.pages.words.formats import ago, clock_time, day, exactly, first_name, joined, moment
from web.pages.words.refusals.wording import REFUSALS, file_refusal, refusal
from web.pages.words.tickets import events
from web.people.permissions import Sees
from web.settings import ROOT
from web.text import too_long
from web.tickets.life.moves import MOVES
from web.tickets.life.states import Channel, Priority
from web.tickets.life.workflows import workflow

pytestmark = pytest.mark.anywhere

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
"""A Monday, two in the afternoon in São Paulo."""

SAID_ELSEWHERE = {"note", "draft", "edition", "reminder", "duplication", "intake"}
"""Events without a sentence.

A note is its own text, drafts are private, reminders and copies are shown elsewhere, and an intake is composed.
"""


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (NOW, "agora"),
        (NOW - timedelta(seconds=59), "agora"),
        (NOW - timedelta(seconds=60), "há 1\u00a0min"),
        (NOW - timedelta(minutes=59, seconds=59), "há 59\u00a0min"),
        (NOW - timedelta(hours=1), "há 1\u00a0h"),
        (NOW - timedelta(hours=13, minutes=59), "há 13\u00a0h"),
        (NOW - timedelta(hours=14), "há 14\u00a0h"),
        (NOW - timedelta(hours=14, seconds=1), "ontem"),
        (NOW - timedelta(hours=38), "ontem"),
        (NOW - timedelta(hours=38, seconds=1), "21/11"),
        (datetime(2026, 1, 1, 3, 0, tzinfo=UTC), "01/01"),
        (datetime(2026, 1, 1, 2, 59, tzinfo=UTC), "31/12/2025"),
        (NOW + timedelta(seconds=5), "agora"),
    ],
)
def test_how_long_ago_is_told_by_the_day_where_people_are(instant, words):
    assert ago(instant, NOW) == words


def test_just_after_midnight_minutes_are_still_minutes():
    midnight = datetime(2026, 11, 23, 3, 10, tzinfo=UTC)
    assert (ago(midnight - timedelta(minutes=20), midnight), ago(midnight - timedelta(hours=2), midnight)) == (
        "há 20\u00a0min",
        "ontem",
    )


@pytest.mark.parametrize(
    ("instant", "told"),
    [
        (NOW, ("seg., 23/11, 14h", "23/11/2026, 14h00min00s", "23/11", "14h")),
        (
            datetime(2026, 11, 28, 2, 5, 9, tzinfo=UTC),
            ("sex., 27/11, 23h05", "27/11/2026, 23h05min09s", "27/11", "23h05"),
        ),
        (datetime(2026, 3, 1, 3, 0, tzinfo=UTC), ("dom., 01/03, 0h", "01/03/2026, 0h00min00s", "01/03", "0h")),
        (datetime(2018, 12, 1, 2, 0, tzinfo=UTC), ("sáb., 01/12, 0h", "01/12/2018, 0h00min00s", "01/12", "0h")),
    ],
)
def test_instants_are_told_in_the_time_of_sao_paulo(instant, told):
    assert (moment(instant), exactly(instant), day(instant), clock_time(instant)) == told


def test_a_date_needs_no_time_zone():
    assert day(date(2026, 11, 3)) == "03/11"


@pytest.mark.parametrize(
    ("names", "words"),
    [([], ""), (["Ana"], "Ana"), (["Ana", "Rui"], "Ana e Rui"), (["Ana", "Rui", "Bia"], "Ana, Rui e Bia")],
)
def test_names_are_joined_as_people_say_them(names, words):
    assert joined(names) == words


@pytest.mark.parametrize(("name", "first"), [("Ana Prado", "Ana"), ("Ana", "Ana"), ("", "")])
def test_people_are_called_by_their_first_name(name, first):
    assert first_name(name) == first


def test_every_code_with_which_the_program_refuses_a_field_has_its_words():
    assert codes_refused() - set(REFUSALS) == set()
    assert refusal("never heard of") == "Confira este campo."


def test_a_text_that_is_too_long_is_told_by_its_numbers_while_they_are_known():
    code = too_long("a" * 1_234, 1_000)
    assert code == "too_long"
    assert refusal(code) == "O texto pode ter até 1.000 caracteres; este tem 1.234."
    assert refusal(str(code)) == "O texto é longo demais."


@pytest.mark.parametrize("code", ["empty", "forbidden", "too_large", "too_many", "storage"])
def test_a_refused_file_is_named(code):
    told = file_refusal(RefusedFile(field="files", name="nota.exe", code=code))
    assert ("“nota.exe”" in told, told.endswith(".")) == (True, True)


def test_every_event_that_people_see_has_its_sentence():
    assert kinds_recorded() - SAID_ELSEWHERE - set(events.EVENTS) == set()


@pytest.mark.parametrize(
    ("words", "codes"),
    [(labels.PRIORITIES, Priority), (labels.CHANNELS, Channel), (labels.SEES, Sees)],
    ids=["priorities", "channels", "sight"],
)
def test_every_code_has_its_word(words, codes):
    assert list(words) == list(codes)


@pytest.mark.parametrize("preset", PRESETS)
def test_agents_read_a_word_for_every_state_under_every_preset(preset):
    flow = workflow(preset)
    assert set(flow.desk_labels) == set(flow.labels)


@pytest.mark.parametrize(
    ("preset", "offered"),
    [
        (
            "processo",
            "Em aberto / A Fazer / Em andamento / Aguarde: mais informações / Aguarde / "
            "Aguarde: outra equipe / Aguarde: esperar até / Aguarde: dividido / Aguarde: caso lançado / "
            "Aguardando aprovação / Resolvido / Fechado",
        ),
        (
            "central",
            "Em aberto / Novo / Aberto / Pendente / Em Espera / "
            "Em Espera: outra equipe / Em Espera: até uma data / Em Espera: partes / Em Espera: caso / "
            "Aguardando aprovação / Resolvido / Fechado",
        ),
    ],
)
def test_the_status_filter_of_the_desk_speaks_the_words_of_the_preset(preset, offered):
    assert " / ".join(each.label for each in labels.desk_statuses(preset).values()) == offered


@pytest.mark.parametrize("preset", PRESETS)
def test_the_status_filter_of_the_desk_has_each_word_once(preset):
    offered = [each.label for each in labels.desk_statuses(preset).values()]
    assert len(offered) == len(set(offered))


def codes_refused() -> set[str]:
    """The second argument of every `Invalid` in the program."""
    found = set()
    for call in written_calls("Invalid"):
        for value in ast.walk(call.args[1]) if len(call.args) > 1 else ():
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                found.add(value.value)
    return found


def kinds_recorded() -> set[str]:
    """The nouns of the moves that requesters see, and of further recorded events."""
    recorded = {
        call.args[0].value
        for call in written_calls("record")
        if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }
    return {move.noun for move in MOVES if not move.is_internal} | recorded


def written_calls(name: str) -> list[ast.Call]:
    trees = [ast.parse(path.read_text()) for path in sorted((ROOT / "web").rglob("*.py"))]
    return [
        node
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]
