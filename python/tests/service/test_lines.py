"""The native program over its standard streams, told what no well-kept client says."""

from __future__ import annotations

import json
import os
import pathlib
import queue
import random
import subprocess
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import real_binary

pytestmark = [pytest.mark.binary]

ROOT = pathlib.Path(__file__).parents[3]
PROGRAM = {"program": "print(input())", "language": "python", "stdin": "x"}
SEEDS: list[dict[str, Any]] = [
    {"jsonrpc": "2.0", "id": 1, "method": "run", "params": PROGRAM},
    {"jsonrpc": "2.0", "id": "a", "method": "score", "params": {"items": [{"task": "{}", "completion": "x"}]}},
    {"jsonrpc": "2.0", "id": 2, "method": "tasks", "params": {"snippets": [{"code": "print(1)"}], "plain": True}},
    {"jsonrpc": "2.0", "method": "cancel", "params": {"id": 1}},
]


class Lines:
    """A child that is spoken to in bytes."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [str(real_binary()), "serve", "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "RETORT_PLUGINS": str(ROOT / "plugins")},
        )
        self.answers: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.answers.put(json.loads(line))

    def say(self, line: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def until(self, name: str) -> list[dict[str, Any]]:
        """Asks for the health by a name, and gives all that was answered before that."""
        self.say(json.dumps({"jsonrpc": "2.0", "id": name, "method": "health"}).encode())
        found = []
        while (answer := self.answers.get(timeout=30)).get("id") != name:
            found.append(answer)
        return found


@pytest.fixture
def lines() -> Iterator[Lines]:
    lines = Lines()
    yield lines
    lines.process.kill()
    lines.process.wait()


def mutated(pick: random.Random) -> bytes:
    text = bytearray(json.dumps(pick.choice(SEEDS)).encode())
    for _ in range(pick.randint(1, 4)):
        place = pick.randrange(len(text) + 1)
        match pick.randrange(4):
            case 0:
                del text[place : place + pick.randint(1, 5)]
            case 1:
                text[place:place] = pick.choice(
                    [b'"', b"{", b"[", b"\\u0000", b"\xff", b"\xc3(", b"1e999", b"null", b","]
                )
            case 2:
                text[place : place + 1] = bytes([pick.randrange(256)])
            case _:
                del text[place:]
    return bytes(text.replace(b"\n", b" ").replace(b"\r", b" ")) or b"x"


def test_mutated_lines_are_answered_or_refused(lines: Lines) -> None:
    pick = random.Random(20_240_614)
    for round_ in range(10):
        for _ in range(60):
            lines.say(mutated(pick))
        for answer in lines.until(f"round {round_}"):
            assert answer["jsonrpc"] == "2.0"
            if "error" in answer:
                assert answer["error"]["code"] in (-32700, -32600, -32601, -32602, -32000, -32001), answer
                assert answer["error"]["data"]["detail"]
    assert lines.process.poll() is None


def test_a_line_that_is_too_long_is_refused_and_the_next_is_read(lines: Lines) -> None:
    lines.say(b'{"jsonrpc":"2.0","id":1,"method":"run","params":{"program":"' + b"x" * (70 << 20) + b'"}}')
    (answer,) = lines.until("end")
    assert answer["error"]["code"] in (-32700, -32003), answer["error"]
