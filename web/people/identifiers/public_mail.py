"""Public mail providers, whose addresses say nothing about an organization."""

from pathlib import Path

PUBLIC = frozenset(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").split())
"""The hosts, one a line in the file beside this one."""
