"""Articles and sections read from another help centre, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

LARGEST_TEXT = 1_000_000
"""The most characters of a text that are read; longer HTML is no article, however little Markdown it gives."""


@dataclass(frozen=True)
class Remark:
    """Why something was not imported, or was imported with a change."""

    place: str
    """A file, with the line number if known; or an article inside a file."""
    code: str
    about: str = ""


@dataclass(frozen=True)
class IncomingSection:
    """A section with settings besides its name; `path` is its name, after that of its parent."""

    path: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class IncomingArticle:
    """An article of another help centre. In its body, `import-file:0` stands for the first of `files`, and so on."""

    place: str
    key: str
    """Identifies the article in repeated imports."""
    title: str
    body: str
    """Markdown."""
    section: tuple[str, ...] = ()
    objective: str = ""
    slug: str = ""
    """A slug that it must have; empty to make one from the title."""
    lang: str = "pt-BR"
    audience: str = ""
    """Empty if the source does not say."""
    is_featured: bool = False
    is_draft: bool = False
    written_on: date | None = None
    files: tuple[str, ...] = ()
    """Paths below the folder."""
    links: tuple[str, ...] = ()
    """Keys of other articles; `import-article:0` stands for the first."""
    remarks: tuple[Remark, ...] = ()


@dataclass
class Source:
    """Everything that was read."""

    articles: list[IncomingArticle] = field(default_factory=list)
    sections: list[IncomingSection] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)


@dataclass
class References:
    """The files and articles that a body refers to, collected while it is read; each gets one number."""

    files: dict[str, int] = field(default_factory=dict)
    links: dict[str, int] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def file(self, path: str) -> str:
        return f"import-file:{self.files.setdefault(path, len(self.files))}"

    def article(self, key: str) -> str:
        return f"import-article:{self.links.setdefault(key, len(self.links))}"


def names_of(path: str) -> tuple[str, ...]:
    """Parses the path of a section: "Billing / Invoices"."""
    return tuple(name.strip() for name in path.split("/") if name.strip())


def two_levels(names: Sequence[str]) -> tuple[str, ...]:
    """The outermost and the innermost name, because there are only two levels."""
    return (names[0], names[-1]) if len(names) > 1 else tuple(names)
