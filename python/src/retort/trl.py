"""Reward functions for TRL's trainers.

    from retort.trl import CodeReward, component_rewards

    GRPOTrainer(model, reward_funcs=CodeReward(), train_dataset=tasks, ...)
    GRPOTrainer(model, reward_funcs=component_rewards("format", "tests"), ...)    # GDPO: one execution for both

or, with settings from the environment (`RETORT_PRESET`, `RETORT_URL`, `RETORT_TASK_COLUMN`, ...),

    trl grpo --reward_funcs retort.trl.code_reward ...
    trl grpo --reward_funcs retort.trl.format_reward retort.trl.tests_reward ...

A rollout that could not be scored through no fault of its own is None, which TRL leaves out of its group.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from retort.errors import RequestRefused
from retort.records import Score
from retort.scorer import Scorer
from retort.sharing import shared_scores

LogExtra = Callable[[str, list[Any]], None]
LogMetric = Callable[[str, float], None]

_COLUMN = "task"


class CodeReward:
    """A reward function that is an object: it pickles by its settings and logs under its name.

    Every function of equal settings in a process shares one execution of a rollout, so one function a component costs
    no more than one for all.
    """

    def __init__(
        self,
        component: str = "reward",
        *,
        column: str | None = None,
        name: str | None = None,
        logs: bool = True,
        **settings: Any,
    ) -> None:
        """Takes no more than is pickled.

        - `component`: the key of the score line to give: `reward`, or a component of the preset.
        - `column`: the dataset's column with the task, `task` unless `RETORT_TASK_COLUMN` says otherwise.
        - `name`: what TRL calls the reward in its logs.
        - `logs`: whether verdicts and times are logged besides; one function of several is enough.
        - `settings`: as for `Settings.from_environment`: `preset`, `rewards`, `url`, ...
        """
        self.component = component
        self.column = column or os.environ.get("RETORT_TASK_COLUMN") or _COLUMN
        self.logs = logs
        self.scorer = Scorer(**settings)
        self.__name__ = name or ("code_reward" if component == "reward" else f"{component}_reward")

    def __call__(
        self,
        completions: Sequence[Any],
        log_extra: LogExtra | None = None,
        log_metric: LogMetric | None = None,
        **columns: Any,
    ) -> list[float | None]:
        """Gives a reward for each completion, None where a fault of ours left it without one."""
        lines = shared_scores(self.scorer).score(completions, self._tasks(columns))
        return self._rewards(lines, log_extra, log_metric)

    def _tasks(self, columns: Mapping[str, Any]) -> Sequence[Any]:
        tasks = columns.get(self.column)
        if tasks is None:
            there = ", ".join(sorted(name for name, value in columns.items() if isinstance(value, list)))
            raise RequestRefused(
                f"the dataset has no column {self.column!r}; it has {there or 'none'}",
                hint="name the one that holds the task: CodeReward(column=...), or RETORT_TASK_COLUMN",
            )
        return list(tasks)

    def _rewards(
        self, lines: Sequence[Score], log_extra: LogExtra | None, log_metric: LogMetric | None
    ) -> list[float | None]:
        if self.logs and lines:
            if log_extra is not None:
                log_extra("verdict", [line["verdict"] for line in lines])
            if log_metric is not None:
                for name, value in reward_metrics(lines).items():
                    log_metric(name, value)
        return [self._value(line) for line in lines]

    def _value(self, line: Score) -> float | None:
        if line["reward"] is None:
            return None
        if self.component not in line:
            raise RequestRefused(
                f"there is no component {self.component!r} in {', '.join(line)}",
                hint="take a preset that lists it, or rewards of your own",
            )
        value: float = line[self.component]  # type: ignore[literal-required]
        return value


class AsyncCodeReward(CodeReward):
    """The same, awaited: TRL runs all asynchronous functions of a step together.

    TRL knows an object as asynchronous from 1.11 on; before, take `async_code_reward`.
    """

    async def __call__(  # type: ignore[override]
        self,
        completions: Sequence[Any],
        log_extra: LogExtra | None = None,
        log_metric: LogMetric | None = None,
        **columns: Any,
    ) -> list[float | None]:
        """Gives a reward for each completion, None where a fault of ours left it without one."""
        lines = await shared_scores(self.scorer).ascore(completions, self._tasks(columns))
        return self._rewards(lines, log_extra, log_metric)


def component_rewards(*components: str, **settings: Any) -> list[CodeReward]:
    """One reward function for each component, as GDPO wants them, with one execution for all."""
    return [CodeReward(name, logs=place == 0, **settings) for place, name in enumerate(components)]


def reward_metrics(lines: Sequence[Score]) -> dict[str, float]:
    """What to watch of the reward stage itself: shares of the batch, and seconds a rollout."""
    count = len(lines)
    return {
        "reward/infra_error_frac": sum(line["infra_error"] for line in lines) / count,
        "reward/timeout_frac": sum(line["verdict"] == "time_limit_exceeded" for line in lines) / count,
        "reward/compile_error_frac": sum(line["verdict"] == "compile_error" for line in lines) / count,
        "reward/exec_time_s": sum(line["exec_ms"] for line in lines) / count / 1000,
        "reward/queue_time_s": sum(line["queue_ms"] for line in lines) / count / 1000,
    }


def code_reward(completions: Sequence[Any], **columns: Any) -> list[float | None]:
    """Gives the reward of each completion, with settings from the environment."""
    return CodeReward()(completions, **columns)


async def async_code_reward(completions: Sequence[Any], **columns: Any) -> list[float | None]:
    """Gives the reward of each completion without blocking, with settings from the environment."""
    return await AsyncCodeReward()(completions, **columns)


def __getattr__(name: str) -> CodeReward:
    # `trl grpo --reward_funcs retort.trl.tests_reward` names a component this way.
    component = name.removesuffix("_reward")
    if component == name or not component.isidentifier() or name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return CodeReward(component)
