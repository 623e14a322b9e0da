"""The native program behind every way to reach it."""

from __future__ import annotations

import asyncio
import json
import os
import pathlib
import signal
import threading
from collections.abc import Iterator
from typing import Any

import pytest

import retort
from tests.conftest import children
from tests.frameworks.tasks import ANSWERS, CRASH, REWARDS, RIGHT, SUM
from tests.servers import native_server

pytestmark = [pytest.mark.binary]

SLOW = "```python\nimport time\ntime.sleep(0.5)\nprint(sum(map(int, input().split())))\n```"


def items(answers: list[str]) -> list[dict[str, Any]]:
    return [{"task": SUM, "completion": answer} for answer in answers]


@pytest.fixture(scope="module", params=["child", "http", "socket"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[retort.Engine]:
    if request.param == "child":
        plugins = str(pathlib.Path(__file__).parents[2] / "plugins")
        from tests.conftest import real_binary

        with retort.Engine(binary=real_binary(), environment={"RETORT_PLUGINS": plugins}, preset="tests") as engine:
            yield engine
    elif request.param == "http":
        token = tmp_path_factory.mktemp("token") / "token"
        token.write_text("secret-of-the-test")
        with native_server("--token-file", str(token)) as server:
            with retort.Engine(url=server.url, token_file=str(token), preset="tests") as engine:
                yield engine
    else:
        path = tmp_path_factory.mktemp("socket") / "retort.socket"
        with native_server("--unix-socket", str(path), listens=False):
            with retort.Engine(url=f"unix://{path}", preset="tests") as engine:
                yield engine


def test_scores_in_order_and_as_they_come(engine: retort.Engine) -> None:
    lines = engine.score(items(ANSWERS * 10))
    assert [line["reward"] for line in lines] == REWARDS * 10
    assert {tuple(line) for line in lines} == {tuple(lines[0])}
    stream = dict(engine.score_iter(items(ANSWERS * 40)))
    assert [stream[place]["reward"] for place in range(160)] == REWARDS * 40


def test_scores_without_blocking(engine: retort.Engine) -> None:
    async def work() -> list[float | None]:
        answers = await asyncio.gather(*(engine.ascore(items([answer])) for answer in ANSWERS * 10))
        return [line["reward"] for (line,) in answers]

    assert asyncio.run(work()) == REWARDS * 10


def test_tells_what_stands_behind_a_score(engine: retort.Engine) -> None:
    (line,) = engine.score(items([CRASH]), detail=True)
    assert line["verdict"] == "runtime_error"
    assert "ValueError" in str(line["detail"])


def test_takes_rewards_of_ones_own(engine: retort.Engine) -> None:
    rewards = {"name": "mine", "components": ["format", "tests"], "combine": {"default": {"scale": "tests", "by": 2}}}
    (line,) = engine.score(items([RIGHT]), rewards=rewards)
    assert (line["reward"], line["format"]) == (2.0, 1.0)


def test_a_wrong_item_has_its_error_in_its_line(engine: retort.Engine) -> None:
    lines = engine.score([*items([RIGHT]), {"task": "{}", "completion": "x"}])
    assert [line["reward"] for line in lines] == [1.0, None]
    assert (lines[1]["verdict"], lines[1]["infra_error"]) == (None, 1)
    assert "task" in str(lines[1]["error"])


def test_runs_programs(engine: retort.Engine) -> None:
    result = engine.run(
        "import sys; print(sys.argv[1], open('f').read(), input())", "python", stdin="c", args=["a"], files={"f": "b"}
    )
    assert (result["verdict"], result["stdout"]) == ("accepted", "a b c\n")
    assert engine.run("exit 3", "bash")["exit_code"] == 3
    result = engine.run("while True: pass", "python", limits={"cpu_ms": 200})
    assert result["verdict"] == "time_limit_exceeded"
    assert engine.run(b"import os; os.write(1, b'\\xff')", "python")["stdout_base64"] == "/w=="


PROGRAM = """\
import sys

def squares(numbers):
    return [number * number for number in numbers]

numbers = [int(word) for word in sys.stdin.read().split()]
for number in squares(numbers):
    print(number)
print(sum(numbers))
"""


def test_makes_tasks_that_it_can_score(engine: retort.Engine) -> None:
    snippets = [
        {"id": f"s{n}", "language": "python", "code": PROGRAM.replace("sum(numbers)", f"sum(numbers) + {n}")}
        for n in range(3)
    ]
    options: dict[str, Any] = {"format": "trl", "seed": 7, "tasks_per_snippet": 2, "mix": {"forward": 1, "repair": 1}}
    options["plain"] = True
    made = engine.generate(snippets, **options)
    assert asyncio.run(engine.agenerate(snippets, **options))["tasks"] == made["tasks"]
    kinds = {row["task_kind"] for row in made["tasks"]}
    assert "forward" in kinds, made["report"]
    for row in made["tasks"]:
        if row["task_kind"] != "forward":
            continue
        truth = json.loads(row["task"])["truth"]
        right = f"```answer_stdout\n{truth['stdout']}\n```\n\n```answer_stderr\n\n```"
        wrong = "```answer_stdout\nnothing of the kind\n```\n\n```answer_stderr\n\n```"
        lines = engine.score([{"task": row["task"], "completion": text} for text in (right, wrong)], preset="codeboost")
        assert lines[0]["reward"] == 1.0, (row, lines)
        assert lines[1]["reward"] is not None
        assert lines[1]["reward"] < 1.0


@pytest.mark.parametrize("name", ["trl", "verl", "easyr1", "openrlhf"])
def test_the_program_and_the_package_make_the_same_rows_for_a_trainer(engine: retort.Engine, name: str) -> None:
    from retort import datasets

    options: dict[str, Any] = {"seed": 7, "tasks_per_snippet": 2, "plain": True}
    snippets = [{"id": "s", "language": "python", "code": PROGRAM}]
    by_the_program = engine.generate(snippets, format=name, **options)["tasks"]
    by_the_package = list(datasets.rows(engine.generate(snippets, **options)["tasks"], name))
    assert len(by_the_program) == len(by_the_package) > 0
    for theirs, ours in zip(by_the_program, by_the_package):
        # The program says besides what it changed, and names no part unless it was asked to make parts.
        wanted = {key: value for key, value in flat(ours).items() if key.split(".")[-1] != "split"}
        assert wanted.items() <= flat(theirs).items()


def flat(row: dict[str, Any]) -> dict[str, str]:
    """A row's fields and those of the objects in it, texts of JSON as what they say."""
    found = {}
    for name, value in row.items():
        if isinstance(value, dict):
            found |= {f"{name}.{key}": text for key, text in flat(value).items()}
        elif isinstance(value, str) and value.startswith("{"):
            found[name] = json.dumps(json.loads(value), sort_keys=True)
        else:
            found[name] = json.dumps(value, sort_keys=True)
    return found


def test_tells_of_itself(engine: retort.Engine) -> None:
    assert "python" in {language["name"] for language in engine.languages()}
    assert engine.health()["status"] == "ok"


def test_refuses_what_it_does_not_know(engine: retort.Engine) -> None:
    with pytest.raises(retort.RequestRefused, match="unknown preset"):
        engine.score(items([RIGHT]), preset="nonsense")
    with pytest.raises(retort.RequestRefused):
        engine.run("x", "nonsense")


def test_a_process_that_is_killed_in_the_middle_loses_nothing(real_environment: str) -> None:
    before = children()
    with retort.Engine(preset="tests") as engine:
        engine.health()
        (pid,) = children() - before
        threading.Timer(0.7, os.kill, (pid, signal.SIGKILL)).start()
        # Each with a comment of its own: equal programs would be run once.
        lines = engine.score(items([f"{SLOW[:-4]}\n# {place}\n```" for place in range(6)]))
        assert [line["reward"] for line in lines] == [1.0] * 6
        assert pid not in children()
    assert children() == before


def test_a_server_that_ends_in_the_middle_is_gone_round(real_environment: str) -> None:
    with native_server("--preset", "tests") as first, native_server("--preset", "tests") as second:
        with retort.Engine(url=f"{first.url},{second.url}") as engine:
            threading.Timer(0.7, first.end, (signal.SIGKILL,)).start()
            lines = dict(engine.score_iter(items([f"{SLOW[:-4]}\n# {place}\n```" for place in range(8)])))
            assert [lines[place]["reward"] for place in range(8)] == [1.0] * 8
            assert engine.score(items([RIGHT]))[0]["reward"] == 1.0


def test_a_missing_token_is_told(tmp_path: pathlib.Path) -> None:
    token = tmp_path / "token"
    token.write_text("secret-of-the-test")
    with native_server("--token-file", str(token)) as server, retort.Engine(url=server.url) as engine:
        with pytest.raises(retort.RequestRefused) as caught:
            engine.score(items([RIGHT]))
        assert caught.value.code == "unauthorized"
