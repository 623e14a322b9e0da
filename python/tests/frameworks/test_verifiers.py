"""The loaders and the scoring of verifiers take the taskset."""

from __future__ import annotations

import asyncio
import json
import pathlib
from typing import Any

import pytest

from tests.frameworks.tasks import ANSWERS, REWARDS, SUM

pytestmark = [pytest.mark.framework("verifiers")]


def load(path: pathlib.Path, task: str, preset: str | None = None) -> Any:
    from verifiers.v1.utils.loaders import load_taskset, taskset_config_type

    prompt = [{"role": "user", "content": "Add two numbers."}]
    rows = [
        {"task_id": "a", "prompt": prompt, "task": task},
        {"id": "b", "prompt": prompt, "task": {"input_output": task}},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    config = taskset_config_type("retort-taskset")(id="retort-taskset", path=path, task={"preset": preset})
    return load_taskset(config)


def trace_of(task: Any, reply: str) -> Any:
    import verifiers.v1 as vf

    return vf.Trace(
        task=vf.TraceTask(type=type(task).__name__, data=task.data),
        agent=vf.AgentInfo(config=vf.AgentConfig(model="m")),
        root_reply=reply,
    )


def test_the_loader_finds_the_taskset_by_its_id(tmp_path: pathlib.Path) -> None:
    tasks = list(load(tmp_path / "tasks.jsonl", SUM))
    assert [(task.data.id, task.data.idx) for task in tasks] == [("a", 0), ("b", 1)]
    assert tasks[0].data.prompt_text == "Add two numbers."
    assert json.loads(tasks[1].data.retort_task) == {"input_output": SUM}


@pytest.mark.binary
@pytest.mark.usefixtures("real_environment")
def test_scoring_a_trace_records_reward_and_components(tmp_path: pathlib.Path) -> None:
    task = next(iter(load(tmp_path / "tasks.jsonl", SUM, preset="tests")))
    traces = [trace_of(task, answer) for answer in ANSWERS]

    async def score() -> None:
        await asyncio.gather(*(task.score(trace) for trace in traces))

    asyncio.run(score())
    assert [trace.rewards["code_reward"].score for trace in traces] == REWARDS
    assert [trace.metrics["retort/tests"] for trace in traces] == REWARDS


def test_a_fault_of_ours_is_an_error_of_the_trace(tmp_path: pathlib.Path, fake_environment: pathlib.Path) -> None:
    from verifiers.v1.errors import TaskError

    task = next(iter(load(tmp_path / "tasks.jsonl", SUM)))
    trace = trace_of(task, "infra")
    with pytest.raises(TaskError, match="could not be scored"):
        asyncio.run(task.score(trace))
    assert trace.rewards == {"code_reward": None}
