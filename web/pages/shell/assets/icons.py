"""The icons, drawn for this portal, as inline SVG."""

from markupsafe import Markup

_STROKE = 'fill="none" stroke="currentColor" stroke-width='

_SHAPES = {
    "brand": (26, f'<path d="M4 22V12a9 9 0 0 1 18 0v10M2 22h22M9 22v-5h8v5" {_STROKE}"2.5"/>'),
    "turn": (12, '<path d="M5 2 1 6l4 4V7.5c3 0 5 .5 6 2.5 0-3.5-2-5.5-6-5.5z" fill="currentColor"/>'),
    "half": (
        12,
        f'<circle cx="6" cy="6" r="4.5" {_STROKE}"2"/><path d="M6 1.5a4.5 4.5 0 0 1 0 9z" fill="currentColor"/>',
    ),
    "check": (12, f'<path d="m2 6.5 2.7 2.7L10 3.5" {_STROKE}"2"/>'),
    "pause": (12, '<path d="M3 2h2v8H3zM7 2h2v8H7z" fill="currentColor"/>'),
    "ring": (12, f'<circle cx="6" cy="6" r="4" {_STROKE}"2"/>'),
    "late": (12, '<path d="M6 1.5v5.5M6 8.5v2" stroke="currentColor" stroke-width="2"/>'),
    "lock": (12, f'<path d="M2 5.5h8V11H2zM4 5.5V4a2 2 0 0 1 4 0v1.5" {_STROKE}"1.5"/>'),
    "clip": (
        14,
        '<path d="M11.5 6.5 7 11a3 3 0 0 1-4.2-4.2L8 1.6a2 2 0 0 1 2.8 2.8L5.7 9.5a.9.9 0 0 1-1.3-1.3L9 3.7" '
        f'{_STROKE}"1.4"/>',
    ),
    "bell": (
        16,
        f'<path d="M3 12h10c-1.2-1-1.7-2-1.7-5a3.3 3.3 0 0 0-6.6 0c0 3-.5 4-1.7 5zM6.5 14h3" {_STROKE}"1.5"/>',
    ),
    "talk": (16, f'<path d="M2 3h12v8H7l-3 3v-3H2z" {_STROKE}"1.5"/>'),
    "empty": (
        64,
        '<path d="M12 56V30a20 20 0 0 1 40 0v26M6 56h52M22 56V42h20v14M26 28h12M28 34h8" stroke-linecap="round" '
        f'{_STROKE}"2"/>',
    ),
    "tab": (20, f'<path d="M2 17V4h6l2 3h8v10zM10 9.5v5M7.5 12h5" {_STROKE}"1.6"/>'),
    "plus": (14, '<path d="M7 1.5v11M1.5 7h11" stroke="currentColor" stroke-width="2"/>'),
}

ICONS = {
    name: Markup(f'<svg width="{size}" height="{size}" viewBox="0 0 {size} {size}" aria-hidden="true">{path}</svg>')  # noqa: S704
    for name, (size, path) in _SHAPES.items()
}
