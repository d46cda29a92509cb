"""Mail fetched from a real IMAP server: each once, and none forgotten by the server before it is kept."""

import asyncio
import shutil
import socket
import subprocess
import tempfile
import time
from contextvars import Context
from email.message import EmailMessage
from pathlib import Path

import pytest
from imap_tools import MailBoxUnencrypted
from web.mail.incoming.mailboxes import Mailbox

from tests import cast
from tests.cast import NOW
from tests.client import portal
from tests.servers import free_port, imap_server
from web.database import fetch
from web.mail.incoming import mailboxes
from web.storage import StorageError

pytestmark = [pytest.mark.anyio, pytest.mark.imap]

CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = static
  args = password=segredo
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@pytest.fixture(scope="module")
def server():
    """The address of Dovecot, in its own folder, which its own users reach, and on a free port."""
    folder, port = Path(tempfile.mkdtemp(prefix="guiche-dovecot-")), free_port()
    (folder / "home").mkdir()
    values = {"folder": folder, "port": port, "user": "dovecot", "group": "dovecot", "uid": "mail", "gid": "mail"}
    (folder / "dovecot.conf").write_text(CONFIG.format(**values))
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    for path in (folder / "mail", folder / "home"):
        shutil.chown(path, "mail", "mail")
    process = subprocess.Popen([imap_server(), "-F", "-c", str(folder / "dovecot.conf")], stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process, folder)
        yield f"imap://suporte:segredo@127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


@pytest.fixture
async def box(server, database, storage):
    """An empty mailbox, as a mail program opens it."""
    await cast.enrol()
    port = int(server.rpartition(":")[2])
    with MailBoxUnencrypted("127.0.0.1", port).login("suporte", "segredo") as box:
        box.delete(box.uids())
        yield box


def put(box, many: int) -> None:
    for n in range(many):
        message = EmailMessage()
        message["From"], message["Subject"] = "Ana <ana@aurora.example>", f"Pedido {n}"
        message["Message-ID"] = f"<{n}@aurora.example>"
        message.set_content("Segue.")
        box.append(message.as_bytes())


def unseen(box) -> list[str]:
    """As it is now, whoever else reads the mailbox."""
    box.client.noop()
    return box.uids("UNSEEN")


async def test_f16_new_mail_is_kept_and_only_then_seen(server, box):
    put(box, 3)
    storage = portal().state.storage
    assert await mailboxes.fetch(NOW, mailbox=Mailbox(server), storage=storage) == 3
    assert [row["state"] for row in await fetch("SELECT state FROM inbound_mail")] == ["new"] * 3
    assert unseen(box) == []
    assert await mailboxes.fetch(NOW, mailbox=Mailbox(server), storage=storage) == 0


async def test_f16_what_could_not_be_kept_stays_unseen_on_the_server(server, box, storage):
    put(box, 2)
    (storage / "incoming").mkdir(parents=True, exist_ok=True)
    shutil.rmtree(storage)
    storage.write_text("in the way")
    with pytest.raises(StorageError):
        await mailboxes.fetch(NOW, mailbox=Mailbox(server), storage=portal().state.storage)
    assert len(unseen(box)) == 2


async def test_f19_four_workers_fetch_each_mail_once(server, box):
    put(box, 40)
    storage = portal().state.storage
    fetching = [
        asyncio.get_running_loop().create_task(
            mailboxes.fetch(NOW, mailbox=Mailbox(server), storage=storage), context=Context()
        )
        for _ in range(4)
    ]
    assert sum(await asyncio.gather(*fetching)) == 40
    assert len(await fetch("SELECT id FROM inbound_mail")) == 40


async def test_f16_a_refused_password_loses_nothing_and_is_told(server, box, caplog):
    put(box, 1)
    wrong = Mailbox(server.replace("segredo", "errado"))
    assert await mailboxes.fetch(NOW, mailbox=wrong, storage=portal().state.storage) == 0
    assert "login refused" in caplog.text
    assert "errado" not in caplog.text
    assert len(unseen(box)) == 1


def _wait_for(port: int, process: subprocess.Popen, folder: Path) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            log = (folder / "log").read_text() if (folder / "log").exists() else ""
            raise RuntimeError(log)
        time.sleep(0.05)
    raise RuntimeError("Dovecot does not answer")
