"""The engine as servers: what is asked, tried again, refused and given up."""

from __future__ import annotations

import asyncio
import os
import pathlib
import threading
import time
from collections.abc import Iterator

import pytest

import retort
from tests.conftest import item
from tests.fake_server import FakeServer, free_port, serving, settle


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with serving() as server:
        yield server


@pytest.fixture
def engine(server: FakeServer) -> Iterator[retort.Engine]:
    with retort.Engine(url=server.url) as engine:
        yield engine


@pytest.mark.parametrize("kind", ["tcp", "unix"])
def test_answers_everything_over_one_connection(kind: str, tmp_path: pathlib.Path) -> None:
    with (
        serving(str(tmp_path / "socket") if kind == "unix" else None) as server,
        retort.Engine(url=server.url) as engine,
    ):
        assert [line["reward"] for line in engine.score([item("right"), item("x")])] == [1.0, 0.25]
        assert engine.run("p", "python", stdin="y")["stdout"] == "y"
        assert engine.generate([{"id": "s", "code": "", "language": "python"}])["tasks"] == [{"id": "s"}]
        assert engine.languages() == [{"name": "python"}]
        assert engine.health()["status"] == "ok"
        assert [path for path, _ in server.requests] == [
            "/v1/score",
            "/v1/run",
            "/v1/tasks",
            "/v1/languages",
            "/v1/health",
        ]
        assert server.connections == 1


def test_gives_results_as_they_come(engine: retort.Engine) -> None:
    seen = list(engine.score_iter(item(f"{number}", task="7") for number in range(200)))
    assert sorted(place for place, _ in seen) == list(range(200))
    assert [place for place, line in seen if line["reward"] == 1.0] == [7]


def test_a_stream_that_breaks_off_loses_nothing_and_gives_nothing_twice(
    server: FakeServer, engine: retort.Engine
) -> None:
    server.orders.append("cut")
    seen = [place for place, _ in engine.score_iter(item("x") for _ in range(60))]
    assert sorted(seen) == list(range(60))
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "order", [(504, "overloaded"), (503, "draining"), (503, "no_sandbox"), (500, "internal"), "nonsense", "close"]
)
def test_tries_again_what_may_help(server: FakeServer, engine: retort.Engine, order: object) -> None:
    server.orders.extend([order, order])
    assert engine.score([item("right")])[0]["reward"] == 1.0


@pytest.mark.parametrize(
    ("order", "kind"),
    [
        ((401, "unauthorized"), retort.RequestRefused),
        ((413, "too_large"), retort.RequestRefused),
        ((422, "invalid_request"), retort.RequestRefused),
    ],
)
def test_gives_up_at_once_what_stays_wrong(
    server: FakeServer, engine: retort.Engine, order: tuple[int, str], kind: type[retort.RetortError]
) -> None:
    server.orders.append(order)
    with pytest.raises(kind, match=r"(?s)told to.*hint: wait") as caught:
        engine.score([item("right")])
    assert caught.value.code == order[1]
    assert len(server.requests) == 1


def test_gives_up_a_fault_of_the_server_after_a_few_tries(server: FakeServer, engine: retort.Engine) -> None:
    server.orders.extend([(500, "internal")] * 9)
    with pytest.raises(retort.InternalFault):
        engine.score([item("right")])
    assert len(server.requests) == 3


def test_sends_the_token_of_a_file_as_it_is_now(server: FakeServer, tmp_path: pathlib.Path) -> None:
    token = tmp_path / "token"
    with retort.Engine(url=server.url, token_file=str(token)) as engine:
        for text in ("first\n", "second"):
            token.write_text(text)
            engine.health()
    assert [headers["Authorization"] for _, headers in server.requests] == ["Bearer first", "Bearer second"]


def test_a_connection_that_the_server_closed_while_it_lay_idle_is_no_fault(
    server: FakeServer, engine: retort.Engine
) -> None:
    server.orders.append("close after")
    engine.health()
    settle()
    started = time.monotonic()
    engine.health()
    assert time.monotonic() - started < 0.09, "it paused as after a failure"


def test_asks_elsewhere_when_a_server_is_gone(server: FakeServer) -> None:
    with retort.Engine(url=f"http://127.0.0.1:{free_port()},{server.url}") as engine:
        for _ in range(5):
            assert engine.score([item("right")])[0]["reward"] == 1.0
    assert len(server.requests) == 5


def test_shares_requests_among_servers(server: FakeServer) -> None:
    with serving() as other, retort.Engine(url=f"{server.url}, {other.url}") as engine:
        threads = [threading.Thread(target=lambda: engine.score([item("slow:0.3")])) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(server.requests), len(other.requests)) == (4, 4)


def test_says_that_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    from retort.http import client

    monkeypatch.setattr(client.HTTPClient.__init__, "__kwdefaults__", {"answer_timeout": 1.0, "patience": 0.3})
    engine = retort.Engine(url=f"http://127.0.0.1:{free_port()}")
    with pytest.raises(retort.ServiceUnavailable, match="is 'retort serve' running there"):
        engine.health()


def test_a_caller_that_leaves_hangs_up(server: FakeServer, engine: retort.Engine) -> None:
    server.orders.append("wait")
    with pytest.raises(retort.EngineTimeout):
        engine.score([item("right")], timeout=0.3)
    assert server.hung_up.wait(5)

    async def leave() -> None:
        server.hung_up.clear()
        server.orders.append("wait")
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(engine.ascore([item("right")]), 0.3)

    asyncio.run(leave())
    assert server.hung_up.wait(5)


def test_many_tasks_of_a_loop_do_not_block_it(server: FakeServer, engine: retort.Engine) -> None:
    async def work() -> tuple[int, int]:
        beats = 0

        async def beat() -> None:
            nonlocal beats
            while True:
                await asyncio.sleep(0.01)
                beats += 1

        heart = asyncio.create_task(beat())
        answers = await asyncio.gather(*(engine.ascore([item("slow:0.1")]) for _ in range(200)))
        heart.cancel()
        return beats, sum(line["reward"] == 1.0 for lines in answers for line in lines)

    beats, right = asyncio.run(work())
    assert right == 200
    # A loop that is held up for as long as an answer takes does not beat at all.
    assert beats > 2


def test_a_forked_child_opens_connections_of_its_own(server: FakeServer, engine: retort.Engine) -> None:
    engine.health()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = 0 if engine.score([item("right")])[0]["reward"] == 1.0 else 2
        finally:
            os._exit(code)
    assert os.waitpid(pid, 0)[1] == 0
    engine.health()
    assert server.connections == 2


@pytest.mark.parametrize("url", ["", "localhost:8080", "ftp://host", "http://", "unix://relative", "http://host:port"])
def test_refuses_an_address_that_is_none(url: str) -> None:
    with pytest.raises(retort.RequestRefused, match="hint"):
        retort.Engine(url=url)
