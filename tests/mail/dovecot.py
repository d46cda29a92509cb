"""A real IMAP server on free ports of this machine: plain, STARTTLS and TLS, with two users."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from imap_tools import MailBoxUnencrypted

from tests.servers import free_port, imap_server
from web.mail.mailboxes.servers import Server

CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
default_internal_user = dovecot
default_login_user = dovecot
default_internal_group = dovecot
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{folder}/mail/%u
mail_plugins = quota
auth_failure_delay = 0
mail_max_userip_connections = 100
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}/home
}}
plugin {{
  quota = maildir:User quota
  quota_rule = *:storage=2M
}}
protocol imap {{
  mail_plugins = quota imap_quota
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
PASSWORD = "segredo"


@dataclass(frozen=True)
class Dovecot:
    """The server. Its users are `suporte` and `secretaria`."""

    folder: Path
    port: int
    tls_port: int

    def server(self, user: str = "suporte", password: str = PASSWORD, tls: str = "none") -> Server:
        port = self.tls_port if tls == "tls" else self.port
        return Server("127.0.0.1", port, tls, user, password)

    def delivers(self, many: int, user: str = "suporte", *, each: int = 1_000_000) -> None:
        """Puts `many` mails into the folder at once, as a mail server does, with `each` of one sender."""
        folder = self.folder / "mail" / user
        for n in range(many):
            written = folder / "tmp" / f"{n}.M{n}.aqui"
            sender = f"p{n // each}@aurora.example" if many > each else "ana@aurora.example"
            written.write_bytes(mail(n, sender=sender))
            shutil.chown(written, "mail", "mail")
            written.rename(folder / "new" / written.name)

    def entered(self, user: str = "suporte") -> int:
        """How often the user signed in."""
        return (self.folder / "log").read_text().count(f"Login: user=<{user}>")

    @contextmanager
    def box(self, user: str = "suporte") -> Iterator[MailBoxUnencrypted]:
        """An empty mailbox, opened by IMAP."""
        with MailBoxUnencrypted("127.0.0.1", self.port).login(user, PASSWORD) as box:
            box.delete(box.uids())
            yield box


@contextmanager
def dovecot() -> Iterator[Dovecot]:
    """Runs Dovecot in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="guiche-dovecot-"))
    made = Dovecot(folder, free_port(), free_port())
    for name in ("home", "mail"):
        (folder / name).mkdir()
        shutil.chown(folder / name, "mail", "mail")
    folder.chmod(0o755)
    _certify(folder)
    (folder / "users").write_text(f"suporte:{{PLAIN}}{PASSWORD}\nsecretaria:{{PLAIN}}{PASSWORD}\n")
    (folder / "dovecot.conf").write_text(CONFIG.format(folder=folder, port=made.port, tls_port=made.tls_port))
    process = subprocess.Popen([imap_server(), "-F", "-c", str(folder / "dovecot.conf")], stderr=subprocess.DEVNULL)
    try:
        _wait_for(made, process)
        yield made
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


def mail(number: int, *, sender: str = "ana@aurora.example") -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = sender, f"Pedido {number}"
    message["Message-ID"] = f"<{number}@aurora.example>"
    message.set_content("Segue.")
    return message.as_bytes()


def put(box: MailBoxUnencrypted, many: int, *, sender: str = "ana@aurora.example", start: int = 0) -> None:
    for n in range(start, start + many):
        box.append(mail(n, sender=sender))


def unseen(box: MailBoxUnencrypted) -> list[str]:
    """The unseen mails at this moment."""
    box.client.noop()
    return box.uids("UNSEEN")


def _certify(folder: Path) -> None:
    """Creates a self-signed certificate."""
    made = ("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2")
    files = ("-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem"))
    names = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    subprocess.run([*made, *files, *names], check=True, capture_output=True)


def _wait_for(server: Dovecot, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", server.port)) == 0:
                return
        if process.poll() is not None:
            log = server.folder / "log"
            raise RuntimeError(log.read_text() if log.exists() else "Dovecot ended")
        time.sleep(0.05)
    raise RuntimeError("Dovecot does not answer")
