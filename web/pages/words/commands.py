"""Portuguese messages of commands for operators. Everything else is codes, for scripts."""

MIGRATE_FIRST = "rode `python -m web migrate` antes: o banco de dados é de uma versão anterior ou está vazio"
