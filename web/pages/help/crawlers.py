"""Pages for search engines and feed readers: only what anybody may read."""

from datetime import UTC, datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from litestar import get
from litestar.response.base import Response

from web.articles import public
from web.articles.public import PublicArticle
from web.brand import brand
from web.clock import now
from web.settings import settings

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_ATOM = "http://www.w3.org/2005/Atom"
_HEADERS = {"Cache-Control": "public, max-age=300"}

_ROBOTS = """User-agent: *
Allow: /$
Allow: /help
Allow: /hc/
Allow: /kb/
Allow: /place/
Allow: /static/
Disallow: /

Sitemap: {home}/sitemap.xml
"""


@get("/robots.txt", name="robots")
async def robots() -> Response[str]:
    """RFC 9309: crawlers may visit the front page and the help centre, also by old addresses."""
    text = _ROBOTS.format(home=settings().base_url)
    return Response(text, media_type="text/plain; charset=utf-8", headers=_HEADERS)


@get("/sitemap.xml", name="sitemap")
async def sitemap() -> Response[bytes]:
    root = Element("urlset", xmlns=_SITEMAP)
    for path in ("/", "/help", "/help/channels", *(f"/help/sections/{slug}" for slug in await public.sections(now()))):
        SubElement(SubElement(root, "url"), "loc").text = settings().base_url + path
    for article in await public.newest(now(), most=public.MOST):
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = address(article.slug)
        SubElement(entry, "lastmod").text = article.updated_at.date().isoformat()
    return _xml(root, "application/xml")


@get("/help/feed.xml", name="help_feed")
async def feed() -> Response[bytes]:
    """The newest articles as an Atom feed (RFC 4287)."""
    articles = await public.newest(now())
    own = f"{settings().base_url}/help/feed.xml"
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": "pt-BR"})
    SubElement(root, "title").text = brand.known().name
    SubElement(root, "id").text = own
    SubElement(root, "link", rel="self", href=own)
    SubElement(root, "link", href=f"{settings().base_url}/help")
    SubElement(root, "updated").text = _instant(max((each.updated_at for each in articles), default=now()))
    SubElement(SubElement(root, "author"), "name").text = brand.known().name
    for article in articles:
        _add_entry(root, article)
    return _xml(root, "application/atom+xml")


def address(slug: str) -> str:
    """The canonical address of an article."""
    return f"{settings().base_url}/help/{slug}"


def _add_entry(root: Element, article: PublicArticle) -> None:
    entry = SubElement(root, "entry", {"xml:lang": article.lang})
    SubElement(entry, "title").text = article.title
    SubElement(entry, "id").text = address(article.slug)
    SubElement(entry, "link", href=address(article.slug))
    SubElement(entry, "published").text = _instant(article.published_at)
    SubElement(entry, "updated").text = _instant(article.updated_at)
    SubElement(entry, "summary").text = article.objective or article.title


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _xml(root: Element, media_type: str) -> Response[bytes]:
    content = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(content, media_type=f"{media_type}; charset=utf-8", headers=_HEADERS)
