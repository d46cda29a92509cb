"""The holidays that calendars start from."""

from datetime import date
from itertools import islice

import pytest

from web.business_time import holidays
from web.business_time.calendars import Calendar, DayRule, weekly, zone
from web.errors import Invalid

pytestmark = pytest.mark.anywhere


def test_2026_has_the_holidays_of_the_whole_country() -> None:
    assert {day.strftime("%d/%m"): rules[0].name for day, rules in holidays.of_year(2026).items()} == {
        "01/01": "Confraternização Universal",
        "16/02": "Carnaval",
        "17/02": "Carnaval",
        "18/02": "Quarta-feira de Cinzas",
        "03/04": "Sexta-feira Santa",
        "21/04": "Tiradentes",
        "01/05": "Dia do Trabalhador",
        "04/06": "Corpus Christi",
        "07/09": "Independência do Brasil",
        "12/10": "Nossa Senhora Aparecida",
        "02/11": "Finados",
        "15/11": "Proclamação da República",
        "20/11": "Dia Nacional de Zumbi e da Consciência Negra",
        "24/12": "Véspera de Natal",
        "25/12": "Natal",
        "31/12": "Véspera de Ano-Novo",
    }


def test_consciencia_negra_is_national_from_2024_only() -> None:
    assert [date(year, 11, 20) in holidays.of_year(year) for year in (2023, 2024)] == [False, True]


def test_a_state_adds_its_own() -> None:
    added = set(holidays.of_year(2026, "SP")) - set(holidays.of_year(2026))
    assert added == {date(2026, 7, 9)}


def test_there_are_27_states_and_no_others() -> None:
    assert len(holidays.STATES) == 27
    with pytest.raises(Invalid) as refused:
        holidays.of_year(2026, "XX")
    assert refused.value.field == "state"


def test_dates_that_differ_are_told_in_a_row_with_what_stays_open() -> None:
    recess = {date(2026, 12, day): (DayRule("Recesso"),) for day in range(21, 29)}
    plain = weekly(zone=zone("America/Sao_Paulo"))
    calendar = Calendar(plain.zone, plain.week, holidays.Exceptions(None, recess))
    told = [
        (each.first.day, each.last.day, each.name, each.hours)
        for each in islice(calendar.departures(date(2026, 12, 1)), 5)
    ]
    assert told == [
        (21, 23, "Recesso", ()),
        (24, 24, "Véspera de Natal, Recesso", ()),
        (25, 25, "Natal, Recesso", ()),
        (26, 28, "Recesso", ()),
        (31, 31, "Véspera de Ano-Novo", ((9 * 3600, 14 * 3600),)),
    ]
