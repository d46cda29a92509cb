"""Portuguese messages of commands for operators. Refusals begin with a code, for scripts."""

MIGRATE_FIRST = "rode `python -m web migrate` antes: o banco de dados é de uma versão anterior ou está vazio"

NOTHING_FOUND = "Não há nada com este nome ou número."

LOGIN = "“{login}” não tem @: vale como usuário da organização, e nada é enviado a ele por e-mail"
