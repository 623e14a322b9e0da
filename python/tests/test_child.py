"""The engine as a child process: what it answers, and what happens when it does not."""

from __future__ import annotations

import asyncio
import os
import pathlib
import pickle
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest

import retort
from tests.conftest import FAKE, children, item, open_files


def engine_of(log: pathlib.Path, **settings: object) -> retort.Engine:
    return retort.Engine(binary=FAKE, environment={"FAKE_LOG": str(log)}, **settings)  # type: ignore[arg-type]


def test_starts_nothing_before_it_is_asked() -> None:
    before = children()
    engine = retort.Engine(binary=FAKE)
    assert children() == before
    engine.close()


def test_scores_in_the_order_of_the_items(fake: retort.Engine) -> None:
    texts = [f"t{number}" for number in range(1000)]
    lines = fake.score([{"id": text, "task": "t7", "completion": text} for text in texts])
    assert [line["id"] for line in lines] == texts
    assert [line["reward"] for line in lines] == [1.0 if text == "t7" else 0.25 for text in texts]


def test_gives_an_item_without_an_id_its_place(fake: retort.Engine) -> None:
    lines = fake.score(item("x") for _ in range(300))
    assert [line["id"] for line in lines] == list(range(300))


def test_scores_nothing_when_there_is_nothing(fake: retort.Engine) -> None:
    assert fake.score([]) == []
    assert list(fake.score_iter([])) == []


def test_gives_results_as_they_come_and_each_once(fake: retort.Engine) -> None:
    seen = dict(fake.score_iter(item(f"t{number}") for number in range(500)))
    assert sorted(seen) == list(range(500))
    assert all(line["id"] == place for place, line in seen.items())


def test_reads_an_endless_stream_only_as_far_as_it_must(fake: retort.Engine) -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield item("x")

    stream = fake.score_iter(endless())  # type: ignore[arg-type]
    for _ in range(100):
        next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert taken < 1500


def test_runs_generates_and_tells_of_itself(fake: retort.Engine) -> None:
    result = fake.run(
        b"\xff", "python", stdin="hello", args=["a"], files={"a": b"\x00", "b": "text"}, limits={"cpu_ms": 5}
    )
    assert result["stdout"] == "hello"
    assert result["echo"] == {  # type: ignore[typeddict-item]
        "language": "python",
        "program_base64": "/w==",
        "stdin": "hello",
        "args": ["a"],
        "files": {"a": {"base64": "AA=="}, "b": "text"},
        "limits": {"cpu_ms": 5},
    }
    assert fake.generate([{"id": "s", "code": "", "language": "python"}], seed=1)["tasks"] == [{"id": "s"}]
    assert fake.languages()[0]["name"] == "python"
    assert fake.health()["status"] == "ok"


def test_tells_a_wrong_request_from_its_own_fault(fake: retort.Engine) -> None:
    with pytest.raises(retort.RequestRefused, match=r"(?s)no preset.*hint: name another") as caught:
        fake.score([item("x")], preset="unknown")
    assert caught.value.code == "invalid_request"
    with pytest.raises(retort.RequestRefused, match="no JSON"):
        fake.score([item("x", task=float("nan"))])  # type: ignore[arg-type]
    with pytest.raises(retort.RequestRefused, match="item 1 is a str"):
        fake.score([item("x"), "y"])  # type: ignore[list-item]


def test_sends_half_a_surrogate_pair_as_what_json_can_hold(fake: retort.Engine) -> None:
    assert fake.score([item("half \ud800 pair")])[0]["reward"] == 0.25


@pytest.mark.parametrize("verb", ["die-once", "garble-once"])
def test_sends_again_what_was_in_flight_when_the_process_died(
    fake: retort.Engine, tmp_path: pathlib.Path, verb: str
) -> None:
    lines = fake.score([item(f"{verb}:{tmp_path}/once"), item("right")])
    assert [line["reward"] for line in lines] == [1.0, 1.0]


def test_a_request_that_kills_the_process_fails_alone_and_says_how(fake: retort.Engine) -> None:
    before = fake.health()["pid"]  # type: ignore[typeddict-item]
    good: list[object] = []
    threads = [threading.Thread(target=lambda: good.append(fake.score([item("slow:0.3")])[0])) for _ in range(6)]
    for thread in threads:
        thread.start()
    with pytest.raises(retort.ChildDied) as caught:
        fake.score([item("die")])
    for thread in threads:
        thread.join()
    assert "exit code 9" in str(caught.value)
    assert "the fake engine is dying" in str(caught.value)
    assert [line["reward"] for line in good] == [1.0] * 6  # type: ignore[index]
    assert fake.health()["pid"] != before  # type: ignore[typeddict-item]


def test_replaces_a_process_that_was_killed(fake: retort.Engine) -> None:
    pid = fake.health()["pid"]  # type: ignore[typeddict-item]
    os.kill(pid, signal.SIGKILL)
    assert fake.score([item("right")])[0]["reward"] == 1.0
    assert pid not in children()


def test_replaces_a_process_that_will_never_answer(log: pathlib.Path, tmp_path: pathlib.Path) -> None:
    with engine_of(log, stall_after=0.5) as engine:
        assert engine.score([item(f"stall-once:{tmp_path}/once")])[0]["reward"] == 1.0


def test_leaves_alone_a_process_that_works_for_long(log: pathlib.Path) -> None:
    with engine_of(log, stall_after=0.5) as engine:
        pid = engine.health()["pid"]  # type: ignore[typeddict-item]
        assert engine.score([item("slow:4")])[0]["reward"] == 1.0
        assert engine.health()["pid"] == pid  # type: ignore[typeddict-item]


def test_scores_again_what_a_fault_left_without_a_reward(fake: retort.Engine, tmp_path: pathlib.Path) -> None:
    lines = fake.score([item("right"), item(f"infra-once:{tmp_path}/a"), item("infra")])
    assert [line["reward"] for line in lines] == [1.0, 1.0, None]
    assert [line["id"] for line in lines] == [0, 1, 2]
    stream = dict(fake.score_iter([item("right"), item(f"infra-once:{tmp_path}/b"), item("infra")]))
    assert [stream[place]["reward"] for place in range(3)] == [1.0, 1.0, None]


def test_a_time_out_stops_what_runs(fake: retort.Engine, log: pathlib.Path) -> None:
    with pytest.raises(retort.EngineTimeout, match=r"0\.2 s"):
        fake.score([item("slow:30")], timeout=0.2)
    fake.health()
    assert "cancel" in log.read_text()


def test_many_threads_share_one_process(fake: retort.Engine) -> None:
    rewards: list[float | None] = []

    def work(number: int) -> None:
        for turn in range(20):
            (line,) = fake.score([item(f"{number}.{turn}", task=f"{number}.{turn}")])
            rewards.append(line["reward"])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
    before = children()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rewards == [1.0] * 320
    assert len(children() - before) == 1


def test_many_loops_share_one_process(fake: retort.Engine) -> None:
    async def work() -> list[float | None]:
        answers = await asyncio.gather(*(fake.ascore([item(f"{turn}", task=f"{turn}")]) for turn in range(50)))
        return [line["reward"] for lines in answers for line in lines]

    outcomes: list[list[float | None]] = []
    threads = [threading.Thread(target=lambda: outcomes.append(asyncio.run(work()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [[1.0] * 50] * 4


def test_cancelling_a_task_stops_what_it_runs(fake: retort.Engine, log: pathlib.Path) -> None:
    async def work() -> None:
        task = asyncio.create_task(fake.ascore([item("slow:30")]))
        await asyncio.sleep(0.3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await fake.ascore([item("right")]))[0]["reward"] == 1.0
        assert (await fake.arun("x", "python", stdin="y"))["stdout"] == "y"
        with pytest.raises(retort.EngineTimeout):
            await fake.ascore([item("slow:30")], timeout=0.1)

    asyncio.run(work())
    assert "cancel" in log.read_text()


def test_a_forked_child_has_a_process_of_its_own(fake: retort.Engine) -> None:
    parent = fake.health()["pid"]  # type: ignore[typeddict-item]
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            own = fake.health()["pid"]  # type: ignore[typeddict-item]
            reward = fake.score([item("right")])[0]["reward"]
            os.write(writer, f"{own} {reward}".encode())
            fake.close()
        finally:
            os._exit(0)
    os.close(writer)
    own, reward = os.read(reader, 100).decode().split()
    os.close(reader)
    os.waitpid(child, 0)
    assert (int(own) != parent, reward) == (True, "1.0")
    assert fake.health()["pid"] == parent  # type: ignore[typeddict-item]


def test_a_fork_while_all_is_busy_loses_nothing(fake: retort.Engine) -> None:
    rewards: list[float | None] = []
    thread = threading.Thread(
        target=lambda: rewards.extend(line["reward"] for line in fake.score(item("right") for _ in range(4000)))
    )
    thread.start()
    pids = []
    for _ in range(8):
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                code = 0 if fake.score([item("right")])[0]["reward"] == 1.0 else 2
                fake.close()
            finally:
                os._exit(code)
        pids.append(pid)
    assert [os.waitpid(pid, 0)[1] for pid in pids] == [0] * 8
    thread.join()
    assert rewards == [1.0] * 4000


def test_a_pickled_engine_is_made_anew_from_its_settings(fake: retort.Engine) -> None:
    copy = pickle.loads(pickle.dumps(fake))
    assert copy.settings == fake.settings
    assert copy.score([item("right")])[0]["reward"] == 1.0
    copy.close()


def test_errors_are_picklable() -> None:
    error = pickle.loads(pickle.dumps(retort.NoSandbox("none", hint="get one", code="no_sandbox")))
    assert (str(error), error.code) == ("none\nhint: get one", "no_sandbox")


def test_closing_leaves_no_process_no_zombie_and_no_descriptor(log: pathlib.Path) -> None:
    before, processes = open_files(), children()
    for _ in range(5):
        with engine_of(log) as engine:
            engine.score([item("right")])
    assert open_files() == before
    assert children() == processes


def test_deaths_leak_no_descriptor(fake: retort.Engine) -> None:
    fake.health()
    before = open_files()
    for _ in range(3):
        with pytest.raises(retort.ChildDied):
            fake.score([item("die")])
    fake.health()
    assert open_files() == before


def test_closing_fails_what_is_under_way(fake: retort.Engine) -> None:
    failures: list[BaseException] = []

    def work() -> None:
        try:
            fake.score([item("slow:30")])
        except retort.EngineClosed as error:
            failures.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.3)
    fake.close()
    thread.join(5)
    assert len(failures) == 1
    with pytest.raises(retort.EngineClosed):
        fake.score([item("right")])


def test_a_forgotten_engine_ends_its_process(log: pathlib.Path) -> None:
    engine = engine_of(log)
    pid = engine.health()["pid"]  # type: ignore[typeddict-item]
    del engine
    deadline = time.monotonic() + 10
    while pid in children() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert pid not in children()


def test_says_where_it_looked_for_a_program_that_is_not_there() -> None:
    with (
        retort.Engine(binary="/nowhere/retort") as engine,
        pytest.raises(retort.BinaryNotFound, match="/nowhere/retort"),
    ):
        engine.health()


def test_the_end_of_the_program_ends_the_process_quietly() -> None:
    script = textwrap.dedent(
        f"""
        import retort
        engine = retort.Engine(binary={FAKE!r})
        print(engine.health()["pid"])
        """
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")
    assert not pathlib.Path(f"/proc/{done.stdout.strip()}").exists()


def test_the_process_outlives_the_thread_that_first_asked(fake: retort.Engine) -> None:
    pids: list[int] = []
    for _ in range(3):
        thread = threading.Thread(target=lambda: pids.append(fake.health()["pid"]))  # type: ignore[typeddict-item]
        thread.start()
        thread.join()
    assert len(set(pids)) == 1
