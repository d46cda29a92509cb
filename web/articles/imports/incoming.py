"""Articles and sections read from another help centre, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

LARGEST_TEXT = 1_000_000
"""Letters of a text that are looked at: what is longer is no article, whatever is left of it as Markdown."""


@dataclass(frozen=True)
class Remark:
    """Why something is not brought in, or is brought in otherwise than it was."""

    place: str
    """A file, with the number of the line where that is known; or an article of a file."""
    code: str
    about: str = ""


@dataclass(frozen=True)
class IncomingSection:
    """A section that says more than its name; `path` is its name, after that of the one above it."""

    path: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class IncomingArticle:
    """An article as somebody else kept it. In its body `import-file:0` stands for the first of `files`, and so on."""

    place: str
    key: str
    """The same whenever it is read again."""
    title: str
    body: str
    """Markdown."""
    section: tuple[str, ...] = ()
    objective: str = ""
    slug: str = ""
    """As it has to be; none where the title gives one."""
    lang: str = "pt-BR"
    audience: str = ""
    """None where it does not say."""
    is_featured: bool = False
    is_draft: bool = False
    written_on: date | None = None
    files: tuple[str, ...] = ()
    """Below the folder."""
    links: tuple[str, ...] = ()
    """Keys of other articles; `import-article:0` stands for the first."""
    remarks: tuple[Remark, ...] = ()


@dataclass
class Source:
    """All that was read."""

    articles: list[IncomingArticle] = field(default_factory=list)
    sections: list[IncomingSection] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)


@dataclass
class Named:
    """Files and articles that a body names, collected while it is read: each has one number."""

    files: dict[str, int] = field(default_factory=dict)
    links: dict[str, int] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def file(self, path: str) -> str:
        return f"import-file:{self.files.setdefault(path, len(self.files))}"

    def article(self, key: str) -> str:
        return f"import-article:{self.links.setdefault(key, len(self.links))}"


def names_of(path: str) -> tuple[str, ...]:
    """The names of a section written in one line: "Billing / Invoices"."""
    return tuple(name.strip() for name in path.split("/") if name.strip())


def two_levels(names: Sequence[str]) -> tuple[str, ...]:
    """The outermost and the innermost: there are no more."""
    return (names[0], names[-1]) if len(names) > 1 else tuple(names)
