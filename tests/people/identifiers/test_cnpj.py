"""CNPJ: shape, check digits, masks, and look-alike letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.errors import Invalid
from web.people.identifiers.cnpj import check_digits, masked, parse, root

pytestmark = pytest.mark.anywhere

POSITIONS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
bases = st.text(alphabet=POSITIONS, min_size=12, max_size=12).filter(lambda base: len(set(base)) > 1)


@pytest.mark.parametrize(
    ("base", "digits"),
    [("12ABC34501DE", "35"), ("000000000001", "91"), ("112223330001", "81"), ("112223330002", "62")],
)
def test_the_check_digits_are_those_of_the_rule(base, digits):
    assert (check_digits(base), parse(base + digits)) == (digits, base + digits)


@pytest.mark.parametrize(
    "text",
    [
        *("12.ABC.345/01DE-35", "12abc34501de35", " 12.abc.345/01de-35 ", "12 ABC 345 01DE 35", "12ABC345/01DE-35"),
        *("\u00a012.ABC.345/01DE–35\u200b", "12ABC34501DE−35\r\n", "\ufeff12ABC34501DE35\t", "12ABC34501DE35\x00"),
        *("CNPJ: 12.ABC.345/01DE-35", "cnpj\u00a012ABC34501DE35"),
        *("(12.ABC.345/01DE-35)", '"12ABC34501DE35";', "CNPJ/MF nº 12.ABC.345/01DE-35"),
        *("Colégio Ipê - 12.ABC.345/01DE-35", "12.abc.345/01de-35, Colégio Ipê", "inscrita sob o nº 12ABC34501DE35."),
    ],
)
def test_masks_spaces_and_small_letters_make_no_difference(text):
    assert parse(text) == "12ABC34501DE35"


def test_it_is_shown_as_people_write_it():
    assert (masked("12ABC34501DE35"), masked("11222333000181")) == ("12.ABC.345/01DE-35", "11.222.333/0001-81")


def test_branches_share_the_root():
    assert root(parse("11.222.333/0001-81")) == root(parse("11.222.333/0002-62")) == "11222333"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "cnpj",
        "1122233300018",
        "112223330001811",
        "11.222.333/0001-81 e 11.222.333/0002-62",
        "11.222.333/0001-81 loja 2",
        "112223330001A1",
        "12ABC34501DEX5",
        "00000000000000",
        "11111111111111",
        "99999999999999",
        "11222333000181\n1",
        "11_222_333/0001-81",
        "Ⅰ1222333000181",
        "12АBC34501DE35",
        "12ABС34501DE35",
        "1２ABC34501DE35",
        "١١٢٢٢٣٣٣٠٠٠١٨١",
        "ſ2ABC34501DE35",
        "11222333000181" * 1_000,
    ],
)
def test_what_has_not_the_shape_is_refused(text):
    with pytest.raises(Invalid) as refused:
        parse(text)
    assert (refused.value.field, refused.value.code) == ("cnpj", "not_a_cnpj")


@pytest.mark.parametrize(
    "text", ["11222333000182", "11222333000A81", "11222333000191", "12ABC34501DE53", "12ABC34501DF35"]
)
def test_wrong_check_digits_are_refused(text):
    with pytest.raises(Invalid) as refused:
        parse(text)
    assert (refused.value.field, refused.value.code) == ("cnpj", "wrong_check_digits")


@given(bases)
def test_every_base_with_its_digits_is_good_in_any_dress(base):
    cnpj = base + check_digits(base)
    assert parse(cnpj) == parse(masked(cnpj)) == parse(masked(cnpj).lower()) == cnpj


@given(bases, st.integers(0, 11), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_noticed(base, place, digit):
    """Except where the first check digit is 0, which the remainders 0 and 1 both give."""
    cnpj = base + check_digits(base)
    wrong = cnpj[:place] + digit + cnpj[place + 1 :]
    if not cnpj[place].isdecimal() or wrong == cnpj or cnpj[12] == "0":
        return
    with pytest.raises(Invalid):
        parse(wrong)


@given(st.text(max_size=30))
def test_any_text_is_a_cnpj_or_refused(text):
    try:
        cnpj = parse(text)
    except Invalid:
        return
    assert (len(cnpj), check_digits(cnpj[:12])) == (14, cnpj[12:])
