"""Where a server is: a host and port, or the path of a Unix socket."""

from __future__ import annotations

import http.client
import socket
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from retort.errors import RequestRefused


@dataclass(frozen=True)
class Address:
    """One server's address; `prefix` stands before every path of the service."""

    scheme: str
    host: str
    port: int | None = None
    prefix: str = ""

    def __str__(self) -> str:
        if self.scheme == "unix":
            return f"unix://{self.host}"
        port = "" if self.port is None else f":{self.port}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{port}{self.prefix}"

    def connect(self, timeout: float | None) -> http.client.HTTPConnection:
        """Makes a connection, which opens when it is first used."""
        if self.scheme == "unix":
            return _UnixConnection(self.host, timeout)
        kind = http.client.HTTPSConnection if self.scheme == "https" else http.client.HTTPConnection
        return kind(self.host, self.port, timeout=timeout)


def parse_addresses(text: str) -> list[Address]:
    """Reads `http://host:port`, `unix:///path`, or several separated by commas."""
    addresses = [_parse(part.strip()) for part in text.split(",") if part.strip()]
    if not addresses:
        raise RequestRefused("the url is empty", hint="give http://host:port, unix:///path, or several with commas")
    return addresses


def _parse(text: str) -> Address:
    parts = urlsplit(text)
    hint = "give http://host:port, https://host:port or unix:///path"
    if parts.scheme == "unix":
        path = unquote(parts.path)
        if parts.netloc or not path:
            raise RequestRefused(f"{text!r} names no socket", hint="give unix:///path, with three slashes")
        return Address("unix", path)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise RequestRefused(f"{text!r} is no address of a server", hint=hint)
    try:
        port = parts.port
    except ValueError as error:
        raise RequestRefused(f"{text!r} is no address of a server: {error}", hint=hint) from error
    return Address(parts.scheme, parts.hostname, port, parts.path.rstrip("/"))


class _UnixConnection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: str, timeout: float | None) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        """Opens the socket."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            if self.timeout is not None:
                self.sock.settimeout(self.timeout)
            self.sock.connect(self._path)
        except BaseException:
            self.close()
            raise
