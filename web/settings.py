"""Settings from the environment, checked once at start; each error is one clear line."""

import contextlib
import functools
import ipaddress
import os
import re
import secrets
import shlex
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr, parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from web.errors import BadSetting

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

ROOT = Path(__file__).parent.parent
SHORTEST_SECRET = 32
PRESETS = ("expresso", "central", "aprovacao", "avaliacao", "processo", "guiche")


@dataclass(frozen=True)
class Settings:
    """Settings of the installation; `docs/operating.md` lists the same names."""

    var: Path
    """The folder of an embedded installation: database, attachments, outbox, secret."""
    database_url: str
    storage: str
    """Where attachments live: a folder, or `s3://bucket/prefix`."""
    host: str
    port: int
    base_url: str
    """The public address, from which links in messages are built, and never from a request."""
    secret: str
    """The secret that signs form tokens; the same on every node."""
    proxies: tuple[Network, ...]
    """Trusted proxies, whose `X-Forwarded-For` counts."""
    preset: str
    """The preset of the portal's menus and filters."""
    smtp: str | None
    """The mail server for sending: `smtp://`, `smtp+starttls://` or `smtps://user:password@host:port`."""
    mail_from: str
    """The From header of messages; if mail is read, replies come to this address."""
    mailboxes: tuple[str, ...]
    """Mailboxes to fetch from: `imaps://user:password@host:port/folder`."""
    mail_servers: tuple[str, ...]
    """Names of our own mail servers in their Authentication-Results (RFC 8601)."""
    takes_mail: bool
    """Whether mail to `mail_from` is read."""
    webhook_networks: tuple[Network, ...]
    """Private networks that may receive webhooks; otherwise only public addresses may."""
    mail_networks: tuple[Network, ...]
    """Private networks whose mail servers administrators may set by page."""
    token_commands: Mapping[str, tuple[str, ...]]
    """Commands by name that print an access token for the user in the last argument; administrators choose a name."""
    files_per_day: int
    """The most bytes of files that one person may upload in a day."""
    kept_months: int
    """How many months the tickets of an erased person are kept after they were resolved."""
    demo_password: str | None
    now: datetime | None

    @property
    def is_secure(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def sender(self) -> str:
        """The address of `mail_from`."""
        return parseaddr(self.mail_from)[1]

    @property
    def mail_host(self) -> str:
        return self.sender.rpartition("@")[2]

    @property
    def hostname(self) -> str:
        return urlsplit(self.base_url).netloc


@functools.cache
def settings() -> Settings:
    """The settings of this process. Raises `BadSetting`."""
    return read_settings(os.environ)


def read_settings(environment: Mapping[str, str]) -> Settings:
    var = Path(environment.get("GUICHE_VAR") or ROOT / "var")
    host = environment.get("HOST") or "127.0.0.1"
    port = _number("PORT", environment, 8000, 65_535)
    return Settings(
        var=var,
        database_url=_database_url(environment.get("DATABASE_URL") or f"sqlite:///{var / 'guiche.sqlite'}"),
        storage=_storage(environment.get("GUICHE_STORAGE") or str(var / "attachments")),
        host=host,
        port=port,
        base_url=_base_url(environment.get("GUICHE_URL") or f"http://{host}:{port}"),
        secret=environment.get("GUICHE_SECRET") or _kept_secret(var),
        proxies=_networks("GUICHE_PROXIES", environment),
        preset=_preset(environment.get("GUICHE_PRESET") or "guiche"),
        smtp=_smtp(environment.get("GUICHE_SMTP")),
        mail_from=_sender(environment.get("GUICHE_MAIL"), environment.get("GUICHE_URL") or f"http://{host}"),
        mailboxes=_mailboxes(environment.get("GUICHE_IMAP") or ""),
        mail_servers=tuple((environment.get("GUICHE_MAIL_SERVERS") or "").lower().split()),
        takes_mail=bool(environment.get("GUICHE_MAIL")),
        webhook_networks=_networks("GUICHE_WEBHOOKS_ALLOW", environment),
        mail_networks=_networks("GUICHE_MAIL_ALLOW", environment),
        token_commands=_commands(environment.get("GUICHE_MAIL_TOKENS") or ""),
        files_per_day=2**20 * _number("GUICHE_FILES_PER_DAY", environment, 1024, 999_999, " of MB"),
        kept_months=_number("GUICHE_KEPT_MONTHS", environment, 24, 999, " of months"),
        demo_password=environment.get("GUICHE_DEMO_PASSWORD") or None,
        now=_instant(environment.get("GUICHE_NOW")),
    )


def _database_url(text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql://", "postgres://")) or text == "sqlite:///":
        raise BadSetting("DATABASE_URL must begin with sqlite:/// or postgresql://")
    return text


def _storage(text: str) -> str:
    if "://" in text and not text.startswith("s3://"):
        raise BadSetting(f"GUICHE_STORAGE must be a folder or begin with s3://, not {text!r}")
    return text


def _number(name: str, environment: Mapping[str, str], default: int, most: int, unit: str = "") -> int:
    text = environment.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) <= most:
        raise BadSetting(f"{name} must be a number{unit} from 1 to {most}, not {text!r}")
    return int(text)


def _base_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        own = f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port else "")
    except ValueError:
        own = ""
    if not own.startswith(("http://", "https://")) or own != text.rstrip("/").lower():
        raise BadSetting(f"GUICHE_URL must look like https://suporte.example.br, not {text!r}")
    return own


def _smtp(text: str | None) -> str | None:
    if not text:
        return None
    if not _is_server(text, "smtp"):
        raise BadSetting("GUICHE_SMTP must look like smtps://user:password@host:465, smtp+starttls://... or smtp://...")
    return text


def _mailboxes(text: str) -> tuple[str, ...]:
    for each in text.split():
        if not _is_server(each, "imap") or not urlsplit(each).username:
            raise BadSetting("GUICHE_IMAP must list, with spaces between, imaps://user:password@host:993/INBOX")
    return tuple(text.split())


def _is_server(text: str, protocol: str) -> bool:
    """Whether the text names a host of this protocol, and a port if any."""
    try:
        parts = urlsplit(text)
        protocols = (protocol, f"{protocol}+starttls", f"{protocol}s")
        return parts.scheme in protocols and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _sender(text: str | None, base_url: str) -> str:
    """A From header such as "Suporte Aurora <suporte@aurora.example>"; by default an unread address on our host."""
    if not text:
        return f"Guichê <nao-responda@{urlsplit(base_url).hostname}>"
    name, address = parseaddr(text)
    if not re.fullmatch(r"[^@\s+<>]+@[^@\s<>]+\.[^@\s<>]+", address):
        raise BadSetting(f"GUICHE_MAIL must look like Suporte <suporte@escola.example>, not {text!r}")
    return formataddr((name or "Guichê", address))


def _networks(name: str, environment: Mapping[str, str]) -> tuple[Network, ...]:
    text = environment.get(name) or ""
    try:
        return tuple(ipaddress.ip_network(part) for part in text.replace(",", " ").split())
    except ValueError as error:
        raise BadSetting(f"{name} must list addresses or networks: {error}") from None


def _commands(text: str) -> dict[str, tuple[str, ...]]:
    """Parses "google=/opt/token google; microsoft=/opt/token microsoft"."""
    found = {}
    for each in filter(None, map(str.strip, text.split(";"))):
        name, _, command = each.partition("=")
        words: list[str] = []
        with contextlib.suppress(ValueError):  # a quotation mark left open
            words = shlex.split(command)
        if not re.fullmatch(r"[\w-]{1,40}", name) or not words:
            raise BadSetting(f"GUICHE_MAIL_TOKENS must look like google=/opt/token google; ..., not {each!r}")
        found[name] = tuple(words)
    return found


def _preset(text: str) -> str:
    if text not in PRESETS:
        raise BadSetting(f"GUICHE_PRESET must be one of {', '.join(PRESETS)}, not {text!r}")
    return text


def _instant(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise BadSetting(f"GUICHE_NOW must be an instant with its offset (2026-11-23T09:00-03:00), not {text!r}")
    return instant


def _kept_secret(var: Path) -> str:
    """The secret of an embedded installation, created at its first start and readable by its owner only."""
    path = var / "secret"
    try:
        var.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write_once(path, secrets.token_hex(32))
        kept = path.read_text().strip()
    except OSError as error:
        raise BadSetting(f"GUICHE_VAR: the folder {var} can't be used ({error.strerror})") from None
    if len(kept) < SHORTEST_SECRET:
        raise BadSetting(f"the secret in {path} is cut short: remove the file, and a new one is made")
    return kept


def _write_once(path: Path, text: str) -> None:
    """Writes the whole file or nothing, even if others write it at the same time."""
    handle, written = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    with contextlib.suppress(FileExistsError):
        os.link(written, path)
    Path(written).unlink()
