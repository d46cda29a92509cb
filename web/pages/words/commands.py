"""Portuguese messages of commands for operators. Refusals begin with a code, for scripts."""

MIGRATE_FIRST = "rode `python -m web migrate` antes: o banco de dados é de uma versão anterior ou está vazio"

REFUSED = {
    "columns_missing": (
        "Na primeira linha deve haver “nome” e “e-mail” ou “login”. Só de organizações: “CNPJ”. "
        "Servem ainda: telefone, organização, papel, vê tudo, aprova, gerencia."
    ),
    "unknown": "Isto não existe, ou não está em uso.",
    "not_found": "Não há nada com este nome ou número.",
    "not_permitted": "Comandos não podem fazer isto: peça a quem pode, pelas páginas.",
    "not_from_here": "A situação mudou, e isto já não cabe.",
    "throttled": "Muitas tentativas seguidas: espere um pouco.",
    "overtaken": "Alguém mudou o mesmo antes. Veja como ficou e rode de novo.",
}

LOGIN = "“{login}” não tem @: vale como usuário da organização, e nada é enviado a ele por e-mail"
