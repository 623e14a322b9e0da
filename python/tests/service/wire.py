"""A client of few words: requests by the standard library, sockets by hand, and a look at the server's processes."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import pathlib
import signal
import socket
import time
import urllib.parse
from collections.abc import Callable
from typing import Any

from tests.servers import NativeServer

WAIT = 30.0


def ask(server: NativeServer, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    """Sends one request on a connection of its own; gives the status and the JSON of the answer."""
    address = urllib.parse.urlparse(server.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=WAIT)
    with contextlib.closing(connection):
        content = None if body is None else json.dumps(body)
        connection.request(method, path, content, {"Content-Type": "application/json", **headers})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())


def run(server: NativeServer, program: str, language: str = "python", **fields: Any) -> tuple[int, Any]:
    return ask(server, "POST", "/v1/run", {"program": program, "language": language, **fields})


def connect(server: NativeServer) -> socket.socket:
    address = urllib.parse.urlparse(server.url)
    return socket.create_connection((address.hostname, address.port), timeout=WAIT)


def request(path: str, body: Any, *headers: str) -> bytes:
    """The bytes of a request with a body."""
    content = json.dumps(body).encode()
    head = [f"POST {path} HTTP/1.1", "Host: localhost", "Content-Type: application/json", *headers]
    return "\r\n".join([*head, f"Content-Length: {len(content)}", "", ""]).encode() + content


def read_all(connection: socket.socket) -> bytes:
    """What comes until the other end closes."""
    pieces = []
    while piece := connection.recv(1 << 16):
        pieces.append(piece)
    return b"".join(pieces)


def health(server: NativeServer) -> dict[str, Any]:
    status, answer = ask(server, "GET", "/v1/health")
    assert status == 200
    return dict(answer)


def wait_until(condition: Callable[[], Any], seconds: float = WAIT) -> Any:
    """Waits until something holds, and gives it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.01)
    raise AssertionError(f"{condition} did not hold within {seconds:g} s")


# MARK: processes


def children(pid: int) -> list[int]:
    """The children of a process, of all its threads."""
    found = []
    for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += [int(number) for number in task.read_text().split()]
    return found


def descendants(pid: int) -> set[int]:
    """The children of a process, theirs, and so on."""
    found: set[int] = set()
    waiting = children(pid)
    while waiting:
        child = waiting.pop()
        if child not in found:
            found.add(child)
            waiting += children(child)
    return found


def command(pid: int) -> str:
    """What a process is called; nothing for one that is gone."""
    try:
        return pathlib.Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def is_alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def launchers(server: NativeServer) -> list[int]:
    return [pid for pid in children(server.process.pid) if command(pid).startswith("sandbox-launch")]


def zygotes(server: NativeServer) -> list[int]:
    """Interpreters that wait below the launchers."""
    return [pid for parent in launchers(server) for pid in children(parent) if command(pid).startswith("python")]


def kill(*pids: int) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
