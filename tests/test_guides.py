"""Files, folders and names in the guides exist."""

import re
from pathlib import Path

import pytest

from web.__main__ import parser
from web.people.privacy.export_parts import PARTS
from web.settings import ROOT

pytestmark = pytest.mark.anywhere

WEB = ROOT / "web"
FILE = r"`([\w./-]+(?:/|\.(?:py|toml|js|html|md|css)))`"


@pytest.mark.parametrize("guide", ["README.md", "CONTRIBUTING.md", "docs/operating.md", "docs/visual.md"])
def test_each_link_of_a_guide_leads_to_a_file_that_is_there(guide):
    linked = re.findall(r"\]\(([^)#:]+)\)", (ROOT / guide).read_text())
    assert linked
    assert [each for each in linked if not (ROOT / guide).parent.joinpath(each).exists()] == []


@pytest.mark.parametrize(
    ("guide", "floor"),
    [("CONTRIBUTING.md", 150), ("docs/architecture.md", 20), ("docs/performance.md", 2), ("docs/visual.md", 3)],
)
def test_each_file_that_a_guide_names_is_there(guide, floor):
    """With fewer than the floor the test no longer understands how files are written."""
    named = re.findall(FILE, (ROOT / guide).read_text())
    assert len(named) >= floor
    assert [each for each in named if not is_there(each)] == []


@pytest.mark.parametrize("guide", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_each_name_that_a_guide_says_a_file_has_is_in_it(guide):
    said = re.findall(r"`(\w+)`(?: and `(\w+)`)? (?:of|in|to) " + FILE, (ROOT / guide).read_text())
    assert said
    assert [f"{name} in {file}" for *names, file in said for name in names if name and not has(file, name)] == []


@pytest.mark.parametrize("guide", ["README.md", "docs/architecture.md"])
def test_the_map_shows_folders_that_are_there(guide):
    assert [str(each.relative_to(ROOT)) for each in mapped(guide) if not exists(each)] == []


def test_the_map_of_the_readme_shows_every_room():
    rooms = {each.parent.relative_to(WEB).parts[0] for each in WEB.glob("*/__init__.py")}
    shown = {each.relative_to(WEB).parts[0] for each in mapped("README.md") if each.is_relative_to(WEB) and each != WEB}
    assert rooms - shown == set()


OPERATING = (ROOT / "docs" / "operating.md").read_text()


def test_the_guide_for_operators_has_a_row_for_each_setting():
    read = re.findall(r'"(GUICHE_\w+|DATABASE_URL|HOST|PORT)"', (WEB / "settings.py").read_text())
    rows = re.findall(r"^\| (`[A-Z].*?) \|", OPERATING, re.MULTILINE)
    assert sorted(set(read)) == sorted(re.findall(r"`(\w+)`", " ".join(rows)))


def test_the_guide_for_operators_names_each_command():
    commands = re.findall(r"^    ([a-z]+)\b", parser().format_help(), re.MULTILINE)
    assert len(commands) > 15
    assert [each for each in commands if not re.search(rf"`python -m web [\w|]*\b{each}\b", OPERATING)] == []


def test_the_guide_for_operators_names_each_part_of_a_copy_of_personal_data():
    told = re.search(r"The copy is a ZIP: (.*?), each a `", OPERATING, re.DOTALL)
    assert told
    assert re.findall(r"`(\w+)`", told[1]) == [part.name for part in PARTS]


def is_there(path: str) -> bool:
    return bool(found(path))


def found(path: str) -> list[Path]:
    """Files at the root, in `tests`, or with this end of a path below `web`."""
    places = [ROOT / path, ROOT / "tests" / path, *WEB.glob(f"**/{path.rstrip('/')}")]
    return [each for each in places if each.exists()]


def has(file: str, name: str) -> bool:
    texts = [each for place in found(file) for each in ([place] if place.is_file() else place.rglob("*.*"))]
    return any(
        re.search(rf"\b{name}\b", each.read_text()) for each in texts if each.suffix in (".py", ".html", ".toml")
    )


def mapped(guide: str) -> list[Path]:
    """The paths at the beginning of each line of the map, each below the folder above it."""
    lines = re.search(r"```\n(web/\n.*?)```", (ROOT / guide).read_text(), re.DOTALL)
    assert lines
    paths: list[Path] = []
    above: dict[int, Path] = {-1: ROOT}
    for line in lines[1].splitlines():
        depth = len(line) - len(line.lstrip())
        if depth > 6:  # a sentence that goes on
            continue
        folder = above[max(each for each in above if each < depth)]
        words = [folder / each for each in re.split(r"  +", line.strip())[0].split(" ")]
        above = {**{each: path for each, path in above.items() if each < depth}, depth: words[0]}
        paths += words
    return paths


def exists(path: Path) -> bool:
    return path.exists() or path.with_suffix(".py").exists()
