"""Why an imported article was refused or changed."""

from web.articles.imports.incoming import Remark
from web.articles.markdown import LONGEST
from web.articles.writing import LONGEST_OBJECTIVE, LONGEST_TITLE
from web.imports.articles.uploads import ArticlesImport
from web.pages.words.formats import counted
from web.pages.words.refusals.wording import refusal

EXPORTED = "ajuda-{day:%Y-%m-%d}.zip"

FIELDS = {
    "files": "Arquivo ZIP ou JSON",
    "audience": "Quem lê, se o artigo não disser",
    "section": "Seção, se o artigo não disser",
}

OUTCOMES = {
    "created": "artigos criados",
    "changed": "artigos mudados",
    "same": "artigos que já estavam iguais",
    "refused": "artigos recusados",
}

WHY = {
    "acts": "Tem HTML que executaria algo (<{about}>). Tire-o do texto.",
    "bad_date": "A data “{about}” não existe, ou não está como 2026-11-28.",
    "bad_front_matter": "O cabeçalho do arquivo não está como “nome: valor”.",
    "edited_here": "Alguém mudou este artigo aqui depois da importação. Nada foi trocado.",
    "file_empty": "O arquivo {about} está vazio, e não veio.",
    "file_forbidden": "O arquivo {about} é um programa, e não veio.",
    "file_too_large": "O arquivo {about} passa de 100 MB, e não veio.",
    "bad_zip": "O arquivo não é um ZIP que se possa abrir, ou tem senha.",
    "not_permitted": "Quem enviou o arquivo não pode mais importar artigos.",
    "unpacked_too_large": "Aberto, o arquivo passa de 2 GB.",
    "left_out": "Tinha partes que executam algo (script, object). O artigo veio sem elas.",
    "no_articles": "Não há artigos em {about}.",
    "no_file": "O arquivo {about} não está na pasta. Dele ficaram só as palavras.",
    "no_text": "Não tem texto: peça o artigo inteiro à API, e não só a lista.",
    "no_title": "Não tem título.",
    "not_json": "{about} não é um arquivo JSON.",
    "not_utf8": "O arquivo não está em UTF-8.",
    "nothing_there": "Não há nada em {about}.",
    "open_front_matter": "O cabeçalho do arquivo começa e não termina.",
    "picture_elsewhere": "A figura {about} não está entre os arquivos, e nada é buscado fora. O artigo veio sem ela.",
    "retired_here": "O artigo foi retirado aqui. Nada foi trocado.",
    "slug_taken": "O endereço “{about}” já é de outro artigo.",
    "too_costly": "Levou tempo ou memória demais para ler.",
    "too_deep": "Tem partes dentro de partes, fundo demais.",
    "too_long": (
        f"Passa do tamanho: o título pode ter até {LONGEST_TITLE} caracteres, o objetivo até {LONGEST_OBJECTIVE}, "
        f"o texto até {counted(LONGEST)}."
    ),
    "too_many_files": "Há arquivos demais na pasta.",
    "twice": "O endereço “{about}” aparece duas vezes. Este ficou de fora.",
}


def counts(shown: ArticlesImport) -> list[tuple[str, str]]:
    """The counts of an import, real or rehearsed."""
    told = (shown.created, shown.changed, shown.same, shown.refused)
    return [(words.capitalize(), counted(count)) for words, count in zip(OUTCOMES.values(), told, strict=True)]


def failure_text(shown: ArticlesImport) -> str:
    """Why nothing was read. A sent file that is no ZIP is taken for JSON, and may be neither."""
    if shown.error == "not_json":
        return f"{shown.name} não é um ZIP nem um JSON que se possa ler."
    return why_text(Remark("", shown.error, shown.name))


def why_text(remark: Remark) -> str:
    """The text of a remark; that of the form's refusal where they are the same."""
    if remark.code in WHY:
        return WHY[remark.code].format(about=remark.about)
    if remark.about == "section":
        return "Não diz em que seção fica, e nenhuma foi indicada."
    return refusal(remark.code)
