"""Sanitizes SVG drawings: only shapes and their paint are kept; active and external content is refused."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from web.errors import Invalid

SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"

_SHAPES = frozenset(
    "svg g defs path rect circle ellipse line polyline polygon linearGradient radialGradient stop clipPath".split()  # noqa: SIM905
)
_ACTS = frozenset("script foreignObject".split())  # noqa: SIM905
_NO_SHAPE = frozenset("style image use text a animate animateMotion animateTransform set".split())  # noqa: SIM905
"""Elements that are refused instead of removed, because the picture would look different without them."""

_PAINT = frozenset(
    """
    fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray
    stroke-dashoffset stroke-opacity opacity clip-path clip-rule stop-color stop-opacity color
    """.split()  # noqa: SIM905
)
_GEOMETRY = frozenset(
    """
    viewBox width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d points transform offset id preserveAspectRatio
    gradientUnits gradientTransform spreadMethod clipPathUnits pathLength
    """.split()  # noqa: SIM905
)

_HARMLESS = re.compile(r"[\w\s#%.,+()-]*", re.ASCII)
_OWN = re.compile(r"url\(#[\w-]+\)", re.ASCII)
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*", re.ASCII)
_VIEW = re.compile(r"\s*(?:-?[\d.]+[\s,]+){2}(\d+(?:\.\d+)?)[\s,]+(\d+(?:\.\d+)?)\s*", re.ASCII)
_DEEPEST = 40
_MOST = 5_000
"""The most elements."""


def cleaned(raw: bytes) -> tuple[bytes, int, int]:
    """The sanitized drawing with its width and height. Raises `Invalid`."""
    root = _parsed(raw)
    if root.tag != f"{{{SVG}}}svg":
        raise Invalid("files", "picture_kind")
    made = _element(root, _DEEPEST)
    if len(list(made.iter())) > _MOST:
        raise Invalid("files", "picture_broken")
    width, height = _size(made)
    view = made.get("viewBox") or f"0 0 {width:g} {height:g}"
    outer = {"xmlns": SVG, "viewBox": view, "width": f"{width:g}", "height": f"{height:g}"}
    for name, value in outer.items():
        made.attrib.pop(name, None)
        made.set(name, value)
    return ElementTree.tostring(made), round(width) or 1, round(height) or 1


def _parsed(raw: bytes) -> Element:
    """Parses the drawing. Document types are refused, because they could read files or expand without end."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("files", "picture_kind") from None
    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        text = _without_plain_doctype(text)
    try:
        return ElementTree.fromstring(text)  # noqa: S314 - without a document type there is nothing to expand
    except (ElementTree.ParseError, ValueError):
        code = "picture_broken" if "<svg" in text else "picture_kind"
        raise Invalid("files", code) from None


def _without_plain_doctype(text: str) -> str:
    """Removes a document type that only names SVG, as old programs write it. Any other is refused."""
    left = re.sub(r"<!DOCTYPE\s+svg[^\[\]<>]*>", "", text, count=1)
    if "<!" in left.replace("<!--", "").replace("<![CDATA[", ""):
        raise Invalid("files", "picture_hides")
    return left


def _element(old: Element, depth: int) -> Element:
    if not depth:
        raise Invalid("files", "picture_broken")
    made = Element(str(old.tag).rpartition("}")[2])
    for name, value in _attributes(old):
        made.set(name, value)
    made.extend([_element(each, depth - 1) for each in old if _is_kept(each)])
    return made


def _is_kept(child: Element) -> bool:
    """Whether the element is kept. Metadata of drawing programs is dropped; active content and text are refused."""
    space, _, name = str(child.tag).rpartition("}")
    if name in _ACTS:
        raise Invalid("files", "picture_acts")
    if name in _NO_SHAPE:
        raise Invalid("files", "picture_no_shape")
    return space == f"{{{SVG}" and name in _SHAPES


def _attributes(old: Element) -> Iterator[tuple[str, str]]:
    for name, value in old.attrib.items():
        if name.lower().startswith("on"):
            raise Invalid("files", "picture_acts")
        if name == "style":
            yield from _declared(value)
        elif name in ("href", _XLINK):
            yield "href", _own_reference(value)
        elif name in _PAINT | _GEOMETRY:
            yield name, _harmless(value)


def _declared(style: str) -> Iterator[tuple[str, str]]:
    """Yields the paint of a `style` attribute as attributes."""
    for declaration in style.split(";"):
        name, _, value = (each.strip() for each in declaration.partition(":"))
        if name in _PAINT:
            yield name, _harmless(value)


def _own_reference(value: str) -> str:
    """A reference of a gradient to another one in the same drawing."""
    if not re.fullmatch(r"#[\w-]+", value, re.ASCII):
        raise Invalid("files", "picture_acts")
    return value


def _harmless(value: str) -> str:
    if not _HARMLESS.fullmatch(_OWN.sub("", value)) or "url" in _OWN.sub("", value).lower():
        raise Invalid("files", "picture_acts")
    return value


def _size(root: Element) -> tuple[float, float]:
    """The size by width and height in pixels, or by the view box."""
    given = [_NUMBER.fullmatch(root.get(name, "")) for name in ("width", "height")]
    if given[0] and given[1]:
        return float(given[0][1]), float(given[1][1])
    view = _VIEW.fullmatch(root.get("viewBox", ""))
    if not view:
        raise Invalid("files", "picture_no_size")
    return float(view[1]), float(view[2])
