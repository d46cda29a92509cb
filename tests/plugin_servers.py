"""Starts the database of a run, skips tests whose programs are missing, and reports these at the end."""

import os
import signal
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.servers import (
    Missing,
    chromium,
    imap_server,
    java,
    mail_server,
    postgres,
    spreadsheet_program,
    text_browser,
    web_server,
)

POSTGRES_URL = "GUICHE_TEST_POSTGRES"
DEBIAN_PACKAGES = {
    "PostgreSQL": "postgresql",
    "Chromium": "chromium",
    "w3m": "w3m",
    "Java": "default-jre-headless",
    "LibreOffice": "libreoffice-calc-nogui",
    "Dovecot": "dovecot-imapd",
    "Postfix": "postfix",
    "nginx": "nginx",
}
MARKED = {
    "browser": ("Chromium", chromium),
    "text_browser": ("w3m", text_browser),
    "html_checker": ("Java", java),
    "spreadsheet": ("LibreOffice", spreadsheet_program),
    "imap": ("Dovecot", imap_server),
    "pipe": ("Postfix", mail_server),
    "proxy": ("nginx", web_server),
}
"""The required program of each mark, and the function that finds it."""
LACKED = "lacked"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgres"), default="sqlite", help="database the tests run over")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "anywhere: does not depend on the database")
    for mark, (program, _) in MARKED.items():
        config.addinivalue_line("markers", f"{mark}: needs {program}")
    if not _is_worker(config):
        _start_cluster(config)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    lacked = _lacked_by(item)
    item.user_properties.extend((LACKED, program) for program in lacked)
    if lacked and _requires_all():
        pytest.fail(f"missing: {', '.join(lacked)}", pytrace=False)
    if lacked:
        pytest.skip(f"missing: {', '.join(lacked)}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Writes to the file in GUICHE_LEFT_OUT, if set, so that several runs can be summed up."""
    lines = [line for program in DEBIAN_PACKAGES for line in _left_out(terminalreporter, program, config)]
    if not lines or _is_worker(config):
        return
    if path := os.environ.get("GUICHE_LEFT_OUT"):
        with Path(path).open("a") as file:
            file.write("\n".join(lines) + "\n")
    else:
        terminalreporter.write("\n".join(lines) + "\n")


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _requires_all() -> bool:
    return os.environ.get("GUICHE_REQUIRE_ALL") == "1"


def _start_cluster(config: pytest.Config) -> None:
    """Starts one cluster for the whole run, whose URL the workers inherit. It ends even on SIGTERM."""
    os.environ.pop(POSTGRES_URL, None)
    if config.getoption("database") != "postgres":
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    cluster = ExitStack()
    config.add_cleanup(cluster.close)
    try:
        os.environ[POSTGRES_URL] = cluster.enter_context(postgres())
    except Missing:
        return


def _lacked_by(item: pytest.Item) -> list[str]:
    over_postgres = item.config.getoption("database") == "postgres"
    lacked = []
    if over_postgres and not item.get_closest_marker("anywhere") and POSTGRES_URL not in os.environ:
        lacked.append("PostgreSQL")
    lacked += [name for mark, (name, find) in MARKED.items() if item.get_closest_marker(mark) and not _has(find)]
    return lacked


def _has(program: Callable[[], str]) -> bool:
    try:
        return bool(program())
    except Missing:
        return False


def _left_out(reporter: pytest.TerminalReporter, program: str, config: pytest.Config) -> list[str]:
    files = Counter(
        report.nodeid.partition("::")[0]
        for reports in reporter.stats.values()
        for report in reports
        if isinstance(report, pytest.TestReport)
        and report.when == "setup"
        and (LACKED, program) in report.user_properties
    )
    if not files:
        return []
    fate = "FAILED" if _requires_all() else "LEFT OUT"
    return [
        "",
        f"{fate} over {config.getoption('database')}, because {program} is missing"
        f" (Debian package: {DEBIAN_PACKAGES[program]}), number of tests: {files.total()}",
        *(f"  {count:4}  {file}" for file, count in sorted(files.items())),
    ]
