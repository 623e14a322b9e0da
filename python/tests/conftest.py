from __future__ import annotations

import os
import pathlib
from collections.abc import Iterator

import pytest

import retort

FAKE = str(pathlib.Path(__file__).parent / "fake_engine.py")


@pytest.fixture
def log(tmp_path: pathlib.Path) -> pathlib.Path:
    """Where the fake engine writes a line for each item that it scores."""
    return tmp_path / "log"


@pytest.fixture
def fake(log: pathlib.Path) -> Iterator[retort.Engine]:
    """An engine whose child is the test double."""
    with retort.Engine(binary=FAKE, environment={"FAKE_LOG": str(log)}) as engine:
        yield engine


def item(text: str, task: str = "right") -> dict[str, object]:
    return {"task": task, "completion": text}


def open_files() -> int:
    """How many descriptors this process holds."""
    return len(os.listdir("/proc/self/fd"))


def children() -> set[int]:
    """The processes that this process made and has not reaped, zombies too."""
    found = set()
    for task in os.listdir("/proc/self/task"):
        try:
            text = pathlib.Path(f"/proc/self/task/{task}/children").read_text()
        except FileNotFoundError:
            continue
        found |= {int(number) for number in text.split()}
    return found
