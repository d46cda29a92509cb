"""E-mail addresses: what has the shape of one."""

_NEVER = set(' ,;:<>()[]"\\')


def is_address(text: str) -> bool:
    """Whether it has the shape of an e-mail address; only a message to it proves more."""
    local, _, host = text.partition("@")
    plain = text.isascii() and text.isprintable() and not set(text) & _NEVER and "=?" not in text
    labels = host.split(".")
    return bool(plain and local and len(text) <= 254 and len(labels) > 1 and all(labels) and "@" not in host)
