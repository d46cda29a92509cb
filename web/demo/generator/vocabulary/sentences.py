"""Sentences made of phrases, whose blanks are filled with fitting words."""

import random
import re
from collections.abc import Sequence

FEWEST, MOST = 2, 5
"""The fewest and the most sentences of a message."""

_ENDS = re.compile(r"[.!?](?=\s|$)")


def message(phrases: Sequence[str], more: Sequence[str], chance: random.Random) -> str:
    """A message: one of the phrases, and further sentences, in one or two paragraphs."""
    first = filled(chance.choice(phrases), chance)
    wanted = chance.randint(FEWEST, MOST) - len(_ENDS.findall(first))
    added = [filled(each, chance) for each in chance.sample(more, max(wanted, 0))]
    gap = "\n\n" if chance.random() < 0.4 else " "
    return gap.join([first, " ".join(added)]) if added else first


def phrase(phrases: Sequence[str], chance: random.Random) -> str:
    """A random phrase."""
    return filled(chance.choice(phrases), chance)


def filled(text: str, chance: random.Random) -> str:
    return text.format_map(_Blanks(chance))


class _Blanks(dict[str, str]):
    """Fills each blank of a phrase with a fitting word."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def __missing__(self, name: str) -> str:
        if name == "quantos":
            return str(self._chance.randint(2, 60))
        return self._chance.choice(_BLANKS[name])


_PEOPLE = (
    "a coordenadora",
    "o diretor",
    "a secretária",
    "a professora de Matemática",
    "o professor de Ciências",
    "a bibliotecária",
    "o tesoureiro",
    "a orientadora",
    "um responsável",
    "a vice-diretora",
    "o estagiário da secretaria",
    "a professora de Inglês",
)
_MATERIALS = (
    "apostila de Português",
    "livro de História",
    "caderno de atividades",
    "atlas de Geografia",
    "livro de Ciências",
    "coletânea de Redação",
    "kit de Robótica",
    "guia do professor",
    "apostila de Matemática",
    "livro de Literatura",
    "agenda escolar",
    "caderno de Artes",
)


def _contracted(person: str) -> str:
    """The name with a contracted "de"."""
    article, _, rest = person.partition(" ")
    return f"d{article} {rest}" if article in ("o", "a") else f"de {person}"


_BLANKS = {
    "mes": (
        *("janeiro", "fevereiro", "março", "abril", "maio", "junho"),
        *("julho", "agosto", "setembro", "outubro", "novembro", "dezembro"),
    ),
    "turma": (
        *("1A", "1B", "2A", "3C", "4B", "5A", "5º ano", "6B", "6C", "7A", "7C", "8A", "8B", "9A", "9º ano"),
        *("1ª série", "2ª série", "3ª série", "do Ensino Médio", "da Educação Infantil", "do período integral"),
    ),
    "quem": _PEOPLE,
    "dequem": tuple(_contracted(each) for each in _PEOPLE),
    "Quem": tuple(each[0].upper() + each[1:] for each in _PEOPLE),
    "material": _MATERIALS,
    "Material": tuple(each[0].upper() + each[1:] for each in _MATERIALS),
    "sistema": (
        *("portal", "aplicativo", "sistema de avaliações", "diário de classe", "boletim on-line"),
        *("ambiente virtual", "painel da secretaria"),
    ),
}
