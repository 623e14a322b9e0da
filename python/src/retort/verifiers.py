"""A taskset for verifiers (v1) and prime-rl, of the lines that `retort generate` writes.

    uv run eval retort-taskset --env.taskset.path tasks.jsonl

A rollout that could not be scored through no fault of its own raises, so that its trace has an error and is not trained
on. Needs verifiers 0.4 or later.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import verifiers.v1 as vf

from retort.scorer import Scorer, numbers, reward_of


class CodeTaskData(vf.TaskData):
    """A task of ours with its prompt; `retort_task` is all that is needed to score an answer."""

    retort_task: str


class CodeTaskConfig(vf.TaskConfig):
    """How to reward, and where."""

    preset: str | None = None
    """The name of a preset; the engine's own when it is not given."""
    url: str | None = None
    """The address of servers; a child process when it is not given."""
    token_file: str | None = None
    """The file with the servers' token."""


class CodeTask(vf.Task[CodeTaskData, vf.State, CodeTaskConfig]):
    """Scores the last reply; its components are metrics of the trace."""

    @vf.reward(weight=1.0)
    async def code_reward(self, trace: vf.Trace) -> float:
        """The combined reward."""
        config = self.config
        scorer = Scorer(preset=config.preset, url=config.url, token_file=config.token_file)
        (line,) = await scorer.ascore([trace.last_reply], [self.data.retort_task])
        reward = reward_of(line)
        trace.record_metrics({f"retort/{name}": value for name, value in numbers(line).items()})
        return reward


class CodeTasksetConfig(vf.TasksetConfig):
    """Where the tasks are."""

    path: Path = Path("tasks.jsonl")
    """Lines of `retort generate`, in the format `retort` or `trl`."""
    task: CodeTaskConfig = CodeTaskConfig()


class CodeTaskset(vf.Taskset[CodeTask, CodeTasksetConfig]):
    """The tasks of a file, in its order."""

    def load(self) -> Iterable[CodeTask]:
        """Reads the file line by line."""
        with self.config.path.open(encoding="utf-8") as file:
            for line in file:
                yield CodeTask(_data(json.loads(line)), self.config.task)


def _data(row: Mapping[str, Any]) -> CodeTaskData:
    task = row["task"]
    return CodeTaskData(
        id=str(row.get("task_id") or row.get("id")),
        prompt=row["prompt"],
        retort_task=task if isinstance(task, str) else json.dumps(task, ensure_ascii=False),
    )
