"""A proxy that can cut the connection after a request was processed and before its response."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from urllib.parse import urlsplit


class Line(ThreadingTCPServer):
    """An HTTP proxy to this machine, one request a connection; while `is_cut`, responses to forms are lost."""

    daemon_threads = True
    is_cut = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Exchange(StreamRequestHandler):
    server: Line

    def handle(self) -> None:
        method, _, address = self.rfile.readline().partition(b" ")
        target = urlsplit(address.split(b" ")[0].decode())
        if target.hostname != "127.0.0.1":
            return
        headers = list(iter(self.rfile.readline, b"\r\n"))
        body = self.rfile.read(_length(headers))
        path = target.path + (f"?{target.query}" if target.query else "")
        kept = b"".join(line for line in headers if not line.lower().startswith((b"connection:", b"proxy-connection:")))
        request = b"%s %s HTTP/1.1\r\n%sConnection: close\r\n\r\n%s" % (method, path.encode(), kept, body)
        with suppress(ConnectionError):
            answer = _answer(target.port, request)
            if not (self.server.is_cut and method == b"POST"):
                self.wfile.write(answer)


@contextmanager
def line() -> Iterator[Line]:
    with Line(("127.0.0.1", 0), _Exchange) as proxy:
        thread = Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield proxy
        finally:
            proxy.shutdown()
            thread.join()


def _length(headers: list[bytes]) -> int:
    return sum(int(line.partition(b":")[2]) for line in headers if line.lower().startswith(b"content-length:"))


def _answer(port: int | None, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port)) as upstream:
        upstream.sendall(request)
        return b"".join(iter(lambda: upstream.recv(65536), b""))
