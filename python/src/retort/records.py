"""The objects that go in and come out, as the service's documentation names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, TypedDict

Message: TypeAlias = Mapping[str, Any]
Completion: TypeAlias = str | Sequence[Message]
Task: TypeAlias = str | Mapping[str, Any]


class RolloutBase(TypedDict):
    """What a rollout cannot do without."""

    task: Task
    completion: Completion


class Rollout(RolloutBase, total=False):
    """A task with what a policy wrote; without an `id` its place stands for it."""

    id: str | int


class ScoreBase(TypedDict):
    """The keys that every score line has; `reward` is None exactly when `infra_error` is 1."""

    id: str | int
    reward: float | None
    verdict: str | None
    infra_error: int
    exec_ms: float
    queue_ms: float


class Score(ScoreBase, total=False):
    """A flat score line: every line of one request has the same components, each in [0, 1].

    `error` is there only when the rollout itself could not be read, `detail` only when it was asked for.
    """

    format: float
    answered: float
    stdout: float
    stdout_exact: float
    stdout_similarity: float
    stderr: float
    outcome: float
    failure: float
    failure_type: float
    failure_message: float
    failure_line: float
    compile: float
    runs: float
    tests: float
    all_passed: float
    hidden: float
    backward: float
    length: float
    error: Any
    detail: dict[str, Any]


class Limits(TypedDict, total=False):
    """What a run may use; above the server's own limit a value is lowered to it."""

    cpu_ms: float
    wall_ms: float
    memory_bytes: int
    output_bytes: int
    processes: int


class Usage(TypedDict):
    """What a run used."""

    cpu_ms: float
    wall_ms: float
    peak_memory_bytes: int
    processes: int


class RunResultBase(TypedDict):
    """The keys that every result of a run has."""

    verdict: str
    language: str
    exit_code: int | None
    signal: Any
    stdout: str
    stderr: str
    stdout_truncated: bool
    stderr_truncated: bool
    usage: Usage
    isolation: dict[str, Any]


class RunResult(RunResultBase, total=False):
    """What one program did; output that is no text is given in base64 besides."""

    stdout_base64: str
    stderr_base64: str
    compile: dict[str, Any] | None


class SnippetBase(TypedDict):
    """What a snippet cannot do without."""

    code: str
    language: str


class Snippet(SnippetBase, total=False):
    """A piece of code to make tasks of."""

    id: str
    stdin: str
    call: str
    inputs: list[Any]
    calls: list[Any]
    cluster: str


class Generated(TypedDict):
    """The tasks in the order of their snippets, and how many of what were made and dropped."""

    tasks: list[dict[str, Any]]
    report: dict[str, Any]


class Health(TypedDict, total=False):
    """How the engine is."""

    status: str
    version: str
    isolation: dict[str, Any]
    slots: int
    running: int
    queued: int
    uptime_s: float
    problem: Any
