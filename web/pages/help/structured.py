"""Structured data of an article for search engines and link previews: schema.org in JSON-LD, which no browser runs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser, LexborNode

from web.articles.reading import ArticlePage
from web.articles.sections import Section
from web.brand import brand
from web.pages.help.crawlers import address
from web.settings import settings

_LONGEST = 300
"""The most characters of a step or an answer."""
_MOST = 20
_FEWEST = 2

Thing = dict[str, object]


@dataclass(frozen=True)
class Shared:
    """The data for programs, with absolute addresses."""

    address: str
    picture: str
    data: Markup
    """JSON-LD, escaped for a page."""


def shared(article: ArticlePage, section: Section) -> Shared | None:
    """Returns None for an article that is not public."""
    if article.audience != "everybody":
        return None
    data = htmlsafe_json_dumps([_told(article), _way(article, section)], ensure_ascii=False)
    return Shared(address(article.slug), _picture(article), data)


def _told(article: ArticlePage) -> Thing:
    """FAQ data if all headings are questions, how-to data if it has steps, else an article."""
    body = LexborHTMLParser(article.html).body
    questions = list(_questions(body)) if body else []
    steps = list(_steps(body)) if body else []
    if len(questions) >= _FEWEST:
        made: Thing = {"@type": "FAQPage", "mainEntity": questions}
    else:
        made = {"@type": "HowTo", "step": steps} if len(steps) >= _FEWEST else {"@type": "Article"}
    return {
        "@context": "https://schema.org",
        **made,
        "name": article.title,
        "description": article.objective or article.title,
        "url": address(article.slug),
        "inLanguage": article.lang,
        "dateModified": article.updated_at.date().isoformat(),
        "publisher": {"@type": "Organization", "name": brand.known().name},
    }


def _picture(article: ArticlePage) -> str:
    """The first picture, if any."""
    found = re.search(r'<img [^>]*src="(/help/files/[^"]+)"', article.html)
    return settings().base_url + found[1] if found else ""


def _way(article: ArticlePage, section: Section) -> Thing:
    """The breadcrumbs from the help centre to it."""
    ways = [("/help/sections/" + section.slug, section.name), ("/help/" + article.slug, article.title)]
    if section.parent_slug and section.parent_name:
        ways.insert(0, ("/help/sections/" + section.parent_slug, section.parent_name))
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": settings().base_url + path}
        for number, (path, name) in enumerate(ways, 1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def _steps(body: LexborNode) -> Iterator[Thing]:
    """Yields the items of its first ordered list."""
    numbered = body.css_first("ol")
    for item in list(numbered.iter() if numbered else ())[:_MOST]:
        if item.tag == "li":
            yield {"@type": "HowToStep", "text": _said(item)}


def _questions(body: LexborNode) -> Iterator[Thing]:
    """Yields headings that are questions, with the text below each; none if one heading is no question."""
    headings = body.css("h2")
    asked = [each for each in headings if _said(each).endswith("?")]
    for heading in asked[:_MOST] if len(asked) == len(headings) else ():
        answer = {"@type": "Answer", "text": " ".join(_below(heading))[:_LONGEST]}
        yield {"@type": "Question", "name": _said(heading), "acceptedAnswer": answer}


def _below(heading: LexborNode) -> Iterator[str]:
    after = heading.next
    while after is not None and after.tag != "h2":
        if said := _said(after):
            yield said
        after = after.next


def _said(node: LexborNode) -> str:
    return " ".join((node.text(deep=True, separator=" ") or "").split())[:_LONGEST]
