"""A test double of `retort serve` over HTTP that answers as it is told to."""

from __future__ import annotations

import collections
import contextlib
import json
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.fake_engine import answer

PROBLEM = {"type": "about:blank", "title": "t", "detail": "told to", "hint": "wait"}


class FakeServer:
    """Counts what comes, and takes the next order in `orders` for each request: a status, or a way to misbehave."""

    def __init__(self, path: str | None = None) -> None:
        self.orders: collections.deque[Any] = collections.deque()
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.connections = 0
        self.hung_up = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # A small answer must not wait for the acknowledgement of the one before.
            disable_nagle_algorithm = path is None

            def setup(self) -> None:
                super().setup()
                outer.connections += 1

            def address_string(self) -> str:
                return "client"

            def log_message(self, format: str, *args: Any) -> None:
                pass

            def do_GET(self) -> None:
                outer._serve(self, {})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer._serve(self, json.loads(body))

        class Threaded(socketserver.ThreadingMixIn, socketserver.TCPServer):
            daemon_threads = True
            request_queue_size = 128
            address_family = socket.AF_UNIX if path else socket.AF_INET

        self._server = Threaded(path or ("127.0.0.1", 0), Handler)  # type: ignore[arg-type]
        self.url = f"unix://{path}" if path else f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _serve(self, handler: BaseHTTPRequestHandler, params: dict[str, Any]) -> None:
        self.requests.append((handler.path, dict(handler.headers)))
        order = self.orders.popleft() if self.orders else 200
        if order == "close":
            handler.close_connection = True
            return
        if order == "wait":
            handler.connection.settimeout(20)
            with contextlib.suppress(OSError):
                if handler.connection.recv(1) == b"":
                    self.hung_up.set()
            handler.close_connection = True
            return
        if isinstance(order, tuple):
            status, code = order
            self._reply(handler, {**PROBLEM, "status": status, "code": code}, status)
            return
        if order == "nonsense":
            self._reply(handler, None, 502, b"<html>Bad Gateway</html>")
            return
        method = handler.path.rpartition("/")[2]
        if handler.headers.get("Accept") == "application/x-ndjson":
            self._stream(handler, params, cut=order == "cut")
            return
        reply = answer(0, method, params)
        if "error" in reply:
            self._reply(handler, reply["error"]["data"], reply["error"]["data"]["status"])
            return
        result = reply["result"]["languages"] if method == "languages" else reply["result"]
        self._reply(handler, result, 200)
        if order == "close after":
            handler.close_connection = True

    def _reply(self, handler: BaseHTTPRequestHandler, value: Any, status: int, body: bytes | None = None) -> None:
        data = json.dumps(value).encode() if body is None else body
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    def _stream(self, handler: BaseHTTPRequestHandler, params: dict[str, Any], *, cut: bool) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        lines = answer(0, "score", {**params, "stream": False})["result"]["results"]
        for place, line in enumerate(reversed(lines)):
            if cut and place >= len(lines) // 2:
                handler.close_connection = True
                return
            data = json.dumps(line).encode() + b"\n"
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        handler.wfile.write(b"0\r\n\r\n")


@contextlib.contextmanager
def serving(path: str | None = None) -> Iterator[FakeServer]:
    server = FakeServer(path)
    try:
        yield server
    finally:
        server.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def settle(seconds: float = 0.1) -> None:
    time.sleep(seconds)
