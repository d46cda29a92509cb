"""The installed packages are the pinned ones."""

import re
from importlib.metadata import distributions

import pytest
from packaging.requirements import Requirement

from web.settings import ROOT

pytestmark = pytest.mark.anywhere

FILES = ("requirements.txt", "requirements-dev.txt")


@pytest.mark.parametrize("file", FILES)
def test_a_package_asked_for_with_extras_is_pinned_with_them(file):
    """pip seeks hashes for `pydantic[email]` under that very name, and without them takes the newest there is."""
    pinned = dict(re.findall(r"^([\w.-]+)(\[[\w, -]+\])?==", (ROOT / file).read_text(), re.MULTILINE))
    asked = {
        (wanted.name, f"[{','.join(sorted(wanted.extras))}]")
        for installed in distributions()
        if installed.metadata["Name"] in pinned
        for wanted in map(Requirement, installed.requires or ())
        if wanted.extras and (wanted.marker is None or wanted.marker.evaluate({"extra": ""}))
    }
    assert asked
    assert {(name, pinned.get(name)) for name, _ in asked} == asked


@pytest.mark.parametrize("file", FILES)
def test_requirements_name_no_address(file):
    assert "://" not in (ROOT / file).read_text()
