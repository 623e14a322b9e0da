"""Scores what code models write, by running it in a sandbox.

import retort

with retort.Engine() as engine:
    for line in engine.score([{"task": task, "completion": text}]):
        print(line["reward"], line["verdict"])
"""

from __future__ import annotations

from retort.binary import find_binary
from retort.default import shared_engine
from retort.engine import Engine
from retort.errors import (
    BinaryNotFound,
    ChildDied,
    EngineClosed,
    EngineTimeout,
    InfraError,
    InternalFault,
    NoSandbox,
    RequestRefused,
    RetortError,
    ServiceUnavailable,
    Unscorable,
)
from retort.records import Generated, Health, Limits, Rollout, RunResult, Score, Snippet
from retort.settings import Settings

__version__ = "0.1.0"

__all__ = [
    "BinaryNotFound",
    "ChildDied",
    "Engine",
    "EngineClosed",
    "EngineTimeout",
    "Generated",
    "Health",
    "InfraError",
    "InternalFault",
    "Limits",
    "NoSandbox",
    "RequestRefused",
    "RetortError",
    "Rollout",
    "RunResult",
    "Score",
    "ServiceUnavailable",
    "Settings",
    "Snippet",
    "Unscorable",
    "find_binary",
    "shared_engine",
]
