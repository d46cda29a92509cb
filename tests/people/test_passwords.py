"""Passwords: refused ones, and hashes."""

import asyncio

import pytest

from web.errors import Invalid, Throttled
from web.people.passwords import hashing, strength

pytestmark = [pytest.mark.anyio, pytest.mark.anywhere]

ABOUT = ("Marivalda Queiroz", "marivalda@aurora.example", "Colégio Aurora", "11222333000181")


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Passwords are estimated without a time limit."""
    monkeypatch.setattr(strength, "_PATIENCE", None)


@pytest.mark.parametrize(
    "password",
    [
        "12345678",
        "123456789012",
        "senha123",
        "Senha@123",
        "password1",
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm,.",
        "1qaz2wsx",
        "aaaaaaaaaaaa",
        "abcabcabc",
        "guiche2026",
        "escola123",
        "11223344",
        "23112026",
        "iloveyou",
        "brasil2026",
        "mudar123",
        "Senha@2026",
        "Escola@2026",
        "Brasil2026!",
        "Mudar@123",
        "Flamengo10",
        "Col3gio#2026",
        "jesuseteamo1",
        "Abcd@1234",
        "s3nh4@2026",
        "mudar@mudar",
        "Minha@Senha1",
        "escolaescola",
        "Belo Horizonte 1",
        "recepção2026",
    ],
)
async def test_a60_passwords_that_everybody_knows_are_refused(password):
    assert await refusal(password) == "easy_to_guess"


@pytest.mark.parametrize(
    "password",
    [
        "marivalda@aurora.example",
        "Marivalda",
        "marivalda2026",
        "Marivalda Queiroz",
        "marivaldaqueiroz",
        "aurora.example",
        "11222333000181",
        "11.222.333/0001-81",
        "Aurora@2026",
        "ColegioAurora1",
        "SenhaAurora1",
        "aurora@aurora",
        "MarivaldaEscola@26",
    ],
)
async def test_a60_a_password_made_of_ones_own_data_is_refused(password):
    assert await refusal(password) == "easy_to_guess"


@pytest.mark.parametrize(
    ("password", "code"),
    [("", "too_short"), ("7&kW#pZ", "too_short"), ("x7&kW#pZ" * 25 + "!", "too_long"), ("🙂" * 201, "too_long")],
)
async def test_a_password_has_from_8_to_200_characters(password, code):
    assert await refusal(password) == code


@pytest.mark.parametrize(
    "password",
    [
        "girafa azul dorme cedo",
        "  girafa azul dorme cedo  ",
        "🦒 azul 🌙 dorme 🎈 cedo",
        "x7&kW#pZ",
        "x7&kW#pZ" * 16,
        "x7&kW#pZ" * 25,
        "çãõéíúâêôà ñ ü",
    ],
    ids=["phrase", "spaces around", "emoji", "8", "128", "200", "accents"],
)
async def test_a60_good_passwords_are_taken_as_typed(password):
    assert await refusal(password) is None


@pytest.mark.parametrize("password", ["girafa azul dorme cedo", " 🦒 azul ", "x7&kW#pZ" * 16])
async def test_a_kept_password_opens_to_itself_and_to_nothing_else(password):
    kept = await hashing.hashed(password)
    tries = (password, password + "!", password[:-1], password.upper() + " ", "")
    assert [await hashing.matches(each, kept) for each in tries] == [True, False, False, False, False]
    assert password not in kept


async def test_the_same_password_is_kept_differently_each_time():
    assert await hashing.hashed("girafa azul") != await hashing.hashed("girafa azul")


@pytest.mark.parametrize("kept", [None, "", "girafa azul", "$argon2id$nonsense"])
async def test_nothing_kept_opens_to_nothing(kept):
    assert [await hashing.matches(each, kept) for each in ("girafa azul", "", "nobody's password")] == [False] * 3


async def test_a81_the_loop_goes_on_while_passwords_are_weighed():
    async with strength._one:
        weighing = asyncio.ensure_future(refusal("girafa azul dorme cedo"))
        kept = await hashing.hashed("girafa azul")
        assert (await hashing.matches("girafa azul", kept), weighing.done()) == (True, False)
    assert await weighing is None


async def test_a81_a_password_that_is_not_weighed_in_time_may_be_tried_again(monkeypatch):
    monkeypatch.setattr(strength, "_PATIENCE", 0)
    with pytest.raises(Throttled):
        await refusal("girafa azul dorme cedo")


@pytest.mark.parametrize(
    "password", ["".join(map(chr, range(33, 105))), "@4({[<369!1|70$5%2+" * 10, "1!|7i0o+$5z2%x@4({[<369l" * 8]
)
async def test_a81_a_costly_password_is_weighed_by_its_beginning(password):
    assert await refusal(password) == await refusal(password[:32])


async def refusal(password: str) -> str | None:
    try:
        await strength.refuse_weak(password, about=ABOUT)
    except Invalid as refused:
        return refused.code
    return None
