"""The texts that belong to each category."""

from web.demo.generator.vocabulary.access import ACCESS
from web.demo.generator.vocabulary.assessments import ASSESSMENTS
from web.demo.generator.vocabulary.billing import BILLING
from web.demo.generator.vocabulary.materials import MATERIALS
from web.demo.generator.vocabulary.talk import Talk

_TALKS = {
    "Cobrança": BILLING,
    "Acesso ao portal": ACCESS,
    "Material didático": MATERIALS,
    "Sistema de avaliações": ASSESSMENTS,
}


def talk_about(category: int, name: str) -> Talk:
    """The texts of a category; an unknown one uses those of a known one."""
    return _TALKS.get(name) or list(_TALKS.values())[category % len(_TALKS)]
