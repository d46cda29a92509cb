"""Words of imports of people: columns, and results with reasons."""

from web.imports.people.lines import Reason
from web.imports.people.reports import LineShown
from web.imports.people.uploads import PeopleImport
from web.pages.words.formats import counted
from web.pages.words.refusals.wording import refusal
from web.people.identifiers.cnpj import masked

FIELDS = {
    "name": "Nome",
    "email": "E-mail",
    "login": "Login",
    "phone": "Telefone",
    "organization": "Organização",
    "cnpj": "CNPJ",
    "role": "Papel ou permissões",
    "sees": "Vê tudo (sim ou não)",
    "approves": "Aprova (sim ou não)",
    "manages": "Gerencia (sim ou não)",
}

LABELS = {"header": "Linha com os nomes das colunas", "columns": "Colunas"}

ERRORS = {"not_permitted": "Quem enviou o arquivo não pode mais importar."}

OUTCOMES = {
    "created": "nova",
    "changed": "alterada",
    "same": "já estava assim",
    "refused": "recusada",
    "organization": "só organização",
}

HEADING = ("Linha", "Situação", "Nome", "E-mail ou login", "Motivo")

_REASONS = {
    "formula": "Começa como uma fórmula: {about}. Troque pelo texto.",
    "no_name": "Falta o nome.",
    "not_a_name": "“{about}” não parece um nome.",
    "no_address": "Falta o e-mail ou o login.",
    "nothing": "Não há nome nem CNPJ.",
    "not_an_address": "“{about}” não parece um endereço de e-mail.",
    "not_a_phone": "“{about}” não parece um telefone. Escreva com o DDD.",
    "not_a_cnpj": "“{about}” não é um CNPJ: são 14 posições.",
    "wrong_check_digits": "Os dois últimos dígitos de “{about}” não conferem com este CNPJ.",
    "cnpj_as_number": "O Excel escreveu o CNPJ como {about} e perdeu dígitos. Formate a coluna como texto.",
    "cnpj_mended": "Faltavam zeros à esquerda no CNPJ. Lido como {about}.",
    "no_organization_name": "Não há organização com o CNPJ {about}. Para criá-la, escreva também o nome.",
    "desks_address": "“{about}” é um endereço do próprio atendimento.",
    "reserved_name": "“{about}” é o nome do próprio atendimento.",
    "organization_without_cnpj": "Falta o CNPJ de “{about}”: é por ele que se sabe qual é a organização.",
    "too_long": "“{about}” é longo demais: até 200 caracteres.",
    "doubled": "A mesma pessoa já está na linha {about}.",
    "new_address": "Esta pessoa ainda não tem “{about}”, e só ela o confirma. Acrescente na página da pessoa.",
    "retired_organization": "A organização do CNPJ {about} está desativada e não recebe mais ninguém.",
    "not_a_login": "“{about}” não serve de login: sem espaços, de 2 a 100 letras.",
    "somebody_elses": "“{about}” já é de outra pessoa.",
    "of_the_desk": "É alguém do atendimento, e o atendimento não muda por importação.",
    "inactive": "O acesso desta pessoa foi encerrado.",
    "role_of_desk": "“{about}” é um papel do atendimento, que nunca vem por importação.",
    "too_wide": "“{about}” é mais do que uma importação pode dar.",
    "unknown_role": "Não conhecemos o papel “{about}”. Use vê tudo, aprova, gerencia ou solicitante.",
    "neither_yes_nor_no": "“{about}” não é sim nem não.",
    "rights_without_cnpj": "Há permissões, mas falta o CNPJ da organização.",
}
_CNPJS = ("cnpj_mended", "no_organization_name", "retired_organization")


def reason_text(reason: Reason) -> str:
    code, about = reason
    about = masked(about) if code in _CNPJS else about if len(about) <= 60 else f"{about[:60]}…"
    return _REASONS.get(code, refusal(code)).replace("{about}", about)


def place(line: LineShown) -> str:
    return f"Linha {line.line}"


def why_text(line: LineShown) -> str:
    return " ".join(map(reason_text, line.why))


def outcome_text(line: LineShown) -> str:
    return OUTCOMES[line.outcome]


def failure_text(shown: PeopleImport) -> str:
    return ERRORS.get(shown.error, refusal(shown.error))


def counts(shown: PeopleImport) -> list[tuple[str, str]]:
    """The counts of an import, real or rehearsed."""
    told = (
        ("Pessoas novas", shown.created),
        ("Pessoas alteradas", shown.changed),
        ("Já estão assim", shown.same),
        ("Organizações novas", shown.organizations),
        ("Linhas recusadas", shown.refused),
    )
    return [(name, counted(count)) for name, count in told]
