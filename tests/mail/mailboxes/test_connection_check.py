"""The connection check of a mailbox: a code for each fault of each side, on a real server."""

import sys
from dataclasses import replace

import pytest
from imap_tools import MailboxLoginError

from tests.mail.dovecot import put
from tests.mail.post_office import post_office
from tests.security.world import set_up
from tests.servers import free_port
from web.mail.mailboxes import connection_check, servers
from web.mail.mailboxes.lookup import Mailbox
from web.mail.mailboxes.servers import SMTP_PORTS, Server, of_url

NONE = Server()

pytestmark = [pytest.mark.anyio, pytest.mark.imap]


async def checked(imap: Server = NONE, smtp: Server = NONE, folder: str = "INBOX") -> tuple[str, str]:
    found = await connection_check.check(Mailbox(None, "suporte@guiche.example", "Suporte", imap, folder, smtp))
    return found.imap, found.smtp


async def test_what_is_wrong_with_reading_is_told(people, server):
    right = server.server()
    with server.box() as box:
        put(box, 1)
        assert await checked(right) == ("", "unused")
        assert await checked(replace(right, host="nao-existe.invalid")) == ("dns", "unused")
        assert await checked(replace(right, port=free_port())) == ("connection", "unused")
        assert await checked(replace(right, password="errada")) == ("password", "unused")
        assert await checked(replace(right, password="não é esta")) == ("password", "unused")
        assert await checked(replace(right, password=None)) == ("sealed", "unused")
        assert await checked(right, folder="Arquivo") == ("folder", "unused")
        assert await checked(server.server(tls="tls")) == ("certificate", "unused")
        assert await checked(server.server(tls="starttls")) == ("certificate", "unused")
        assert await checked(replace(right, tls="tls")) == ("tls", "unused")
        assert len(box.uids("UNSEEN")) == 1


async def test_a_certificate_of_our_own_authority_is_trusted_where_the_operator_says_so(people, server, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(server.folder / "cert.pem"))
    assert await checked(server.server(tls="tls")) == ("", "unused")
    assert await checked(server.server(tls="starttls")) == ("", "unused")


async def test_a_full_mailbox_is_told(people, server):
    with server.box() as box:
        box.append(b"Subject: Grande\n\n" + b"a" * 76 * 27_000)
        assert await checked(server.server()) == ("quota", "unused")
        box.delete(box.uids())


async def test_what_is_wrong_with_sending_is_told(people):
    async with post_office() as office:
        right = replace(of_url(office.url, SMTP_PORTS), is_trusted=False)
        assert await checked(smtp=right) == ("unused", "")
        office.says = {"suporte@": "550 5.7.1 Not yours"}
        assert await checked(smtp=right) == ("unused", "sender")
        office.says = {"suporte@": "552 5.2.2 Full"}
        assert await checked(smtp=right) == ("unused", "quota")
        assert office.received == []
        assert await checked(smtp=replace(right, tls="starttls")) == ("unused", "tls")
        assert await checked(smtp=replace(right, user="suporte", password="segredo")) == ("unused", "no_sign_in")
    assert await checked(smtp=right) == ("unused", "connection")


async def test_a_port_of_the_other_side_is_no_matter_of_security(people, server):
    assert await checked(smtp=server.server()) == ("unused", "connection")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("[AUTHENTICATIONFAILED] Authentication failed.", "password"),
        ("Invalid credentials", "password"),
        ("[UNAVAILABLE] Temporary authentication failure.", "busy"),
        ("[LIMIT] Too many simultaneous connections.", "busy"),
        ("[PRIVACYREQUIRED] Plaintext authentication disallowed.", "not_tls"),
    ],
)
async def test_a_server_that_refuses_for_the_moment_does_not_blame_the_password(told, code):
    refused = MailboxLoginError(command_result=("NO", [told.encode()]), expected="OK")
    assert servers.code_of(refused) == code


async def test_a50_an_address_of_the_house_is_reached_only_where_the_operator_named_it(people, server, monkeypatch):
    with set_up(monkeypatch, GUICHE_MAIL_ALLOW=""):
        inside = [replace(server.server(), host=host) for host in ("127.0.0.1", "localhost", "10.0.0.1", "[::1]"[1:-1])]
        assert [await checked(each, each) for each in inside] == [("private_address", "private_address")] * 4
        assert await checked(Server("93.184.216.34", 143, "none", "a", "b")) == ("not_tls", "unused")


async def test_a_token_command_signs_in_and_a_failing_one_is_told(people, server, monkeypatch):
    said = f"um={sys.executable} -c 'print(12345)'; nenhum={sys.executable} -c 'raise SystemExit(1)'"
    with set_up(monkeypatch, GUICHE_MAIL_TOKENS=said):
        by_token = replace(server.server(), login="um")
        assert await checked(by_token) == ("password", "unused")
        assert await checked(replace(by_token, login="nenhum")) == ("token", "unused")
        assert await checked(replace(by_token, login="outro")) == ("token", "unused")
