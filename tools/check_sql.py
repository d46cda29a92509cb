"""Refuses a column that no table has, in the SQL text of the program and in the rows that it makes.

It reads every string of a module that looks like SQL. Keywords are in capitals, so that a word in small letters is a
table, a name that the module itself gives, a function or a column. A word behind the name of a table has to be a column
of that table; a word by itself, of a table that the same string names, or of any where it names none.

The columns of a new row, `Tag(ticket=1)`, are those of its table; mypy does not check them.

It cannot see text put together at run time (`f"ticket.{column}"`), which of two tables of one string a bare word
belongs to, nor what a subquery calls its columns: such a name may stand anywhere in its module, and that of a `WITH` in
all of them.
"""

import ast
import functools
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from web.schema.piccolo_app import APP_CONFIG

ROOT = Path(__file__).parent.parent
LEFT_OUT = ("web/schema", "web/engines", "web/database.py", "web/demo/generator/bulk_insert.py")
"""Modules that read the catalogs of the databases."""

ROWS = {(t.__module__, t.__name__): t._meta.tablename for t in APP_CONFIG.table_classes}
COLUMNS = {
    **{t._meta.tablename: {c._meta.db_column_name for c in t._meta.columns} for t in APP_CONFIG.table_classes},
    "ticket_search": {"rowid", "ticket", "title", "body", "notes", "scope", "status", "document", "ticket_search"},
}

IS_SQL = re.compile(
    r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|WHERE|JOIN|ORDER BY|LIMIT|AND|NOT|IN \(|IS NULL|THEN|COALESCE"
    r"|MATERIALIZED)\b|= \{|= '"
)
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|\{[^{}]*\}|%s|::\w+|\b(true|false)\b")
TABLE = re.compile(r"\b(?:FROM|JOIN|UPDATE|INTO)\s+([a-z_]+)(?:\s+(?:AS\s+)?([a-z]\w*))?")
INSERTED = re.compile(r"\bINSERT INTO ([a-z_]+)")
SUBQUERY = re.compile(r"\)\s*(?:AS\s+)?([a-z]\w*)")
GIVEN = re.compile(r"\bAS\s+([a-z]\w*)|\)\s*([a-z]\w*)")
WITH = re.compile(r"\b([a-z]\w*)\s*(?:\(([\w\s,]*)\)\s*)?AS\s+(?:MATERIALIZED\s*)?\(")
WORD = re.compile(r"(?<![\w.])(?:([a-z]\w*)\.)?([a-z]\w*)\b(?!\s*[(.])")


def main() -> int:
    faults = [
        f"{path.relative_to(ROOT)}:{fault}" for path in ours() for fault in faults_of(path.read_text(encoding="utf-8"))
    ]
    for fault in faults:
        print(fault)  # noqa: T201
    return 1 if faults else 0


def ours() -> Iterator[Path]:
    found = sorted((ROOT / "web").rglob("*.py"))
    return (path for path in found if not str(path.relative_to(ROOT)).startswith(LEFT_OUT))


def faults_of(module: str) -> Iterator[str]:
    """The faults, each with the number of its line."""
    tree = ast.parse(module)
    for line, table, word in columns_of_rows(tree):
        if word not in COLUMNS[table]:
            yield f"{line}: no table has the column {table}.{word}"
    found = [(line, QUOTED.sub(" ? ", text)) for line, text in statements(tree)]
    tables = {alias: table for _, text in found for alias, table in tables_of(text).items()}
    given = {name for _, text in found for name in (*names_given(text), *names_of_with(text))} | names_shared()
    for line, text in found:
        for before, word in WORD.findall(text):
            if not is_known(before, word, text, tables, given):
                yield f"{line}: no table has the column {before + '.' if before else ''}{word}"


def columns_of_rows(module: ast.Module) -> Iterator[tuple[int, str, str]]:
    """The columns that are named where the module makes a row of an imported table."""
    nodes = list(ast.walk(module))
    tables = {
        each.asname or each.name: ROWS[node.module or "", each.name]
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        for each in node.names
        if (node.module or "", each.name) in ROWS
    }
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in tables:
            yield from ((node.lineno, tables[node.func.id], each.arg) for each in node.keywords if each.arg)


def statements(module: ast.Module) -> Iterator[tuple[int, str]]:
    """The strings that look like SQL, except docstrings; values of f-strings become `{}`."""
    parts = {id(part) for node in ast.walk(module) if isinstance(node, ast.JoinedStr) for part in node.values}
    docs = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        text = text_of(node)
        if text is not None and id(node) not in parts | docs and IS_SQL.search(text):
            yield node.lineno, text  # type: ignore[attr-defined]


def text_of(node: ast.AST) -> str | None:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def tables_of(text: str) -> Mapping[str, str]:
    """The tables of a text, by alias."""
    return {alias or table: table for table, alias in TABLE.findall(text) if table in COLUMNS}


def names_given(text: str) -> Iterator[str]:
    for groups in GIVEN.findall(text):
        yield from groups


def names_of_with(text: str) -> Iterator[str]:
    """The names of its `WITH` tables and of their columns."""
    for name, columns in WITH.findall(text):
        yield from (name, *re.findall(r"\w+", columns))


@functools.cache
def names_shared() -> frozenset[str]:
    """The names of every `WITH`, because the statement around it may be in another module."""
    texts = [text for path in ours() for _, text in statements(ast.parse(path.read_text(encoding="utf-8")))]
    return frozenset(name for text in texts for name in names_of_with(QUOTED.sub(" ? ", text)))


def is_known(before: str, word: str, text: str, tables: Mapping[str, str], given: set[str]) -> bool:
    if before:
        table = here(text).get(before) or ("" if before in given else tables.get(before, before))
        return word in COLUMNS[table] if table in COLUMNS else before in {*given, "excluded"}
    named = set(tables_of(text).values()) or set(COLUMNS)
    return word in {*COLUMNS, *tables, *given} or any(word in COLUMNS[table] for table in named)


def here(text: str) -> Mapping[str, str]:
    """The tables whose alias is of one table only, and of no subquery, in this text."""
    found: dict[str, set[str]] = {"excluded": set(INSERTED.findall(text))}
    for table, alias in TABLE.findall(text):
        found.setdefault(alias or table, set()).add(table)
    for alias in SUBQUERY.findall(text):
        found.pop(alias, None)
    return {alias: next(iter(some)) for alias, some in found.items() if len(some) == 1}


if __name__ == "__main__":
    sys.exit(main())
