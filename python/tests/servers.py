"""Starts the native server for tests."""

from __future__ import annotations

import contextlib
import os
import pathlib
import re
import signal
import subprocess
import threading
from collections.abc import Iterator

from tests.conftest import real_binary

ROOT = pathlib.Path(__file__).parents[2]


class NativeServer:
    """A `retort serve` on a port of its own choice."""

    def __init__(self, *arguments: str, listens: bool = True) -> None:
        self.log: list[str] = []
        self._port = threading.Event()
        self.url = ""
        environment = {**os.environ, "RETORT_PLUGINS": str(ROOT / "plugins")}
        self.process = subprocess.Popen(
            [str(real_binary()), "serve", *(["--port", "0"] if listens else []), *arguments],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        threading.Thread(target=self._read, daemon=True).start()
        if not self._port.wait(30):
            self.process.kill()
            raise RuntimeError(f"the server did not say where it listens: {self.log}")

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.log.append(line)
            found = re.search(r"listening on (\S+)", line)
            if found:
                self.url = found.group(1)
                self._port.set()

    def end(self, how: int = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(30)


@contextlib.contextmanager
def native_server(*arguments: str, listens: bool = True) -> Iterator[NativeServer]:
    server = NativeServer(*arguments, listens=listens)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.end()
