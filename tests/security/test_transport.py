"""Attacks on the server: hosts, odd addresses, slow and endless bodies, and what it reveals."""

import re
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.security.world import around
from tests.servers import PATIENCE, Server, serving

pytestmark = [pytest.mark.anyio, pytest.mark.anywhere]

PASSWORD = "capivara lilás no telhado"
UNKNOWN_HOST = "Endereço desconhecido"


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed") / "var"
    folder.mkdir(mode=0o755)
    return folder


@pytest.fixture(scope="module")
def server(var: Path) -> Iterator[Server]:
    settings = {"GUICHE_VAR": str(var), "DATABASE_URL": "", "GUICHE_DEMO_PASSWORD": PASSWORD}
    with serving(["run"], settings) as started:
        yield started


def test_a83_nothing_that_an_installation_keeps_is_open_to_others_on_the_machine(server: Server, var: Path) -> None:
    _signed_in(server)
    kept = [var, *var.rglob("*")]
    assert {"guiche.sqlite", "attachments"} <= {each.name for each in kept}
    assert [(each.name, oct(each.stat().st_mode)) for each in kept if each.stat().st_mode & 0o077] == []


HOSTS = {
    "none, HTTP/1.0": "GET /password HTTP/1.0\r\n\r\n",
    "none, HTTP/1.1": "GET /password HTTP/1.1\r\nConnection: close\r\n\r\n",
    "empty": "GET /password HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n",
    "foreign": "GET /password HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    "foreign, HTTP/1.0": "GET /password HTTP/1.0\r\nHost: evil.example\r\n\r\n",
    "two": "GET /password HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    "two, ours last": "GET /password HTTP/1.1\r\nHost: evil.example\r\nHost: {host}\r\nConnection: close\r\n\r\n",
    "ours twice": "GET /password HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\nConnection: close\r\n\r\n",
    "a list": "GET /password HTTP/1.1\r\nHost: {host}, evil.example\r\nConnection: close\r\n\r\n",
    "another port": "GET /password HTTP/1.1\r\nHost: 127.0.0.1:1\r\nConnection: close\r\n\r\n",
    "with a person": "GET /password HTTP/1.1\r\nHost: a@{host}\r\nConnection: close\r\n\r\n",
    "foreign, absolute": "GET http://evil.example/password HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
}


@pytest.mark.parametrize("request_", HOSTS.values(), ids=HOSTS)
def test_a28_request_for_another_host_gets_no_page(request_: str, server: Server) -> None:
    status, _, body = _said(server, request_)
    assert (status, UNKNOWN_HOST in body or body == "Invalid HTTP request received.") == (400, True)
    assert "_token" not in body


def test_a28_absolute_form_with_our_host_never_repeats_the_foreign_one(server: Server) -> None:
    """RFC 9112, section 3.2.2: the host of the target counts. Refused or overlooked, it leads nobody away."""
    status, headers, body = _said(
        server, "GET http://evil.example/tickets HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )
    assert status in (303, 400)
    assert "evil.example" not in headers + body


def test_a28_our_host_gets_the_page_on_old_and_new_http(server: Server) -> None:
    for version, ending in (("1.0", "\r\n"), ("1.1", "Connection: close\r\n\r\n")):
        status, _, body = _said(server, f"GET /password HTTP/{version}\r\nHost: {{host}}\r\n{ending}")
        assert (status, "<h1>Crie uma senha</h1>" in body) == (200, True)


def test_a28_forwarding_headers_of_a_stranger_change_nothing(server: Server) -> None:
    forged = (
        "X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\n"
        "X-Forwarded-Port: 1\r\nForwarded: host=evil.example\r\n"
    )
    status, headers, body = _said(
        server, f"GET /tickets HTTP/1.1\r\nHost: {{host}}\r\n{forged}Connection: close\r\n\r\n"
    )
    assert status == 303
    assert re.findall(r"(?mi)^location: (.*)\r$", headers) == ["/sign-in?next=%2Ftickets"]
    assert "evil" not in headers + body


def test_a57_slow_bodies_hold_up_nobody(server: Server) -> None:
    head = "POST /sign-in HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    slow = [_open(server) for _ in range(50)]
    for each in slow:
        each.sendall(_filled(f"{head}Content-Length: 7\r\nConnection: close\r\n\r\na=", server))
    status, _, body = _said(server, "GET /sign-in HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
    assert (status, "<h1>Entrar</h1>" in body) == (200, True)
    for each in slow:
        with closing(each):
            each.sendall(b"12345")
            assert "<h1>Esta página ficou antiga</h1>" in _received(each)


def test_a57_slow_headers_hold_up_nobody(server: Server) -> None:
    slow = [_open(server) for _ in range(50)]
    for each in slow:
        each.sendall(b"GET /sign-in HTTP/1.1\r\nX-Slow: ")
    status, _, body = _said(server, "GET /sign-in HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
    assert (status, "<h1>Entrar</h1>" in body) == (200, True)
    for each in slow:
        each.close()


def test_a58_body_of_a_gigabyte_is_refused_before_it_is_sent(server: Server) -> None:
    cookie = _signed_in(server)
    head = (
        f"POST /tickets HTTP/1.1\r\nHost: {{host}}\r\nCookie: {cookie}\r\n"
        f"Content-Type: multipart/form-data; boundary=a\r\nContent-Length: {2**30}\r\n\r\n"
    )
    status, headers, body = _said(server, head)
    assert (status, "<h1>O envio é grande demais</h1>" in body) == (413, True)
    assert "connection: close" in headers.lower()


def test_a58_endless_body_of_a_stranger_is_cut_off(server: Server) -> None:
    """Chunks without a length and without a token: past 300 MB the server stops listening."""
    part = b'--a\r\nContent-Disposition: form-data; name="files"; filename="a.bin"\r\n\r\n'
    opening = (
        "POST /tickets HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n"
        f"Content-Type: multipart/form-data; boundary=a\r\n\r\n{len(part):x}\r\n{part.decode()}\r\n"
    )
    with closing(_open(server)) as connection:
        connection.sendall(_filled(opening, server))
        sent = _until_refused(connection, b"100000\r\n" + bytes(2**20) + b"\r\n", most=1000)
    assert sent < 600


@pytest.mark.parametrize(
    "request_",
    [
        "GET /\x00 HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n",
        "GET /\xff HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: {host}\r\nConnection: close\r\n\r\n",
        "lixo\r\n\r\n",
        "GET /sign-in HTTP/1.1\r\nHost: {host}\r\nX: a\x00b\r\nConnection: close\r\n\r\n",
        "GET /sign-in HTTP/1.1\r\nHost: {host}\r\nContent-Length: abc\r\nConnection: close\r\n\r\n",
        "POST /sign-in HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\nConnection: close\r\n\r\n",
        "POST /sign-in HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na",
        "POST /sign-in HTTP/1.1\r\nHost: {host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
)
def test_bad_request_line_or_header_is_a_4xx_and_the_server_goes_on(request_: str, server: Server) -> None:
    status, headers, body = _said(server, request_)
    assert 400 <= status < 500
    assert "Traceback" not in headers + body
    status, _, body = _said(server, "GET /sign-in HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
    assert (status, "<h1>Entrar</h1>" in body) == (200, True)


@pytest.mark.parametrize("path", ["/tickets/%00", "/%ff%fe", "/%zz", "/" + "a" * 5000, "/tickets/" + "9" * 5000])
def test_bad_path_over_the_wire_is_a_portuguese_page(path: str, server: Server) -> None:
    status, _, body = _said(server, f"GET {path} HTTP/1.1\r\nHost: {{host}}\r\nConnection: close\r\n\r\n")
    assert (status, "<h1>Não encontramos esta página</h1>" in body) == (404, True)


def test_server_says_nothing_of_what_it_is_made_of(server: Server) -> None:
    for path in ("/", "/health", "/ready", "/nao-existe", "/static/nao-existe", "/docs", "/schema", "/openapi.json"):
        _, headers, body = _said(server, f"GET {path} HTTP/1.1\r\nHost: {{host}}\r\nConnection: close\r\n\r\n")
        names = {line.partition(":")[0].lower() for line in headers.splitlines()[1:]}
        assert names & {"server", "x-powered-by", "via", "x-request-id"} == set(), path
        assert not re.search(r"uvicorn|litestar|python|jinja|piccolo", headers + body, re.IGNORECASE), path


async def test_static_files_carry_their_own_type_and_are_for_everybody(database: None) -> None:
    async with around() as client:
        page = await client.get("/sign-in")
        for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text):
            answer = await client.get(address)
            assert answer.status_code == 200
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "set-cookie" not in answer.headers
            assert "access-control-allow-origin" not in answer.headers
            assert "immutable" in answer.headers["cache-control"]


def _open(server: Server) -> socket.socket:
    host, _, port = server.url.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=30)


def _filled(text: str, server: Server) -> bytes:
    return text.replace("{host}", server.url.removeprefix("http://")).encode("latin-1")


def _received(connection: socket.socket) -> str:
    """All bytes until the server closes the connection."""
    pieces = []
    while piece := connection.recv(65536):
        pieces.append(piece)
    return b"".join(pieces).decode(errors="replace")


def _said(server: Server, request: str) -> tuple[int, str, str]:
    """Status, headers and body of the response to exactly these bytes."""
    with closing(_open(server)) as connection:
        connection.sendall(_filled(request, server))
        answer = _received(connection)
    head, _, body = answer.partition("\r\n\r\n")
    return int(head.split(" ", 2)[1]), f"{head}\r\n", body


def _until_refused(connection: socket.socket, chunk: bytes, *, most: int) -> int:
    """How many chunks the server accepts before it closes the connection."""
    for sent in range(most):
        try:
            connection.sendall(chunk)
        except OSError:
            return sent
    return most


def _signed_in(server: Server) -> str:
    """Ana's cookie."""
    with httpx.Client(base_url=server.url, timeout=PATIENCE) as client:
        token = _token(client.get("/sign-in").text)
        client.post("/sign-in", data={"_token": token, "identifier": "ana@aurora.example", "password": PASSWORD})
        return f"guiche={client.cookies['guiche']}"


def _token(text: str) -> str:
    found = re.search(r'name="_token" value="([^"]+)"', text)
    assert found, text
    return found[1]
