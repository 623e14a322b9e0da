"""What each caller sees when something fails: the table of docs/service.md, line by line, with the native program."""

from __future__ import annotations

import contextlib
import http.client
import json
import pathlib
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

import retort
from tests.frameworks.tasks import RIGHT, SUM
from tests.servers import NativeServer, native_server
from tests.service.wire import (
    ask,
    connect,
    descendants,
    health,
    is_alive,
    kill,
    launchers,
    read_all,
    request,
    run,
    wait_until,
    zygotes,
)

pytestmark = [pytest.mark.binary]

SLEEP = "import time\ntime.sleep(1)\nprint('awake')"


@pytest.fixture
def server() -> Iterator[NativeServer]:
    with native_server("--preset", "tests", "--jobs", "2") as server:
        wait_until(lambda: health(server)["status"] == "ok")
        yield server


class Asking(threading.Thread):
    """A request on its way."""

    def __init__(self, server: NativeServer, path: str, body: Any) -> None:
        super().__init__(daemon=True)
        self._server, self._path, self._body = server, path, body
        self._answer: tuple[int, Any] | Exception | None = None
        self.start()

    def run(self) -> None:
        try:
            self._answer = ask(self._server, "POST", self._path, self._body)
        except Exception as error:
            self._answer = error

    def answer(self) -> Any:
        """The status and the JSON, or the error."""
        self.join(60)
        assert not self.is_alive(), "no answer within a minute"
        return self._answer


def launcher_of_the_run(server: NativeServer) -> list[int]:
    """The launchers of slots in which something runs besides what waits there."""
    return [pid for pid in launchers(server) if any("sleep" in name for name in names_below(pid))]


def names_below(pid: int) -> list[str]:
    names = []
    for child in descendants(pid):
        with contextlib.suppress(OSError):
            names.append(pathlib.Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode())
    return names


def start(server: NativeServer, path: str, body: Any) -> tuple[Asking, list[int]]:
    """Sends a request whose program sleeps, and waits until it does."""
    asking = Asking(server, path, body)
    return asking, wait_until(lambda: launcher_of_the_run(server))


# A program whose name in the process table tells that it runs.
SHELL = {"program": "sleep 2\necho awake", "language": "bash"}


def test_a_launcher_that_dies_in_a_run_is_not_noticed(server: NativeServer) -> None:
    asking, found = start(server, "/v1/run", SHELL)
    kill(*found)
    status, answer = asking.answer()
    assert (status, answer["verdict"], answer["stdout"]) == (200, "accepted", "awake\n")
    assert run(server, "print(1)")[1]["stdout"] == "1\n"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/v1/run", SHELL, 500),
        # That server's clients and verl's ask again after 504, and after nothing else.
        ("/run_code", {"code": SHELL["program"], "language": "bash"}, 504),
    ],
)
def test_launchers_that_always_die_are_a_failure_of_ours(
    server: NativeServer, path: str, body: Any, status: int
) -> None:
    asking = Asking(server, path, body)
    while asking.is_alive():
        kill(*launcher_of_the_run(server))
        time.sleep(0.02)
    found, problem = asking.answer()
    assert found == status, problem
    assert problem["code"] == {500: "internal", 504: "overloaded"}[status]
    assert wait_until(lambda: run(server, "print(1)")[0] == 200)


def test_a_rollout_whose_launchers_always_die_has_no_reward(server: NativeServer) -> None:
    task = {"kind": "tests", "id": "t", "language": "bash", "tests": [{"kind": "stdin", "stdin": "", "expected": "x"}]}
    asking = Asking(server, "/v1/score", {"items": [{"task": task, "completion": "```bash\nsleep 2\necho x\n```"}]})
    while asking.is_alive():
        kill(*launcher_of_the_run(server))
        time.sleep(0.02)
    status, answer = asking.answer()
    assert status == 200
    (line,) = answer["results"]
    assert (line["reward"], line["infra_error"], line["verdict"]) == (None, 1, "internal_error")


def warm(server: NativeServer) -> list[int]:
    """Runs programs until an interpreter waits for the next one."""
    return list(wait_until(lambda: run(server, f"print({time.monotonic()})") and zygotes(server)))


def test_a_zygote_that_dies_is_not_noticed(server: NativeServer) -> None:
    waiting = warm(server)
    kill(*waiting)
    answers = [run(server, f"print({n})")[1] for n in range(6)]
    assert [answer["stdout"] for answer in answers] == [f"{n}\n" for n in range(6)]
    assert set(warm(server)).isdisjoint(waiting)


def test_a_zygote_that_dies_while_its_child_runs_is_not_noticed(server: NativeServer) -> None:
    warm(server)
    asking = Asking(server, "/v1/run", {"program": SLEEP, "language": "python"})
    wait_until(lambda: health(server)["running"] == 1)
    time.sleep(0.3)
    kill(*zygotes(server))
    status, answer = asking.answer()
    assert (status, answer["verdict"], answer["stdout"]) == (200, "accepted", "awake\n")


def test_a_server_that_is_killed_ends_the_connection_and_leaves_nothing(server: NativeServer) -> None:
    asking, _ = start(server, "/v1/run", SHELL)
    below = descendants(server.process.pid)
    assert below
    kill(server.process.pid)
    assert isinstance(asking.answer(), (http.client.RemoteDisconnected, ConnectionError))
    server.process.wait(10)
    wait_until(lambda: not [pid for pid in below if is_alive(pid)])


def test_a_server_that_was_killed_listens_again_on_its_socket(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "socket"
    with native_server("--unix-socket", str(path), listens=False) as first:
        kill(first.process.pid)
        first.process.wait(10)
    assert path.exists()
    with native_server("--unix-socket", str(path), listens=False), retort.Engine(url=f"unix://{path}") as engine:
        assert engine.run("print(1)", "python")["stdout"] == "1\n"


@pytest.mark.parametrize("streams", [False, True])
def test_a_client_that_goes_away_has_its_runs_killed(server: NativeServer, streams: bool) -> None:
    item = {"task": SUM, "completion": "```python\nimport time\ntime.sleep(60)\n```"}
    body = {"items": [item] * 8} if streams else {"program": "sleep 60", "language": "bash"}
    with connect(server) as connection:
        accept = ["Accept: application/x-ndjson"] if streams else []
        connection.sendall(request("/v1/score" if streams else "/v1/run", body, *accept))
        wait_until(lambda: health(server)["running"])
        if not streams:
            wait_until(lambda: launcher_of_the_run(server))
    wait_until(lambda: not health(server)["running"] and not health(server)["queued"])
    assert not launcher_of_the_run(server)
    assert run(server, "print(1)")[1]["stdout"] == "1\n"


def test_a_reader_that_does_not_read_holds_up_nobody_and_gets_all_of_it(server: NativeServer) -> None:
    program = {"program": "print('x' * 2_000_000)", "language": "python", "limits": {"output_bytes": 4 << 20}}
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(connect(server)) for _ in range(8)]
        for connection in slow:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
            connection.sendall(request("/v1/run", program, "Connection: close"))
        for n in range(5):
            assert run(server, f"print({n})")[1]["stdout"] == f"{n}\n"
        wait_until(lambda: not health(server)["running"])
        for connection in slow:
            body = read_all(connection).split(b"\r\n\r\n", 1)[1]
            answer = json.loads(body)
            assert (answer["verdict"], len(answer["stdout"])) == ("accepted", 2_000_001)


def test_a_stream_that_nobody_reads_holds_up_nobody(server: NativeServer) -> None:
    items = [{"id": str(n), "task": SUM, "completion": f"{RIGHT}\n<!-- {'x' * 2000} {n} -->"} for n in range(2000)]
    with connect(server) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        body = {"items": items, "detail": True}
        connection.sendall(request("/v1/score", body, "Accept: application/x-ndjson", "Connection: close"))
        for n in range(5):
            assert run(server, f"print({n})")[1]["stdout"] == f"{n}\n"
        text = read_all(connection)
    # Each line is a chunk of its own.
    lines = [json.loads(line) for line in text.splitlines() if line.startswith(b"{")]
    assert sorted(int(line["id"]) for line in lines) == list(range(2000))


@pytest.mark.parametrize("bytes_printed", [150_000, 2_000_000, 15_000_000])
def test_what_is_printed_comes_whole(server: NativeServer, bytes_printed: int) -> None:
    """SandboxFusion itself makes a time-out of 180 kB and more."""
    code = f"print('x' * {bytes_printed - 1})"
    status, answer = ask(server, "POST", "/run_code", {"code": code, "language": "python", "run_timeout": 20})
    assert (status, answer["status"]) == (200, "Success")
    assert len(answer["run_result"]["stdout"]) == bytes_printed
    body = {"language": "python", "version": "*", "files": [{"content": code}]}
    status, answer = ask(server, "POST", "/api/v2/execute", body)
    assert (status, answer["run"]["status"], len(answer["run"]["stdout"])) == (200, None, bytes_printed)


def test_what_is_beyond_the_limit_is_marked(server: NativeServer) -> None:
    status, answer = run(server, "print('x' * 2_000_000)", limits={"output_bytes": 100_000})
    assert (status, answer["verdict"]) == (200, "output_limit_exceeded")
    assert answer["stdout_truncated"] is True
    assert answer["stdout"] == "x" * 100_000


@pytest.fixture
def small_disk(tmp_path: pathlib.Path) -> Iterator[pathlib.Path]:
    """A folder on a disk with hardly any room."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k,mode=755", "retort-test", str(folder)]
    if subprocess.run(mount, stderr=subprocess.DEVNULL).returncode != 0:
        pytest.skip("nobody may mount a small disk here: run as root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: pathlib.Path) -> None:
    with contextlib.suppress(OSError), (folder / "fill").open("wb", buffering=0) as file:
        while file.write(b"x" * 4096):
            pass


def test_a_full_disk_changes_no_answer(small_disk: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(small_disk))
    monkeypatch.setenv("TMPDIR", str(small_disk))
    with native_server("--preset", "tests", "--verdict-cache", str(small_disk / "verdicts")) as server:
        fill(small_disk)
        program = '#include <stdio.h>\nint main(void) { puts("compiled"); return 0; }\n'
        for _ in range(2):
            assert run(server, program, "c")[1]["stdout"] == "compiled\n"
            assert run(server, "print(1)")[1]["stdout"] == "1\n"
            status, answer = ask(server, "POST", "/v1/score", {"items": [{"task": SUM, "completion": RIGHT}]})
            assert (status, answer["results"][0]["reward"]) == (200, 1.0)


def test_a_program_that_fills_its_disk_is_told_so(server: NativeServer) -> None:
    program = "with open('big', 'wb') as file:\n    while True:\n        file.write(bytes(1 << 20))\n"
    status, answer = run(server, program)
    assert (status, answer["verdict"]) == (200, "runtime_error")
    assert run(server, "import os; print(os.listdir())")[1]["stdout"] == "['main.py']\n"


def test_a_small_limit_is_a_limit_and_no_failure_of_ours(server: NativeServer) -> None:
    limits = {"memory_bytes": 1, "output_bytes": 1, "processes": 1}
    status, answer = run(server, "print(1)", files={"big": "x" * 4_000_000}, limits=limits)
    assert status == 200, answer
    assert run(server, "print(1)")[1]["stdout"] == "1\n"


def test_a_server_that_is_asked_to_end_answers_what_it_has(server: NativeServer) -> None:
    asking, _ = start(server, "/v1/run", SHELL)
    server.process.send_signal(signal.SIGTERM)
    status, answer = asking.answer()
    assert (status, answer["stdout"]) == (200, "awake\n")
    assert server.process.wait(20) == 0


def test_a_server_that_is_asked_to_end_waits_no_longer_than_its_grace() -> None:
    with native_server("--grace", "1s") as server:
        program = {"program": "sleep 50", "language": "bash", "limits": {"wall_ms": 60_000}}
        asking, _ = start(server, "/v1/run", program)
        below = descendants(server.process.pid)
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(20)
        answer = asking.answer()
        assert isinstance(answer, Exception) or answer[0] in (499, 500, 503)
        wait_until(lambda: not [pid for pid in below if is_alive(pid)])
