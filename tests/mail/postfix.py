"""A real mail server on a free port of this machine, which pipes what comes for the desk to `mail receive`."""

import shutil
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from tests.infrastructure.subprocesses import wait
from tests.servers import ROOT, free_port, mail_server

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = mx.guiche.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
recipient_delimiter = +
local_recipient_maps =
virtual_mailbox_domains = guiche.example
virtual_mailbox_maps = static:all
virtual_transport = guiche
guiche_destination_recipient_limit = 1
smtpd_relay_restrictions = reject_unauth_destination
minimal_backoff_time = 1s
maximal_backoff_time = 1s
queue_run_delay = 1s
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
guiche unix - n n - - pipe flags=R user=nobody argv={folder}/carrier
"""
CARRIER = """#!/bin/sh
piece={folder}/spool/$$
cat > "$piece.part" && mv "$piece.part" "$piece.eml"
while [ ! -e "$piece.code" ]; do sleep 0.05; done
code=$(cat "$piece.code")
rm "$piece.code"
exit "$code"
"""
"""Postfix pipes as nobody, who may not run the tests' Python: this process receives them, and returns the status."""


@dataclass(frozen=True)
class Postfix:
    """A server whose mail goes to `env`, which can be changed."""

    folder: Path
    port: int
    env: dict[str, str]

    def send(self, raw: bytes, *, sender: str = "ana@aurora.example", to: str = "suporte@guiche.example") -> None:
        with smtplib.SMTP("127.0.0.1", self.port) as server:
            server.sendmail(sender, [to], raw)

    def log(self) -> str:
        return (self.folder / "log").read_text()


@contextmanager
def postfix(env: Mapping[str, str]) -> Iterator[Postfix]:
    """Runs Postfix with a folder and configuration of its own."""
    folder = Path(tempfile.mkdtemp(prefix="guiche-postfix-"))
    made, ended = Postfix(folder, free_port(), dict(env)), Event()
    _configure(made)
    command, carrying = [mail_server(), "-c", str(folder / "conf")], Thread(target=_carry, args=(made, ended))
    carrying.start()
    try:
        subprocess.run([*command, "start"], check=True, capture_output=True)
        wait(lambda: _answers(made))
        yield made
    finally:
        subprocess.run([*command, "stop"], check=False, capture_output=True)
        ended.set()
        carrying.join()
        shutil.rmtree(folder)


def _configure(made: Postfix) -> None:
    folder = made.folder
    folder.chmod(0o755)
    for name in ("conf", "queue", "data", "spool"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    (folder / "spool").chmod(0o1777)
    (folder / "conf" / "main.cf").write_text(MAIN.format(folder=folder))
    (folder / "conf" / "master.cf").write_text(MASTER.format(folder=folder, port=made.port))
    (folder / "carrier").write_text(CARRIER.format(folder=folder))
    (folder / "carrier").chmod(0o755)


def _carry(made: Postfix, ended: Event) -> None:
    """Receives each message with the program, and returns the status."""
    while not ended.is_set():
        for piece in (made.folder / "spool").glob("*.eml"):
            receive, raw = [sys.executable, "-m", "web", "mail", "receive"], piece.read_bytes()
            done = subprocess.run(receive, cwd=ROOT, env=made.env, input=raw, capture_output=True, check=False)
            told = piece.rename(piece.with_suffix(".told"))
            told.write_text(str(done.returncode))
            told.rename(piece.with_suffix(".code"))
        time.sleep(0.05)


def _answers(made: Postfix) -> bool:
    try:
        with smtplib.SMTP("127.0.0.1", made.port):
            return True
    except OSError:
        return False
