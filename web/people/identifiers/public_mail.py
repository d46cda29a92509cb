"""Hosts of addresses that anybody may have: an address there says nothing of an organization."""

from pathlib import Path

PUBLIC = frozenset(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").split())
"""One a line, in the file beside this one."""
