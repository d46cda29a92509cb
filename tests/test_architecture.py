"""The dependencies between packages, read from the imports: each imports only from lower levels."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from statistics import median, quantiles

import pytest
from jinja2 import Environment, nodes

from web.settings import PRESETS, ROOT

pytestmark = pytest.mark.anywhere

WEB = ROOT / "web"

LEVELS = (
    "normalization",
    "errors text audit sql",
    "files sorting",
    "clock settings storage engines processes word_index",
    "database network encryption",
    "thumbnails",
    "settings_log",
    "people business_time",
    "brand",
    "tickets.life tickets.tables",
    "tickets.visibility tickets.pagination tickets.fields",
    "tickets.sla",
    "tickets.record",
    "tickets.actions tickets.lists",
    "tickets.requests",
    "tickets.settings",
    "articles",
    "notifications",
    "mail webhooks live imports",
    "kiosks",
    "schema",
    "http",
    "pages.words",
    "pages.shell api",
    "pages.ticket_forms pages.ticket_files pages.streaming",
    "pages.help",
    "pages.access pages.portal pages.desk pages.people pages.settings pages.kiosk",
    "pages.embed",
    "pages.health pages.api_docs pages.brand pages.live",
    "pages.routes",
    "demo",
    "jobs",
    "app",
    "serving",
    "commands",
    "__main__",
)
"""Packages from the bottom up.

A module imports from its own package and from lower levels, not from others of its level.
"""

PURE = ("text", "files", "sql", "business_time", "tickets.life", "tickets.sla.targets", "tickets.sla.settings_rules")
PURE_OF_FIELDS = ("tickets.fields.kinds", "tickets.fields.field")
PURE_OF_BRAND = ("brand.accent", "brand.contact", "brand.pictures", "brand.svg")
PURE_OF_PEOPLE = (
    "people.permissions",
    "people.identifiers.addresses",
    "people.identifiers.cnpj",
    "people.identifiers.cpf",
    "people.tokens",
)
OF_DRIVERS = ("database", "engines")
"""Results of drivers have no type until they become rows."""
OF_THE_FRAMEWORK = ("http", "pages", "api", "app")
"""Litestar's requests and responses are generic, and no narrower argument fits every handler."""
HTTP = {"litestar", "jinja2", "jinja2_fragments", "markupsafe", "servestatic", "starlette", "htmx"}
WRITES_OR_READS = {
    "fetch",
    "fetch_as",
    "fetch_column",
    "execute",
    "objects",
    "select",
    "save",
    "raw",
    "get_or_create",
    "run_querystring",
    "run_ddl",
}


def test_each_room_imports_only_from_those_below_it():
    wrong = {
        f"{importer} imports {imported}"
        for importer, imported in arrows()
        if room(importer) != room(imported) and level(importer) <= level(imported)
    }
    assert wrong == set()


def test_every_module_has_its_room():
    assert {module for module in modules() if not room(module)} == PACKAGES


def test_the_arrows_of_the_guide_show_every_room_above_the_leaves():
    guide = (ROOT / "docs" / "architecture.md").read_text()
    shown = set(re.findall(r"\w+", guide.partition("\nleaves < ")[2].partition("\n```")[0]))
    above = " ".join(LEVELS[LEVELS.index("thumbnails") :]).split()
    assert {each for each in above if each.rpartition(".")[2] not in shown and not each.startswith("pages.")} == set()


def test_no_import_goes_round_in_a_circle():
    graph: dict[str, set[str]] = {}
    for importer, imported in arrows():
        graph.setdefault(importer, set()).add(imported)
    assert len(list(TopologicalSorter(graph).static_order())) > 40


def test_only_the_pages_the_api_and_the_application_know_of_http_and_templates():
    knowing = {module for module in modules() if HTTP & {name.split(".")[0] for name in imports(module)}}
    assert {module for module in knowing if module.split(".")[0] not in ("http", "pages", "api", "app")} == set()


@pytest.mark.parametrize("room", [*PURE, *PURE_OF_FIELDS, *PURE_OF_PEOPLE, *PURE_OF_BRAND])
def test_what_decides_neither_waits_nor_asks_nor_looks_at_the_clock(room):
    own = [module for module in modules() if is_in(module, room)]
    waiting = {module for module in own if any(isinstance(node, WAITING) for node in ast.walk(tree(module)))}
    used = {name for module in own for name in imports(module)}
    known = {name.split(".")[0] for name in used} & {"asyncio", "piccolo", "asyncpg", "aiosqlite", "time"}
    ours = used & {"web.database", "web.clock", "web.storage"}
    assert own
    assert (waiting, known, ours) == (set(), set(), set())


def test_business_time_knows_nobody():
    known = {imported for importer, imported in arrows() if room(importer) == "business_time"}
    assert {name for name in known if room(name) != "business_time"} == {"errors"}


def test_the_pages_neither_read_nor_write_the_database():
    wrong = set()
    for module in modules():
        if module.split(".")[0] not in ("http", "pages", "api"):
            continue
        wrong |= {f"{module} imports {name}" for name in imports(module) if name.endswith(".tables")}
        wrong |= {f"{module} calls {name}" for name in calls(module) if name in WRITES_OR_READS}
        wrong |= {f"{module} opens a transaction" for name in calls(module) if name == "transaction"}
    assert wrong == set()


def test_any_type_is_named_only_where_a_driver_or_the_framework_forces_it():
    naming = {module for module in modules() if names_any(module)}
    assert {module for module in naming if module.split(".")[0] not in (*OF_DRIVERS, *OF_THE_FRAMEWORK)} == set()


def test_modules_functions_and_folders_stay_small():
    sources = [each for each in WEB.rglob("*.py") if each.name not in ("__init__.py", "__main__.py")]
    folders = Counter(each.parent for each in sources)
    functions = [
        (f"{each.name}: {node.name}", (node.end_lineno or 0) - node.lineno + 1)
        for each in sources
        for node in ast.walk(ast.parse(each.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert [str(folder) for folder, many in folders.items() if many > 16] == []
    assert [str(each) for each in sources if len(each.read_text().splitlines()) > 250] == []
    assert [name for name, lines in functions if lines > 40] == []
    lengths = [lines for _, lines in functions]
    assert (median(lengths) <= 5, quantiles(lengths, n=10)[8] <= 12) == (True, True)


def test_what_answers_loads_no_tool_of_migrations():
    """Piccolo's formats code, which takes a third of a second to load."""
    told = [sys.executable, "-c", "import sys, web.serving; print(*sys.modules)"]
    loaded = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert {"web.app", "web.jobs", "web.schema.piccolo_app", "black"}.intersection(loaded) == {"web.app", "web.jobs"}


def test_the_clock_is_read_in_one_place():
    readers = set()
    for module in modules():
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                read = f"{node.value.id}.{node.attr}"
                if read in ("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"):
                    readers.add(module)
    assert readers == {"clock"}


def test_no_package_passes_on_what_others_define():
    passing_on = {
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in WEB.rglob("__init__.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom | ast.FunctionDef | ast.ClassDef | ast.Assign)
    }
    assert passing_on == set()


def test_every_module_says_in_its_first_line_what_it_is_about():
    silent = {module for module in modules() if not (ast.get_docstring(tree(module)) or "").strip()}
    assert silent == set()


def test_no_line_of_the_program_asks_for_the_name_of_a_preset():
    asking = {
        f"{module}:{node.lineno}"
        for module in modules()
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Compare | ast.MatchValue) and texts(node) & set(PRESETS)
    }
    assert asking == set()


def test_no_template_asks_for_the_name_of_a_preset():
    environment = Environment(autoescape=True)
    asking = set()
    for path in sorted((ROOT / "templates").rglob("*.*")):
        for node in environment.parse(path.read_text()).find_all(nodes.Compare):
            if {each.value for each in node.find_all(nodes.Const)} & set(PRESETS):
                asking.add(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert asking == set()


WAITING = (ast.Await, ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith)


@cache
def modules() -> dict[str, Path]:
    """Every module below web/, by its name there."""
    found = {}
    for path in sorted(WEB.rglob("*.py")):
        parts = path.relative_to(WEB).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        if name:
            found[name] = path
    return found


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(modules()[module].read_text())


PACKAGES = {"pages", "tickets"}
"""Packages that only contain packages."""


@cache
def room(module: str) -> str:
    return next((name for name in " ".join(LEVELS).split() if is_in(module, name)), "")


def level(module: str) -> int:
    return next(place for place, names in enumerate(LEVELS) if room(module) in names.split())


def is_in(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


@cache
def arrows() -> list[tuple[str, str]]:
    """Pairs of importing and imported modules of ours."""
    return [
        (module, name.removeprefix("web."))
        for module in modules()
        for name in imports(module)
        if name.startswith("web.") and name.removeprefix("web.") not in (module, *PACKAGES)
    ]


@cache
def imports(module: str) -> frozenset[str]:
    """Imported modules, ours by their full names even if only a package was named."""
    return frozenset(_imports(module))


def _imports(module: str) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"web/{module}: a relative import"
            source = node.module or ""
            for alias in node.names:
                whole = f"{source}.{alias.name}"
                yield whole if whole.removeprefix("web.") in modules() else source


def names_any(module: str) -> bool:
    nodes = list(ast.walk(tree(module)))
    imported = {alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
    return "Any" in imported | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def calls(module: str) -> set[str]:
    called = {node.func for node in ast.walk(tree(module)) if isinstance(node, ast.Call)}
    return {each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in called}


def texts(node: ast.AST) -> set[str]:
    return {each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)}
