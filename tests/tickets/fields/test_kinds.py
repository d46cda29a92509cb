"""Each kind of custom field: the canonical value, its display, and parsing of that display."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.errors import Invalid
from web.people.identifiers import cnpj, cpf
from web.tickets.fields.kinds import LONGEST_LINE, LONGEST_TEXT, Kind, parse, show, sort_key, words

pytestmark = pytest.mark.anywhere

OPTIONS = ("6º ano", "7º ano")


@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        (Kind.TEXT, "  PED-\u200b1 \n 2 ", "PED-1 2", "PED-1 2"),
        (Kind.LONG, " um\r\n dois\x00 ", "um\n dois", "um\n dois"),
        (Kind.CHOICE, " 6º  ano", "6º ano", "6º ano"),
        (Kind.SEVERAL, "7º ano", "7º ano", "7º ano"),
        (Kind.DATE, "5/3/2027", "2027-03-05", "05/03/2027"),
        (Kind.DATE, "2028-02-29", "2028-02-29", "29/02/2028"),
        (Kind.NUMBER, "1.234", "1234", "1.234"),
        (Kind.NUMBER, "1.234,5", "1234.5", "1.234,5"),
        (Kind.NUMBER, "1234.50", "1234.5", "1.234,5"),
        (Kind.NUMBER, "0,125", "0.1250", "0,1250"),
        (Kind.NUMBER, "−3", "-3", "-3"),
        (Kind.NUMBER, "-0,5", "-0.5", "-0,5"),
        (Kind.NUMBER, "-0", "0", "0"),
        (Kind.MONEY, "R$ 1.234,5", "1234.50", "R$ 1.234,50"),
        (Kind.MONEY, "30", "30.00", "R$ 30,00"),
        (Kind.CNPJ, "12.abc.345/01de-35", "12ABC34501DE35", "12.ABC.345/01DE-35"),
        (Kind.CPF, "111.444.777-35", "11144477735", "111.444.777-35"),
        (Kind.CPF, "CPF nº 111.444.777-35 (Ana)", "11144477735", "111.444.777-35"),
        (Kind.PHONE, "(11) 98765-4321", "+5511987654321", "(11) 98765-4321"),
        (Kind.PHONE, "+351 912 345 678", "+351912345678", "+351 912 345 678"),
        (Kind.EMAIL, " Ana <ana@aurora.example> ", "ana@aurora.example", "ana@aurora.example"),
    ],
)
def test_what_is_typed_becomes_a_value_and_is_shown(kind, typed, value, shown):
    assert (parse(kind, typed, options=OPTIONS), show(kind, value)) == (value, shown)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("blank", ["", "  \n", "\u200b", "\u3164"])
def test_a_blank_is_no_value(kind, blank):
    assert parse(kind, blank, options=OPTIONS) == ""


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        (Kind.TEXT, "a" * (LONGEST_LINE + 1), "too_long"),
        (Kind.LONG, "a" * (LONGEST_TEXT + 1), "too_long"),
        *((kind, "1" * 100_000, "too_long") for kind in Kind),
        (Kind.CHOICE, "8º ano", "unknown"),
        (Kind.SEVERAL, "6º ano\n7º ano", "unknown"),
        (Kind.DATE, "29/02/2027", "not_a_date"),
        (Kind.DATE, "amanhã", "not_a_date"),
        (Kind.DATE, "01/01/0001", "not_a_date"),
        (Kind.DATE, "٠١/٠١/٢٠٢٦", "not_a_date"),
        (Kind.NUMBER, "doze", "not_a_quantity"),
        (Kind.NUMBER, "1.23.4", "not_a_quantity"),
        (Kind.NUMBER, "1e9", "not_a_quantity"),
        (Kind.NUMBER, "NaN", "not_a_quantity"),
        (Kind.NUMBER, "1.234.567.890.123.456", "not_a_quantity"),
        (Kind.MONEY, "-1", "not_money"),
        (Kind.MONEY, "1,005", "not_money"),
        (Kind.MONEY, "US$ 3", "not_money"),
        (Kind.CNPJ, "12ABC34501DE36", "wrong_check_digits"),
        (Kind.CNPJ, "123", "not_a_cnpj"),
        (Kind.CPF, "111.444.777-36", "wrong_cpf_digits"),
        (Kind.CPF, "111.111.111-11", "not_a_cpf"),
        (Kind.CPF, "１１１４４４７７７３５", "not_a_cpf"),
        (Kind.PHONE, "98765", "not_a_phone"),
        (Kind.PHONE, "=1+1", "not_a_phone"),
        (Kind.EMAIL, "ana", "not_an_address"),
        (Kind.EMAIL, "a@b.example, c@d.example", "not_an_address"),
    ],
)
def test_what_is_none_is_refused_by_a_code(kind, typed, code):
    with pytest.raises(Invalid) as refused:
        parse(kind, typed, options=("1" * 100_000, *OPTIONS) if code != "unknown" else OPTIONS)
    assert refused.value.code == code


VALUES = {
    Kind.DATE: st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(date.isoformat),
    Kind.NUMBER: st.decimals(-(10**14), 10**14, places=6).map(lambda each: parse(Kind.NUMBER, f"{each:f}")),
    Kind.MONEY: st.decimals(0, 10**14, places=2).map(lambda each: f"{each:.2f}"),
    Kind.CPF: st.from_regex("[0-9]{9}", fullmatch=True)
    .filter(lambda base: len(set(base)) > 1)
    .map(lambda base: base + cpf.check_digits(base)),
    Kind.CNPJ: st.from_regex("[0-9A-Z]{12}", fullmatch=True)
    .filter(lambda base: len(set(base)) > 1)
    .map(lambda base: base + cnpj.check_digits(base)),
    Kind.PHONE: st.from_regex("\\+55119[6-9][0-9]{7}", fullmatch=True),
}


@given(st.data())
def test_a_value_and_what_is_shown_of_it_are_read_as_the_same_value(data):
    kind = data.draw(st.sampled_from(list(VALUES)))
    value = data.draw(VALUES[kind])
    assert (parse(kind, value), parse(kind, show(kind, value))) == (value, value)


@given(st.sampled_from(list(Kind)), st.text())
def test_whatever_is_typed_is_a_value_that_stays_itself_or_is_refused_and_never_breaks(kind, text):
    try:
        value = parse(kind, text, options=OPTIONS)
    except Invalid:
        return
    if value:
        assert parse(kind, value, options=OPTIONS) == value
        assert all(isinstance(each, str) for each in (show(kind, value), words(kind, value), sort_key(kind, value)))


@given(st.lists(VALUES[Kind.NUMBER], min_size=2))
def test_numbers_are_put_in_order_by_their_size(numbers):
    assert sorted(numbers, key=Decimal) == sorted(
        numbers, key=lambda each: (sort_key(Kind.NUMBER, each), Decimal(each))
    )


def test_search_finds_a_value_as_it_is_shown_and_as_it_is_kept():
    assert words(Kind.CNPJ, "12ABC34501DE35") == "12.ABC.345/01DE-35 12ABC34501DE35"
    assert words(Kind.TEXT, "PED-1") == "PED-1"
