"""Proxies between a page and the portal: nginx with its defaults, and one that cuts connections on request."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread

from tests.servers import free_port, serving, web_server

NGINX = """
daemon off; pid {folder}/pid; error_log stderr; worker_processes 1;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass {target};
      proxy_set_header Host {host};
      proxy_set_header Origin {target};
    }}
  }}
}}
"""


@contextmanager
def nginx(target: str, folder: Path) -> Iterator[str]:
    """The address of nginx in front of this one, with Debian's buffering of responses."""
    port, settings = free_port(), folder / "nginx.conf"
    host = target.removeprefix("http://")
    settings.write_text(NGINX.format(folder=folder, port=port, target=target, host=host))
    with serving(["-p", str(folder), "-c", str(settings)], {}, program=[web_server()], at=port):
        yield f"http://127.0.0.1:{port}"


class Gateway(ThreadingTCPServer):
    """A proxy to the portal at `target`, whose port may change."""

    daemon_threads = True
    block_on_close = False
    target = 0

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def leads_to(self, url: str) -> None:
        self.target = int(url.rpartition(":")[2])

    def cut(self) -> None:
        """Cuts every open connection."""
        for each in list(self.open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def server_activate(self) -> None:
        self.open: set[socket.socket] = set()
        super().server_activate()


class _Connection(BaseRequestHandler):
    server: Gateway

    def handle(self) -> None:
        try:
            upstream = socket.create_connection(("127.0.0.1", self.server.target))
        except OSError:
            return
        both = {self.request, upstream}
        self.server.open |= both
        back = Thread(target=_copy, args=(upstream, self.request), daemon=True)
        back.start()
        own, known = f"127.0.0.1:{self.server.port}".encode(), f"127.0.0.1:{self.server.target}".encode()
        _copy(self.request, upstream, own, known)
        back.join()
        self.server.open -= both
        upstream.close()


@contextmanager
def gateway(target: str) -> Iterator[Gateway]:
    with Gateway(("127.0.0.1", 0), _Connection) as made:
        made.leads_to(target)
        thread = Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield made
        finally:
            made.cut()
            made.shutdown()
            thread.join()


def _copy(source: socket.socket, sink: socket.socket, old: bytes = b"", new: bytes = b"") -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            sink.sendall(piece.replace(old, new) if old else piece)
    for each in (source, sink):
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
